import { nodeTypeOf, offers } from './engine';
import { REPLICATION_GROUP, SCALABLE_TARGET, SCALING_POLICY } from './resource-types';
import { isUnknown, Properties, Rule, rulesOf, Surroundings, valueAt } from './rule';
import { isClustered, replicaCounts, shardCount } from './shards';
import { asNumber, asText, asWord, isAbsent, isGiven, isOneOf, isWhole } from './values';
import { MAX_NODES_PER_SHARD, MAX_SHARDS } from '../facts/elasticache-limits';
import {
  SCALING_DIMENSIONS, SCALING_FAMILIES, SCALING_METRICS, SCALING_NAMESPACE, SCALING_SIZES, SCALING_TARGET_PERCENT,
} from '../facts/elasticache-scaling';

const SCALING = 'ElastiCache User Guide, "Auto Scaling" (AutoScaling)';
const TRACKING = 'ElastiCache User Guide, "Target tracking scaling policies" (AutoScaling-Scaling-Policies-Target)';
const REGISTER = 'Application Auto Scaling API Reference, RegisterScalableTarget';
const METRIC = 'TargetTrackingScalingPolicyConfiguration.PredefinedMetricSpecification.PredefinedMetricType';
const TARGET_VALUE = 'TargetTrackingScalingPolicyConfiguration.TargetValue';
const BOUNDS = ['ScalableDimension', 'MinCapacity', 'MaxCapacity'];

type Dimension = keyof typeof SCALING_DIMENSIONS;

/** What of a replication group is scaled; undefined where something else is. */
function dimensionOf(p: Properties): Dimension | undefined {
  return (Object.keys(SCALING_DIMENSIONS) as Dimension[]).find((name) => SCALING_DIMENSIONS[name] === asText(p.ScalableDimension));
}

/** The replication group behind a property, where it is known. */
function groupBehind({ behind }: Surroundings, property: string): Properties | undefined {
  return behind?.(property).find(({ type }) => type === REPLICATION_GROUP)?.properties;
}

/** Whether what a judge says of the scaled replication group holds; a group that is not known passes. */
function ofGroup(judge: (group: Properties, p: Properties, around: Surroundings) => boolean): Rule['holds'] {
  return (p, around) => {
    const group = groupBehind(around, 'ResourceId');
    return group === undefined || dimensionOf(p) === undefined || judge(group, p, { behind: () => around.behind?.('ResourceId') ?? [] });
  };
}

/** How many shards, or replicas of a shard, there are at first; undefined where that is not known. */
function firstCount(group: Properties, dimension: Dimension | undefined): number | undefined {
  const isKnown = ![group.NumNodeGroups, group.NodeGroupConfiguration].some(isUnknown);
  return dimension === 'replicas' ? replicaCounts(group)[0] : isKnown ? shardCount(group) : undefined;
}

const boundsRules = (Object.entries({ shards: [1, MAX_SHARDS], replicas: [0, MAX_NODES_PER_SHARD - 1] }) as [Dimension, [number, number]][])
  .map(([dimension, [min, max]]): Omit<Rule, 'type'> => ({
    id: `scaling-${dimension}-range`,
    severity: 'error',
    source: 'ElastiCache User Guide, "Quotas" (quota-limits)',
    reads: BOUNDS,
    text: `The number of ${dimension} is scaled between ${min} and ${max}: {MinCapacity}, {MaxCapacity}.`,
    remedy: 'Set {MinCapacity} and {MaxCapacity} in that range.',
    holds: (p) => dimensionOf(p) !== dimension || (isWhole(p.MinCapacity, min, max) && isWhole(p.MaxCapacity, min, max)),
  }));

/** Scaling of shards and replicas: `AWS::ApplicationAutoScaling::ScalableTarget`. */
export const scalableTargetRules = rulesOf(SCALABLE_TARGET, [
  {
    id: 'scaling-namespace',
    severity: 'error',
    source: `${REGISTER} (ServiceNamespace)`,
    reads: ['ServiceNamespace', 'ScalableDimension'],
    text: `What ElastiCache scales is in the namespace ${SCALING_NAMESPACE}: {ServiceNamespace}, {ScalableDimension}.`,
    remedy: `Set {ServiceNamespace} to ${SCALING_NAMESPACE}.`,
    holds: (p) => dimensionOf(p) === undefined || asText(p.ServiceNamespace) === SCALING_NAMESPACE,
  },
  {
    id: 'scaling-dimension',
    severity: 'error',
    source: `${REGISTER} (ScalableDimension)`,
    reads: ['ServiceNamespace', 'ScalableDimension', 'ResourceId'],
    text: `Of a replication group ${Object.values(SCALING_DIMENSIONS).join(' or ')} is scaled: {ScalableDimension}.`,
    remedy: 'Set {ScalableDimension} to one of them.',
    holds: (p) => asText(p.ServiceNamespace) !== SCALING_NAMESPACE || !asText(p.ResourceId)?.startsWith('replication-group/') || dimensionOf(p) !== undefined,
  },
  {
    id: 'scaling-resource',
    severity: 'error',
    source: `${REGISTER} (ResourceId)`,
    reads: ['ScalableDimension', 'ResourceId'],
    text: 'A replication group is named by replication-group/ and its id: {ResourceId}.',
    remedy: 'Write {ResourceId} in that form.',
    holds: (p) => dimensionOf(p) === undefined || /^replication-group\/[^/]+$/.test(asText(p.ResourceId) ?? ''),
  },
  ...boundsRules,
  {
    id: 'scaling-range-order',
    severity: 'error',
    source: `${REGISTER} (MinCapacity, MaxCapacity)`,
    reads: BOUNDS,
    text: 'The least is not more than the most: {MinCapacity}, {MaxCapacity}.',
    remedy: 'Lower {MinCapacity} or raise {MaxCapacity}.',
    holds: (p) => dimensionOf(p) === undefined || !((asNumber(p.MinCapacity) ?? 0) > (asNumber(p.MaxCapacity) ?? 0)),
  },
  {
    id: 'scaling-to-no-replica',
    severity: 'warning',
    source: 'ElastiCache User Guide, "Minimizing downtime with Multi-AZ" (AutoFailover)',
    reads: ['ScalableDimension', 'MinCapacity'],
    text: 'Scaling may take the last replica of every shard, and failover with it: {MinCapacity}.',
    remedy: 'Set {MinCapacity} to at least 1.',
    holds: (p) => dimensionOf(p) !== 'replicas' || asNumber(p.MinCapacity) !== 0,
  },
  {
    id: 'scaling-first-count',
    severity: 'warning',
    source: 'ElastiCache User Guide, "Auto Scaling policies" (AutoScaling-Policies)',
    reads: BOUNDS,
    text: 'A group that begins outside the range is scaled into it at once: {MinCapacity}, {MaxCapacity}.',
    remedy: 'Set {MinCapacity} and {MaxCapacity} around the number that the group begins with.',
    holds: ofGroup((group, p) => {
      const count = firstCount(group, dimensionOf(p));
      return count === undefined || (count >= (asNumber(p.MinCapacity) ?? count) && count <= (asNumber(p.MaxCapacity) ?? count));
    }),
  },
  {
    id: 'scaling-cluster-mode',
    severity: 'error',
    source: SCALING,
    reads: ['ScalableDimension'],
    text: 'Scaling needs cluster mode enabled, which the group of {ResourceId:name} is not: {ScalableDimension}.',
    remedy: 'Enable the cluster mode of that group, or do not scale {ResourceId}.',
    holds: ofGroup((group, _p, around) => asWord(group.ClusterMode) !== 'compatible' && isClustered(group, around) !== false),
  },
  {
    id: 'scaling-engine-version',
    severity: 'error',
    source: SCALING,
    reads: ['ScalableDimension'],
    text: 'Scaling needs Redis OSS 6.0 or later, or 7.0 with data tiering, or Valkey, which the group of {ResourceId:name} does not run: {ScalableDimension}.',
    remedy: 'Raise the engine version of that group, or do not scale {ResourceId}.',
    holds: ofGroup((group) => offers(group, 'autoScaling') && (nodeTypeOf(group)?.dataTiering !== true || offers(group, 'autoScalingWithDataTiering'))),
  },
  {
    id: 'scaling-node-type',
    severity: 'warning',
    source: SCALING,
    reads: ['ScalableDimension'],
    text: `AWS lists scaling for the sizes ${SCALING_SIZES.join(', ')} of ${SCALING_FAMILIES.join(', ')} only, `
      + 'and the nodes of {ResourceId:name} are others: {ScalableDimension}.',
    remedy: 'Choose such a node type for that group, or do not scale {ResourceId}.',
    holds: ofGroup((group) => {
      const node = nodeTypeOf(group);
      return isOneOf(node?.family, SCALING_FAMILIES) && isOneOf(node?.type.split('.')[2], SCALING_SIZES);
    }),
  },
  {
    id: 'scaling-global-datastore',
    severity: 'warning',
    source: SCALING,
    reads: ['ScalableDimension'],
    text: 'A group of a Global Datastore is not scaled, and that of {ResourceId:name} is one: {ScalableDimension}.',
    remedy: 'Take the group out of the Global Datastore, or do not scale {ResourceId}.',
    holds: ofGroup((group) => !isGiven(group.GlobalReplicationGroupId)),
  },
]);

/** The dimension that a policy states itself, or that of the target behind it. */
function dimensionOfPolicy(p: Properties, { behind }: Surroundings): Dimension | undefined {
  const target = behind?.('ScalingTargetId').find(({ type }) => type === SCALABLE_TARGET);
  return dimensionOf(isAbsent(p.ScalableDimension) && target !== undefined ? target.properties : p);
}

/** The metrics that say when to scale each dimension. */
const METRICS: { readonly [dimension in Dimension]: readonly string[] } = {
  shards: [SCALING_METRICS.primaryCpu, SCALING_METRICS.capacity, SCALING_METRICS.memory],
  replicas: [SCALING_METRICS.replicaCpu],
};

/** When shards and replicas are scaled: `AWS::ApplicationAutoScaling::ScalingPolicy`. */
export const scalingPolicyRules = rulesOf(SCALING_POLICY, [
  {
    id: 'scaling-policy-type',
    severity: 'error',
    source: 'Application Auto Scaling API Reference, PutScalingPolicy (PolicyType)',
    reads: ['PolicyType', 'ScalableDimension'],
    text: 'Shards and replicas are scaled by target tracking, not in steps: {PolicyType}.',
    remedy: 'Set {PolicyType} to TargetTrackingScaling.',
    holds: (p, around) => dimensionOfPolicy(p, around) === undefined || asText(p.PolicyType) !== 'StepScaling',
  },
  {
    id: 'scaling-metric',
    severity: 'warning',
    source: `${TRACKING}; for replicas (AutoScaling-Scaling-Policies-Replicas-Replicas)`,
    reads: [METRIC, 'ScalableDimension'],
    text: `AWS lists ${METRICS.shards.join(', ')} for shards and ${METRICS.replicas.join(', ')} for replicas: {${METRIC}}.`,
    remedy: `Set {${METRIC}} to one for what is scaled.`,
    holds: (p, around) => {
      const [metric, dimension] = [asText(valueAt(p, METRIC)), dimensionOfPolicy(p, around)];
      return metric === undefined || dimension === undefined || METRICS[dimension].includes(metric);
    },
  },
  {
    id: 'scaling-metric-data-tiering',
    severity: 'warning',
    source: TRACKING,
    reads: [METRIC],
    text: `Data tiering fills the memory by design, so that it says nothing of the load: {${METRIC}}.`,
    remedy: `Set {${METRIC}} to ${SCALING_METRICS.capacity}.`,
    holds: (p, around) => {
      const group = groupBehind(around, 'ScalingTargetId') ?? groupBehind(around, 'ResourceId');
      return asText(valueAt(p, METRIC)) !== SCALING_METRICS.memory || group === undefined || nodeTypeOf(group)?.dataTiering !== true;
    },
  },
  {
    id: 'scaling-target-value',
    severity: 'warning',
    source: TRACKING,
    reads: [METRIC, TARGET_VALUE, 'ScalableDimension'],
    text: `A policy aims at ${SCALING_TARGET_PERCENT.min} to ${SCALING_TARGET_PERCENT.max} percent: {${TARGET_VALUE}}.`,
    remedy: `Set {${TARGET_VALUE}} in that range.`,
    holds: (p, around) => {
      const value = asNumber(valueAt(p, TARGET_VALUE));
      return value === undefined || isAbsent(valueAt(p, METRIC)) || dimensionOfPolicy(p, around) === undefined
        || (value >= SCALING_TARGET_PERCENT.min && value <= SCALING_TARGET_PERCENT.max);
    },
  },
]);
