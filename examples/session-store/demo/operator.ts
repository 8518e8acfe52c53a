import { readFileSync } from 'node:fs';
import { nodesOf, Shape } from './modes';
import { ask, Credentials, Node } from './redis';
import type { LocalAws } from '../../../emulator/launcher/client-environment';
import { expect } from '../../demo/proof';

const ROLES: Record<string, string> = { master: 'primary', slave: 'replica' };
const ALL_SLOTS = 16_384;

/** The emulator's own connection to each node of a group: what an operator inside AWS would see. */
export class Operator {
  /** Every server process that was ever seen. */
  readonly pids = new Set<number>();

  constructor(private readonly aws: LocalAws, private readonly group: string) {}

  nodes(): Node[] {
    return this.read().groups[this.group] ?? [];
  }

  /** What a node is called within its group: `0001-002` is the second of the first shard. */
  shortId({ id }: Node): string {
    return `node ${id.slice(this.group.length + 1)}`;
  }

  async ask(node: Node, ...command: string[]): Promise<unknown> {
    const { username, password } = this.read();
    return ask(node, this.aws.caFile, { username, password }, ...command);
  }

  async parameters(name: string): Promise<string[]> {
    return Promise.all(this.nodes().map(async node => {
      const answer = await this.ask(node, 'CONFIG', 'GET', name);
      return String(Array.isArray(answer) ? answer[1] : (answer as Record<string, string>)[name]);
    }));
  }

  /** The one node of a shard that says it is the primary, among those that answer. */
  async primary(shard = this.shards()[0]): Promise<Node> {
    for (const node of shard) {
      const role = await this.info(node, 'replication').then(({ role: answer }) => answer, () => undefined);
      if (role === 'master') {
        return node;
      }
    }
    throw new Error('no node says that it is the primary');
  }

  /** The nodes of each shard. */
  shards(): Node[][] {
    const shards = new Map<string, Node[]>();
    for (const node of this.nodes()) {
      const shard = node.id.replace(/-\d+$/, '');
      shards.set(shard, [...shards.get(shard) ?? [], node]);
    }
    return [...shards.values()];
  }

  async pid(node: Node): Promise<number> {
    const pid = Number((await this.info(node, 'server')).process_id);
    this.pids.add(pid);
    return pid;
  }

  /** One primary in every shard, whose replicas all say that their link is up. */
  async replication(shape: Shape): Promise<string> {
    const shards = this.shards();
    await Promise.all(this.nodes().map(node => this.pid(node)));
    const texts = await Promise.all(shards.map(shard => this.replicationOf(shard, shape.replicasPerShard)));
    expect(shards.length === shape.shards && this.nodes().length === nodesOf(shape), texts.join(', '));
    return texts.join(', ');
  }

  /** All slots are served, by as many shards as there shall be, each with its nodes. */
  async slots({ shards, replicasPerShard }: Shape): Promise<string> {
    const [node] = this.nodes();
    const info = parse(String(await this.ask(node, 'CLUSTER', 'INFO')));
    const told = await this.ask(node, 'CLUSTER', 'SHARDS') as { slots: number[]; nodes: { health: string }[] }[];
    const texts = told.map(shard => `${slotText(shard.slots)} on ${shard.nodes.length} nodes`);
    const answer = `cluster_state ${info.cluster_state}, ${info.cluster_slots_ok} slots ok\n${texts.join('; ')}`;
    const well = told.every(({ slots, nodes }) => slots.length > 0 && nodes.length === 1 + replicasPerShard && nodes.every(({ health }) => health === 'online'));
    expect(well && told.length === shards && info.cluster_state === 'ok' && Number(info.cluster_slots_ok) === ALL_SLOTS, answer);
    return answer;
  }

  /** How many keys each shard holds. */
  async keyCounts(): Promise<number[]> {
    return Promise.all(this.shards().map(async shard => Number(await this.ask(await this.primary(shard), 'DBSIZE'))));
  }

  private async replicationOf(shard: Node[], replicas: number): Promise<string> {
    const states = await Promise.all(shard.map(node => this.info(node, 'replication')));
    const text = shard.map((node, index) => `${this.shortId(node)} ${ROLES[states[index].role] ?? 'of no role'}`).join(', ');
    const primaries = states.filter(({ role }) => role === 'master');
    const linked = states.filter(({ role, master_link_status: link }) => role === 'slave' && link === 'up');
    expect(primaries.length === 1 && linked.length === replicas, text);
    expect(primaries[0].connected_slaves === String(replicas), `the primary has ${primaries[0].connected_slaves} replicas`);
    return text;
  }

  private async info(node: Node, section: string): Promise<Record<string, string>> {
    return parse(String(await this.ask(node, 'INFO', section)));
  }

  private read(): Credentials & { groups: Record<string, Node[]> } {
    return JSON.parse(readFileSync(this.aws.operatorFile, 'utf8'));
  }
}

function parse(text: string): Record<string, string> {
  return Object.fromEntries(text.split('\r\n').filter(line => line.includes(':')).map(line => line.split(/:(.*)/s).slice(0, 2)));
}

const slotText = (slots: number[]) => slots.length > 0 ? `slots ${slots.map((slot, index) => (index % 2 ? `-${slot}` : ` ${slot}`)).join('').trim()}` : 'no slots';
