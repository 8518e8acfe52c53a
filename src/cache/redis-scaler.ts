import { CfnResource, Stack } from 'aws-cdk-lib';
import { EnableScalingProps, PredefinedMetric, ScalableTarget, ServiceNamespace, TargetTrackingScalingPolicy } from 'aws-cdk-lib/aws-applicationautoscaling';
import { CfnParameterGroup, CfnReplicationGroup } from 'aws-cdk-lib/aws-elasticache';
import { IRole, Role } from 'aws-cdk-lib/aws-iam';
import { Construct, IConstruct } from 'constructs';
import { RedisScalingProps } from './redis-scaling';
import { SCALING_DIMENSIONS } from '../facts/elasticache-scaling';
import { enforce, errorOf, warn } from '../private/enforce';
import { scalableTargetRules, scalingPolicyRules } from '../rules/cache-scaling';
import { PropertyNames } from '../rules/rule';

/** Application Auto Scaling User Guide, "Service-linked roles". */
const SERVICE_LINKED_ROLE = 'aws-service-role/elasticache.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_ElastiCacheRG';

const ROLE_ID = 'ScalingRole';

const POLICY_NAMES: PropertyNames = { 'TargetTrackingScalingPolicyConfiguration.TargetValue': 'targetUtilizationPercent' };

/** A cluster that is scaled. */
export interface ScaledCluster {
  readonly owner: Construct;
  readonly group: CfnReplicationGroup;
  readonly parameterGroup: CfnParameterGroup;
  /** Whether a part of the data is on SSD, so that memory says nothing of the load. */
  readonly dataTiering: boolean;
}

/** What of a cluster is scaled: the name of the construct and of the method that asks for it. */
const ASKED = { shards: ['ShardScaling', 'autoScaleShards'], replicas: ['ReplicaScaling', 'autoScaleReplicas'] } as const;

/** One count of a cluster as Application Auto Scaling sees it, held against the rules. */
export class RedisScaler {
  public readonly target: ScalableTarget;
  public readonly dataTiering: boolean;

  constructor(private readonly cluster: ScaledCluster, dimension: keyof typeof SCALING_DIMENSIONS, range: EnableScalingProps) {
    const { owner, group, parameterGroup, dataTiering } = cluster;
    const [id, method] = ASKED[dimension];
    if (owner.node.tryFindChild(id)) {
      throw errorOf(owner, [{ id: 'scaling-once', text: `\`${method}\` must be called once (got a second call). Keep what the first one returned.` }]);
    }
    this.dataTiering = dataTiering;
    this.target = new ScalableTarget(owner, id, {
      serviceNamespace: ServiceNamespace.ELASTICACHE,
      // The reference makes CloudFormation wait for the group.
      resourceId: `replication-group/${group.ref}`,
      scalableDimension: SCALING_DIMENSIONS[dimension],
      minCapacity: range.minCapacity ?? 1,
      maxCapacity: range.maxCapacity,
      role: roleOf(owner),
    });
    enforce(owner, scalableTargetRules, [{
      resource: cfnOf(this.target),
      names: { MinCapacity: 'minCapacity', MaxCapacity: 'maxCapacity', ScalableDimension: method, ResourceId: owner.node.path },
      behind: { ResourceId: [group, parameterGroup] },
    }]);
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
