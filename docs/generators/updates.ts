import { ResourceChange, watches } from '../../test/contract/updates/behavior';
import { CASES } from '../../test/contract/updates/cases';
import { Case } from '../../test/contract/updates/change';
import { Effect } from '../../test/contract/updates/effect';
import { FACTS } from '../../test/contract/updates/facts';

const EXPORTS_MARK = '¹';

/** What each effect means to somebody who is about to deploy. */
const MEANINGS: { readonly [effect in Effect]: string } = {
  [Effect.CLIENTS_TOLD]: 'The store stays as it is; clients that are linked get other environment variables, and with them a new deployment.',
  [Effect.WATCHED_ANEW]: 'The cluster stays as it is; only what watches it changes.',
  [Effect.IN_PLACE]: 'The cluster goes on serving.',
  [Effect.INTERRUPTED]: 'The cluster goes on serving, but for a failover of some seconds in which nothing can be written; clients must connect again. Without a replica it takes longer.',
  [Effect.EMPTIED]: 'The nodes are the same ones, one after another out of service for a moment, and everything that they held is lost.',
  [Effect.USER_REPLACED]: 'Another user comes, with another password where it has one, and the old one goes. Data stays. Clients must log in anew.',
  [Effect.NOT_PROVED]: 'The pages of AWS say one thing and the schema of CloudFormation another, or neither says anything. Try it on a copy. The fixed name makes CloudFormation refuse rather than replace.',
  [Effect.REFUSED_BY_SERVICE]: 'The service answers with an error, CloudFormation rolls back, and everything stays as it was.',
  [Effect.REFUSED_BY_NAME]: 'CloudFormation takes it for a replacement, and refuses ("cannot update a stack when a custom-named resource requires replacing"). It rolls back, and everything stays as it was.',
  [Effect.REPLACED]: 'A new and empty cluster comes, and the old one goes.',
};

const INTRODUCTION = `# Updates

<!-- Written by \`npx projen docs\`, from test/contract/updates. Do not edit. -->

What a deployment does when a prop of a running cluster is changed. Every line is measured: a test renders both templates, asks CloudFormation's resource
schema what it does to each property that differs, and corrects that by the pages of AWS named at the end. What no page says has not been tried
on AWS.

How to read it:

| an update is | which means |
| --- | --- |
${Object.entries(MEANINGS).map(([effect, meaning]) => `| **${effect}** | ${meaning} |`).join('\n')}

While the mode is \`ClusterMode.compatible()\`, ElastiCache takes no change but that of the mode: every other one waits.

${EXPORTS_MARK} Where a client is in another stack, an export that its stack imports goes away, and CloudFormation refuses to delete it ("cannot be deleted as it is in use").
Weaken the references first: set the context \`@aws-cdk/core:defaultCrossStackReferences\` to \`both\` and deploy, then to \`weak\` and deploy, then make the
change.

## How to do what cannot be done in place

A second cluster beside the first one always works, and nothing is lost that was written before the snapshot:

1. Stop writing, and make a snapshot: \`aws elasticache create-snapshot --replication-group-id <id> --snapshot-name before-the-change\`.
2. Deploy a new construct under another id, with the change, and with \`restoreFrom: RedisSnapshotSource.snapshot('before-the-change')\`; link the clients to
   it instead.
3. Remove the old construct when nobody uses it any more. It leaves a last snapshot, with its key.

A \`SessionStore\` has nothing that must be kept: leave the snapshot out, and users log in again. A \`MemcachedPool\` makes no snapshots, and its second one
starts empty: keep both until clients have filled it. To give up the data of a cluster, change its
\`replicationGroupName\`.
`;

/** The page that says what an update does, for every prop. */
export function updatesPage(): string {
  const sections = groupsOf(CASES, ({ title }) => title).map(cases => section(cases));
  return [INTRODUCTION, ...sections, sources()].join('\n');
}

function section(cases: readonly Case[]): string {
  const rows = groupsOf(cases, ({ prop, variant }) => `${prop} ${variant}`).map(row);
  return [`## ${cases[0].title}`, '', '| prop | an update is | what it touches | what to know |', '| --- | --- | --- | --- |', ...rows, ''].join('\n');
}

/** One line for all constructs that have the prop: a test holds that it does the same to each. */
function row(cases: readonly Case[]): string {
  const [{ prop, variant, know }] = cases;
  const outcomes = cases.flatMap(one => one.outcomes());
  const touched = [...new Set(outcomes.flatMap(({ changes }) => changes.flatMap(touchedBy)))].sort();
  const mark = outcomes.some(({ losesExport }) => losesExport) ? ` ${EXPORTS_MARK}` : '';
  return `| \`${prop}\`${variant ? `: ${variant}` : ''} | ${outcomes[0].effect}${mark} | ${touched.join(', ')} | ${know ?? ''} |`;
}

/** Alarms follow whatever they watch: all of them are one word. */
function touchedBy({ type, how, properties }: ResourceChange): string[] {
  if (watches(type)) return ['alarms'];
  const name = type.split('::')[2];
  if (how === 'added' || how === 'removed') return [`${name} (${how})`];
  if (properties.length === 0) return [`${name} (policies)`];
  return properties.map(property => `${name}.${property.name}`);
}

/** The cases that are alike by a key, in the order of their first ones. */
function groupsOf(cases: readonly Case[], keyOf: (one: Case) => string): Case[][] {
  const groups = new Map<string, Case[]>();
  for (const one of cases) groups.set(keyOf(one), [...groups.get(keyOf(one)) ?? [], one]);
  return [...groups.values()];
}

function sources(): string {
  const rows = FACTS.map(({ property, effect, source }) => `| ${property} | ${effect} | ${source} |`);
  return ['## Where the schema of CloudFormation does not decide', '', '| property | an update is | source |', '| --- | --- | --- |', ...new Set(rows), ''].join('\n');
}
