import { readTypes, TypeReference } from '../api';

/** The one place where an L1 is the very point. */
const L1_ALLOWED = ['RedisCluster.fromCfnReplicationGroup.cfn'];

/** Words that are taken in one of the languages that jsii speaks, or read badly there. */
const TAKEN_WORDS = ['from', 'with', 'is', 'class', 'default', 'type', 'lambda', 'global', 'pass'];

/** Modules of aws-cdk-lib that are imported beside this library. */
const NEIGHBOURS = [
  'aws-cloudwatch', 'aws-dynamodb', 'aws-ec2', 'aws-ecs', 'aws-elasticache', 'aws-elasticloadbalancingv2', 'aws-events', 'aws-iam', 'aws-kms',
  'aws-lambda', 'aws-logs', 'aws-memorydb', 'aws-rds', 'aws-s3', 'aws-secretsmanager', 'aws-sns',
];

const types = readTypes();
const values = types.flatMap(type => [
  ...(type.properties ?? []).map(value => ({ path: `${type.name}.${value.name}`, ...value })),
  ...(type.initializer?.parameters ?? []).map(value => ({ path: `${type.name}.constructor.${value.name}`, ...value })),
  ...(type.methods ?? []).flatMap(method => [
    ...(method.parameters ?? []).map(value => ({ path: `${type.name}.${method.name}.${value.name}`, ...value })),
    ...(method.returns ? [{ path: `${type.name}.${method.name}.returns`, name: 'returns', type: method.returns.type }] : []),
  ]),
]);
const members = types.flatMap(type => [...type.properties ?? [], ...type.methods ?? [], ...type.members ?? []].map(({ name, docs }) =>
  ({ path: `${type.name}.${name}`, name, docs })));

/** Every type that a reference speaks of. */
function namesIn(reference: TypeReference): string[] {
  return reference.collection ? namesIn(reference.collection.elementtype) : [reference.fqn ?? reference.primitive ?? 'union'];
}

test('there is an API to judge', () => {
  expect(types.length).toBeGreaterThanOrEqual(30);
  expect(types.map(({ name }) => name)).toEqual(expect.arrayContaining(['ICache', 'IMemcachedPool', 'IRedisCluster', 'MemcachedPool', 'RedisCluster', 'SessionStore']));
});

test('every type and member has a summary', () => {
  const documented = [...types.map(({ name, docs }) => ({ path: name, docs })), ...members];
  expect(documented.filter(({ docs }) => !docs?.summary).map(({ path }) => path)).toEqual([]);
});

test('every optional prop says what happens without it', () => {
  const structs = types.filter(({ datatype }) => datatype).flatMap(({ name, properties = [] }) => properties.map(value => ({ path: `${name}.${value.name}`, ...value })));
  expect(structs.filter(({ optional, docs }) => optional && !docs?.default).map(({ path }) => path)).toEqual([]);
  expect(structs.filter(({ optional, docs }) => !optional && docs?.default).map(({ path }) => path)).toEqual([]);
});

test('no member has a name that another language keeps for itself', () => {
  expect(members.filter(({ name }) => TAKEN_WORDS.includes(name)).map(({ path }) => path)).toEqual([]);
});

test('no L1, no token, no `any` and no union is asked for or given', () => {
  const bad = /\.Cfn[A-Z]|\.IResolvable$|^(any|json|union)$/;
  expect(values.filter(({ type }) => namesIn(type).some(name => bad.test(name))).map(({ path }) => path)).toEqual(L1_ALLOWED);
});

test('no class is called like one that users import beside it', () => {
  const taken = new Set(NEIGHBOURS.flatMap(module => Object.keys(jest.requireActual(`aws-cdk-lib/${module}`))));
  expect([...taken]).toEqual(expect.arrayContaining(['Key', 'DatabaseCluster', 'DatabaseProxy', 'Endpoint']));
  expect(types.filter(({ name }) => taken.has(name)).map(({ name }) => name)).toEqual([]);
});
