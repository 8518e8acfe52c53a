import { RemovalPolicy, Token } from 'aws-cdk-lib';
import { CfnCacheCluster } from 'aws-cdk-lib/aws-elasticache';
import { IConstruct } from 'constructs';
import { CacheParts, checksOf, PARTS_RULES, referencesOf } from './cache-parts';
import { MemcachedPoolProps } from './memcached-pool-props';
import { CHUNK_SIZE, MAX_ITEM_SIZE } from '../facts/memcached-parameters';
import { enforce, maxZonesOf, OwnFault } from '../private/enforce';
import { cacheClusterRules } from '../rules/cache-cluster';
import { PropertyNames, Rule } from '../rules/rule';

/** The props of a pool by the properties of the cluster that they become. */
const CLUSTER_NAMES: PropertyNames = {
  ClusterName: 'poolName',
  Engine: 'version',
  EngineVersion: 'version',
  CacheNodeType: 'nodeType',
  NumCacheNodes: 'nodeCount',
  AZMode: 'vpcSubnets',
  PreferredAvailabilityZones: 'vpcSubnets',
  Port: 'port',
  NetworkType: 'networkType',
  IpDiscovery: 'ipDiscovery',
  CacheSubnetGroupName: 'vpcSubnets',
  CacheParameterGroupName: 'parameters',
  TransitEncryptionEnabled: 'transitEncryption',
  PreferredMaintenanceWindow: 'maintenanceWindow',
  NotificationTopicArn: 'notificationTopic',
};

/** The rules of the resources of a pool. */
const RULES: readonly Rule[] = [...cacheClusterRules, ...PARTS_RULES];

/** The resources of a pool that rules concern. */
export interface MemcachedResources extends CacheParts {
  readonly pool: CfnCacheCluster;
}

/** Holds every resource of a pool against the rules, in the words of its props. */
export function enforceMemcachedRules(owner: IConstruct, props: MemcachedPoolProps, resources: MemcachedResources): void {
  const { pool, network } = resources;
  enforce(owner, RULES, [
    { resource: pool, names: CLUSTER_NAMES, maxZones: maxZonesOf(network.subnets), behind: referencesOf(resources, props.notificationTopic) },
    ...checksOf(resources, 'version'),
  ], [...network.faults, ...conflicts(props)]);
}

function conflicts({ nodeCount, removalPolicy, parameters, maxItemSize, chunkSize }: MemcachedPoolProps): OwnFault[] {
  const typed = [['maxItemSize', MAX_ITEM_SIZE, maxItemSize], ['chunkSize', CHUNK_SIZE, chunkSize]] as const;
  return [
    ...!Token.isUnresolved(nodeCount) ? [] : [{
      id: 'node-count-known',
      text: '`nodeCount` must be known at synthesis, because every node is given a zone (got a token). Read it from the context or the environment of the app.',
    }],
    ...removalPolicy !== RemovalPolicy.SNAPSHOT ? [] : [{
      id: 'memcached-no-snapshot',
      text: '`removalPolicy` cannot be SNAPSHOT: Memcached makes no snapshots, and the deletion would fail (got \'snapshot\'). Choose DESTROY or RETAIN.',
    }],
    ...typed.flatMap(([prop, parameter, value]) => value === undefined || parameters?.[parameter] === undefined ? [] : [{
      id: `${parameter.replace(/_/g, '-')}-once`,
      text: `\`${prop}\` and the parameter \`${parameter}\` are the same setting (got the parameter with '${parameters[parameter]}'). Keep \`${prop}\`.`,
    }]),
  ];
}
