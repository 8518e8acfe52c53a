import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CfnResource } from 'aws-cdk-lib';
import fc from 'fast-check';
import { FOUND } from './found';
import { inWords, refusedBy, run } from './outcome';
import { build, Program, programs } from './program';
import { refusalOf } from './refusal';
import { printed, shrunk } from './report';
import { Judge } from '../judges';
import { cdkValidation } from '../judges/cdk-validation';
import { synthesize } from '../synthesize';

const PLAIN: Program = { construct: 'RedisCluster', place: { network: 'attributes', region: 'eu-west-1' }, flags: 'none', props: {}, uses: [] };

for (const { name, program, refusedBy: expected } of FOUND) {
  void test(`found: ${name}`, () => {
    const outcome = run('program', program);
    assert.ok(!('defect' in outcome), 'defect' in outcome ? outcome.defect : '');
    assert.deepEqual('refusal' in outcome ? outcome.refusal.by : undefined, expected);
  });
}

void test('an illegal value that a construct lets through is caught', () => {
  const planted = synthesize('program', app => {
    build(app, PLAIN);
    (app.node.findChild('Data').node.findChild('Store').node.defaultChild as CfnResource).addPropertyOverride('ReplicasPerNodeGroup', 6);
  });
  const findings = refusedBy([cdkValidation], [planted]);
  assert.match(findings.map(inWords).join('\n'), /ReplicasPerNodeGroup|maximum/);
  const plain = run('program', PLAIN);
  assert.deepEqual('app' in plain && refusedBy([cdkValidation], [plain.app]).map(inWords), []);
});

/** Objects to one port, which the library and AWS take. */
const planted: Judge = {
  name: 'planted',
  judge: apps => apps.flatMap(({ name, templates }) => templates.filter(({ body }) => JSON.stringify(body).includes('"Port":8004,'))
    .map(({ stackPath }) => ({ judge: 'planted', rule: 'port', severity: 'error', app: name, construct: stackPath, text: 'this port' }))),
};

void test('a run is found again by its seed and path, and shrunk to what matters', () => {
  const [seed, numRuns] = [5, 400];
  const sample = fc.sample(programs, { seed, numRuns });
  const isCaught = (program: Program) => {
    const outcome = program.props.port === 8004 ? run('program', program) : undefined;
    return outcome !== undefined && 'app' in outcome && refusedBy([planted], [outcome.app]).length > 0;
  };
  const path = sample.findIndex(isCaught);
  assert.ok(path >= 0);
  const failure = shrunk(seed, String(path), [planted]);
  assert.ok(failure);
  assert.deepEqual([failure.program.props, failure.program.uses], [{ port: 8004 }, []]);
  assert.match(printed(failure), /planted port at Data: this port\npath \d+:[\d:]+\n\{\n {2}construct: '\w+',[^]*props: \{ port: 8004 \}/);
});

void test('a path without a failure gives none', () => assert.equal(shrunk(5, '0', []), undefined));

const FAULT = '- ElastiCache keeps this port for itself: `port` (got 8005). Set `port` to another one, for example 6379. [cdk-data-tier::port-reserved]';
const documented: [string, string, string[]][] = [
  ['a rule', `Data/Store has 1 fault:\n${FAULT}`, ['port-reserved']],
  ['a fault of a construct', 'Data/Store has 1 fault:\n- `vpcSubnets` must be private (got public). Choose others. [cdk-data-tier::public-subnets]', ['public-subnets']],
  ['a value', 'ClusterMode.enabled: `shards` must be known (got a token). Read it from the context.', ['ClusterMode.enabled']],
];
for (const [name, message, by] of documented) void test(`${name} is a documented error`, () => assert.deepEqual(refusalOf(new Error(message))?.by, by));

const undocumented: [string, unknown][] = [
  ['a slip of the library', new TypeError("Cannot read properties of undefined (reading 'node')")],
  ['an error of aws-cdk-lib', new Error("There are no 'Isolated' subnet groups in this VPC. Available types: Public")],
  ['a fault without a path', new Error(FAULT)],
  ['a wrong number of faults', new Error(`Data/Store has 2 faults:\n${FAULT}`)],
  ['a fault of an unknown rule', new Error(`Data/Store has 1 fault:\n${FAULT.replace('port-reserved', 'port-unknown')}`)],
  ['a rule in other words', new Error(`Data/Store has 1 fault:\n${FAULT.replace('keeps', 'wants')}`)],
  ['a fault without a remedy', new Error('Data/Store has 1 fault:\n- `vpcSubnets` must be private (got public). [cdk-data-tier::public-subnets]')],
  ['a fault that names no prop', new Error('Data/Store has 1 fault:\n- subnets must be private (got public). Choose others. [cdk-data-tier::public-subnets]')],
  ['a value without what came instead', new Error('ClusterMode.enabled: `shards` must be known. Read it from the context.')],
  ['something that is no error', 'text'],
];
for (const [name, error] of undocumented) void test(`${name} is no documented error`, () => assert.equal(refusalOf(error), undefined));
