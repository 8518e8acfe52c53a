/**
 * Whether connections are encrypted.
 *
 * A running cluster of Redis OSS 7.0 or later, or Valkey, is switched on in two deployments: `DISABLED` to `PREFERRED`, and when every client
 * speaks TLS, `PREFERRED` to `REQUIRED`. There is no way back from `REQUIRED`.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/in-transit-encryption-enable.html
 */
export enum TransitEncryption {
  /** TLS only. */
  REQUIRED = 'required',
  /** TLS, and plain connections as well: the step between the two others, without users. */
  PREFERRED = 'preferred',
  /** No TLS, which goes with `RedisAuth.none()` only: data crosses the network in the clear. */
  DISABLED = 'disabled',
}
