import { NestedStack, Stack } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Encryption, RedisCluster } from '../../src';
import { layout, newCluster, resourceOf, TemplateResource, warningsOf } from '../helpers';

const ROOT = { AWS: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::', { Ref: 'AWS::AccountId' }, ':root']] } };
const logsOf = (logGroups: string) => ({
  Effect: 'Allow',
  Principal: { Service: { 'Fn::Join': ['', ['logs.', { Ref: 'AWS::Region' }, '.', { Ref: 'AWS::URLSuffix' }]] } },
  Action: ['kms:Decrypt*', 'kms:Describe*', 'kms:Encrypt*', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
  Resource: '*',
  Condition: {
    ArnLike: {
      'kms:EncryptionContext:aws:logs:arn': {
        'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':logs:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, `:log-group:${logGroups}`]],
      },
    },
  },
});

const statementsOf = (stack: Stack): TemplateResource['Properties'][] => resourceOf(stack, 'AWS::KMS::Key').Properties.KeyPolicy.Statement;
const logStatementsOf = (stack: Stack) => statementsOf(stack).filter(({ Principal }) => 'Service' in Principal);

describe('the key of a cluster', () => {
  const cluster = newCluster();
  const [administer, use, logs, ...secretsManager] = statementsOf(Stack.of(cluster));

  test('is rotated, and described by what it encrypts', () => {
    expect(resourceOf(cluster, 'AWS::KMS::Key').Properties).toMatchObject({ EnableKeyRotation: true, Description: 'Data, credentials and logs of Data/Cache' });
  });

  test('is administered by the account, which may not use it on data', () => {
    expect(administer).toEqual({
      Sid: 'Administer',
      Effect: 'Allow',
      Principal: ROOT,
      Action: [
        'kms:CancelKeyDeletion', 'kms:CreateAlias', 'kms:Delete*', 'kms:Describe*', 'kms:Disable*', 'kms:Enable*', 'kms:Get*', 'kms:List*', 'kms:Put*',
        'kms:Revoke*', 'kms:RotateKeyOnDemand', 'kms:ScheduleKeyDeletion', 'kms:TagResource', 'kms:UntagResource', 'kms:Update*',
      ],
      Resource: '*',
    });
  });

  test('is used on data through ElastiCache only, from this account', () => {
    expect(use).toEqual({
      Sid: 'UseThroughServices',
      Effect: 'Allow',
      Principal: ROOT,
      Action: ['kms:CreateGrant', 'kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
      Resource: '*',
      Condition: {
        StringEquals: {
          'kms:CallerAccount': { Ref: 'AWS::AccountId' },
          'kms:ViaService': [{ 'Fn::Join': ['', ['elasticache.', { Ref: 'AWS::Region' }, '.', { Ref: 'AWS::URLSuffix' }]] }],
        },
      },
    });
  });

  test('encrypts the logs of this stack', () => expect(logs).toEqual(logsOf('Data-*')));

  test('is used through Secrets Manager, as the secret asks for', () => {
    const viaSecretsManager = { StringEquals: { 'kms:ViaService': { 'Fn::Join': ['', ['secretsmanager.', { Ref: 'AWS::Region' }, '.amazonaws.com']] } } };
    const common = { Effect: 'Allow', Principal: ROOT, Resource: '*', Condition: viaSecretsManager };
    expect(secretsManager).toEqual([
      { ...common, Action: ['kms:Decrypt', 'kms:Encrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*'] },
      { ...common, Action: ['kms:CreateGrant', 'kms:DescribeKey'] },
    ]);
  });
});

test('without logs, the key admits CloudWatch Logs all the same: log groups that were kept can still be read', () => {
  expect(logStatementsOf(Stack.of(newCluster({ logs: { slowLog: false, engineLog: false } })))).toEqual([logsOf('Data-*')]);
});

test('a key of this app admits the logs of every stack that uses it, once each', () => {
  const { app, vpc, data, application } = layout();
  const keys = new Stack(app, 'Keys');
  const encryption = Encryption.customerManaged(new Key(keys, 'Key'));
  for (const [stack, id] of [[data, 'One'], [data, 'Two'], [application, 'Three']] as const) new RedisCluster(stack, id, { vpc, encryption });
  expect(logStatementsOf(keys)).toEqual([logsOf('Data-*'), logsOf('Application-*')]);
  const sids = statementsOf(keys).flatMap(({ Sid }) => Sid ?? []);
  expect(sids).toEqual([...new Set(sids)]);
});

test('a nested stack, whose name only CloudFormation knows, admits by wildcard and closes no cycle with a key elsewhere', () => {
  const { app, vpc, data } = layout();
  const keys = new Stack(app, 'Keys');
  new RedisCluster(new NestedStack(data, 'Nested'), 'Cache', { vpc, encryption: Encryption.customerManaged(new Key(keys, 'Key')) });
  expect(logStatementsOf(keys)).toEqual([logsOf('*')]);
});

const IMPORTED = 'arn:aws:kms:eu-west-1:123456789012:key/1234';

test('the policy of an imported key cannot be changed, so the statement to add is named in a warning', () => {
  const world = layout();
  const cluster = newCluster({ encryption: Encryption.customerManaged(Key.fromKeyArn(world.data, 'Key', IMPORTED)) }, world);
  const [warning, ...others] = warningsOf(cluster);
  expect(others).toEqual([]);
  const [, text, statement, acknowledge] = /^(.*) Add the statement (\{.*\})\. (\[ack: .*\])$/.exec(warning) ?? [];
  expect(text).toBe('The policy of the imported key in `encryption` must admit CloudWatch Logs, or the deployment fails.');
  expect(JSON.parse(statement)).toEqual(logsOf('Data-*'));
  expect(acknowledge).toBe('[ack: cdk-data-tier::key-admits-logs]');
  expect(resourceOf(cluster, 'AWS::ElastiCache::ReplicationGroup').Properties.KmsKeyId).toBe(IMPORTED);
});

test('without logs, an imported key is no reason to warn', () => {
  const { app, vpc } = layout();
  const stack = new Stack(app, 'Silent');
  new RedisCluster(stack, 'Cache', {
    vpc,
    encryption: Encryption.customerManaged(Key.fromKeyArn(stack, 'Key', IMPORTED)),
    logs: { slowLog: false, engineLog: false },
  });
  expect(warningsOf(stack)).toEqual([]);
});
