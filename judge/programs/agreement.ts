import type { Program } from './program';

type Given = Program['props'];

/** How a construct is told of a login by IAM; the others know none. */
const IAM: { readonly [construct in Program['construct']]?: Given } = {
  RedisCluster: { auth: { iam: {} }, transitEncryption: undefined },
  ImportedRedisCluster: { iamUserId: 'shop', secret: undefined, authToken: undefined },
};

/** What a careful writer knows of things that need one another: without it most programs would be refused for the same few reasons. */
const AGREEMENTS: readonly ((given: Given, program: Program) => Given)[] = [
  given => 'durability' in given
    ? { ...given, engine: 'VALKEY_9_0', clusterMode: { enabled: {} }, nodeType: 'cache.r7g.large', transitEncryption: undefined }
    : given,
  given => given.ipDiscovery === 'ipv6' ? { ...given, networkType: 'dual_stack' } : given,
  given => given.networkType === 'ipv6' ? { ...given, ipDiscovery: undefined } : given,
  given => ['preferred', 'disabled'].includes(String(given.transitEncryption)) ? { ...given, auth: 'none' } : given,
  given => ['V1_5_16', 'V1_6_6'].includes(String(given.version)) ? { ...given, transitEncryption: false } : given,
  given => 'capacity' in given ? { ...given, nodeType: undefined } : given,
  (given, { place }) => 'vpcSubnets' in given
    ? { ...given, vpcSubnets: place.network === 'isolated' ? { type: 'PRIVATE_ISOLATED' } : { type: 'PRIVATE_WITH_EGRESS' } }
    : given,
  (given, { uses }) => uses.some(({ use }) => use === 'scaling') ? { ...given, clusterMode: { enabled: { shards: 3 } }, snapshotNode: undefined } : given,
  (given, { construct, uses }) => uses.some(use => use.use === 'grant' && use.of === 'connect') ? { ...given, ...IAM[construct] } : given,
  (given, { construct, uses }) => construct.startsWith('Imported') && uses.some(use => 'named' in use && (use.use === 'metric' || use.named === 'nodeEndpoints'))
    ? { nodeIds: 2, ...given }
    : given,
  given => ['secret', 'authToken', 'iamUserId'].filter(login => given[login] !== undefined).length > 1
    ? { ...given, authToken: undefined, iamUserId: undefined }
    : given,
];

/** The program with its contradictions taken out, one by one: two of them may still meet. */
export function agreeing(program: Program): Program {
  const props = AGREEMENTS.reduce((given, agree) => agree(given, program), program.props);
  return { ...program, props: Object.fromEntries(Object.entries(props).filter(([, value]) => value !== undefined)) };
}
