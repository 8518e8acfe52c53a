import { Size, SizeRoundingBehavior, Token } from 'aws-cdk-lib';
import { CacheNodeType } from '../catalog/cache-node-type';

/** What Redis keeps beside the value of a session: key, expiry and tables. */
const OVERHEAD_BYTES = 200;

/** Sessions fill this share of the memory at most; the rest is for growth and for the copy that replication makes. */
const FILL = 0.60;

/** ElastiCache User Guide, "Managing reserved memory" (redis-memory-management): the default of `reserved-memory-percent`. */
const USABLE = 0.75;

const GIB = 2 ** 30;

/** The ladder from small to large: burstable, then general purpose, then memory optimised, each step the least costly for its memory. */
const LADDER = [
  CacheNodeType.T4G_SMALL,
  CacheNodeType.T4G_MEDIUM,
  CacheNodeType.M7G_LARGE,
  CacheNodeType.R7G_LARGE,
  CacheNodeType.R7G_XLARGE,
  CacheNodeType.R7G_2XLARGE,
  CacheNodeType.R7G_4XLARGE,
  CacheNodeType.R7G_8XLARGE,
  CacheNodeType.R7G_12XLARGE,
  CacheNodeType.R7G_16XLARGE,
];

/** How many sessions live at a time, and how large they are. */
export interface SessionCapacityOptions {
  /**
   * The largest number of sessions that live at the same time: a whole number from 1.
   *
   * Update: in place, with a short interruption.
   */
  readonly concurrentSessions: number;

  /**
   * The average size of a stored session, without its key.
   *
   * Update: in place, with a short interruption.
   *
   * @default Size.kibibytes(2)
   */
  readonly averageSize?: Size;
}

/** The room that sessions need. */
export class SessionCapacity {
  /**
   * Picks the smallest current Graviton node type, from `cache.t4g.small` to `cache.r7g.16xlarge`, whose memory holds
   * sessions × (average size + 200 bytes) in 60 % of what is usable, which is 75 % of the node's memory.
   *
   * @param options number and size of the sessions.
   * @throws when the number is not a whole number from 1, or no node type is large enough.
   */
  public static of(options: SessionCapacityOptions): SessionCapacity {
    const { concurrentSessions, averageSize = Size.kibibytes(2) } = options;
    if (!Number.isInteger(concurrentSessions) || concurrentSessions < 1) {
      throw new Error(`SessionCapacity.of: \`concurrentSessions\` must be a whole number from 1, known at synthesis (got ${Token.isUnresolved(concurrentSessions) ? 'a token' : concurrentSessions}). `
        + 'Give the largest number of sessions that live at the same time.');
    }
    if (averageSize.isUnresolved()) {
      throw new Error('SessionCapacity.of: `averageSize` must be known at synthesis (got a token). Give the average size of a stored session.');
    }
    const bytes = concurrentSessions * (averageSize.toBytes({ rounding: SizeRoundingBehavior.NONE }) + OVERHEAD_BYTES);
    const fitting = LADDER.find(({ memoryGiB = 0 }) => bytes / FILL <= memoryGiB * GIB * USABLE);
    if (!fitting) {
      const largest = LADDER[LADDER.length - 1];
      throw new Error(`SessionCapacity.of: \`concurrentSessions\` of this size need ${Math.ceil(bytes / FILL / USABLE / GIB)} GiB (got ${concurrentSessions}), and a single `
        + `node has at most ${largest.memoryGiB} GiB (${largest.name}). Store less in a session, or spread the sessions over the shards of a `
        + 'cluster in cluster mode enabled.');
    }
    return new SessionCapacity(bytes, fitting);
  }

  /** What the sessions take, in bytes, before room is left for growth. */
  public readonly bytes: number;

  /** The smallest node type that holds them. */
  public readonly nodeType: CacheNodeType;

  private constructor(bytes: number, nodeType: CacheNodeType) {
    this.bytes = bytes;
    this.nodeType = nodeType;
  }
}
