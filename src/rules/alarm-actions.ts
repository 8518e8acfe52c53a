import { mayTake } from './alarm-policies';
import { KEY, KEY_ALIAS, TOPIC, TOPIC_INLINE_POLICY, TOPIC_POLICY } from './resource-types';
import { Description, Properties, PropertyValue, Rule, Surroundings } from './rule';
import { asList, asText, isAbsent } from './values';
import {
  ACTIONS_PER_STATE, ALARM_NAME_MAX_LENGTH, CLOUDWATCH_PRINCIPAL, SNS_MANAGED_KEY, TOPIC_ACTION, TOPIC_KEY_ACTIONS,
} from '../facts/cloudwatch-alarms';

/** What every alarm is asked, be it of metrics or of other alarms: its name, and whom it may tell. */

type NewRule = Omit<Rule, 'type'>;

/** A resource type in the ids and sources of rules. */
export interface AlarmKind {
  readonly prefix: string;
  readonly create: string;
  /** Whether an alarm is any of this library's business. */
  readonly concerns: (p: Properties) => boolean;
}

const STATES = ['AlarmActions', 'OKActions', 'InsufficientDataActions'] as const;
const NAMES = STATES.map((state) => `{${state}:name}`).join(', ');
const ENCRYPTION = 'AWS Knowledge Center, cloudwatch-configure-alarm-sns';

/** Policies of topics, and where they name the topic. */
const POLICIES = [[TOPIC_POLICY, 'Topics'], [TOPIC_INLINE_POLICY, 'TopicArn']] as const;

function topicsOf({ behind }: Surroundings): Description[] {
  return STATES.flatMap((state) => behind?.(state) ?? []).filter(({ type }) => type === TOPIC);
}

/** The key of the template that a topic is encrypted with, be it named by itself or by an alias. */
function keyOf({ surroundings }: Description): Description | undefined {
  const named = surroundings?.behind?.('KmsMasterKeyId') ?? [];
  const alias = named.find(({ type }) => type === KEY_ALIAS);
  return [...named, ...alias?.surroundings?.behind?.('TargetKeyId') ?? []].find(({ type }) => type === KEY);
}

/** Whether the topic names the managed key, by its alias or by the ARN of that. */
function hasManagedKey({ properties, surroundings }: Description): boolean {
  const parts = surroundings?.textAt?.('KmsMasterKeyId') ?? [asText(properties.KmsMasterKeyId)];
  const last = parts[parts.length - 1];
  return typeof last === 'string' && last.endsWith(SNS_MANAGED_KEY);
}

/** The policies that the template gives a topic in place of the one that SNS would give it. */
function policiesOf(topic: Description, { all }: Surroundings): PropertyValue[] {
  return POLICIES.flatMap(([type, property]) => (all?.(type) ?? []).filter(({ surroundings }) => surroundings?.behind?.(property).includes(topic)))
    .map(({ properties }) => properties.PolicyDocument);
}

/** Name, number of actions and topics of an alarm. */
export function alarmActionRules({ prefix, create, concerns }: AlarmKind): NewRule[] {
  const tellsAll = (canTell: (topic: Description, around: Surroundings) => boolean): Rule['holds'] =>
    (p, around) => !concerns(p) || topicsOf(around).every((topic) => canTell(topic, around));
  return [
    {
      id: `${prefix}name`,
      severity: 'error',
      source: `${create} (AlarmName)`,
      reads: ['AlarmName'],
      text: `A name has 1 to ${ALARM_NAME_MAX_LENGTH} characters, control characters not among them: {AlarmName}.`,
      remedy: 'Change {AlarmName}.',
      holds: (p) => !concerns(p) || isAbsent(p.AlarmName) || isAlarmName(asText(p.AlarmName) ?? ''),
    },
    {
      id: `${prefix}actions`,
      severity: 'error',
      source: `${create} (AlarmActions, OKActions, InsufficientDataActions)`,
      reads: [],
      text: `An alarm takes ${ACTIONS_PER_STATE} actions for each state: ${NAMES}.`,
      remedy: 'Let one topic of {AlarmActions} tell several subscribers.',
      holds: (p) => !concerns(p) || STATES.every((state) => asList(p[state]).length <= ACTIONS_PER_STATE),
    },
    {
      id: `${prefix}topic-managed-key`,
      severity: 'warning',
      source: ENCRYPTION,
      reads: [],
      text: `An alarm cannot publish to a topic that is encrypted with ${SNS_MANAGED_KEY}, whose policy nobody can change: ${NAMES}.`,
      remedy: `Encrypt the topic of {AlarmActions} with a key of your own that admits ${CLOUDWATCH_PRINCIPAL}, or not at all.`,
      holds: tellsAll((topic) => !hasManagedKey(topic)),
    },
    {
      id: `${prefix}topic-key-policy`,
      severity: 'warning',
      source: ENCRYPTION,
      reads: [],
      text: `An alarm cannot publish to a topic whose key does not admit ${CLOUDWATCH_PRINCIPAL}, for which no account stands: ${NAMES}.`,
      remedy: `Allow ${CLOUDWATCH_PRINCIPAL} kms:Decrypt and kms:GenerateDataKey* in the policy of the key behind {AlarmActions}.`,
      holds: tellsAll((topic) => {
        const key = keyOf(topic);
        return key === undefined || TOPIC_KEY_ACTIONS.every((action) =>
          mayTake(action, CLOUDWATCH_PRINCIPAL, key.properties.KeyPolicy, { accountsMayServe: false }));
      }),
    },
    {
      id: `${prefix}topic-policy`,
      severity: 'warning',
      source: 'AWS Knowledge Center, cloudwatch-receive-sns-for-alarm-trigger',
      reads: [],
      text: `A topic's own policy takes the place of the one that lets alarms of its account publish, and it does not admit ${CLOUDWATCH_PRINCIPAL}: ${NAMES}.`,
      remedy: `Allow ${CLOUDWATCH_PRINCIPAL} ${TOPIC_ACTION} in the policy of the topic in {AlarmActions}.`,
      holds: tellsAll((topic, around) => {
        const policies = policiesOf(topic, around);
        return policies.length === 0
          || policies.some((policy) => mayTake(TOPIC_ACTION, CLOUDWATCH_PRINCIPAL, policy, { accountsMayServe: true }));
      }),
    },
  ];
}

function isAlarmName(text: string): boolean {
  return text !== '' && text.length <= ALARM_NAME_MAX_LENGTH && !/\p{Cc}/u.test(text);
}
