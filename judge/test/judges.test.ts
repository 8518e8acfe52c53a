import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { CfnResource, NestedStack, Stack } from 'aws-cdk-lib';
import { CfnReplicationGroup } from 'aws-cdk-lib/aws-elasticache';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { Finding, JUDGES } from '../judges';
import { newStack } from '../surroundings';
import { JudgedApp, synthesize, withResources } from '../synthesize';

const GROUP = 'AWS::ElastiCache::ReplicationGroup';

/** One fault for every judge, on a resource that is named after it. */
function plantFaults(stack: Stack): void {
  const resource = (id: string, type: string, properties: object) => new CfnResource(stack, id, { type, properties });
  resource('NoDescription', GROUP, { CacheNodeType: 'cache.t4g.small' });
  resource('WrongEnum', GROUP, { ReplicationGroupDescription: 'a', NetworkType: 'ipv5' });
  resource('ResetUser', 'AWS::ElastiCache::User', {
    UserId: 'app', UserName: 'app', Engine: 'redis', AccessString: 'on reset ~* +@all', NoPasswordRequired: true,
  });
  resource('Elsewhere', 'AWS::AppRunner::Service', { SourceConfiguration: {} }); // not in the Regions of China
  // cdk-nag knows resources by their classes.
  new CfnReplicationGroup(stack, 'NoSubnetGroup', { replicationGroupDescription: 'a', cacheNodeType: 'cache.t4g.small' });
  new CfnLogGroup(stack, 'PlainLogs', { retentionInDays: 365 });
  new CfnRole(stack, 'CommercialRole', {
    assumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ecs-tasks.amazonaws.com' } }],
    },
    managedPolicyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess'],
  });
}

/** Judge, construct, its type, and the rule that must be among the findings. */
const CAUGHT: readonly [string, string, string, RegExp][] = [
  ['aws-cdk-lib', 'NoDescription', GROUP, /^F3003$/],
  ['aws-cdk-lib', 'WrongEnum', GROUP, /^[FEW]3030$/],
  ['cdk-preflight', 'ResetUser', 'AWS::ElastiCache::User', /^pf-elasticache-user-access-string$/],
  ['cdk-preflight', 'NoDescription', GROUP, /^F3003$/],
  ['AwsSolutions', 'NoSubnetGroup', GROUP, /^AwsSolutions-AEC1$/],
  ['NIST-800-53-R5', 'PlainLogs', 'AWS::Logs::LogGroup', /-CloudWatchLogGroupEncrypted$/],
  ['cfn-lint', 'NoDescription', GROUP, /^E3003$/],
  ['cfn-lint', 'WrongEnum', GROUP, /^E3030$/],
  ['cfn-lint', 'Elsewhere', 'AWS::AppRunner::Service', /^E3006$/],
  ['partition', 'CommercialRole', 'AWS::IAM::Role', /^literal-partition$/],
];

describe('judges', () => {
  let apps: JudgedApp[];
  const findings = new Map<string, Finding[]>();

  before(() => {
    apps = [
      synthesize('faulty', app => plantFaults(newStack(app, 'Faulty', 'cn-north-1'))),
      synthesize('nested', app => plantFaults(new NestedStack(newStack(app, 'Outer', 'cn-north-1'), 'Inner'))),
      synthesize('faultless', app => new CfnResource(newStack(app, 'Faultless', 'cn-north-1'), 'Group', {
        type: 'AWS::ElastiCache::ParameterGroup', properties: { CacheParameterGroupFamily: 'redis7', Description: 'a' },
      })),
    ];
    for (const { name, judge } of JUDGES) findings.set(name, judge(apps));
  });

  const findingsOf = (judge: string, app: string) => (findings.get(judge) ?? []).filter(finding => finding.app === app);

  for (const [judge, construct, type, rule] of CAUGHT) {
    test(`${judge} finds the fault of ${construct}, also in a nested stack`, () => {
      for (const [app, path] of [['faulty', `Faulty/${construct}`], ['nested', `Outer/Inner/${construct}`]]) {
        const found = findingsOf(judge, app).filter(finding => finding.construct === path);
        assert.ok(found.some(finding => rule.test(finding.rule)), `${app}: ${JSON.stringify(found)}`);
        assert.deepEqual([...new Set(found.map(finding => finding.type))], [type]);
        for (const { severity, text } of found) assert.ok(severity && text);
      }
    });
  }

  for (const { name } of JUDGES) {
    test(`${name} has nothing against a faultless template`, () => assert.deepEqual(findingsOf(name, 'faultless'), []));
    test(`${name} has a fault planted for it`, () => assert.ok(CAUGHT.some(([judge]) => judge === name)));
  }

  test('the partition counts only outside of the commercial one', () => {
    const commercial = synthesize('commercial', app => plantFaults(newStack(app, 'Faulty', 'eu-west-1')));
    const anywhere = synthesize('anywhere', app => plantFaults(newStack(app, 'Faulty')));
    assert.deepEqual(JUDGES.find(({ name }) => name === 'partition')?.judge([commercial, anywhere]), []);
  });

  test('an app without resources is refused', () => {
    assert.throws(() => withResources(synthesize('empty', app => newStack(app, 'Empty'))), { message: 'empty: there is nothing to judge' });
  });
});
