import { nodeTypeOf, parameterGroupOf, versionFacts } from './engine';
import { Properties, Rule } from './rule';
import { asNumber, asText, asWord, isAbsent, isGiven, isOneOf, isWhole } from './values';
import { isAtLeast } from './versions';
import { isLongEnough, ParsedWindow, parseWeeklyWindow } from './windows';
import { IP_DISCOVERIES, NETWORK_TYPES, PORT, RESERVED_PORT, WINDOW_MIN_MINUTES } from '../facts/elasticache-limits';
import { MinEngineVersions } from '../facts/elasticache-node-types';

/** What every node-based cache is asked, whatever its resource type. */

type NewRule = Omit<Rule, 'type'>;

/** A resource type in the ids and sources of rules. */
export interface Kind {
  /** The beginning of every id, which is unique among the rules of all types. */
  readonly prefix: string;
  /** The page of the call that makes the resource. */
  readonly create: string;
}

export const REPLICATION_GROUP_KIND: Kind = { prefix: '', create: 'ElastiCache API Reference, CreateReplicationGroup' };
export const CACHE_CLUSTER_KIND: Kind = { prefix: 'cache-cluster-', create: 'ElastiCache API Reference, CreateCacheCluster' };

const NETWORK = 'ElastiCache User Guide, "Choosing a network type" (network-type)';
const PORT_REFUSED = 'Seen to be refused at deployment (cdk-preflight, pf-elasticache-port)';
const NODES = 'ElastiCache User Guide, "Supported node types" (CacheNodes.SupportedTypes)';

type Engine = keyof MinEngineVersions;

/** The first version of the engine, one of those that the type runs, on its node type: null where there is none, undefined where nothing is said. */
function minimumVersion(p: Properties, engines: readonly Engine[]): string | null | undefined {
  const engine = engines.find((name) => name === asWord(p.Engine));
  return engine && nodeTypeOf(p)?.minEngineVersion[engine];
}

/** Form and length of one window property. */
export function windowRules(
  { prefix, create }: Kind, id: string, property: string, form: string, example: string, parse: (p: Properties) => ParsedWindow,
): NewRule[] {
  return [
    {
      id: `${prefix}${id}-form`,
      severity: 'error',
      source: `${create} (${property})`,
      reads: [property],
      text: `The window reads ${form} in UTC: {${property}}.`,
      remedy: `Write {${property}} in that form, for example ${example}.`,
      holds: (p) => isAbsent(p[property]) || parse(p).window !== undefined,
    },
    {
      id: `${prefix}${id}-length`,
      severity: 'error',
      source: `${create} (${property})`,
      reads: [property],
      text: `The window lasts at least ${WINDOW_MIN_MINUTES} minutes: {${property}}.`,
      remedy: `Lengthen {${property}}.`,
      holds: (p) => {
        const { window } = parse(p);
        return window === undefined || isLongEnough(window);
      },
    },
  ];
}

/** When the service may patch the nodes. */
export const maintenanceWindow = (p: Properties) => parseWeeklyWindow(asText(p.PreferredMaintenanceWindow) ?? '');

/** Form and length of the maintenance window. */
export function maintenanceWindowRules(kind: Kind): NewRule[] {
  return windowRules(kind, 'maintenance-window', 'PreferredMaintenanceWindow', 'ddd:hh24:mi-ddd:hh24:mi', 'sun:05:30-sun:06:30', maintenanceWindow);
}

/** A topic that nothing can be published to. */
export function notificationTopicRule({ prefix }: Kind): NewRule {
  return {
    id: `${prefix}encrypted-notification-topic`,
    severity: 'warning',
    source: 'ElastiCache User Guide, "Managing ElastiCache Amazon SNS notifications" (ECEvents.SNS)',
    reads: [],
    text: 'ElastiCache cannot publish to a topic that is encrypted with KMS, and its subscription goes inactive: {NotificationTopicArn:name}.',
    remedy: 'Give {NotificationTopicArn} a topic without a KMS key, or follow the events by an EventBridge rule.',
    holds: (_p, { behind }) => !behind?.('NotificationTopicArn').some(({ type, properties }) =>
      type === 'AWS::SNS::Topic' && isGiven(properties.KmsMasterKeyId)),
  };
}

/** Subnet group and port, the example being the default of the engine. */
export function addressRules({ prefix }: Kind, examplePort: number): NewRule[] {
  return [
    {
      id: `${prefix}default-subnet-group`,
      severity: 'warning',
      source: 'Security Hub ElastiCache.7',
      reads: ['CacheSubnetGroupName'],
      text: 'The nodes go to the default subnet group of the account: {CacheSubnetGroupName}.',
      remedy: 'Give {CacheSubnetGroupName} a group of private subnets.',
      holds: (p) => isGiven(p.CacheSubnetGroupName) && asWord(p.CacheSubnetGroupName) !== 'default',
    },
    {
      id: `${prefix}port-range`,
      severity: 'error',
      source: PORT_REFUSED,
      reads: ['Port'],
      text: `A port is a whole number from ${PORT.min} to ${PORT.max}: {Port}.`,
      remedy: `Set {Port} to a free one, for example ${examplePort}.`,
      holds: (p) => isAbsent(p.Port) || isWhole(p.Port, PORT.min, PORT.max),
    },
    {
      id: `${prefix}port-reserved`,
      severity: 'error',
      source: PORT_REFUSED,
      reads: ['Port'],
      text: 'ElastiCache keeps this port for itself: {Port}.',
      remedy: `Set {Port} to another one, for example ${examplePort}.`,
      holds: (p) => asNumber(p.Port) !== RESERVED_PORT,
    },
  ];
}

/** IP versions, which some engine versions do not offer. */
export function networkTypeRules({ prefix }: Kind, versions: string, offered: (p: Properties) => boolean): NewRule[] {
  return [
    {
      id: `${prefix}network-type`,
      severity: 'error',
      source: NETWORK,
      reads: ['NetworkType'],
      text: `A network type is ${NETWORK_TYPES.join(', ')}: {NetworkType}.`,
      remedy: 'Set {NetworkType} to one of them.',
      holds: (p) => isOneOf(p.NetworkType, NETWORK_TYPES),
    },
    {
      id: `${prefix}ip-discovery`,
      severity: 'error',
      source: NETWORK,
      reads: ['IpDiscovery'],
      text: `IP discovery is ${IP_DISCOVERIES.join(' or ')}: {IpDiscovery}.`,
      remedy: 'Set {IpDiscovery} to one of them.',
      holds: (p) => isOneOf(p.IpDiscovery, IP_DISCOVERIES),
    },
    {
      id: `${prefix}network-type-engine-version`,
      severity: 'warning',
      source: NETWORK,
      reads: ['NetworkType', 'Engine', 'EngineVersion'],
      text: `IPv6 needs ${versions}: {NetworkType}, {EngineVersion}.`,
      remedy: 'Raise {EngineVersion}, or set {NetworkType} to ipv4.',
      holds: (p) => isOneOf(p.NetworkType, ['ipv4']) || offered(p),
    },
    {
      id: `${prefix}network-type-node-type`,
      severity: 'warning',
      source: NETWORK,
      reads: ['NetworkType', 'CacheNodeType'],
      text: 'IPv6 needs a node type on the Nitro system, which those of previous generations are not: {NetworkType}, {CacheNodeType}.',
      remedy: 'Choose a current type for {CacheNodeType}, or set {NetworkType} to ipv4.',
      holds: (p) => isOneOf(p.NetworkType, ['ipv4']) || nodeTypeOf(p)?.previousGeneration !== true,
    },
    {
      id: `${prefix}ip-discovery-network-type`,
      severity: 'error',
      source: NETWORK,
      reads: ['NetworkType', 'IpDiscovery'],
      text: 'Discovery answers with addresses that the nodes have: {IpDiscovery}, {NetworkType}.',
      remedy: 'Set {IpDiscovery} to the version of {NetworkType}, or {NetworkType} to dual_stack.',
      holds: (p) => isAbsent(p.IpDiscovery) || isOneOf(p.NetworkType ?? 'ipv4', ['dual_stack', asWord(p.IpDiscovery) ?? '']),
    },
  ];
}

/** A parameter group of another engine version. */
export function parameterGroupFamilyRule({ prefix }: Kind, source: string): NewRule {
  return {
    id: `${prefix}parameter-group-family`,
    severity: 'error',
    source,
    reads: ['Engine', 'EngineVersion'],
    text: 'The parameter group {CacheParameterGroupName:name} must be of the family of the engine version: {Engine}, {EngineVersion}.',
    remedy: 'Give {CacheParameterGroupName} a group of the family of that version.',
    holds: (p, around) => {
      const family = parameterGroupOf(p, around)?.family;
      const engine = asWord(p.Engine);
      const expected = versionFacts(p)?.family;
      return family === undefined || (expected === undefined ? family.startsWith(engine ?? '') : family === expected);
    },
  };
}

/** Node types and the engine versions that they are offered for. */
export function nodeTypeRules({ prefix }: Kind, engines: readonly Engine[]): NewRule[] {
  return [
    {
      id: `${prefix}node-type-engine`,
      severity: 'warning',
      source: NODES,
      reads: ['CacheNodeType', 'Engine'],
      text: 'AWS does not list this node type for the engine: {CacheNodeType}, {Engine}.',
      remedy: 'Choose another {CacheNodeType}, or another {Engine}.',
      holds: (p) => minimumVersion(p, engines) !== null,
    },
    {
      id: `${prefix}node-type-engine-version`,
      severity: 'warning',
      source: NODES,
      reads: ['CacheNodeType', 'Engine', 'EngineVersion'],
      text: 'AWS lists this node type for later versions of the engine only: {CacheNodeType}, {Engine}, {EngineVersion}.',
      remedy: 'Raise {EngineVersion}, or choose another {CacheNodeType}.',
      holds: (p) => {
        const [version, minimum] = [asText(p.EngineVersion), minimumVersion(p, engines)];
        return version === undefined || isAbsent(minimum) || isAtLeast(version, minimum) !== false;
      },
    },
    {
      id: `${prefix}previous-generation-node-type`,
      severity: 'warning',
      source: NODES,
      reads: ['CacheNodeType'],
      text: 'The node type is of a previous generation, which costs more for less: {CacheNodeType}.',
      remedy: 'Choose a current type for {CacheNodeType}.',
      holds: (p) => nodeTypeOf(p)?.previousGeneration !== true,
    },
  ];
}
