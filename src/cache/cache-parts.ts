import { CfnResource } from 'aws-cdk-lib';
import { CfnParameterGroup, CfnSubnetGroup } from 'aws-cdk-lib/aws-elasticache';
import { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { CacheIpDiscovery, CacheNetworkType } from './cache-network-type';
import { WeeklyWindow } from '../common/windows';
import { Check, maxZonesOf } from '../private/enforce';
import { Network } from '../private/network';
import { sortKeys } from '../private/sort-keys';
import { parameterGroupRules } from '../rules/parameter-group';
import { memcachedParameterGroupRules } from '../rules/parameter-group-memcached';
import { Rule } from '../rules/rule';
import { subnetGroupRules } from '../rules/subnet-group';

/** What a cache of any engine is put together from. */

export const DEFAULT_MAINTENANCE_WINDOW = WeeklyWindow.of('sun:05:30-sun:06:30');

/** The subnets of a cache. */
export function makeSubnetGroup(owner: Construct, { subnets }: Network): CfnSubnetGroup {
  return new CfnSubnetGroup(owner, 'SubnetGroup', { description: `Subnets of ${owner.node.path}`, subnetIds: subnets.subnetIds });
}

/** The parameters of a cache; none are written as none, not as an empty list. */
export function makeParameterGroup(owner: Construct, id: string, family: string, parameters: { [name: string]: string }): CfnParameterGroup {
  return new CfnParameterGroup(owner, id, {
    description: `Parameters of ${owner.node.path}`,
    cacheParameterGroupFamily: family,
    properties: Object.keys(parameters).length > 0 ? sortKeys(parameters) : undefined,
  });
}

/** The addresses to discover: those that were asked for, or the only ones that there are. */
export function ipDiscoveryOf(networkType: CacheNetworkType | undefined, asked: CacheIpDiscovery | undefined): CacheIpDiscovery | undefined {
  return asked ?? (networkType === CacheNetworkType.IPV6 ? CacheIpDiscovery.IPV6 : undefined);
}

/** The parts that hang on to the nodes. */
export interface CacheParts {
  readonly subnetGroup: CfnSubnetGroup;
  readonly parameterGroup: CfnParameterGroup;
  readonly network: Network;
}

/** The rules of these parts. A construct takes those of its own resources only, because the others would have to be loaded. */
export const PARTS_RULES: readonly Rule[] = [...parameterGroupRules, ...memcachedParameterGroupRules, ...subnetGroupRules];

/** The parts to be held against the rules, with the prop that chooses the engine's family. */
export function checksOf({ subnetGroup, parameterGroup, network }: CacheParts, engineProp: string): Check[] {
  return [
    { resource: parameterGroup, names: { CacheParameterGroupFamily: engineProp, Properties: 'parameters' } },
    { resource: subnetGroup, names: { SubnetIds: 'vpcSubnets' }, maxZones: maxZonesOf(network.subnets) },
  ];
}

/** What the properties of the nodes refer to. */
export function referencesOf({ subnetGroup, parameterGroup }: CacheParts, topic: ITopic | undefined): Required<Check>['behind'] {
  return {
    CacheParameterGroupName: [parameterGroup],
    CacheSubnetGroupName: [subnetGroup],
    NotificationTopicArn: resourcesOf(topic),
  };
}

/** The L1 of a topic that this app owns; nothing is known of an imported one. */
function resourcesOf(topic: ITopic | undefined): CfnResource[] {
  const resource = topic?.node.defaultChild;
  return CfnResource.isCfnResource(resource) ? [resource] : [];
}
