import { isDeepStrictEqual } from 'util';
import { Effect } from './effect';
import { isAtLeast } from '../../../src/rules/versions';
import { TemplateResource } from '../../helpers';

/** What the pages of AWS say of a change where the resource schema of CloudFormation says something else, or nothing. */
export interface Fact {
  /** Resource and property, for example `ReplicationGroup.Engine`. */
  readonly property: string;
  /** The changes that it holds for; all, when left out. */
  readonly when?: (before: TemplateResource, after: TemplateResource) => boolean;
  readonly effect: Effect;
  readonly source: string;
}

type When = NonNullable<Fact['when']>;

interface Shard { readonly NodeGroupId: string; readonly Slots?: string }

const MODE_PAGE = 'ElastiCache User Guide, "Modifying cluster mode" (modify-cluster-mode)';
const TLS_PAGE = 'ElastiCache User Guide, "Enabling in-transit encryption" (in-transit-encryption-enable)';
const CACHE_CLUSTER = 'CloudFormation Template Reference, AWS::ElastiCache::CacheCluster';
const RESHARDING = 'CloudFormation Template Reference, UpdatePolicy attribute (UseOnlineResharding)';

/** A change of one property, seen by its two values. */
const of = (property: string, holds: (before: unknown, after: unknown) => boolean): When =>
  (before, after) => holds(before.Properties[property], after.Properties[property]);
const both = (...conditions: When[]): When => (before, after) => conditions.every(condition => condition(before, after));
const changed = (property: string): When => of(property, (before, after) => before !== after);
const stated = (property: string): When => of(property, (before, after) => before !== undefined && after !== undefined);

const toEnabled: When = of('ClusterMode', (before, after) => before === 'compatible' && after === 'enabled');
const staysCompatible: When = of('ClusterMode', (before, after) => before === 'compatible' && after === 'compatible');
const onlineResharding: When = (_before, after) => after.UpdatePolicy?.UseOnlineResharding === true;
const hasUsers: When = stated('UserGroupIds');
const tlsStaysOn: When = of('TransitEncryptionEnabled', (before, after) => before === true && after === true);
const engineStays: When = of('Engine', (before, after) => before === after);

/** Shards are added or removed, and nothing is said anew of those that stay; to leave their slots out then is what the page asks for. */
const otherShardsOnly: When = of('NodeGroupConfiguration', (before, after) => {
  const [old, now] = [before, after].map(layout => new Map(((layout ?? []) as Shard[]).map(shard => [shard.NodeGroupId, shard])));
  const isSame = (shard: Shard) => {
    const earlier = old.get(shard.NodeGroupId);
    return earlier === undefined || isDeepStrictEqual({ ...shard, Slots: shard.Slots ?? earlier.Slots }, { ...earlier, Slots: earlier.Slots });
  };
  return old.size > 0 && now.size > 0 && old.size !== now.size && [...now.values()].every(isSame);
});

/** Nodes are added or removed at the end of the list of zones, and those that stay keep theirs. */
const otherZonesAtTheEnd: When = of('PreferredAvailabilityZones', (before, after) => {
  const [old, now] = [before, after].map(zones => (zones ?? []) as string[]);
  const staying = Math.min(old.length, now.length);
  return staying > 0 && isDeepStrictEqual(old.slice(0, staying), now.slice(0, staying));
});

const earlierVersion: When = of('EngineVersion', (before, after) => isAtLeast(String(after), String(before)) === false);

/** The first fact that fits a change decides. */
export const FACTS: readonly Fact[] = [
  {
    property: 'ReplicationGroup.Engine',
    when: of('Engine', (before, after) => before === 'redis' && after === 'valkey'),
    effect: Effect.NOT_PROVED,
    source: 'CloudFormation Template Reference, AWS::ElastiCache::ReplicationGroup (Engine): "in-place migration", while the schema says replacement',
  },
  {
    property: 'ReplicationGroup.EngineVersion',
    when: both(engineStays, earlierVersion),
    effect: Effect.REFUSED_BY_SERVICE,
    source: 'CloudFormation Template Reference, AWS::ElastiCache::ReplicationGroup (EngineVersion): "you cannot downgrade"',
  },
  {
    property: 'ReplicationGroup.EngineVersion',
    effect: Effect.INTERRUPTED,
    source: 'ElastiCache User Guide, "Upgrade considerations" (VersionManagement-upgrade-considerations): no writes during a failover of a few seconds',
  },
  {
    property: 'ReplicationGroup.CacheNodeType',
    effect: Effect.INTERRUPTED,
    source: 'ElastiCache User Guide, "Online vertical scaling" (redis-cluster-vertical-scaling): minimal downtime',
  },
  ...['NumCacheClusters', 'NumNodeGroups', 'ReplicasPerNodeGroup'].map((property): Fact => ({
    property: `ReplicationGroup.${property}`,
    when: toEnabled,
    effect: Effect.NOT_PROVED,
    source: `${MODE_PAGE}: in place, while the schema says replacement`,
  })),
  {
    property: 'ReplicationGroup.ClusterMode',
    when: both(stated('NumNodeGroups'), changed('ClusterMode')),
    effect: Effect.NOT_PROVED,
    source: `${MODE_PAGE}: by way of compatible, and with nothing else; of a cluster that has shards already it says nothing`,
  },
  {
    property: 'ReplicationGroup.NumCacheClusters',
    when: staysCompatible,
    effect: Effect.REFUSED_BY_SERVICE,
    source: `${MODE_PAGE}: in mode compatible nothing else changes`,
  },
  {
    property: 'ReplicationGroup.NumNodeGroups',
    when: both(stated('NumNodeGroups'), onlineResharding),
    effect: Effect.IN_PLACE,
    source: RESHARDING,
  },
  {
    property: 'ReplicationGroup.NodeGroupConfiguration',
    when: both(otherShardsOnly, onlineResharding),
    effect: Effect.IN_PLACE,
    source: RESHARDING,
  },
  {
    property: 'ReplicationGroup.NodeGroupConfiguration',
    when: onlineResharding,
    effect: Effect.NOT_PROVED,
    source: 'ElastiCache API Reference, ModifyReplicationGroupShardConfiguration: adds and removes shards, and does not change one',
  },
  {
    property: 'ReplicationGroup.ReplicasPerNodeGroup',
    when: stated('ReplicasPerNodeGroup'),
    effect: Effect.IN_PLACE,
    source: 'github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/918: in place when it changes alone, while the schema says replacement',
  },
  {
    property: 'ReplicationGroup.TransitEncryptionEnabled',
    when: both(changed('TransitEncryptionEnabled'), of('TransitEncryptionMode', (_before, after) => after !== 'preferred')),
    effect: Effect.REFUSED_BY_SERVICE,
    source: `${TLS_PAGE}: on by way of preferred only, and not off again`,
  },
  {
    property: 'ReplicationGroup.TransitEncryptionMode',
    when: both(hasUsers, tlsStaysOn),
    effect: Effect.REFUSED_BY_SERVICE,
    source: 'github.com/aws-controllers-k8s/community/issues/2536: no modification of transit encryption of a cluster that has users',
  },
  {
    property: 'ReplicationGroup.Durability',
    when: of('Durability', (before, after) => ![before, after].every(value => value === 'async' || value === 'sync')),
    effect: Effect.REFUSED_BY_SERVICE,
    source: 'CloudFormation Template Reference, AWS::ElastiCache::ReplicationGroup (Durability): on or off "will result in an error"',
  },
  {
    property: 'CacheCluster.NumCacheNodes',
    when: otherZonesAtTheEnd,
    effect: Effect.IN_PLACE,
    source: `${CACHE_CLUSTER} (NumCacheNodes): replacement only where no preferred zones are written`,
  },
  {
    property: 'CacheCluster.PreferredAvailabilityZones',
    when: otherZonesAtTheEnd,
    effect: Effect.IN_PLACE,
    source: `${CACHE_CLUSTER} (NumCacheNodes): new nodes take the zones that are added`,
  },
  {
    property: 'CacheCluster.AZMode',
    effect: Effect.NOT_PROVED,
    source: `${CACHE_CLUSTER} (AZMode): the schema says that it may be replacement, and no page when`,
  },
  {
    property: 'CacheCluster.CacheNodeType',
    effect: Effect.REFUSED_BY_SERVICE,
    source: `${CACHE_CLUSTER} (CacheNodeType): of Memcached not supported`,
  },
  {
    property: 'CacheCluster.EngineVersion',
    when: earlierVersion,
    effect: Effect.REFUSED_BY_SERVICE,
    source: 'ElastiCache API Reference, ModifyCacheCluster (EngineVersion): "you cannot downgrade"',
  },
  {
    property: 'CacheCluster.EngineVersion',
    effect: Effect.EMPTIED,
    source: 'ElastiCache User Guide, "Upgrade considerations" (VersionManagement-upgrade-considerations): an upgrade of Memcached loses all cached data',
  },
  {
    property: 'CacheCluster.TransitEncryptionEnabled',
    effect: Effect.REFUSED_BY_SERVICE,
    source: 'ElastiCache User Guide, "In-transit encryption" (in-transit-encryption-mc): only when a cluster is made',
  },
  {
    property: 'SubnetGroup.SubnetIds',
    when: of('SubnetIds', (before, after) => !(before as string[]).every(subnet => (after as string[]).includes(subnet))),
    effect: Effect.REFUSED_BY_SERVICE,
    source: 'ElastiCache API Reference, ModifyCacheSubnetGroup (SubnetInUse): nodes stay in their subnets',
  },
  {
    property: 'Secret.GenerateSecretString',
    effect: Effect.USER_REPLACED,
    source: 'CloudFormation Template Reference, AWS::SecretsManager::Secret (GenerateSecretString): a change makes a new version, with a new password',
  },
];
