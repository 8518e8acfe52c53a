import { freePort, until } from './process.js';
import { makeCertificate, newPassword, SESSION_ACCESS, startRedis } from './redis.js';

/** What the session user of the SessionStore construct may do where there are shards. */
const SHARDED_SESSION_ACCESS = `${SESSION_ACCESS} +cluster|slots +cluster|shards +cluster|nodes +readonly +readwrite +asking`;

const SLOTS = 16_384;

const SETTINGS = [
  'cluster-enabled yes', 'tls-cluster yes', 'tls-replication yes', 'masteruser operator', 'cluster-node-timeout 1000', 'repl-diskless-sync-delay 0',
  // a replica is told of as soon as it has received something, and an empty primary sends nothing but this
  'repl-ping-replica-period 1',
  // as with ElastiCache it is the service that promotes, and the shards that are left go on
  'cluster-replica-no-failover yes', 'cluster-require-full-coverage no',
];

/**
 * A real Redis Cluster on loopback: every server is one of `startRedis`, with one login and one certificate for all.
 *
 * @param {import('node:test').TestContext} t ends the servers and removes their files
 */
export async function startRedisCluster(t, { shards = 2, replicas = 1 } = {}) {
  const login = { username: 'session-user', password: newPassword(), operatorPassword: newPassword() };
  const certificate = makeCertificate(t);
  const nodes = await Promise.all(Array.from({ length: shards * (1 + replicas) }, () => startNode(t, login, certificate)));
  const shardOf = (number) => nodes.filter((_, index) => index % shards === number);

  for (const [index, primary] of nodes.slice(0, shards).entries()) {
    const [first, next] = [index, index + 1].map((part) => Math.round((part * SLOTS) / shards));
    await primary.run('CLUSTER', 'ADDSLOTSRANGE', first, next - 1);
    await primary.run('CLUSTER', 'SET-CONFIG-EPOCH', index + 1);
  }
  for (const node of nodes.slice(1)) {
    await node.run('CLUSTER', 'MEET', nodes[0].host, nodes[0].port, nodes[0].busPort);
  }
  const everywhere = (what, check) => until(what, async () => (await Promise.all(nodes.map(check))).every(Boolean));
  await everywhere('all nodes know each other', async (node) => (await node.run('CLUSTER', 'NODES')).match(/ connected/g)?.length === nodes.length);
  for (const [index, replica] of nodes.slice(shards).entries()) {
    await replica.run('CLUSTER', 'REPLICATE', nodes[index % shards].id);
  }
  await everywhere('all nodes tell of all slots and replicas', async (node) => {
    const told = await node.run('CLUSTER', 'SLOTS');
    return told.length === shards && told.every(([, , ...owners]) => owners.length === 1 + replicas);
  });
  // a node takes no commands for its keys in its first two seconds, although it answers PING (CLUSTER_WRITABLE_DELAY in cluster.c)
  await everywhere('all nodes serve', async (node) => (await node.run('CLUSTER', 'INFO')).includes('cluster_state:ok'));

  return {
    ...login,
    host: nodes[0].host,
    port: nodes[0].port,
    caFile: certificate.caFile,
    nodes,
    /** The nodes of each shard, the primary first. */
    shards: Array.from({ length: shards }, (_, number) => shardOf(number)),
    /** Where each session is: a list of keys for each shard. */
    keys: () => Promise.all(nodes.slice(0, shards).map((primary) => primary.run('KEYS', '*'))),
  };
}

async function startNode(t, login, certificate) {
  const busPort = await freePort();
  const settings = [...SETTINGS, `masterauth ${login.operatorPassword}`, `cluster-port ${busPort}`];
  const node = await startRedis(t, { ...login, access: SHARDED_SESSION_ACCESS, settings, certificate });
  const run = (...words) => node.operator.sendCommand(words.map(String));
  return { ...node, busPort, run, id: await run('CLUSTER', 'MYID') };
}
