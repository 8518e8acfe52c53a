import { IConstruct } from 'constructs';
import { errorOf } from './enforce';

/**
 * The variables that tell a client how to reach a store, by what they carry. Their names are public API: `<PREFIX>_HOST` and so on, printed in
 * the README.
 */
export const ENVIRONMENT_VARIABLES = {
  host: 'HOST',
  port: 'PORT',
  readerHost: 'READER_HOST',
  /** `true` or `false`. */
  tls: 'TLS',
  /** `enabled`, `disabled` or `compatible`. */
  clusterMode: 'CLUSTER_MODE',
  /** `iam`, `user`, `token` or `none`. */
  auth: 'AUTH',
  user: 'USER',
  secretArn: 'SECRET_ARN',
  /** The name that IAM tokens are signed for. */
  name: 'NAME',
  engine: 'ENGINE',
  keyPrefix: 'KEY_PREFIX',
  database: 'DATABASE',
  idleTimeoutSeconds: 'IDLE_TIMEOUT_SECONDS',
  absoluteTimeoutSeconds: 'ABSOLUTE_TIMEOUT_SECONDS',
} as const;

/** What a client may need to know; what has no value is left out. */
export type EnvironmentValues = { readonly [key in keyof typeof ENVIRONMENT_VARIABLES]?: string };

const PREFIX_FORM = /^[A-Z][A-Z0-9_]*$/;

/** Names the values of a store. */
export function environmentOf(store: IConstruct, prefix: string, values: EnvironmentValues): { [name: string]: string } {
  if (!PREFIX_FORM.test(prefix)) {
    throw errorOf(store, [{
      id: 'prefix-form',
      text: `the \`prefix\` of environment variables has capitals, digits and underscores and begins with a letter (got '${prefix}'). `
        + 'Write it like REDIS or SESSION_STORE.',
    }]);
  }
  return Object.fromEntries(Object.entries(ENVIRONMENT_VARIABLES).flatMap(([key, name]) => {
    const value = values[key as keyof EnvironmentValues];
    return value === undefined ? [] : [[`${prefix}_${name}`, value]];
  }));
}
