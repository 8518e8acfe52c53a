import { Stack } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { RedisSnapshotSource } from '../../src';
import { layout, newCluster } from '../helpers';

test('a snapshot', () => expect(RedisSnapshotSource.snapshot('nightly')._bind()).toEqual({ snapshotName: 'nightly' }));

test('a file in a bucket', () => {
  const stack = new Stack();
  const source = RedisSnapshotSource.rdbFile(Bucket.fromBucketArn(stack, 'Bucket', 'arn:aws:s3:::backups'), 'dump.rdb');
  expect(stack.resolve(source._bind())).toEqual({ snapshotArns: ['arn:aws:s3:::backups/dump.rdb'] });
});

test.each(['a,b.rdb', ''])('the key %j names no object', key => {
  const bucket = Bucket.fromBucketName(new Stack(), 'Bucket', 'backups');
  expect(() => RedisSnapshotSource.rdbFile(bucket, key)).toThrow(new Error(
    `RedisSnapshotSource.rdbFile: \`key\` must name an object, without commas (got '${key}'). Rename the object.`));
});

test('other signs are legal', () => {
  const world = layout();
  const bucket = Bucket.fromBucketArn(world.data, 'Bucket', 'arn:aws:s3:::backups');
  expect(() => newCluster({ restoreFrom: RedisSnapshotSource.rdbFile(bucket, 'a/b-c.rdb') }, world)).not.toThrow();
});
