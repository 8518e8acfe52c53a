import { Stack } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { RedisSnapshotSource } from '../../src';
import { faultsOf, layout, newCluster } from '../helpers';

test('a snapshot', () => expect(RedisSnapshotSource.snapshot('nightly')._bind()).toEqual({ snapshotName: 'nightly' }));

test('a file in a bucket', () => {
  const stack = new Stack();
  const source = RedisSnapshotSource.rdbFile(Bucket.fromBucketArn(stack, 'Bucket', 'arn:aws:s3:::backups'), 'dump.rdb');
  expect(stack.resolve(source._bind())).toEqual({ snapshotArns: ['arn:aws:s3:::backups/dump.rdb'] });
});

test('a comma in the name of a file is refused, and legal elsewhere', () => {
  const world = layout();
  const bucket = Bucket.fromBucketArn(world.data, 'Bucket', 'arn:aws:s3:::backups');
  expect(faultsOf(() => newCluster({ restoreFrom: RedisSnapshotSource.rdbFile(bucket, 'a,b.rdb') }, world))).toEqual([
    'Data/Cache has 1 fault:',
    '- A backup file is named by the ARN of an S3 object without commas: `restoreFrom` (got ["arn:aws:s3:::backups/a,b.rdb"]). '
    + 'List ARNs such as arn:aws:s3:::bucket/backup.rdb in `restoreFrom`. [cdk-data-tier::snapshot-arns-form]',
  ]);
  expect(() => newCluster({ restoreFrom: RedisSnapshotSource.rdbFile(bucket, 'a/b-c.rdb') })).not.toThrow();
});
