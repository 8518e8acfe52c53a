import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Encryption, RedisEngine, RedisLogFormat, RedisLogOptions } from '../../src';
import { groupOf, newCluster, resourcesOf, TemplateResource } from '../helpers';

const logGroupsOf = (logs: RedisLogOptions, engine?: RedisEngine): { [logicalId: string]: TemplateResource } =>
  Object.fromEntries(Object.entries(resourcesOf(newCluster({ logs, engine }))).filter(([, { Type }]) => Type === 'AWS::Logs::LogGroup'));

test('each log has an encrypted group of its own, which keeps a year', () => {
  const properties = { KmsKeyId: { 'Fn::GetAtt': ['CacheKeyCDF9DE27', 'Arn'] }, RetentionInDays: 365 };
  expect(logGroupsOf({})).toMatchObject({ CacheSlowLog43E55961: { Properties: properties }, CacheEngineLogFEAEB291: { Properties: properties } });
});

test.each<[RedisLogOptions, string[], string[]]>([
  [{ slowLog: false }, ['CacheEngineLogFEAEB291'], ['engine-log']],
  [{ engineLog: false }, ['CacheSlowLog43E55961'], ['slow-log']],
  [{ slowLog: true, engineLog: true }, ['CacheSlowLog43E55961', 'CacheEngineLogFEAEB291'], ['slow-log', 'engine-log']],
  [{ slowLog: false, engineLog: false }, [], []],
])('%j', (logs, groups, types) => {
  expect(Object.keys(logGroupsOf(logs))).toEqual(groups);
  const deliveries: { LogType: string }[] = groupOf(newCluster({ logs })).LogDeliveryConfigurations ?? [];
  expect(deliveries.map(({ LogType }) => LogType)).toEqual(types);
});

test('format and retention', () => {
  const logs = { format: RedisLogFormat.TEXT, retention: RetentionDays.INFINITE };
  expect(groupOf(newCluster({ logs })).LogDeliveryConfigurations).toMatchObject([{ LogFormat: 'text' }, { LogFormat: 'text' }]);
  for (const { Properties } of Object.values(logGroupsOf(logs))) expect(Properties).not.toHaveProperty('RetentionInDays');
});

test('without a key of ours CloudWatch Logs encrypts with its own', () => {
  const cluster = newCluster({ encryption: Encryption.awsManaged() });
  expect(Object.values(resourcesOf(cluster)).filter(({ Type }) => Type === 'AWS::Logs::LogGroup').map(({ Properties }) => Properties))
    .toEqual([{ RetentionInDays: 365 }, { RetentionInDays: 365 }]);
});

test('an engine that is unknown is taken to have the logs of its newest version', () => {
  expect(Object.keys(logGroupsOf({}, RedisEngine.of({ engine: 'valkey', version: '10.0', family: 'valkey10' })))).toHaveLength(2);
});
