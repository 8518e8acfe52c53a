import { EngineFeature, ENGINE_VERSIONS } from '../facts/elasticache-engine-versions';
import { DEFAULT_PORT } from '../facts/elasticache-limits';

/** An engine that `RedisEngine` has no constant for. */
export interface RedisEngineOptions {
  /**
   * The engine's name: `redis` or `valkey`.
   *
   * Update: not proved, CloudFormation may refuse it.
   */
  readonly engine: string;

  /**
   * The version, as `major.minor`.
   *
   * Update: in place, with a short interruption.
   */
  readonly version: string;

  /**
   * The parameter group family, for example `redis7` or `valkey8`.
   *
   * Update: in place, with a short interruption.
   */
  readonly family: string;
}

/**
 * Redis OSS or Valkey, with its version.
 *
 * A later version can be chosen for a running cluster; an earlier one cannot. What CloudFormation does with a change from Redis OSS to Valkey
 * is not proved: the service upgrades in place, while the resource schema marks the engine as a replacement. The fixed name of the
 * replication group makes CloudFormation refuse a replacement rather than lose the data.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/engine-versions.html
 */
export class RedisEngine {
  /** Redis OSS 6.2. Standard support ends on 2027-01-31. */
  public static readonly REDIS_6_2 = RedisEngine.known('redis', '6.2');
  /** Redis OSS 7.0. */
  public static readonly REDIS_7_0 = RedisEngine.known('redis', '7.0');
  /** Redis OSS 7.1. */
  public static readonly REDIS_7_1 = RedisEngine.known('redis', '7.1');
  /** Valkey 7.2. */
  public static readonly VALKEY_7_2 = RedisEngine.known('valkey', '7.2');
  /** Valkey 8.0. */
  public static readonly VALKEY_8_0 = RedisEngine.known('valkey', '8.0');
  /** Valkey 8.1. */
  public static readonly VALKEY_8_1 = RedisEngine.known('valkey', '8.1');
  /** Valkey 8.2. */
  public static readonly VALKEY_8_2 = RedisEngine.known('valkey', '8.2');
  /** Valkey 9.0. */
  public static readonly VALKEY_9_0 = RedisEngine.known('valkey', '9.0');
  /** Valkey 9.1. */
  public static readonly VALKEY_9_1 = RedisEngine.known('valkey', '9.1');

  /** A version that has no constant yet. Its logs, port and features are taken to be those of the newest version of the engine. */
  public static of(options: RedisEngineOptions): RedisEngine {
    return new RedisEngine(options.engine, options.version, options.family);
  }

  private static known(engine: string, version: string): RedisEngine {
    const fact = ENGINE_VERSIONS.find(candidate => candidate.engine === engine && candidate.version === version);
    if (!fact) throw new Error(`RedisEngine: ${engine} ${version} is not in the table of versions`);
    return new RedisEngine(engine, version, fact.family);
  }

  /** The engine's name, `redis` or `valkey`. */
  public readonly engine: string;

  /** The version, as `major.minor`. */
  public readonly version: string;

  /** The family of parameter groups that this version reads. */
  public readonly family: string;

  private constructor(engine: string, version: string, family: string) {
    this.engine = engine;
    this.version = version;
    this.family = family;
  }

  /**
   * What a construct needs to know of the engine.
   * @internal
   */
  public _bind(): RedisEngineConfig {
    const versions = ENGINE_VERSIONS.filter(candidate => candidate.engine === this.engine);
    const fact = versions.find(candidate => candidate.version === this.version) ?? versions.at(-1);
    return { port: DEFAULT_PORT, features: fact?.features ?? [] };
  }
}

/**
 * What an engine hands to a construct.
 * @internal
 */
export interface RedisEngineConfig {
  /** The port that the engine listens on unless told otherwise. */
  readonly port: number;
  /** What the version can do. */
  readonly features: readonly EngineFeature[];
}
