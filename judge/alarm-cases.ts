import { App, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { IVpc } from 'aws-cdk-lib/aws-ec2';
import { CfnReplicationGroup } from 'aws-cdk-lib/aws-elasticache';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import {
  AlarmSeverity, CacheNodeType, ClusterMode, DataTierDashboard, EvictionPolicy, MemcachedAlarms, MemcachedPool, RedisAlarms, RedisCluster,
  SessionStore,
} from 'cdk-data-tier';
import type { Case } from './cases';
import { inStack } from './surroundings';

/** A group of 30 shards has 90 nodes with every alarm; one of 101 shards without replicas has the essential ones. */
const GROUPS = [
  { name: 'alarms of 90 nodes', id: 'Replicas', clusterMode: ClusterMode.enabled({ shards: 30, replicasPerShard: 2 }) },
  { name: 'alarms of 101 nodes', id: 'NoReplicas', clusterMode: ClusterMode.enabled({ shards: 101, replicasPerShard: 0 }) },
];

export const ALARM_CASES: readonly Case[] = [
  { name: 'alarms', build: inStack(alarms) },
  ...GROUPS.map(({ name, id, clusterMode }) => ({
    name, build: inStack((stack, vpc) => void new RedisCluster(stack, id, { vpc, clusterMode, nodeType: CacheNodeType.R7G_XLARGE })),
  })),
  { name: 'alarms of what was made elsewhere', build: inStack(importedAlarms) },
  { name: 'dashboard in a stack of its own', build: dashboard },
];

/** Tuned, with two severities, and with topics that are encrypted and plain. */
function alarms(stack: Stack, vpc: IVpc): void {
  const key = new Key(stack, 'TopicKey', { enableKeyRotation: true });
  key.grantEncryptDecrypt(new ServicePrincipal('cloudwatch.amazonaws.com'));
  const pager = new SnsAction(new Topic(stack, 'Pager', { masterKey: key, enforceSSL: true }));
  const office = new SnsAction(new Topic(stack, 'Office', { enforceSSL: true }));
  new RedisCluster(stack, 'Tuned', {
    vpc,
    nodeType: CacheNodeType.R7G_XLARGE,
    evictionPolicy: EvictionPolicy.NOEVICTION,
    alarms: {
      actions: [office],
      criticalActions: [pager],
      okActions: [office],
      memory: { threshold: 70, criticalThreshold: 90 },
      evictions: { enabled: true, period: Duration.minutes(10) },
      connections: { evaluationPeriods: 6, datapointsToAlarm: 4, treatMissingData: TreatMissingData.BREACHING },
      trafficManagement: { severity: AlarmSeverity.CRITICAL, description: 'Ask the data team' },
      hitRate: { enabled: false },
    },
  });
  new SessionStore(stack, 'Sessions', { vpc, alarms: { actions: [pager] } });
  new MemcachedPool(stack, 'Pages', { vpc, nodeCount: 12 }).alarms?.addAction(office);
}

function importedAlarms(stack: Stack): void {
  const group = new CfnReplicationGroup(stack, 'Plain', {
    replicationGroupDescription: 'made with the L1',
    replicationGroupId: 'plain',
    engine: 'valkey',
    cacheNodeType: 'cache.m7g.large',
    cacheSubnetGroupName: 'shop',
    numCacheClusters: 2,
    automaticFailoverEnabled: true,
    multiAzEnabled: true,
    port: 7000,
    transitEncryptionEnabled: true,
    atRestEncryptionEnabled: true,
  });
  group.applyRemovalPolicy(RemovalPolicy.SNAPSHOT);
  new RedisAlarms(stack, 'GroupAlarms', { cluster: RedisCluster.fromCfnReplicationGroup(group) });
  new RedisAlarms(stack, 'ImportedAlarms', {
    cluster: RedisCluster.fromRedisClusterAttributes(stack, 'Imported', {
      replicationGroupName: 'shop-cache', primaryEndpointAddress: 'shop.example.com', nodeIds: ['shop-cache-001', 'shop-cache-002'],
    }),
    nodeType: CacheNodeType.T4G_SMALL,
  });
  new MemcachedAlarms(stack, 'PoolAlarms', {
    pool: MemcachedPool.fromMemcachedPoolAttributes(stack, 'Pool', {
      poolName: 'shop-pages', configurationEndpointAddress: 'pages.cfg.example.com', nodeIds: ['0001', '0002'],
    }),
  });
}

function dashboard(app: App): void {
  inStack((stack, vpc) => {
    const sections = [new RedisCluster(stack, 'Cache', { vpc }), new SessionStore(stack, 'Sessions', { vpc }), new MemcachedPool(stack, 'Pages', { vpc })];
    new DataTierDashboard(new Stack(app, 'Watching'), 'Dashboard', { dashboardName: 'data-tier' }).add(...sections);
  })(app);
}
