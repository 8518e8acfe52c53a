import { engineOf, isOfGroup, mayHaveMemcachedNode, mayHaveNode, measuredCache } from './alarm-caches';
import { AlarmMetric, dimension, metricRule, partsOf } from './alarm-metrics';
import { ALARM } from './resource-types';
import { rulesOf, Surroundings } from './rule';
import { PUBLISHED_UNITS, SERVERLESS_DIMENSION } from '../facts/cloudwatch-cache-metrics';
import { CACHE_NODE_DIMENSIONS, CACHE_NODE_ID, METRICS_OF_NODE_ONLY, REPLICATION_GROUP_METRICS as WHOLE } from '../facts/elasticache-metrics';

const METRICS = 'ElastiCache User Guide, "Monitoring use with CloudWatch Metrics" (CacheMetrics)';
const NODE_IDS = 'ElastiCache User Guide, "Finding connection endpoints" (Endpoints)';

const { cluster: CLUSTER, node: NODE } = CACHE_NODE_DIMENSIONS;
const OFFICIAL: readonly string[] = [CLUSTER, NODE, SERVERLESS_DIMENSION];

/** Whether no metric has these dimensions: names that only look right, groups of nodes, and names that do not go together. */
function isWithoutData({ name: metric = '', dimensions = [] }: AlarmMetric): boolean {
  const names = dimensions.map(({ name = '' }) => name);
  const isMisspelt = names.some((name) => !OFFICIAL.includes(name) && OFFICIAL.some((official) => official.toLowerCase() === name.toLowerCase()));
  const isOfWhole = metric === '' || (WHOLE.names as readonly string[]).includes(metric) || names.includes('Role');
  const isOfAllNodes = names.includes(WHOLE.dimension) && (!isOfWhole || names.includes(CLUSTER));
  const isOfNodeOnly = names.includes(CLUSTER) && !names.includes(NODE) && METRICS_OF_NODE_ONLY.includes(metric);
  return isMisspelt || isOfAllNodes || isOfNodeOnly || names.includes('ServerlessCacheName')
    || (names.includes(NODE) && !names.includes(CLUSTER)) || (names.includes(SERVERLESS_DIMENSION) && names.includes(CLUSTER));
}

/** The id of a node, where it is known. */
function nodeIdOf(metric: AlarmMetric, around: Surroundings): string | undefined {
  const id = dimension(metric, NODE);
  const [text, ...rest] = id === undefined ? [] : partsOf(id, around);
  return typeof text === 'string' && rest.length === 0 ? text : undefined;
}

/** Where the metrics of an alarm come from: `AWS::CloudWatch::Alarm`. */
export const alarmDimensionRules = rulesOf(ALARM, [
  metricRule({
    id: 'alarm-dimensions',
    severity: 'warning',
    source: METRICS,
    text: `ElastiCache publishes by ${CLUSTER} and ${NODE}, most metrics by ${CLUSTER} alone too, ${WHOLE.names.join(', ')} by ${WHOLE.dimension} too, and by `
      + `${SERVERLESS_DIMENSION} where a cache is serverless; with other dimensions an alarm never has data: {Dimensions:name}, {Metrics:name}.`,
    remedy: `Name a node by ${CLUSTER} and ${NODE} in {Dimensions} or {Metrics}, and a serverless cache by ${SERVERLESS_DIMENSION}.`,
  }, isWithoutData),
  metricRule({
    id: 'alarm-replication-group-id',
    severity: 'warning',
    source: NODE_IDS,
    text: `${CLUSTER} is the id of one node; by that of its replication group an alarm never has data: {Dimensions:name}, {Metrics:name}.`,
    remedy: 'Append the number of the node in {Dimensions} or {Metrics}: -001, or -0001-001 with that of its shard in cluster mode.',
  }, (metric, around) => {
    const measured = measuredCache(metric, around);
    return measured !== undefined && isOfGroup(measured) && measured.suffix === undefined;
  }),
  metricRule({
    id: 'alarm-member',
    severity: 'warning',
    source: NODE_IDS,
    text: 'The replication group begins with no node of that id: {Dimensions:name}, {Metrics:name}.',
    remedy: 'Name a node that there is in {Dimensions} or {Metrics}: its number has three digits, and behind that of its shard in cluster mode.',
  }, (metric, around) => {
    const measured = measuredCache(metric, around);
    return measured?.suffix !== undefined && !mayHaveNode(measured.cache, measured.suffix, around);
  }),
  metricRule({
    id: 'alarm-member-node-id',
    severity: 'warning',
    source: METRICS,
    text: `Whatever runs Redis OSS or Valkey has one node to a ${CLUSTER}, and its ${NODE} is ${CACHE_NODE_ID}: {Dimensions:name}, {Metrics:name}.`,
    remedy: `Set ${NODE} to ${CACHE_NODE_ID} in {Dimensions} or {Metrics}.`,
  }, (metric, around) => {
    const [measured, id] = [measuredCache(metric, around), nodeIdOf(metric, around)];
    return measured !== undefined && id !== undefined && engineOf(measured) === 'redis' && id !== CACHE_NODE_ID;
  }),
  metricRule({
    id: 'alarm-memcached-node',
    severity: 'warning',
    source: NODE_IDS,
    text: 'The Memcached cluster begins with no node of that id: {Dimensions:name}, {Metrics:name}.',
    remedy: `Set ${NODE} in {Dimensions} or {Metrics} to one from ${CACHE_NODE_ID} to the number of nodes, in four digits.`,
  }, (metric, around) => {
    const [measured, id] = [measuredCache(metric, around), nodeIdOf(metric, around)];
    return measured !== undefined && id !== undefined && engineOf(measured) === 'memcached' && !mayHaveMemcachedNode(measured.cache, id, around);
  }),
  metricRule({
    id: 'alarm-metric-engine',
    severity: 'warning',
    source: 'ElastiCache User Guide, "Metrics for Valkey and Redis OSS" (CacheMetrics.Redis) and "Metrics for Memcached" (CacheMetrics.Memcached)',
    text: 'The engine of the cache does not publish this metric: {MetricName:name}, {Metrics:name}.',
    remedy: 'Choose a metric of that engine in {MetricName} or {Metrics}.',
  }, (metric, around) => {
    const measured = measuredCache(metric, around);
    const [engine, { name }] = [measured && engineOf(measured), metric];
    const other = engine === 'redis' ? 'memcached' : 'redis';
    return engine !== undefined && name !== undefined && !PUBLISHED_UNITS[engine].has(name) && PUBLISHED_UNITS[other].has(name);
  }),
]);
