import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { App, Stack } from 'aws-cdk-lib';
import { CfnReplicationGroup, CfnUser } from 'aws-cdk-lib/aws-elasticache';
import { RedisCluster } from 'cdk-data-tier';
import { Preflight } from 'cdk-preflight';
import { existingVpc, newStack } from '../surroundings';

/** The judges ask the plugins themselves; users go through the synthesis, which must come to the same. */
describe('a synthesis with strict validation and cdk-preflight', () => {
  const outdir = mkdtempSync(join(tmpdir(), 'judge-doors-'));
  const validation = process.env.CDK_VALIDATION;
  delete process.env.CDK_VALIDATION;
  after(() => {
    process.env.CDK_VALIDATION = validation;
    rmSync(outdir, { recursive: true, force: true });
  });

  const synthesize = (id: string, build: (stack: Stack) => void, apply: (app: App) => void = () => {}) => {
    const app = new App({
      outdir: join(outdir, id),
      context: {
        '@aws-cdk/core:validateAgainstDefaultRules': true,
        '@aws-cdk/core:strictCfnValidateErrors': true,
        '@aws-cdk/core:appMode': 'inmemory', // reports are thrown, not printed,
      },
    });
    apply(app);
    build(newStack(app, 'Data', 'eu-west-1'));
    return () => app.synth();
  };
  const strict = (app: App) => Preflight.apply(app, { strict: true });

  test('takes a cluster with defaults', () => {
    assert.doesNotThrow(synthesize('Cluster', stack => new RedisCluster(stack, 'Cache', { vpc: existingVpc(stack) }), strict));
  });

  test('refuses a warning of the validation', () => {
    assert.throws(synthesize('Enum', stack => new CfnReplicationGroup(stack, 'Group', {
      replicationGroupDescription: 'a', cacheNodeType: 'cache.t4g.small', networkType: 'ipv5',
    })), /NetworkType: .*ipv5/);
  });

  test('refuses what cdk-preflight knows', () => {
    assert.throws(synthesize('User', stack => new CfnUser(stack, 'User', {
      userId: 'app', userName: 'app', engine: 'redis', accessString: 'on reset ~* +@all', noPasswordRequired: true,
    }), strict), /access string contains 'reset'/);
  });
});
