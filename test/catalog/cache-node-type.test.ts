import { Token } from 'aws-cdk-lib';
import { InstanceClass, InstanceSize, InstanceType } from 'aws-cdk-lib/aws-ec2';
import { CacheNodeType } from '../../src';
import { NODE_TYPES } from '../../src/facts/elasticache-node-types';

const CONSTANTS = Object.entries(CacheNodeType).filter((entry): entry is [string, CacheNodeType] => entry[1] instanceof CacheNodeType);

test('every current node type has a constant that is called like it', () => {
  const current = [...NODE_TYPES.values()].filter(({ previousGeneration }) => !previousGeneration).map(({ type }) => type);
  expect(CONSTANTS.map(([, { name }]) => name).sort()).toEqual(current.sort());
  expect(CONSTANTS.map(([constant]) => constant)).toEqual(CONSTANTS.map(([, { name }]) => name.replace('cache.', '').replace('.', '_').toUpperCase()));
});

/** Rows of the page "Supported node types" of the ElastiCache User Guide. */
test.each([
  [CacheNodeType.T4G_MICRO, 'cache.t4g.micro', 2, 0.5, false],
  [CacheNodeType.T4G_MEDIUM, 'cache.t4g.medium', 2, 3.09, false],
  [CacheNodeType.M7G_LARGE, 'cache.m7g.large', 2, 6.38, false],
  [CacheNodeType.R7G_16XLARGE, 'cache.r7g.16xlarge', 64, 419.09, false],
  [CacheNodeType.R6GD_XLARGE, 'cache.r6gd.xlarge', 4, 26.32, true],
  [CacheNodeType.of('cache.r4.large'), 'cache.r4.large', 2, 12.3, false],
  [CacheNodeType.of('cache.z9.huge'), 'cache.z9.huge', undefined, undefined, undefined],
])('%s', (type, name, vcpu, memoryGiB, dataTiering) => {
  expect([type.name, String(type), type.vcpu, type.memoryGiB, type.dataTiering]).toEqual([name, name, vcpu, memoryGiB, dataTiering]);
});

test('an EC2 instance type names a node type', () => {
  expect(CacheNodeType.fromInstanceType(InstanceType.of(InstanceClass.R7G, InstanceSize.XLARGE)).name).toBe('cache.r7g.xlarge');
  expect(CacheNodeType.fromInstanceType(new InstanceType('m6g.12xlarge')).name).toBe('cache.m6g.12xlarge');
});

test.each(['r7g.large', 'cache.r7g', 'cache.r7g.large ', 'Cache.r7g.large', 'db.r7g.large', ''])('%j is not a node type', name => {
  expect(() => CacheNodeType.of(name)).toThrow(new Error(
    `CacheNodeType.of: \`name\` must look like cache.r7g.large (got '${name}'). Write family and size behind \`cache.\`.`));
});

test('a name that only CloudFormation knows is taken as it is', () => {
  const token = Token.asString({ Ref: 'NodeType' });
  expect(CacheNodeType.of(token)).toMatchObject({ name: token, vcpu: undefined, memoryGiB: undefined });
});
