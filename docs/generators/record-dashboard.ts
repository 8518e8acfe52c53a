/**
 * Records what a dashboard shows: deploys a session store onto the local AWS, whose servers are real, lets sessions come and go for an hour and a
 * half of CloudWatch's time, and asks for what the dashboard asks for.
 *
 *     DATA_TIER_METRIC_MINUTE=0.5 tsx docs/generators/record-dashboard.ts docs/images/dashboard-record.json
 */
import { readFileSync, writeFileSync } from 'fs';
import { setTimeout as sleep } from 'timers/promises';
import { CloudFormationClient, CreateStackCommand, DescribeStacksCommand, ListStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { DescribeReplicationGroupsCommand, ElastiCacheClient } from '@aws-sdk/client-elasticache';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { App, LegacyStackSynthesizer, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { createClient } from 'redis';
import { DashboardRecord, queriesOf, Result } from './dashboard-record';
import { launch, RunningAws } from '../../emulator/launcher/launch';
import { CacheNodeType, DataTierDashboard, SessionStore } from '../../src';

const STACK = 'Shop';
const DASHBOARD = 'data-tier';
const STORE = 'shop-sessions';

/** Minutes of CloudWatch: quiet ones first, then those of a client that nobody told of the new password. */
const MINUTES = 90;
const FORGOTTEN_FROM = 60;
const LOGINS_A_MINUTE = 90;
const SESSION = 'x'.repeat(800);

const DAY = 24 * 3_600_000;

function template(region: string): string {
  const app = new App();
  const stack = new Stack(app, STACK, { synthesizer: new LegacyStackSynthesizer(), env: { region } });
  const vpc = new Vpc(stack, 'Vpc', {
    availabilityZones: [`${region}a`, `${region}b`], subnetConfiguration: [{ name: 'Data', subnetType: SubnetType.PRIVATE_ISOLATED }],
  });
  const sessions = new SessionStore(stack, 'Sessions', {
    vpc, replicationGroupName: STORE, nodeType: CacheNodeType.T4G_MICRO, removalPolicy: RemovalPolicy.DESTROY,
  });
  new DataTierDashboard(stack, 'Dashboard', { dashboardName: DASHBOARD }).add(sessions);
  return JSON.stringify(app.synth().getStackByName(STACK).template);
}

/** CloudWatch by its JSON protocol. */
async function cloudWatch(aws: RunningAws, action: string, request: object): Promise<any> { // eslint-disable-line @typescript-eslint/no-explicit-any
  const scope = `${aws.account}/20260101/${aws.region}/monitoring/aws4_request`;
  const response = await fetch(aws.endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `GraniteServiceVersion20100801.${action}`,
      'authorization': `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=local`,
    },
    body: JSON.stringify(request),
  });
  if (!response.ok) throw new Error(`${action}: ${response.status} ${await response.text()}`);
  return response.json();
}

async function deploy(aws: RunningAws, client: CloudFormationClient): Promise<void> {
  await client.send(new CreateStackCommand({ StackName: STACK, TemplateBody: template(aws.region), Capabilities: ['CAPABILITY_NAMED_IAM'] }));
  for (;;) {
    const { Stacks: [{ StackStatus: status, StackStatusReason: reason }] = [{ StackStatus: undefined, StackStatusReason: 'gone' }] } =
      await client.send(new DescribeStacksCommand({ StackName: STACK }));
    if (status === 'CREATE_COMPLETE') return;
    if (status !== 'CREATE_IN_PROGRESS') throw new Error(`${STACK} is ${status}: ${reason}`);
    await sleep(500);
  }
}

/** Sessions come, are read, and expire; some are asked for that are not there. */
async function use(aws: RunningAws, { cloudFormation, secrets, cache }: Clients, minute: number): Promise<void> {
  const { StackResourceSummaries = [] } = await cloudFormation.send(new ListStackResourcesCommand({ StackName: STACK }));
  const secret = StackResourceSummaries.find(({ ResourceType }) => ResourceType === 'AWS::SecretsManager::Secret')?.PhysicalResourceId;
  const { SecretString = '' } = await secrets.send(new GetSecretValueCommand({ SecretId: secret }));
  const { ReplicationGroups: [group] = [] } = await cache.send(new DescribeReplicationGroupsCommand({ ReplicationGroupId: STORE }));
  const { Address: host, Port: port } = group.NodeGroups?.[0].PrimaryEndpoint ?? {};
  const connect = (login: { readonly username: string; readonly password: string }) => createClient({
    ...login,
    socket: { host: host ?? '', port: port ?? 0, tls: true, ca: readFileSync(aws.caFile), reconnectStrategy: false },
    disableClientInfo: true,
    maintNotifications: 'disabled',
  }).on('error', () => undefined); // `connect` rejects with it
  const { username, password } = JSON.parse(SecretString);
  const client = connect({ username, password });
  await client.connect();
  for (let now = 0; now < MINUTES; now += 1) {
    const logins = Math.round(LOGINS_A_MINUTE * (1 + 0.4 * Math.sin(now / 9)));
    const ends = Date.now() + minute;
    for (let login = 0; login < logins; login += 1) {
      await client.set(`sess:${now}:${login}`, SESSION, { EX: 3600 });
      await client.get(`sess:${now - (login % 10 === 0 ? 1000 : 0)}:${login}`);
    }
    if (now >= FORGOTTEN_FROM && now % 3 === 0) {
      const forgotten = connect({ username, password: 'of-last-month' });
      await forgotten.connect().catch(() => undefined);
      forgotten.destroy();
    }
    await sleep(Math.max(0, ends - Date.now()));
  }
  client.destroy();
}

interface Clients { readonly cloudFormation: CloudFormationClient; readonly secrets: SecretsManagerClient; readonly cache: ElastiCacheClient }

async function record(aws: RunningAws): Promise<DashboardRecord> {
  // First, before a minute without a client ends.
  const { MetricAlarms = [], CompositeAlarms = [] } = await cloudWatch(aws, 'DescribeAlarms', { AlarmTypes: ['MetricAlarm', 'CompositeAlarm'] });
  const { DashboardBody } = await cloudWatch(aws, 'GetDashboard', { DashboardName: DASHBOARD });
  const body: DashboardRecord['body'] = JSON.parse(DashboardBody);
  const [StartTime, EndTime] = [Date.now() - DAY, Date.now() + DAY].map(time => Math.floor(time / 1000));
  const results: Result[][] = [];
  for (const widget of body.widgets) {
    const MetricDataQueries = queriesOf(widget);
    const answer = MetricDataQueries.length === 0 ? { MetricDataResults: [] }
      : await cloudWatch(aws, 'GetMetricData', { MetricDataQueries, StartTime, EndTime, ScanBy: 'TimestampAscending' });
    results.push(answer.MetricDataResults.map(({ Id, Label, Timestamps, Values }: RawResult) =>
      ({ Id, Label, Timestamps: Timestamps.map(time => new Date(time * 1000).toISOString()), Values })));
  }
  const states = Object.fromEntries([...MetricAlarms, ...CompositeAlarms].map(({ AlarmArn, StateValue }) => [AlarmArn, StateValue]));
  return { body, states, results };
}

interface RawResult extends Omit<Result, 'Timestamps'> { readonly Timestamps: readonly number[] }

async function main(file: string): Promise<void> {
  const minute = Number(process.env.DATA_TIER_METRIC_MINUTE ?? 60) * 1000;
  const aws = await launch({ log: line => console.error(line) });
  try {
    const settings = { endpoint: aws.endpoint, region: aws.region, credentials: { accessKeyId: aws.account, secretAccessKey: 'local' } };
    const cloudFormation = new CloudFormationClient(settings);
    await deploy(aws, cloudFormation);
    await use(aws, { cloudFormation, secrets: new SecretsManagerClient(settings), cache: new ElastiCacheClient(settings) }, minute);
    writeFileSync(file, `${JSON.stringify(await record(aws))}\n`);
  } finally {
    await aws.stop();
  }
}

main(process.argv[2]).catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
