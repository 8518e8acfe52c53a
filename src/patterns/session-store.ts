import { Duration, Token, Tokenization } from 'aws-cdk-lib';
import { IWidget } from 'aws-cdk-lib/aws-cloudwatch';
import { Connections, IConnectable } from 'aws-cdk-lib/aws-ec2';
import { ContainerDefinition } from 'aws-cdk-lib/aws-ecs';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { SessionCapacity } from './session-capacity';
import { AccessString } from '../cache/access-string';
import { RedisAlarmOptions } from '../cache/cache-alarm-options';
import { cacheHeadlines, cacheSection } from '../cache/cache-dashboard';
import { ClusterMode, ClusterModeConfig } from '../cache/cluster-mode';
import { RedisAlarms } from '../cache/redis-alarms';
import { RedisAuth } from '../cache/redis-auth';
import { RedisCluster } from '../cache/redis-cluster';
import { RedisBaseProps } from '../cache/redis-cluster-props';
import { nodeIdsOf } from '../cache/redis-shape';
import { CacheNodeType } from '../catalog/cache-node-type';
import { EvictionPolicy } from '../catalog/eviction-policy';
import { RedisEngine } from '../catalog/redis-engine';
import { LinkOptions } from '../common/link-options';
import { AlarmSeverity, AlarmTuning } from '../monitoring/alarm-options';
import { LARGE_GROUP } from '../monitoring/alarm-symptoms';
import { IDashboardSection } from '../monitoring/dashboard-section';
import { amountIn } from '../private/durations';
import { errorOf } from '../private/enforce';
import { environmentOf } from '../private/environment';
import { linkContainer, linkFunction } from '../private/link';

const DEFAULT_PREFIX = 'SESSION_STORE';
const KEY_PREFIX = 'sess:';

/** What a store does when its memory is full. */
export enum SessionStoreWhenFull {
  /** The sessions that would expire soonest are dropped: their users are logged out, new users can log in. */
  EVICT_SOONEST_TO_EXPIRE = 'evict-soonest-to-expire',
  /** No session is dropped, and no write succeeds: new logins fail, and so does every refresh of a session. */
  REFUSE_WRITES = 'refuse-writes',
}

/** Props of a `SessionStore`. */
export interface SessionStoreProps extends RedisBaseProps {
  /**
   * The room that sessions need; it chooses the node type. Not together with `nodeType`.
   *
   * Update: in place, with a short interruption.
   *
   * @default - a `cache.t4g.small`, which holds about 290 000 sessions of 2 KiB
   */
  readonly capacity?: SessionCapacity;

  /**
   * Size of the nodes. Not together with `capacity`.
   *
   * Update (data tiering as before): in place, with a short interruption. Update (to or from data tiering): would replace the cluster, which
   * CloudFormation refuses because of the fixed name.
   *
   * @default - chosen by `capacity`
   */
  readonly nodeType?: CacheNodeType;

  /**
   * How long a session lives without being used, in whole seconds from 1. The application enforces it, from the environment.
   *
   * Update: nothing of the store, only the variables of linked clients.
   *
   * @default Duration.minutes(30)
   */
  readonly idleTimeout?: Duration;

  /**
   * How long a session lives at most, in whole seconds. The application enforces it, from the environment.
   *
   * Update: nothing of the store, only the variables of linked clients.
   *
   * @default Duration.hours(12)
   */
  readonly absoluteTimeout?: Duration;

  /**
   * What happens when memory is full.
   *
   * Update: in place.
   *
   * @default SessionStoreWhenFull.EVICT_SOONEST_TO_EXPIRE
   */
  readonly whenFull?: SessionStoreWhenFull;
}

/**
 * A cluster of its own for the sessions of a web application: sized by their number, with a replica in another zone, and with one user that may
 * touch `sess:*` only.
 */
export class SessionStore extends Construct implements IConnectable, IDashboardSection {
  /** The cluster behind the store. */
  public readonly cluster: RedisCluster;

  /** The beginning of every key that the application may touch: `sess:`. */
  public readonly keyPrefix: string;

  /** How long a session lives without being used. */
  public readonly idleTimeout: Duration;

  /** How long a session lives at most. */
  public readonly absoluteTimeout: Duration;

  /**
   * @param scope the parent.
   * @param id the id below the parent.
   * @param props the VPC, the capacity, and what differs from the defaults.
   */
  constructor(scope: Construct, id: string, props: SessionStoreProps) {
    super(scope, id);

    const { capacity, nodeType, idleTimeout, absoluteTimeout, whenFull, ...clusterProps } = props;
    const engine = props.engine ?? RedisEngine.REDIS_7_1;
    const modeConfig = (props.clusterMode ?? ClusterMode.disabled())._bind();
    const { mode, replicas } = modeConfig;
    this.keyPrefix = KEY_PREFIX;
    this.idleTimeout = idleTimeout ?? Duration.minutes(30);
    this.absoluteTimeout = absoluteTimeout ?? Duration.hours(12);
    this.validate(props, mode === 'enabled' ? 'replicasPerShard' : 'replicas', replicas);

    this.cluster = new RedisCluster(this, 'Cluster', {
      ...clusterProps,
      engine,
      nodeType: nodeType ?? capacity?.nodeType ?? CacheNodeType.T4G_SMALL,
      evictionPolicy: whenFull === SessionStoreWhenFull.REFUSE_WRITES ? EvictionPolicy.NOEVICTION : EvictionPolicy.VOLATILE_TTL,
      auth: RedisAuth.users({ userName: 'sessions', access: sessionAccess(engine, mode) }),
      alarms: sessionAlarms(this.node.path, nodeIdsOf(this.node.id, modeConfig).length, props.alarms),
    });
    this.node.defaultChild = this.cluster.node.defaultChild;
  }

  /** The alarms of the cluster behind the store, unless switched off. */
  public get alarms(): RedisAlarms | undefined {
    return this.cluster.alarms;
  }

  /** The cluster's connections, with its port as the default. */
  public get connections(): Connections {
    return this.cluster.connections;
  }

  /** The secret with the login of the application. */
  public get secret(): ISecret | undefined {
    return this.cluster.secret;
  }

  /**
   * What a client needs to know to connect and to expire sessions, as environment variables. Grants nothing and opens nothing.
   *
   * @param prefix the beginning of each name; `SESSION_STORE` unless given.
   */
  public environmentVariables(prefix?: string): { [name: string]: string } {
    return environmentOf(this, prefix ?? DEFAULT_PREFIX, {
      ...this.cluster._environmentValues(),
      keyPrefix: this.keyPrefix,
      idleTimeoutSeconds: Tokenization.stringifyNumber(this.secondsOf('idleTimeout')),
      absoluteTimeoutSeconds: Tokenization.stringifyNumber(this.secondsOf('absoluteTimeout')),
    });
  }

  /**
   * Lets a function use the store: opens the network, grants reading of the secret and sets the environment variables, all on the function's
   * side, so that the two may live in different stacks.
   *
   * @param fn a function in the VPC.
   * @param options the prefix of the environment variables.
   * @throws when the function has no VPC, or has the prefix from another store.
   */
  public linkFunction(fn: LambdaFunction, options: LinkOptions = {}): void {
    linkFunction(this, fn, options.prefix ?? DEFAULT_PREFIX, grantee => this.cluster._grantClient(grantee));
  }

  /**
   * Lets a container use the store: opens the network of the service that runs it, grants reading of the secret to the task role and sets the
   * environment variables, all on the client's side, so that the two may live in different stacks.
   *
   * @param container the container that connects.
   * @param peer the service that runs the task.
   * @param options the prefix of the environment variables.
   * @throws when the container has the prefix from another store.
   */
  public linkContainer(container: ContainerDefinition, peer: IConnectable, options: LinkOptions = {}): void {
    linkContainer(this, container, peer, options.prefix ?? DEFAULT_PREFIX, grantee => this.cluster._grantClient(grantee));
  }

  /**
   * The numbers that matter most, for the top of a dashboard.
   *
   * They are of the nodes that are known when it is called. A `DataTierDashboard` calls it at synthesis.
   */
  public dashboardHeadlines(): IWidget[] {
    return cacheHeadlines(this.cluster, this.cluster._shown(), this.node.path);
  }

  /**
   * What the store is, the state of its alarms, and a graph for every symptom with the thresholds drawn in and what to do.
   *
   * They are of the nodes that are known when it is called. A `DataTierDashboard` calls it at synthesis.
   */
  public dashboardWidgets(): IWidget[] {
    return cacheSection(this.cluster, { ...this.cluster._shown(), kind: 'Session store on the cluster' }, this.node.path);
  }

  private secondsOf(prop: 'idleTimeout' | 'absoluteTimeout'): number {
    return amountIn(this, prop, 'seconds', this[prop]);
  }

  private validate({ capacity, nodeType }: SessionStoreProps, option: string, replicas: number): void {
    const faults = [
      ...(capacity && nodeType ? [{
        id: 'capacity-or-node-type',
        text: `\`capacity\` chooses the node type, so \`nodeType\` must not be given with it (got ${nodeType.name} beside ${capacity.nodeType.name}). `
          + 'Remove one of them.',
      }] : []),
      ...(replicas < 1 ? [{
        id: 'session-store-replica',
        text: `\`clusterMode.${option}\` of a session store must be 1 or more: without a replica every user is logged out with the node (got ${replicas}). `
          + 'Ask for a replica, or use a `RedisCluster` for development.',
      }] : []),
      ...(['idleTimeout', 'absoluteTimeout'] as const).filter(prop => !isTimeout(this.secondsOf(prop))).map(prop => ({
        id: 'session-timeout',
        text: `\`${prop}\` must be a whole number of seconds from 1 (got ${this[prop].toHumanString()}). Give the time after which a session ends.`,
      })),
      ...(isLonger(this.secondsOf('idleTimeout'), this.secondsOf('absoluteTimeout')) ? [{
        id: 'idle-within-absolute',
        text: `\`idleTimeout\` must not be longer than \`absoluteTimeout\` (got ${this.idleTimeout.toHumanString()} and `
          + `${this.absoluteTimeout.toHumanString()}). Shorten \`idleTimeout\`.`,
      }] : []),
    ];
    if (faults.length > 0) throw errorOf(this, faults);
  }
}

function isTimeout(seconds: number): boolean {
  return Token.isUnresolved(seconds) || (Number.isInteger(seconds) && seconds >= 1);
}

function isLonger(seconds: number, others: number): boolean {
  return !Token.isUnresolved(seconds) && !Token.isUnresolved(others) && seconds > others;
}

/** What a cache can lose a session store cannot: memory is told of earlier, and one key that is dropped is somebody who was logged out. */
function sessionAlarms(path: string, nodes: number, alarms: RedisAlarmOptions = {}): RedisAlarmOptions {
  const full = (tuning: AlarmTuning = {}): AlarmTuning => {
    const hasTwo = tuning.threshold === undefined && tuning.severity === undefined && nodes <= LARGE_GROUP;
    return { threshold: 60, ...hasTwo && { criticalThreshold: 75 }, ...tuning };
  };
  return {
    ...alarms,
    memory: full(alarms.memory),
    capacity: full(alarms.capacity),
    evictions: {
      threshold: 0,
      evaluationPeriods: 1,
      severity: alarms.evictions?.criticalThreshold === undefined ? AlarmSeverity.CRITICAL : AlarmSeverity.WARNING,
      period: Duration.minutes(1),
      description: `${path}: Sessions were dropped because memory is full, and their users are logged out. Choose larger nodes.`,
      ...alarms.evictions,
    },
  };
}

/**
 * What express-session with connect-redis needs, and nothing else: engines of 7.2 and later are told the name of their client, and where there are
 * shards clients ask for them and may read from replicas.
 */
function sessionAccess(engine: RedisEngine, mode: ClusterModeConfig['mode']): AccessString {
  const introduction = engine.engine === 'valkey' ? ' +client|setinfo +client|setname' : '';
  const topology = mode === 'disabled' ? '' : ' +cluster|slots +cluster|shards +cluster|nodes +readonly +readwrite +asking';
  return AccessString.of(`on ~${KEY_PREFIX}* -@all +get +set +expire +del +ping +acl|whoami${introduction}${topology}`);
}
