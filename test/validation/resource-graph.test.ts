import { WATCHED } from './alarm-templates';
import { changed, Properties, Resources } from './templates';
import { elasticacheRules } from '../../src/rules/elasticache';
import { TextPart, UNKNOWN } from '../../src/rules/rule';
import { ResourceGraph } from '../../src/validation/resource-graph';
import { findTemplateFaults } from '../../src/validation/template-faults';

const THING = { Type: 'Some::Thing', Properties: { Size: 7 } };

/** The surroundings of a resource with these properties, beside a thing and another one. */
function around(properties: Properties, more: object = {}) {
  const graph = new ResourceGraph({ Own: { Type: 'Some::Own', Properties: properties }, Thing: THING, Other: THING, ...more }, new Set(['Some::Own', 'Some::Thing']));
  const [[, { surroundings }]] = graph.followedResources;
  return surroundings;
}

describe('the text at a path', () => {
  /** Its pieces: a resource by its size, an attribute behind it. */
  const pieces = (value: unknown) => around({ Text: value }).textAt!('Text').map((part: TextPart) =>
    typeof part === 'string' ? part : typeof part === 'symbol' ? part : [part.to.properties.Size, ...part.attribute === undefined ? [] : [part.attribute]]);

  test.each<[unknown, unknown[]]>([
    ['a', ['a']],
    [7, ['7']],
    ['{{resolve:ssm:a}}', [UNKNOWN]],
    [{ Ref: 'Thing' }, [[7]]],
    [{ Ref: 'Nothing' }, [UNKNOWN]],
    [{ Ref: 'AWS::Region' }, [UNKNOWN]],
    [{ 'Fn::GetAtt': ['Thing', 'Arn'] }, [[7, 'Arn']]],
    [{ 'Fn::GetAtt': 'Thing.End.Point' }, [[7, 'End.Point']]],
    [{ 'Fn::Join': ['', [{ Ref: 'Thing' }, '-0', '01']] }, [[7], '-001']],
    [{ 'Fn::Join': ['-', [{ Ref: 'Thing' }, '001']] }, [[7], '-001']],
    [{ 'Fn::Join': ['', ['a', { 'Fn::Join': ['', ['b', 'c']] }, { 'Fn::ImportValue': 'x' }]] }, ['abc', UNKNOWN]],
    [{ 'Fn::Join': ['', { Ref: 'List' }] }, [UNKNOWN]],
    [{ 'Fn::Sub': '${Thing}-001' }, [[7], '-001']],
    [{ 'Fn::Sub': 'a${Thing.Arn}b${!Thing}${AWS::Region}' }, ['a', [7, 'Arn'], 'b${Thing}', UNKNOWN]],
    [{ 'Fn::Sub': ['${It}-${N}', { It: { Ref: 'Thing' }, N: '001' }] }, [[7], '-001']],
    [{ 'Fn::Sub': ['${constructor}', {}] }, [UNKNOWN]],
    [{ 'Fn::Sub': ['${A}', 'no map'] }, [UNKNOWN]],
    [{ 'Fn::If': ['A', 'b', 'c'] }, [UNKNOWN]],
    [{ 'Fn::Select': [0, ['a']] }, [UNKNOWN]],
    [undefined, [UNKNOWN]],
    [['a'], [UNKNOWN]],
  ])('%j', (value, expected) => expect(pieces(value)).toEqual(expected));

  test('is found within objects and lists, of which what is left out does not count', () => {
    const { textAt } = around({ List: [{ Ref: 'AWS::NoValue' }, { Value: 'a' }, { Value: { Ref: 'AWS::Region' } }], Text: 'b' });
    expect(['List.0.Value', 'List.1.Value', 'List.2.Value', 'Text.0', 'List.Value'].map(path => textAt!(path))).toEqual([['a'], [UNKNOWN], [UNKNOWN], [UNKNOWN], [UNKNOWN]]);
  });
});

test('references are found at a path, and have surroundings of their own', () => {
  const { behind } = around({ List: [{ Value: { Ref: 'Thing' } }, { Value: 'a' }] }, { Thing: { Type: 'Some::Thing', Properties: { Next: { Ref: 'Other' } } } });
  expect(behind!('List.1.Value')).toEqual([]);
  const [thing] = behind!('List.0.Value');
  expect(thing.surroundings?.behind?.('Next').map(({ properties }) => properties)).toEqual([{ Size: 7 }]);
});

test('all resources of a type, each once and always the same', () => {
  const { all, behind } = around({ Thing: { Ref: 'Thing' } });
  expect(all!('Some::Thing')).toHaveLength(2);
  expect(all!('Some::Thing')[0]).toBe(behind!('Thing')[0]);
  expect(all!('Some::Where')).toEqual([]);
});

describe('an alarm', () => {
  const faultsIn = (template: Resources) => findTemplateFaults(elasticacheRules, JSON.parse(JSON.stringify({ Resources: template })));
  const idsIn = (template: Resources) => faultsIn(template).map(({ rule, logicalId }) => `${logicalId} ${rule.id}`);
  const by = (...pairs: [string, unknown][]) => ({ Dimensions: pairs.map(([Name, Value]) => ({ Name, Value })) });
  const memory = (id: unknown) => changed(WATCHED, { Memory: by(['CacheClusterId', id]) });

  test('says which metric of which node it is', () => {
    expect(faultsIn(memory('shop-004'))).toEqual([expect.objectContaining({
      logicalId: 'Memory',
      severity: 'warning',
      problem: 'The replication group begins with no node of that id: `Dimensions`, `Metrics`. '
        + 'Found: DatabaseMemoryUsagePercentage of CacheClusterId shop-004 in Percent every 60 s.',
    })]);
  });

  test.each<[string, unknown]>([
    ['Join', { 'Fn::Join': ['', [{ Ref: 'Group' }, '-004']] }],
    ['Join with a hyphen', { 'Fn::Join': ['-', [{ Ref: 'Group' }, '004']] }],
    ['Sub', { 'Fn::Sub': '${Group}-004' }],
    ['a literal', 'SHOP-004'],
  ])('of a node that there is not is found by %s', (_name, id) => expect(idsIn(memory(id))).toEqual(['Memory alarm-member']));

  test.each<[string, unknown]>([
    ['of another stack', { 'Fn::Join': ['', [{ 'Fn::ImportValue': 'group' }, '-004']] }],
    ['of another group', 'books-004'],
    ['whose number is a parameter', { 'Fn::Sub': '${Group}-${Number}' }],
    ['that a condition chooses', { 'Fn::If': ['A', 'shop-004', 'shop-001'] }],
  ])('of a node %s is not judged', (_name, id) => expect(idsIn(memory(id))).toEqual([]));

  test('of a node that scaling may add is not judged', () => {
    const scaling = { ServiceNamespace: 'elasticache', ScalableDimension: 'elasticache:replication-group:Replicas', MinCapacity: 1, MaxCapacity: 5 };
    const target = (ResourceId: unknown): Resources => ({
      ...memory('shop-004'),
      Target: { Type: 'AWS::ApplicationAutoScaling::ScalableTarget', Properties: { ...scaling, ResourceId } },
    });
    const faults = [{ 'Fn::Sub': 'replication-group/${Group}' }, 'replication-group/shop', 'replication-group/books'].map(id => idsIn(target(id)));
    expect(faults.map(ids => ids.includes('Memory alarm-member'))).toEqual([false, false, true]);
  });

  test('of a node of a group without a name is found by reference', () => {
    const unnamed = changed(memory({ 'Fn::Sub': '${Group}-004' }), { Group: { ReplicationGroupId: undefined } });
    expect(idsIn(unnamed)).toEqual(['Memory alarm-member']);
  });

  test('that tells a topic by an alias of a key is followed to the key', () => {
    const alias = (id: unknown) => ({
      ...changed(WATCHED, { Alerts: { KmsMasterKeyId: id }, Key: { KeyPolicy: undefined } }),
      Alias: { Type: 'AWS::KMS::Alias', Properties: { AliasName: 'alias/alerts', TargetKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] } } },
    });
    expect(idsIn(alias({ Ref: 'Alias' }))).toEqual(['Cpu', 'Memory', 'PageCpu'].map(id => `${id} alarm-topic-key-policy`).concat('Any composite-alarm-topic-key-policy'));
    expect(idsIn(alias('alias/alerts'))).toEqual([]);
  });

  test('that tells a topic whose policy denies plain HTTP alone is found', () => {
    const PolicyDocument = { Statement: [{ Effect: 'Deny', Principal: '*', Action: 'sns:Publish', Resource: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }] };
    expect(new Set(faultsIn(changed(WATCHED, { Admission: { PolicyDocument } })).map(({ rule }) => rule.id)))
      .toEqual(new Set(['alarm-topic-policy', 'composite-alarm-topic-policy']));
  });

  test('that joins a hundred alarms of the template joins no more', () => {
    const one = WATCHED.Memory;
    const many = (count: number): Resources => {
      const ids = Array.from({ length: count }, (_, index) => `Alarm${index}`);
      const AlarmRule = { 'Fn::Join': [' OR ', ids.map(id => ({ 'Fn::Sub': `ALARM("\${${id}.Arn}")` }))] };
      return { ...changed(WATCHED, { Any: { AlarmRule } }), ...Object.fromEntries(ids.map(id => [id, one])) };
    };
    expect(idsIn(many(100))).toEqual([]);
    expect(idsIn(many(101))).toEqual(['Any composite-alarm-count']);
  });
});
