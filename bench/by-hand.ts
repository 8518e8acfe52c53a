import { Aws, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { IVpc, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import {
  CfnCacheCluster, CfnParameterGroup, CfnReplicationGroup, CfnReplicationGroupProps, CfnSubnetGroup, CfnUser, CfnUserGroup,
} from 'aws-cdk-lib/aws-elasticache';
import { AccountRootPrincipal, PolicyDocument, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { Makers } from './subjects';

/** What the caches differ in. */
interface CacheOptions {
  readonly nodeType: string;
  readonly shards?: number;
  readonly evictionPolicy: string;
  readonly user: { readonly name: string; readonly access: string };
}

const APP = { name: 'app', access: 'on ~* &* +@all' };
const SESSIONS = { name: 'sessions', access: 'on ~sess:* -@all +get +set +expire +del +ping +acl|whoami' };

/** Every subject as an experienced user would write it: the L1s of ElastiCache, and the L2s around them. */
export const makers: Makers = {
  'RedisCluster, cluster mode disabled': (scope, id, vpc) =>
    makeCache(new Construct(scope, id), vpc, { nodeType: 'cache.t4g.medium', evictionPolicy: 'volatile-lru', user: APP }),
  'RedisCluster, cluster mode enabled': (scope, id, vpc) =>
    makeCache(new Construct(scope, id), vpc, { nodeType: 'cache.t4g.medium', shards: 2, evictionPolicy: 'volatile-lru', user: APP }),
  'SessionStore': (scope, id, vpc) =>
    makeCache(new Construct(new Construct(scope, id), 'Cluster'), vpc, { nodeType: 'cache.t4g.small', evictionPolicy: 'volatile-ttl', user: SESSIONS }),
  'MemcachedPool': (scope, id, vpc) => makePool(new Construct(scope, id), vpc),
};

function makeCache(scope: Construct, vpc: IVpc, { nodeType, shards, evictionPolicy, user }: CacheOptions): void {
  const { path } = scope.node;
  const name = path.replaceAll('/', '-').toLowerCase();
  const key = makeKey(scope);
  const securityGroup = makeSecurityGroup(scope, vpc);
  const logDeliveryConfigurations = [['SlowLog', 'slow-log'], ['EngineLog', 'engine-log']].map(([id, logType]) => ({
    logType,
    logFormat: 'json',
    destinationType: 'cloudwatch-logs',
    destinationDetails: { cloudWatchLogsDetails: { logGroup: makeLogGroup(scope, id, key).logGroupName } },
  }));
  const users = makeUsers(scope, name, key, user);
  const subnetGroup = makeSubnetGroup(scope, vpc);
  const parameterGroup = new CfnParameterGroup(scope, shards === undefined ? 'ParameterGroup' : 'ClusterParameterGroup', {
    description: `Parameters of ${path}`,
    cacheParameterGroupFamily: 'redis7',
    properties: { 'maxmemory-policy': evictionPolicy, ...shards !== undefined && { 'cluster-enabled': 'yes' } },
  });
  const group = new CfnReplicationGroup(scope, 'Resource', {
    ...shapeOf(shards),
    replicationGroupId: name,
    replicationGroupDescription: path,
    engine: 'redis',
    engineVersion: '7.1',
    cacheNodeType: nodeType,
    port: 6379,
    cacheSubnetGroupName: subnetGroup.ref,
    securityGroupIds: [securityGroup.securityGroupId],
    cacheParameterGroupName: parameterGroup.ref,
    userGroupIds: [users.ref],
    transitEncryptionEnabled: true,
    atRestEncryptionEnabled: true,
    kmsKeyId: key.keyArn,
    snapshotRetentionLimit: 7,
    snapshotWindow: '04:00-05:00',
    preferredMaintenanceWindow: 'sun:05:30-sun:06:30',
    autoMinorVersionUpgrade: true,
    logDeliveryConfigurations,
  });
  if (shards !== undefined) group.cfnOptions.updatePolicy = { useOnlineResharding: true };
  group.applyRemovalPolicy(RemovalPolicy.SNAPSHOT);
}

function makePool(scope: Construct, vpc: IVpc): void {
  const { path } = scope.node;
  const { availabilityZones } = vpc.selectSubnets();
  const securityGroup = makeSecurityGroup(scope, vpc);
  const subnetGroup = makeSubnetGroup(scope, vpc);
  const parameterGroup = new CfnParameterGroup(scope, 'ParameterGroup', {
    description: `Parameters of ${path}`,
    cacheParameterGroupFamily: 'memcached1.6',
  });
  new CfnCacheCluster(scope, 'Resource', {
    clusterName: path.replaceAll('/', '-').toLowerCase(),
    engine: 'memcached',
    engineVersion: '1.6.22',
    cacheNodeType: 'cache.t4g.medium',
    numCacheNodes: availabilityZones.length,
    azMode: 'cross-az',
    preferredAvailabilityZones: availabilityZones,
    port: 11211,
    cacheSubnetGroupName: subnetGroup.ref,
    vpcSecurityGroupIds: [securityGroup.securityGroupId],
    cacheParameterGroupName: parameterGroup.ref,
    transitEncryptionEnabled: true,
    preferredMaintenanceWindow: 'sun:05:30-sun:06:30',
  }).applyRemovalPolicy(RemovalPolicy.DESTROY);
}

function makeSecurityGroup(scope: Construct, vpc: IVpc): SecurityGroup {
  return new SecurityGroup(scope, 'SecurityGroup', {
    vpc,
    description: 'Clients of this data store are admitted one by one',
    allowAllOutbound: false,
  });
}

function makeSubnetGroup(scope: Construct, vpc: IVpc): CfnSubnetGroup {
  return new CfnSubnetGroup(scope, 'SubnetGroup', { description: `Subnets of ${scope.node.path}`, subnetIds: vpc.selectSubnets().subnetIds });
}

function shapeOf(shards: number | undefined): Partial<CfnReplicationGroupProps> {
  return {
    automaticFailoverEnabled: true,
    multiAzEnabled: true,
    ...shards === undefined ? { numCacheClusters: 2 } : { numNodeGroups: shards, replicasPerNodeGroup: 1, clusterMode: 'enabled' },
  };
}

function makeKey(scope: Construct): Key {
  return new Key(scope, 'Key', {
    description: `Data, credentials and logs of ${scope.node.path}`,
    enableKeyRotation: true,
    removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    policy: new PolicyDocument({
      statements: [
        new PolicyStatement({
          sid: 'Administer',
          principals: [new AccountRootPrincipal()],
          actions: [
            'kms:CancelKeyDeletion', 'kms:CreateAlias', 'kms:Delete*', 'kms:Describe*', 'kms:Disable*', 'kms:Enable*', 'kms:Get*', 'kms:List*', 'kms:Put*',
            'kms:Revoke*', 'kms:RotateKeyOnDemand', 'kms:ScheduleKeyDeletion', 'kms:TagResource', 'kms:UntagResource', 'kms:Update*',
          ],
          resources: ['*'],
        }),
        new PolicyStatement({
          sid: 'UseThroughServices',
          principals: [new AccountRootPrincipal()],
          actions: ['kms:CreateGrant', 'kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
          resources: ['*'],
          conditions: {
            StringEquals: { 'kms:CallerAccount': Aws.ACCOUNT_ID, 'kms:ViaService': [`elasticache.${Aws.REGION}.${Aws.URL_SUFFIX}`] },
          },
        }),
        new PolicyStatement({
          principals: [new ServicePrincipal(`logs.${Aws.REGION}.${Aws.URL_SUFFIX}`)],
          actions: ['kms:Decrypt*', 'kms:Describe*', 'kms:Encrypt*', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
          resources: ['*'],
          conditions: {
            ArnLike: {
              'kms:EncryptionContext:aws:logs:arn':
                `arn:${Aws.PARTITION}:logs:${Aws.REGION}:${Aws.ACCOUNT_ID}:log-group:${Stack.of(scope).stackName}-*`,
            },
          },
        }),
      ],
    }),
  });
}

function makeLogGroup(scope: Construct, id: string, encryptionKey: Key): LogGroup {
  return new LogGroup(scope, id, { retention: RetentionDays.ONE_YEAR, encryptionKey, removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE });
}

function makeUsers(scope: Construct, cache: string, encryptionKey: Key, { name, access }: CacheOptions['user']): CfnUserGroup {
  const userId = `${cache}-${name}`;
  const secret = new Secret(scope, 'Secret', {
    description: 'Login of the application user of a cache',
    encryptionKey,
    generateSecretString: {
      secretStringTemplate: JSON.stringify({
        username: name,
        user_arn: `arn:${Aws.PARTITION}:elasticache:${Aws.REGION}:${Aws.ACCOUNT_ID}:user:${userId}`,
      }),
      generateStringKey: 'password',
      excludePunctuation: true,
      passwordLength: 64,
    },
  });
  const user = new CfnUser(scope, 'User', {
    engine: 'redis',
    userId,
    userName: name,
    accessString: access,
    passwords: [secret.secretValueFromJson('password').unsafeUnwrap()],
  });
  const defaultUser = new CfnUser(scope, 'DefaultUser', {
    engine: 'redis',
    userId: `${cache}-default`,
    userName: 'default',
    accessString: 'off ~* -@all',
    noPasswordRequired: true,
  });
  return new CfnUserGroup(scope, 'UserGroup', { engine: 'redis', userGroupId: `${cache}-users`, userIds: [defaultUser.ref, user.ref] });
}
