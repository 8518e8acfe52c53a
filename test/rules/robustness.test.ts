import * as fc from 'fast-check';
import { elasticacheRules } from '../../src/rules/elasticache';
import { Description, findFaults, PropertyValue, TextPart, UNDECIDED, UNKNOWN } from '../../src/rules/rule';

/** Every property that some rule reads or writes of, and every key that rules look for inside. */
const PROPERTIES = ['Namespace', 'Statistic', ...new Set(elasticacheRules.flatMap(({ text, remedy, reads }) =>
  [...`${text} ${remedy}`.matchAll(/\{([\w.-]+)/g)].map(([, path]) => path).concat(reads).map((path) => path.replace('[]', '').split('.')[0])))];
const KEYS = ['NodeGroupId', 'ReplicaCount', 'ReplicaAvailabilityZones', 'PrimaryAvailabilityZone', 'Slots', 'LogType', 'DestinationType', 'DestinationDetails',
  'Type', 'Passwords', 'cluster-enabled', 'databases', 'TargetValue', 'Id', 'Expression', 'ReturnData', 'MetricStat', 'Metric', 'Namespace', 'MetricName',
  'Dimensions', 'Name', 'Value', 'Period', 'Stat', 'Statement', 'Principal', 'Action'];
const WORDS = ['', 'redis', 'valkey', '7.1', 'enabled', 'yes', 'cache.r6gd.xlarge', 'default.redis7', '0-16383', 'replication-group/a',
  'elasticache:replication-group:Replicas', 'iam', 'sync', 'memcached', 'cross-az', 'AWS/ElastiCache', 'CPUUtilization', 'CacheClusterId', 'shop-001'];

const { value } = fc.letrec<{ value: PropertyValue; leaf: PropertyValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    tie('leaf'),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...KEYS), tie('value'), { maxKeys: 4 }),
  ),
  leaf: fc.oneof(
    fc.constantFrom<PropertyValue[]>(UNKNOWN, UNDECIDED, undefined, null, ...WORDS),
    fc.boolean(),
    fc.integer(),
    fc.double(),
    fc.string(),
  ),
}));

test('no template, however odd, makes a rule fail', () => {
  const types = [...new Set(elasticacheRules.map(({ type }) => type))];
  const description: fc.Arbitrary<Description> = fc.record({
    type: fc.constantFrom(...types),
    properties: fc.dictionary(fc.constantFrom(...PROPERTIES), value, { maxKeys: 12 }),
  });
  fc.assert(fc.property(description, fc.array(description, { maxLength: 2 }), (resource, others) => {
    const texts = findFaults(elasticacheRules, resource, {
      maxZones: 1,
      behind: () => others,
      all: () => others,
      textAt: () => others.flatMap((to): TextPart[] => [{ to }, '-001', UNKNOWN]),
    }).map(({ text }) => text);
    expect(texts.filter((text) => !text.endsWith('.'))).toEqual([]);
  }), { numRuns: 2000 });
});
