import { Token } from 'aws-cdk-lib';
import { IBucket } from 'aws-cdk-lib/aws-s3';

/**
 * What a new cluster is filled with.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/backups-restoring.html
 */
export class RedisSnapshotSource {
  /**
   * A snapshot that ElastiCache made.
   *
   * @param snapshotName the snapshot's name, in the same account and Region.
   */
  public static snapshot(snapshotName: string): RedisSnapshotSource {
    return new RedisSnapshotSource({ snapshotName });
  }

  /**
   * An RDB file in a bucket that ElastiCache may read, in the same Region.
   *
   * @param bucket the bucket.
   * @param key the object's key; it has no comma.
   * @throws when the key is empty or has one.
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/backups-seeding-redis.html
   */
  public static rdbFile(bucket: IBucket, key: string): RedisSnapshotSource {
    if (!Token.isUnresolved(key) && !/^[^,]+$/.test(key)) {
      // The ARN as a whole is seldom known at synthesis: its partition is not.
      throw new Error(`RedisSnapshotSource.rdbFile: \`key\` must name an object, without commas (got '${key}'). Rename the object.`);
    }
    return new RedisSnapshotSource({ snapshotArns: [bucket.arnForObjects(key)] });
  }

  private constructor(private readonly config: RedisSnapshotSourceConfig) {}

  /**
   * The properties of the replication group.
   * @internal
   */
  public _bind(): RedisSnapshotSourceConfig {
    return this.config;
  }
}

/**
 * The properties of the replication group.
 * @internal
 */
export interface RedisSnapshotSourceConfig {
  readonly snapshotName?: string;
  readonly snapshotArns?: string[];
}
