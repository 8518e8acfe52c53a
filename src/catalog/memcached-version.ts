import { MEMCACHED_VERSIONS } from '../facts/memcached-versions';

/** A version that `MemcachedVersion` has no constant for. */
export interface MemcachedVersionOptions {
  /**
   * The version, as `major.minor.patch`.
   *
   * Update: in place, and every node starts empty.
   */
  readonly version: string;

  /**
   * The parameter group family, for example `memcached1.6`.
   *
   * Update: in place, and every node starts empty.
   */
  readonly family: string;
}

/**
 * A version of Memcached.
 *
 * A later version can be chosen for a running pool; an earlier one cannot. Every upgrade empties the nodes.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/engine-versions.html
 */
export class MemcachedVersion {
  /**
   * The engine's name.
   * @internal
   */
  public static readonly _ENGINE = 'memcached';

  /** Memcached 1.5.16, without TLS. */
  public static readonly V1_5_16 = MemcachedVersion.known('1.5.16');
  /** Memcached 1.6.6, without TLS. */
  public static readonly V1_6_6 = MemcachedVersion.known('1.6.6');
  /** Memcached 1.6.12. */
  public static readonly V1_6_12 = MemcachedVersion.known('1.6.12');
  /** Memcached 1.6.17. */
  public static readonly V1_6_17 = MemcachedVersion.known('1.6.17');
  /** Memcached 1.6.22. */
  public static readonly V1_6_22 = MemcachedVersion.known('1.6.22');

  /** A version that has no constant. */
  public static of(options: MemcachedVersionOptions): MemcachedVersion {
    return new MemcachedVersion(options.version, options.family);
  }

  private static known(version: string): MemcachedVersion {
    const fact = MEMCACHED_VERSIONS.find(candidate => candidate.version === version);
    if (!fact) throw new Error(`MemcachedVersion: ${version} is not in the table of versions`);
    return new MemcachedVersion(version, fact.family);
  }

  /** The version, as `major.minor.patch`. */
  public readonly version: string;

  /** The family of parameter groups that this version reads. */
  public readonly family: string;

  private constructor(version: string, family: string) {
    this.version = version;
    this.family = family;
  }
}
