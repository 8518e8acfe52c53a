import { Fn, Reference, Token, Tokenization } from 'aws-cdk-lib';
import { Connections, ISecurityGroup, Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { CfnParameterGroup, CfnReplicationGroup } from 'aws-cdk-lib/aws-elasticache';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { ClusterModeConfig } from './cluster-mode';
import { refuseEmptyTexts, refuseOtherPorts } from './import-checks';
import { IRedisCluster, RedisClusterBase } from './redis-cluster-base';
import { RedisClusterAttributes } from './redis-cluster-props';
import { endpointsAt, endpointValues, RedisEndpoints } from './redis-endpoints';
import { factsOf, RedisFacts } from './redis-facts';
import { nodeIdsOf } from './redis-shape';
import { DEFAULT_PORT, REPLICATION_GROUP_ID_MAX_LENGTH } from '../facts/elasticache-limits';
import { EnvironmentValues } from '../private/environment';
import { physicalName } from '../private/names';

type Mode = ClusterModeConfig['mode'];

/** What an import is made of, whatever it was found by. */
interface Known extends Pick<RedisClusterAttributes, 'replicationGroupName' | 'securityGroups' | 'encryptionKey' | 'engine'> {
  readonly port: number;
  readonly endpoints: RedisEndpoints;
  readonly nodeIds: string[];
  readonly tls: boolean;
  /** How clients log in; undefined where it is not known. */
  readonly auth: string | undefined;
  readonly secret?: ISecret;
  readonly iamUserId?: string;
  readonly facts?: Partial<RedisFacts>;
}

/** A cluster that was made elsewhere. */
class ImportedRedisCluster extends RedisClusterBase {
  public readonly replicationGroupName: string;
  public readonly connections: Connections;
  public readonly nodeIds: string[];
  public readonly secret?: ISecret;
  public readonly encryptionKey?: IKey;
  public readonly _endpoints: RedisEndpoints;
  public readonly _iamUserId?: string;
  public readonly _facts: Partial<RedisFacts>;

  constructor(scope: Construct, id: string, private readonly known: Known) {
    super(scope, id);
    this.replicationGroupName = known.replicationGroupName;
    this.connections = new Connections({ securityGroups: known.securityGroups, defaultPort: Port.tcp(known.port) });
    this.nodeIds = known.nodeIds;
    this.secret = known.secret;
    this.encryptionKey = known.encryptionKey;
    this._endpoints = known.endpoints;
    this._iamUserId = known.iamUserId;
    this._facts = { ...known.facts, auth: known.auth };
  }

  public _environmentValues(): EnvironmentValues {
    return {
      ...endpointValues(this, this._endpoints),
      tls: String(this.known.tls),
      auth: this.known.auth,
      user: this._iamUserId,
      secretArn: this.secret?.secretArn,
      name: this.replicationGroupName,
      engine: this.known.engine?.engine,
    };
  }
}

/** Imports a cluster by what is known of it. */
export function importByAttributes(scope: Construct, id: string, attributes: RedisClusterAttributes): IRedisCluster {
  const { primaryEndpointAddress: primary, readerEndpointAddress: reader, configurationEndpointAddress: configuration } = attributes;
  if (primary === undefined && configuration === undefined) {
    throw new Error('RedisCluster.fromRedisClusterAttributes: `primaryEndpointAddress` must be given for a cluster without shards, and '
      + '`configurationEndpointAddress` for one with shards (got neither). Give the one that the console shows.');
  }
  const { replicationGroupName, secret, authToken, iamUserId, nodeIds = [], port = DEFAULT_PORT } = attributes;
  refuseEmptyTexts('RedisCluster.fromRedisClusterAttributes', {
    replicationGroupName,
    primaryEndpointAddress: primary,
    readerEndpointAddress: reader,
    configurationEndpointAddress: configuration,
    iamUserId,
    nodeIds,
  });
  refuseOtherPorts('RedisCluster.fromRedisClusterAttributes', port);
  const logins = Object.entries({ secret, authToken, iamUserId }).flatMap(([name, value]) => value === undefined ? [] : [name]);
  if (logins.length > 1) {
    throw new Error('RedisCluster.fromRedisClusterAttributes: clients log in by one of `secret`, `authToken` and `iamUserId` '
      + `(got ${logins.join(' and ')}). Keep one.`);
  }
  const mode: Mode = configuration === undefined ? 'disabled' : primary === undefined ? 'enabled' : 'compatible';
  return new ImportedRedisCluster(scope, id, {
    ...attributes,
    port,
    endpoints: endpointsAt(mode, port, { primary: () => primary, reader: () => reader, configuration: () => configuration }),
    nodeIds,
    tls: attributes.tls ?? true,
    secret: secret ?? authToken,
    auth: { secret: 'user', authToken: 'token', iamUserId: 'iam' }[logins[0]] ?? 'none',
  });
}

/** Imports an L1 once, however often it is asked for. */
export function importCfn(cfn: CfnReplicationGroup): IRedisCluster {
  const id = '@RedisCluster';
  const existing = cfn.node.tryFindChild(id);
  if (existing) return existing as ImportedRedisCluster;
  const mode = modeOf(cfn);
  const port = cfn.port ?? DEFAULT_PORT;
  return new ImportedRedisCluster(cfn, id, {
    replicationGroupName: cfn.ref,
    port,
    endpoints: endpointsOfCfn(cfn, mode, port),
    securityGroups: securityGroupsOf(cfn),
    tls: cfn.transitEncryptionEnabled === true,
    nodeIds: nodeIdsOfCfn(cfn, mode),
    auth: authOf(cfn),
    facts: factsOf(cfn, parametersOf(cfn)),
  });
}

/** The end points of an L1. */
export function endpointsOfCfn(cfn: CfnReplicationGroup, mode: Mode, port: number): RedisEndpoints {
  return endpointsAt(mode, port, {
    primary: () => cfn.attrPrimaryEndPointAddress,
    reader: () => cfn.attrReaderEndPointAddress,
    configuration: () => cfn.attrConfigurationEndPointAddress,
  });
}

/** The mode of an L1: what it says, or else what its shards or its parameter group make of it. */
function modeOf(cfn: CfnReplicationGroup): Mode {
  const said = (['disabled', 'compatible', 'enabled'] as const).find(mode => mode === cfn.clusterMode?.toLowerCase());
  if (said) return said;
  const shards = cfn.numNodeGroups ?? (Array.isArray(cfn.nodeGroupConfiguration) ? cfn.nodeGroupConfiguration.length : 1);
  return shards > 1 || Token.isUnresolved(shards) || hasClusterParameters(cfn) ? 'enabled' : 'disabled';
}

/** Whether the parameter group of an L1, one of AWS's or one of this app, turns the cluster protocol on. */
function hasClusterParameters(cfn: CfnReplicationGroup): boolean {
  const { cacheParameterGroupName: name = '' } = cfn;
  return Token.isUnresolved(name) ? parametersOf(cfn)['cluster-enabled'] === 'yes' : name.endsWith('.cluster.on');
}

/** The parameters of an L1's parameter group, as far as it is of this app. */
function parametersOf({ cacheParameterGroupName: name = '' }: CfnReplicationGroup): { [name: string]: string } {
  const token = Token.isUnresolved(name) ? Tokenization.reverseString(name).firstToken : undefined;
  const target = token && Reference.isReference(token) ? token.target : undefined;
  if (!(target instanceof CfnParameterGroup) || Token.isUnresolved(target.properties)) return {};
  return (target.properties ?? {}) as { [name: string]: string };
}

/** The nodes of an L1; none where only CloudFormation knows how many there are. */
function nodeIdsOfCfn(cfn: CfnReplicationGroup, mode: Mode): string[] {
  const name = physicalName(cfn, cfn.replicationGroupId ?? cfn.ref, REPLICATION_GROUP_ID_MAX_LENGTH);
  const { numCacheClusters, numNodeGroups, replicasPerNodeGroup: replicas = 0, nodeGroupConfiguration } = cfn;
  if (Token.isUnresolved(nodeGroupConfiguration)) return [];
  const described = nodeGroupConfiguration as readonly CfnReplicationGroup.NodeGroupConfigurationProperty[] | undefined;
  const layout = described?.map((shard, index) => ({ shardId: shard.nodeGroupId ?? String(index + 1), replicas: shard.replicaCount ?? replicas }));
  const counts = [...described ?? [], numCacheClusters, numNodeGroups, replicas, ...layout?.flatMap(Object.values) ?? []];
  if (counts.some(Token.isUnresolved)) return [];
  return nodeIdsOf(name, mode === 'enabled'
    ? { mode, replicas, layout, shards: numNodeGroups ?? 1 }
    : { mode, replicas: numCacheClusters === undefined ? replicas : numCacheClusters - 1 });
}

/** The security groups of an L1; of a list that only CloudFormation knows, the first, which is enough to let a client in. */
function securityGroupsOf(cfn: CfnReplicationGroup): ISecurityGroup[] {
  const ids = cfn.securityGroupIds ?? [];
  return (Token.isUnresolved(ids) ? [Fn.select(0, ids)] : ids).map((id, index) => SecurityGroup.fromSecurityGroupId(cfn, `@SecurityGroup${index}`, id));
}

/** How clients of an L1 log in; undefined where its users are not known, who may have passwords or IAM. */
function authOf(cfn: CfnReplicationGroup): string | undefined {
  if (cfn.authToken !== undefined) return 'token';
  return cfn.userGroupIds === undefined || cfn.userGroupIds.length === 0 ? 'none' : undefined;
}
