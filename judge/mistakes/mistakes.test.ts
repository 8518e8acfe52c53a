import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RedisCluster } from 'cdk-data-tier';
import { saidByCompiler, saidByConstructs, saidByJudges, saidByValidations } from './catch';
import { newAlarm } from './with-alarms';
import { newGroup } from './with-templates';

void test('a construct says nothing of a cluster with defaults', () =>
  assert.deepEqual(saidByConstructs({ make: ({ data, vpc }) => void new RedisCluster(data, 'Cache', { vpc }) }), []));

void test('an error that is none of the library is not taken for one', () =>
  assert.deepEqual(saidByConstructs({ make: () => { throw new TypeError('slip'); } }), ['TypeError: slip']));

void test('the plugin says nothing of a group that is well written', () => assert.deepEqual(saidByValidations({ resources: world => void newGroup(world) }), []));

void test('the plugin says nothing of an alarm that is well written', () =>
  assert.deepEqual(saidByValidations({ resources: world => void newAlarm(world, newGroup(world)) }), []));

void test('the compiler says nothing of a line that is right', () =>
  assert.deepEqual(saidByCompiler([{ line: "new RedisCluster(stack, 'Cache', { vpc });" }]), [[]]));

void test('the judges say nothing of a group that is well written', () =>
  assert.deepEqual(saidByJudges([{ name: 'none', judge: 'aws-cdk-lib', finding: '', template: world => void newGroup(world) }]), [[]]));
