import { Sha256 } from '@smithy/core/checksum';
import { buildQueryString } from '@smithy/core/protocols';
import { SignatureV4 } from '@smithy/signature-v4';

/** ElastiCache User Guide, "Authenticating with IAM": a token is good for a login within 15 minutes. */
const TOKEN_SECONDS = 900;

/**
 * The login of an IAM user of ElastiCache. Its password is a token: a request to connect, presigned with the credentials of the role. A token is
 * signed for the name of the cache, which is no host name, and anew for each login, so that none is ever too old.
 */
export class IamLogin {
  #cacheName;
  #userName;
  #region;
  #provider;

  /**
   * @param {object} options
   * @param {string} options.cacheName id of the replication group
   * @param {string} options.userName name of the user, and its id: they are one
   * @param {string} options.region
   * @param {import('@smithy/types').AwsCredentialIdentityProvider} options.credentials gives newer ones when it is asked with `forceRefresh`
   */
  constructor({ cacheName, userName, region, credentials }) {
    this.#cacheName = cacheName.toLowerCase();
    this.#userName = userName;
    this.#region = region;
    this.#provider = credentials;
  }

  /** What node-redis asks for. */
  async credentials() {
    return { username: this.#userName, password: await this.#token() };
  }

  async #token() {
    const credentials = await this.#lastingCredentials();
    const signer = new SignatureV4({ service: 'elasticache', region: this.#region, sha256: Sha256, credentials });
    const { hostname, path, query } = await signer.presign({
      method: 'GET',
      protocol: 'http:',
      hostname: this.#cacheName,
      path: '/',
      query: { Action: 'connect', User: this.#userName },
      headers: { host: this.#cacheName },
    }, { signingDate: new Date(), expiresIn: Math.min(TOKEN_SECONDS, Math.floor(secondsLeft(credentials))) });
    return `${hostname}${path}?${buildQueryString(query)}`;
  }

  /** A token ends with the credentials that signed it: take such as outlive it where there are any. */
  async #lastingCredentials() {
    const known = await this.#provider();
    if (secondsLeft(known) >= TOKEN_SECONDS) {
      return known;
    }
    const fresh = await this.#provider({ forceRefresh: true }).catch((error) => {
      if (secondsLeft(known) < 1) {
        throw error;
      }
      return known;
    });
    if (secondsLeft(fresh) < 1) {
      throw new Error('The credentials of the role have expired, and no newer ones are to be had.');
    }
    return fresh;
  }
}

const secondsLeft = ({ expiration }) => (expiration ? (expiration.getTime() - Date.now()) / 1000 : Infinity);
