import { CfnResource, Stack, Token } from 'aws-cdk-lib';
import {
  EnableScalingProps, PredefinedMetric, ScalableTarget, ScalingSchedule, ServiceNamespace, TargetTrackingScalingPolicy,
} from 'aws-cdk-lib/aws-applicationautoscaling';
import { CfnParameterGroup, CfnReplicationGroup } from 'aws-cdk-lib/aws-elasticache';
import { IRole, Role } from 'aws-cdk-lib/aws-iam';
import { Construct, IConstruct } from 'constructs';
import { RedisScalingProps } from './redis-scaling';
import { SCALING_DIMENSIONS } from '../facts/elasticache-scaling';
import { enforce, errorOf, warn } from '../private/enforce';
import { scalableTargetRules, scalingPolicyRules } from '../rules/cache-scaling';
import { SCALABLE_TARGET } from '../rules/resource-types';
import { findFaults, PropertyNames, UNKNOWN } from '../rules/rule';

/** Application Auto Scaling User Guide, "Service-linked roles". */
const SERVICE_LINKED_ROLE = 'aws-service-role/elasticache.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_ElastiCacheRG';

const ROLE_ID = 'ScalingRole';

const TARGET_NAMES: PropertyNames = { MinCapacity: 'minCapacity', MaxCapacity: 'maxCapacity' };
const POLICY_NAMES: PropertyNames = { 'TargetTrackingScalingPolicyConfiguration.TargetValue': 'targetUtilizationPercent' };

/** A cluster that is scaled. */
export interface ScaledCluster {
  readonly owner: Construct;
  readonly group: CfnReplicationGroup;
  readonly parameterGroup: CfnParameterGroup;
  /** Whether a part of the data is on SSD, so that memory says nothing of the load. */
  readonly dataTiering: boolean;
  /** Is told how many shards or replicas there may be. */
  readonly onMost: (dimension: keyof typeof SCALING_DIMENSIONS, most: number) => void;
}

/** The rules about a range, which aws-cdk-lib would refuse in words of its own, or not at all in a schedule. */
const RANGE_RULES = scalableTargetRules.filter(({ id }) => ['scaling-shards-range', 'scaling-replicas-range', 'scaling-range-order'].includes(id));

/** What of a cluster is scaled: the name of the construct and of the method that asks for it. */
const ASKED = { shards: ['ShardScaling', 'autoScaleShards'], replicas: ['ReplicaScaling', 'autoScaleReplicas'] } as const;

/** One count of a cluster as Application Auto Scaling sees it, held against the rules. */
export class RedisScaler {
  public readonly target: ScalableTarget;
  public readonly dataTiering: boolean;

  constructor(private readonly cluster: ScaledCluster, private readonly dimension: keyof typeof SCALING_DIMENSIONS, limits: EnableScalingProps) {
    const { owner, group, parameterGroup, dataTiering } = cluster;
    const [id, method] = ASKED[dimension];
    if (owner.node.tryFindChild(id)) {
      throw errorOf(owner, [{ id: 'scaling-once', text: `\`${method}\` must be called once (got a second call). Keep what the first one returned.` }]);
    }
    const range = { minCapacity: limits.minCapacity ?? 1, maxCapacity: limits.maxCapacity };
    this.refuseRange(range);
    this.dataTiering = dataTiering;
    this.target = new ScalableTarget(owner, id, {
      serviceNamespace: ServiceNamespace.ELASTICACHE,
      // The reference makes CloudFormation wait for the group.
      resourceId: `replication-group/${group.ref}`,
      scalableDimension: SCALING_DIMENSIONS[dimension],
      ...range,
      role: roleOf(owner),
    });
    enforce(owner, scalableTargetRules, [{
      resource: cfnOf(this.target),
      names: { ...TARGET_NAMES, ScalableDimension: method, ResourceId: owner.node.path },
      behind: { ResourceId: [group, parameterGroup] },
    }]);
    this.tellMost(limits.maxCapacity);
  }

  /** Scales so that a metric keeps its value. */
  public track(id: string, predefinedMetric: PredefinedMetric, { targetUtilizationPercent, ...props }: RedisScalingProps): void {
    const { owner, group } = this.cluster;
    if (this.target.node.children.some(child => child instanceof TargetTrackingScalingPolicy)) {
      // ElastiCache User Guide, "Auto Scaling" (AutoScaling).
      warn(owner, 'scaling-one-policy', `AWS takes one policy for each of shards and replicas, and \`${id}\` is a second one. Keep one, and add schedules.`);
    }
    const policy = new TargetTrackingScalingPolicy(this.target, id, {
      ...props,
      scalingTarget: this.target,
      predefinedMetric,
      targetValue: targetUtilizationPercent,
    });
    enforce(owner, scalingPolicyRules, [{
      resource: cfnOf(policy),
      names: POLICY_NAMES,
      behind: { ScalingTargetId: [cfnOf(this.target), group] },
    }]);
  }

  /** Changes the range at given times; an end that is left out stays as it is. */
  public schedule(id: string, schedule: ScalingSchedule): void {
    const { minCapacity = schedule.maxCapacity, maxCapacity = minCapacity } = schedule;
    this.refuseRange({ minCapacity, maxCapacity });
    this.target.scaleOnSchedule(id, schedule);
    this.tellMost(maxCapacity);
  }

  /** A range that only CloudFormation knows adds no nodes that could be named, and yet scales. */
  private tellMost(most: number | undefined): void {
    this.cluster.onMost(this.dimension, most === undefined || Token.isUnresolved(most) ? 0 : most);
  }

  private refuseRange({ minCapacity, maxCapacity }: Partial<EnableScalingProps>): void {
    const faults = findFaults(RANGE_RULES, {
      type: SCALABLE_TARGET,
      properties: {
        ScalableDimension: SCALING_DIMENSIONS[this.dimension],
        MinCapacity: Token.isUnresolved(minCapacity) ? UNKNOWN : minCapacity,
        MaxCapacity: Token.isUnresolved(maxCapacity) ? UNKNOWN : maxCapacity,
      },
    }, {}, TARGET_NAMES);
    if (faults.length > 0) throw errorOf(this.cluster.owner, faults.map(({ rule, text }) => ({ id: rule.id, text })));
  }
}

/** The role that Application Auto Scaling makes for itself when a cluster is scaled for the first time. */
function roleOf(owner: Construct): IRole {
  const existing = owner.node.tryFindChild(ROLE_ID);
  return existing ? existing as Role : Role.fromRoleArn(owner, ROLE_ID, Stack.of(owner).formatArn({
    service: 'iam', region: '', resource: 'role', resourceName: SERVICE_LINKED_ROLE,
  }), { mutable: false });
}

function cfnOf(construct: IConstruct): CfnResource {
  return construct.node.defaultChild as CfnResource;
}
