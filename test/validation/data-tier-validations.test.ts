import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { Annotations, App, CfnResource, Fn, NestedStack, PolicyValidationPluginReport, Stack, Stage, Validations } from 'aws-cdk-lib';
import { ScalableTarget, ServiceNamespace } from 'aws-cdk-lib/aws-applicationautoscaling';
import { CfnReplicationGroup, CfnReplicationGroupProps, CfnSubnetGroup, CfnUser } from 'aws-cdk-lib/aws-elasticache';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { CURRENTLY_RECOMMENDED_FLAGS } from 'aws-cdk-lib/cx-api';
import { Construct } from 'constructs';
import { changed, SHARDED, SINGLE } from './templates';
import {
  CacheNetworkType, CacheNodeType, ClusterMode, DataTierValidations, Encryption, RedisAuth, RedisCluster, RedisDurability, RedisEngine, SessionStore,
  TransitEncryption,
} from '../../src';
import { Layout, layout, warningsOf } from '../helpers';

interface Violation {
  readonly ruleName: string;
  readonly description: string;
  readonly severity: string;
  readonly violatingConstructs: { readonly constructPath: string; readonly cloudFormationResource?: { readonly templatePath: string } }[];
}

beforeEach(() => void jest.spyOn(console, 'error').mockImplementation());
afterEach(() => jest.restoreAllMocks());

/** An app that is validated, with its stack `Data`. */
function validated(context?: { [key: string]: unknown }): Layout {
  const world = layout(context);
  Validations.of(world.app).addPlugins(new DataTierValidations());
  return world;
}

/** A replication group with nothing to complain of, and the given properties. */
function newGroup(scope: Construct, props: Partial<CfnReplicationGroupProps> = {}): CfnReplicationGroup {
  return new CfnReplicationGroup(scope, 'Group', {
    replicationGroupDescription: 'Cache of the shop',
    engine: 'redis',
    engineVersion: '7.1',
    cacheNodeType: 'cache.r7g.large',
    numCacheClusters: 2,
    automaticFailoverEnabled: true,
    multiAzEnabled: true,
    transitEncryptionEnabled: true,
    atRestEncryptionEnabled: true,
    userGroupIds: ['shop'],
    cacheSubnetGroupName: 'shop',
    snapshotRetentionLimit: 7,
    ...props,
  });
}

/** What synthesis fails with; undefined where it does not. */
function failureOf(app: App): string | undefined {
  try {
    app.synth();
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

/** What the plugin reports of an app. */
function violationsIn(app: App, list = 'violations'): Violation[] {
  failureOf(app);
  const file = join(app.outdir, 'validation-report.json');
  const reports: { pluginName: string; [list: string]: unknown }[] = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).pluginReports : [];
  return reports.filter(({ pluginName }) => pluginName === 'cdk-data-tier').flatMap(report => report[list] as Violation[] ?? []);
}

/** Rules and construct paths of what the plugin reports. */
function findingsIn(app: App, list?: string): string[] {
  return violationsIn(app, list).flatMap(({ ruleName, violatingConstructs }) => violatingConstructs.map(({ constructPath }) => `${ruleName} ${constructPath}`));
}

describe('a resource that was written by hand', () => {
  test('that AWS refuses fails the synthesis, with path, property, value and remedy', () => {
    const { app, data } = validated();
    newGroup(data, { numCacheClusters: 7 });
    expect(failureOf(app)).toContain([
      'ERROR A shard has one primary and 0 to 5 replicas: `NumCacheClusters` (got 7). (cdk-data-tier)',
      '   Data/Group (Group) aws-cdk-lib.aws_elasticache.CfnReplicationGroup',
      '   Suggested fix: Set `NumCacheClusters` so that there are 0 to 5 replicas.',
      '   Acknowledge with \'cdk-data-tier::shard-node-count\'',
    ].join('\n'));
    expect(violationsIn(app)).toEqual([{
      ruleName: 'cdk-data-tier::shard-node-count',
      description: 'A shard has one primary and 0 to 5 replicas: `NumCacheClusters` (got 7).',
      suggestedFix: 'Set `NumCacheClusters` so that there are 0 to 5 replicas.',
      severity: 'error',
      ruleMetadata: { source: 'ElastiCache User Guide, "Quotas" (quota-limits)' },
      violatingConstructs: [expect.objectContaining({
        constructPath: 'Data/Group',
        constructFqn: 'aws-cdk-lib.aws_elasticache.CfnReplicationGroup',
        cloudFormationResource: { templatePath: 'Data.template.json', logicalId: 'Group', propertyPaths: ['Properties.NumCacheClusters'] },
      })],
    }]);
  });

  test('that is risky is warned of, and synthesized', () => {
    const { app, data } = validated();
    newGroup(data, { multiAzEnabled: false });
    expect(failureOf(app)).toBeUndefined();
    expect(process.exitCode).toBeUndefined();
    expect(violationsIn(app)).toEqual([expect.objectContaining({ ruleName: 'cdk-data-tier::multi-az-off', severity: 'warning' })]);
  });

  test('that is legal is silent', () => {
    const { app, data } = validated();
    newGroup(data);
    expect(failureOf(app)).toBeUndefined();
    expect(violationsIn(app)).toEqual([]);
  });

  test('is judged whether it is an L1, a bare resource or included, and is silent next door', () => {
    const { app, data, application } = validated();
    new CfnResource(data, 'Bare', { type: 'AWS::ElastiCache::SubnetGroup', properties: { Description: 'none', SubnetIds: [] } });
    new CfnSubnetGroup(data, 'L1', { description: 'none', subnetIds: [] });
    new CfnSubnetGroup(data, 'Legal', { description: 'one', subnetIds: ['subnet-1'] });
    const folder = mkdtempSync(join(tmpdir(), 'template-'));
    writeFileSync(join(folder, 'template.json'), JSON.stringify({ Resources: changed(SINGLE, { Subnets: { SubnetIds: [] } }) }));
    new CfnInclude(application, 'Included', { templateFile: join(folder, 'template.json') });
    rmSync(folder, { recursive: true });
    expect(findingsIn(app)).toEqual([
      'cdk-data-tier::subnet-group-empty Application/Included/Subnets',
      'cdk-data-tier::subnet-group-empty Data/Bare',
      'cdk-data-tier::subnet-group-empty Data/L1',
    ]);
  });

  test('is judged behind an L2 of aws-cdk-lib', () => {
    const { app, data } = validated();
    const group = newGroup(data, { numCacheClusters: undefined, numNodeGroups: 2, replicasPerNodeGroup: 1, clusterMode: 'enabled' });
    group.cfnOptions.updatePolicy = { useOnlineResharding: true };
    new ScalableTarget(data, 'Shards', {
      serviceNamespace: ServiceNamespace.ELASTICACHE,
      resourceId: `replication-group/${group.ref}`,
      scalableDimension: 'elasticache:replication-group:NodeGroups',
      minCapacity: 3,
      maxCapacity: 501,
    });
    expect(findingsIn(app)).toEqual([
      'cdk-data-tier::scaling-shards-range Data/Shards/Resource',
      'cdk-data-tier::scaling-first-count Data/Shards/Resource',
    ]);
  });
});

describe('stacks', () => {
  test('what another stack has is not known, and what this one has is judged', () => {
    const { app, data, application } = validated();
    const empty = new CfnSubnetGroup(data, 'Subnets', { description: 'none', subnetIds: Fn.split(',', Fn.importValue('subnets')) });
    newGroup(application, { cacheSubnetGroupName: empty.ref, port: 8005 });
    expect(findingsIn(app)).toEqual(['cdk-data-tier::port-reserved Application/Group']);
  });

  test('of stages and of nested stages are judged', () => {
    const { app } = validated();
    const prod = new Stage(app, 'Prod', { env: { account: '123456789012', region: 'eu-west-1' } });
    newGroup(new Stack(prod, 'Data'), { port: 8005 });
    newGroup(new Stack(new Stage(prod, 'Cell'), 'Data', { env: { region: 'us-east-1' } }), { port: 8005 });
    expect(findingsIn(app).sort()).toEqual(['cdk-data-tier::port-reserved Prod/Cell/Data/Group', 'cdk-data-tier::port-reserved Prod/Data/Group']);
  });

  test('of one stage are judged when the plugin is the stage\'s', () => {
    const { app, data } = layout();
    const prod = new Stage(app, 'Prod');
    Validations.of(prod).addPlugins(new DataTierValidations());
    newGroup(new Stack(prod, 'Data'), { port: 8005 });
    newGroup(data, { port: 8005 });
    expect(findingsIn(app)).toEqual(['cdk-data-tier::port-reserved Prod/Data/Group']);
  });

  test('that are nested in others are judged, each once', () => {
    const { app, data } = validated();
    const outer = new NestedStack(data, 'Outer');
    newGroup(outer, { port: 8005 });
    newGroup(new NestedStack(outer, 'Inner'), { port: 65536 });
    newGroup(new NestedStack(new Stack(new Stage(app, 'Prod'), 'Data'), 'Nested'), { port: 8005 });
    expect(findingsIn(app).sort()).toEqual([
      'cdk-data-tier::port-range Data/Outer/Inner/Group',
      'cdk-data-tier::port-reserved Data/Outer/Group',
      'cdk-data-tier::port-reserved Prod/Data/Nested/Group',
    ]);
    const inner = violationsIn(app).find(({ ruleName }) => ruleName.endsWith('port-range'));
    expect(inner?.violatingConstructs[0].cloudFormationResource?.templatePath).toMatch(/^DataOuterInner\w+\.nested\.template\.json$/);
  });
});

describe('an acknowledgement', () => {
  test('of the resource silences the plugin, and is kept in the report', () => {
    const { app, data } = validated();
    Validations.of(newGroup(data, { port: 8005 })).acknowledge({ id: 'cdk-data-tier::port-reserved', reason: 'tried' });
    expect(failureOf(app)).toBeUndefined();
    expect(findingsIn(app)).toEqual([]);
    expect(violationsIn(app, 'suppressedViolations')).toEqual([expect.objectContaining({ acknowledgedId: 'cdk-data-tier::port-reserved', reason: 'tried' })]);
  });

  test('of the stack silences both doors', () => {
    const { app, vpc, data } = validated();
    new RedisCluster(data, 'Cache', { vpc, clusterMode: ClusterMode.disabled({ replicas: 0 }) });
    newGroup(data, { numCacheClusters: 1, multiAzEnabled: false, automaticFailoverEnabled: false });
    Validations.of(data).acknowledge({ id: 'cdk-data-tier::no-replica', reason: 'development' });
    expect(warningsOf(data)).toEqual([]);
    expect(findingsIn(app)).toEqual([]);
    expect(findingsIn(app, 'suppressedViolations')).toEqual(['cdk-data-tier::no-replica Data/Group']);
  });

  test('of one rule leaves the others', () => {
    const { app, data } = validated();
    newGroup(data, { port: 8005, numCacheClusters: 7 });
    Validations.of(data).acknowledge({ id: 'cdk-data-tier::port-reserved', reason: 'tried' });
    expect(failureOf(app)).toContain('cdk-data-tier::shard-node-count');
    expect(findingsIn(app)).toEqual(['cdk-data-tier::shard-node-count Data/Group']);
  });
});

describe('a construct of this library', () => {
  const risky = ({ data, vpc }: Layout) => new RedisCluster(data, 'Cache', { vpc, clusterMode: ClusterMode.disabled({ replicas: 0 }) });

  test('has warned already', () => {
    const world = validated();
    const cluster = risky(world);
    expect(warningsOf(cluster).join()).toContain('[ack: cdk-data-tier::no-replica]');
    expect(findingsIn(world.app)).toEqual([]);
  });

  test('is not warned of again once that is acknowledged', () => {
    const world = validated();
    Annotations.of(risky(world)).acknowledgeWarning('cdk-data-tier::no-replica');
    expect(warningsOf(world.data)).toEqual([]);
    expect(findingsIn(world.app)).toEqual([]);
  });

  test('is judged anew in what an escape hatch changes', () => {
    const world = validated();
    const group = risky(world).node.defaultChild as CfnReplicationGroup;
    group.addPropertyOverride('TransitEncryptionEnabled', false);
    group.addPropertyOverride('Port', 8005);
    expect(findingsIn(world.app)).toEqual([
      'cdk-data-tier::no-tls Data/Cache/Resource',
      'cdk-data-tier::user-group-needs-tls Data/Cache/Resource',
      'cdk-data-tier::port-reserved Data/Cache/Resource',
    ]);
  });

  const R7G = CacheNodeType.R7G_LARGE;
  const LOGINS = { users: RedisAuth.users(), iam: RedisAuth.iam(), token: RedisAuth.token(), none: RedisAuth.none() };
  const VARIANTS: [string, (world: Layout) => unknown][] = [
    ['a RedisCluster', ({ data, vpc }) => new RedisCluster(data, 'Cache', { vpc })],
    ...Object.entries({ disabled: ClusterMode.disabled(), compatible: ClusterMode.compatible(), enabled: ClusterMode.enabled() })
      .flatMap(([mode, clusterMode]) => Object.entries(LOGINS).map(([login, auth]): [string, (world: Layout) => unknown] => [
        `cluster mode ${mode}, login ${login}`, ({ data, vpc }) => new RedisCluster(data, 'Cache', { vpc, clusterMode, auth }),
      ])),
    ['Redis OSS 6.2 without encryption in transit', ({ data, vpc }) => new RedisCluster(data, 'Cache', {
      vpc, engine: RedisEngine.REDIS_6_2, auth: RedisAuth.none(), transitEncryption: TransitEncryption.DISABLED,
    })],
    ['Valkey on the way to encryption', ({ data, vpc }) => new RedisCluster(data, 'Cache', {
      vpc,
      engine: RedisEngine.VALKEY_8_1,
      auth: RedisAuth.none(),
      transitEncryption: TransitEncryption.PREFERRED,
      encryption: Encryption.awsManaged(),
    })],
    ['durable Valkey with shards of its own', ({ data, vpc }) => new RedisCluster(data, 'Cache', {
      vpc,
      engine: RedisEngine.VALKEY_9_0,
      nodeType: R7G,
      durability: RedisDurability.SYNC,
      networkType: CacheNetworkType.DUAL_STACK,
      clusterMode: ClusterMode.enabled({ shardLayout: [{ shardId: '0001' }, { shardId: '0002', replicas: 2 }] }),
    })],
    ['shards and replicas that are scaled', ({ data, vpc }) => {
      const cluster = new RedisCluster(data, 'Cache', { vpc, nodeType: R7G, clusterMode: ClusterMode.enabled() });
      cluster.autoScaleShards({ maxCapacity: 4 }).scaleOnMemoryUsage('Memory', { targetUtilizationPercent: 80 });
      cluster.autoScaleReplicas({ maxCapacity: 3, minCapacity: 0 }).scaleOnEngineCpuUtilization('Cpu', { targetUtilizationPercent: 60 });
    }],
    ['a SessionStore', ({ data, vpc }) => new SessionStore(data, 'Sessions', { vpc })],
    ['a SessionStore in shards', ({ data, vpc }) => new SessionStore(data, 'Sessions', { vpc, clusterMode: ClusterMode.enabled() })],
  ];

  test.each(VARIANTS)('%s has nothing that the template alone shows, with and without feature flags', (_name, make) => {
    for (const context of [{}, CURRENTLY_RECOMMENDED_FLAGS]) {
      const world = validated(context);
      make(world);
      // The proof that the plugin looks at this stack.
      new CfnUser(world.data, 'Witness', { engine: 'redis', userId: 'witness', userName: 'witness', noPasswordRequired: true, accessString: 'off reset' });
      expect(findingsIn(world.app)).toEqual(['cdk-data-tier::access-string-reset Data/Witness']);
    }
  });
});

describe('the plugin', () => {
  const plugin = new DataTierValidations();

  /** What the plugin says of one template, outside of any app. */
  function reportOf(templatePath: string): PolicyValidationPluginReport {
    return plugin.validate({
      templatePaths: [templatePath],
      stackTemplates: [{ templatePath, stackConstructPath: 'Elsewhere' }],
      appConstruct: layout().app,
      accountId: undefined,
      region: undefined,
    });
  }

  test('lists its rules', () => {
    expect(plugin.name).toBe('cdk-data-tier');
    expect(plugin.ruleIds).toEqual(expect.arrayContaining(['cdk-data-tier::no-tls', 'cdk-data-tier::scaling-metric', 'cdk-data-tier::user-id']));
    expect(plugin.ruleIds?.length).toBeGreaterThan(260);
  });

  test.each([['is missing', undefined], ['is no JSON', 'Resources: {}'], ['is empty', '']])('finds nothing in a template that %s', (_name, text) => {
    const folder = mkdtempSync(join(tmpdir(), 'template-'));
    const templatePath = join(folder, 'Data.template.json');
    if (text !== undefined) writeFileSync(templatePath, text);
    const report = reportOf(templatePath);
    rmSync(folder, { recursive: true });
    expect(report).toEqual({ success: true, violations: [] });
  });

  test('judges a template whose stack is not in the tree', () => {
    const folder = mkdtempSync(join(tmpdir(), 'template-'));
    const templatePath = join(folder, 'Elsewhere.template.json');
    writeFileSync(templatePath, JSON.stringify({ Resources: changed(SHARDED, { Group: { Port: 8005 } }) }));
    const report = reportOf(templatePath);
    rmSync(folder, { recursive: true });
    expect(report.success).toBe(false);
    expect(report.violations.map(({ ruleName }) => ruleName)).toEqual(['cdk-data-tier::port-reserved']);
  });
});
