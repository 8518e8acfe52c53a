import fc from 'fast-check';
import { changed, Properties, Resources, SHARDED, SINGLE } from './templates';
import { elasticacheRules } from '../../src/rules/elasticache';
import { findTemplateFaults } from '../../src/validation/template-faults';

const faultsIn = (resources: unknown, rest: object = {}) => findTemplateFaults(elasticacheRules, { Resources: resources, ...rest });
const idsIn = (resources: unknown, rest?: object) => faultsIn(resources, rest).map(({ rule }) => rule.id);

/** One shard whose replication group has other properties. */
const group = (properties: Properties) => changed(SINGLE, { Group: properties });

test('a fault names the resource, what is wrong with what was got, and the remedy', () => {
  expect(faultsIn(group({ NumCacheClusters: 7, Port: 8005 }))).toEqual([
    expect.objectContaining({
      logicalId: 'Group',
      severity: 'error',
      problem: 'A shard has one primary and 0 to 5 replicas: `NumCacheClusters` (got 7).',
      remedy: 'Set `NumCacheClusters` so that there are 0 to 5 replicas.',
    }),
    expect.objectContaining({
      logicalId: 'Group',
      severity: 'error',
      problem: 'ElastiCache keeps this port for itself: `Port` (got 8005).',
      remedy: 'Set `Port` to another one, for example 6379.',
    }),
  ]);
});

describe('a value that is not known', () => {
  const LATER: [string, unknown][] = [
    ['a parameter', { Ref: 'Nodes' }],
    ['an attribute', { 'Fn::GetAtt': ['Other', 'Nodes'] }],
    ['an import', { 'Fn::ImportValue': 'nodes' }],
    ['a choice', { 'Fn::If': ['Big', 7, 8] }],
    ['a choice of nothing', { 'Fn::If': ['Big', 7, { Ref: 'AWS::NoValue' }] }],
    ['a text with variables', { 'Fn::Sub': '${Nodes}' }],
    ['a map', { 'Fn::FindInMap': ['Sizes', 'Big', 'Nodes'] }],
    ['a dynamic reference', '{{resolve:ssm:nodes}}'],
    ['a macro', { 'Fn::Transform': { Name: 'Nodes' } }],
    ['a macro beside other keys', { 'Fn::Transform': { Name: 'Nodes' }, 'Value': 7 }],
  ];
  test.each(LATER)('%s is not judged', (_name, value) => {
    expect(idsIn(group({ NumCacheClusters: value, Port: value, EngineVersion: value, SnapshotWindow: value }))).toEqual([]);
  });

  test('properties that a macro writes are not judged, and a resource without any is', () => {
    const Type = 'AWS::ElastiCache::User';
    expect(idsIn({ User: { Type, Properties: { 'Fn::Transform': { Name: 'Include' } } } })).toEqual([]);
    expect(idsIn({ User: { Type } })).toEqual(['user-id', 'user-name', 'user-engine', 'access-string-missing', 'authentication-missing']);
  });
});

describe('a reference', () => {
  const familyOf = (name: unknown, more: Resources = {}) =>
    idsIn({ ...changed(group({ CacheParameterGroupName: name }), { Parameters: { CacheParameterGroupFamily: 'redis6.x' } }), ...more });

  test.each([
    ['Ref', { Ref: 'Parameters' }],
    ['GetAtt', { 'Fn::GetAtt': ['Parameters', 'Name'] }],
    ['GetAtt in one word', { 'Fn::GetAtt': 'Parameters.Name' }],
    ['Sub', { 'Fn::Sub': '${Parameters}' }],
    ['Sub of an attribute', { 'Fn::Sub': '${Parameters.Name}' }],
    ['Sub with variables', { 'Fn::Sub': ['${It}', { It: { Ref: 'Parameters' } }] }],
    ['Join', { 'Fn::Join': ['', [{ Ref: 'Parameters' }]] }],
  ])('%s is followed', (_name, value) => expect(familyOf(value)).toEqual(['parameter-group-family']));

  test.each([
    ['If', { 'Fn::If': ['Old', { Ref: 'Parameters' }, 'default.redis7'] }],
    ['Select', { 'Fn::Select': [1, [{ Ref: 'Parameters' }, 'default.redis7']] }],
    ['Sub of a literal', { 'Fn::Sub': '${!Parameters}' }],
    ['Sub with a variable of that name', { 'Fn::Sub': ['${Parameters}', { Parameters: 'default.redis7' }] }],
    ['Ref to what is not there', { Ref: 'Nothing' }],
    ['Ref to an odd thing', { Ref: ['Parameters'] }],
    ['ImportValue', { 'Fn::ImportValue': 'Parameters' }],
  ])('%s is not followed', (_name, value) => expect(familyOf(value)).toEqual([]));

  test('what a nested stack or a custom resource is given is not what it returns', () => {
    const maker = (Type: string): Resources => ({ Maker: { Type, Properties: { Source: { Ref: 'Parameters' } } } });
    expect(familyOf({ 'Fn::GetAtt': ['Maker', 'Outputs.Name'] }, maker('AWS::CloudFormation::Stack'))).toEqual([]);
    expect(familyOf({ 'Fn::GetAtt': ['Maker', 'Name'] }, maker('Custom::ParameterGroup'))).toEqual([]);
  });

  test('is followed from a policy to its target or group, and on to the group and to its parameter group', () => {
    const tiered = changed(SHARDED, { Group: { CacheNodeType: 'cache.r6gd.xlarge', DataTieringEnabled: true } });
    expect(idsIn(tiered)).toEqual(['scaling-metric-data-tiering']);
    const byName = { ScalingTargetId: undefined, ResourceId: { 'Fn::Sub': 'replication-group/${Group}' } };
    expect(idsIn(changed(tiered, { Policy: byName }))).toEqual(['scaling-metric-data-tiering']);
    const unclustered = changed(SHARDED, { Group: { NumNodeGroups: 1 }, Parameters: { Properties: {} } });
    expect(idsIn(unclustered)).toEqual(['scaling-cluster-mode', 'scaling-cluster-mode']);
  });

  test('that leads in a circle ends', () => {
    expect(idsIn(changed(SINGLE, { App: { Tags: [{ Key: 'group', Value: { Ref: 'Group' } }] } }))).toEqual([]);
  });

  test('to one user twice is a duplicate', () => {
    expect(idsIn(changed(SINGLE, { Users: { UserIds: [{ Ref: 'Default' }, { Ref: 'App' }, { Ref: 'App' }] } }))).toEqual(['user-group-duplicates']);
  });
});

describe('the zones of the subnets', () => {
  const zones = (...values: unknown[]) => ({
    ...changed(SINGLE, { Subnets: { SubnetIds: values.map((_value, i) => ({ Ref: `Subnet${i}` })) } }),
    ...Object.fromEntries(values.map((AvailabilityZone, i) => [`Subnet${i}`, { Type: 'AWS::EC2::Subnet', Properties: { AvailabilityZone } }])),
  });
  const zone = (index: number) => ({ 'Fn::Select': [index, { 'Fn::GetAZs': '' }] });

  test('equal names and equal expressions are one zone', () => {
    expect(idsIn(zones('eu-west-1a', 'eu-west-1a'))).toEqual(['multi-az-needs-zones']);
    expect(idsIn(zones(zone(0), zone(0)))).toEqual(['multi-az-needs-zones']);
    expect(idsIn(zones(zone(0), zone(1)))).toEqual([]);
  });

  test('a subnet whose zone is not said may be in any', () => {
    expect(idsIn(zones('eu-west-1a', undefined))).toEqual([]);
    expect(idsIn(zones('eu-west-1a', { Ref: 'AWS::NoValue' }))).toEqual([]);
    expect(idsIn(zones(...[1, 2].map(() => ({ 'Fn::If': ['Own', 'eu-west-1a', { Ref: 'AWS::NoValue' }] }))))).toEqual([]);
  });

  test('no subnet is no zone to complain of', () => expect(idsIn(changed(SINGLE, { Subnets: { SubnetIds: [] } }))).toEqual(['subnet-group-empty']));

  test('a subnet that is not in the template may be in any', () => {
    expect(idsIn(changed(SINGLE, { Subnets: { SubnetIds: [{ Ref: 'SubnetA' }, 'subnet-2'] } }))).toEqual([]);
    expect(idsIn(changed(SINGLE, { Subnets: { SubnetIds: { 'Fn::Split': [',', { 'Fn::ImportValue': 'subnets' }] } } }))).toEqual([]);
    expect(idsIn(group({ CacheSubnetGroupName: 'elsewhere' }))).toEqual([]);
  });
});

describe('a parameter', () => {
  const nodes = group({ NumCacheClusters: { Ref: 'Nodes' } });
  const judged = (parameter: object) => faultsIn(nodes, { Parameters: { Nodes: parameter } });

  test('with a default is judged by it, and only warned of', () => {
    expect(judged({ Type: 'Number', Default: 7 })).toEqual([expect.objectContaining({
      logicalId: 'Group',
      severity: 'warning',
      problem: 'A shard has one primary and 0 to 5 replicas: `NumCacheClusters` (got 7). '
        + 'That is so while the parameters of the template keep their defaults.',
    })]);
    expect(judged({ Type: 'String', Default: '7' })).toHaveLength(1);
    expect(judged({ Type: 'Number', Default: 6 })).toEqual([]);
  });

  test('with a default does not soften what is wrong whatever its value', () => {
    const faults = faultsIn(group({ NumCacheClusters: { Ref: 'Nodes' }, Port: 8005 }), { Parameters: { Nodes: { Type: 'Number', Default: 7 } } });
    expect(faults.map(({ rule, severity }) => [rule.id, severity])).toEqual([['port-reserved', 'error'], ['shard-node-count', 'warning']]);
  });

  test.each([
    ['without a default', { Type: 'Number' }],
    ['with an empty default', { Type: 'String', Default: '' }],
    ['that is not shown', { Type: 'String', Default: '7', NoEcho: true }],
    ['that is not shown, in words', { Type: 'String', Default: '7', NoEcho: 'true' }],
    ['of a name in SSM', { Type: 'AWS::SSM::Parameter::Value<String>', Default: '7' }],
    ['of an odd shape', 7 as unknown as object],
  ])('%s is not judged', (_name, parameter) => expect(judged(parameter)).toEqual([]));
});

describe('a template of an odd shape has no fault', () => {
  test.each([
    ['nothing', undefined], ['null', null], ['a text', 'template'], ['a number', 7], ['a list', []], ['an empty object', {}],
    ['no resources', { Resources: null }], ['a list of resources', { Resources: [{ Type: 'AWS::ElastiCache::User' }] }],
    ['resources that are none', { Resources: { A: null, B: 'b', C: [], D: 4, E: {} } }],
    ['a type that is none', { Resources: { A: { Type: { Ref: 'Type' } }, B: { Type: ['AWS::ElastiCache::User'] } } }],
    ['properties that are none', {
      Resources: Object.fromEntries(['text', 7, [], null, true].map((odd, i) => [`A${i}`, { Type: 'AWS::ElastiCache::User', Properties: odd }])),
    }],
    ['a loop', { Resources: { 'Fn::ForEach::Users': ['Name', ['a', 'b'], { 'User${Name}': { Type: 'AWS::ElastiCache::User' } }] } }],
    ['parameters that are none', { Parameters: ['a'], Resources: {} }],
    ['a resource called Ref, and a parameter', { Parameters: { A: { Type: 'String', Default: null } }, Resources: { Ref: 'A' } }],
    ['another service', { Resources: { Bucket: { Type: 'AWS::S3::Bucket', Properties: { Engine: 'memcached' } } } }],
  ])('%s', (_name, template) => expect(findTemplateFaults(elasticacheRules, template)).toEqual([]));
});

test('no template, however odd, makes the search fail', () => {
  const names = [...new Set(elasticacheRules.flatMap(({ reads }) => reads.map(path => path.replace('[]', '').split('.')[0])))];
  const { node } = fc.letrec(tie => ({
    node: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom<unknown>(null, true, '', 'A', '7', 7, -1, 1e9, { Ref: 'A' }, { Ref: 'B' }, { Ref: 7 }, { 'Fn::GetAtt': [] }, { 'Fn::Sub': [] }, { 'Fn::Sub': null }),
      fc.string(),
      fc.array(tie('node'), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom('Ref', 'Fn::If', 'Fn::Join', 'Fn::GetAtt', 'Fn::Sub', 'Type', 'Slots', '__proto__', 'length'), tie('node'), { maxKeys: 3 }),
    ),
  }));
  const resource = fc.record({
    Type: fc.constantFrom(...new Set(elasticacheRules.map(({ type }) => type)), 'AWS::EC2::Subnet', 'AWS::SNS::Topic'),
    Properties: fc.oneof(fc.dictionary(fc.constantFrom(...names), node, { maxKeys: 8 }), node),
  }, { requiredKeys: [] });
  const template = fc.record({
    Parameters: fc.oneof(fc.dictionary(fc.constantFrom('A', 'B'), fc.record({ Type: fc.constant('String'), Default: node })), node),
    Resources: fc.oneof(fc.dictionary(fc.constantFrom('A', 'B', 'C'), resource), node),
  });
  let found = 0;
  fc.assert(fc.property(template, json => {
    for (const { problem, remedy } of findTemplateFaults(elasticacheRules, json)) {
      found += 1;
      expect(problem + remedy).toMatch(/\.$/);
    }
  }), { numRuns: 2000 });
  expect(found).toBeGreaterThan(1000);
});
