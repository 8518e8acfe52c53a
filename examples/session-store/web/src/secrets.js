import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

const MIN_COOKIE_SECRET_LENGTH = 32;

/** Reads secrets anew at each call, so that a rotated one is found. No error of it quotes what a secret holds. */
export class SecretReader {
  #client = new SecretsManagerClient({ requestHandler: { connectionTimeout: 2_000, requestTimeout: 5_000 } });

  /** @param {string} arn */
  async text(arn) {
    const { SecretString } = await this.#client.send(new GetSecretValueCommand({ SecretId: arn }));
    if (!SecretString) {
      throw new Error(`The secret ${arn} holds no text.`);
    }
    return SecretString;
  }

  /**
   * The user of the session store: JSON with `username` and `password`.
   *
   * @param {string} arn
   * @returns {Promise<{ username: string, password: string }>}
   */
  async credentials(arn) {
    const { username, password } = parse(await this.text(arn));
    if (!username || !password) {
      throw new Error(`The secret ${arn} is not JSON with username and password.`);
    }
    return { username, password };
  }

  /**
   * The key that signs the session cookie: one for all instances, or none would honour a cookie of another.
   *
   * @param {string} arn
   */
  async cookieSecret(arn) {
    const secret = await this.text(arn);
    if (secret.length < MIN_COOKIE_SECRET_LENGTH) {
      throw new Error(`The secret ${arn} is shorter than ${MIN_COOKIE_SECRET_LENGTH} characters.`);
    }
    return secret;
  }
}

// JSON.parse quotes its input in its error message
function parse(text) {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}
