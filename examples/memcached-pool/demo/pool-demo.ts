import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { statistics, store } from './memcached';
import { read, Reading, readMeanwhile } from './readers';
import { clientVariables } from '../../../emulator/launcher/client-environment';
import { Application } from '../../demo/cdk';
import { Instance } from '../../demo/instance';
import type { Demo, Stage } from '../../demo/perform';
import { askInPlainText, Server } from '../../demo/plain-text';
import { isAlive } from '../../demo/processes';
import { expect, until } from '../../demo/proof';
import { Services } from '../../demo/services';

export const SERVICE = join(__dirname, '../service');
const STACK = 'MemcachedPoolExample';
const PAGES = Array.from({ length: 10_000 }, (_, number) => `page-${number}`);
const EVERY_TENTH = PAGES.filter((_page, number) => number % 10 === 0);
/** Those that are read while the pool grows, so that the others are not rendered again before they are counted. */
const OTHER_PAGES = Array.from({ length: 20 }, (_, number) => `other-${number}`);
/** What two of three nodes hold; how even their shares are depends on the addresses: 58.8 to 72.0 % with all those that the local AWS may take. */
const TWO_THIRDS = { least: 0.58, most: 0.75 };
/** Of the example. */
const MAX_ITEM_BYTES = 2 * 1024 * 1024;

interface Node extends Server {
  readonly id: string;
}

/** The example, step by step, and what each step proves. */
export class PoolDemo implements Demo {
  private readonly services = new Services();
  /** Every server process that was ever seen. */
  private readonly serverPids = new Set<number>();
  private instances: Instance[] = [];
  private stage!: Stage;
  private pool = '';
  private endpoint!: Server;

  get addresses(): string[] {
    return this.instances.map(({ url }) => `${url}/pages/page-1`);
  }

  get pids(): number[] {
    return [...this.serverPids, ...this.instances.flatMap(({ pid }) => pid ?? [])];
  }

  async stop(): Promise<void> {
    await Promise.all(this.instances.map(instance => instance.stop()));
  }

  async run(stage: Stage): Promise<void> {
    this.stage = stage;
    stage.proof.begin('A pool of two nodes');
    await this.deploy();
    await this.startInstances();
    await this.fill();
    await this.refusals();
    stage.proof.begin('A third node');
    await this.grow();
    stage.proof.begin('The loss of a node');
    await this.loseNode();
  }

  async takeDown(): Promise<void> {
    this.stage.proof.begin('The end');
    await this.stage.proof.check('cdk destroy leaves no server', 'cdk destroy; DescribeStacks, DescribeCacheClusters, the process table', async () => {
      await this.stop();
      await this.stage.cdk.destroy(application(3));
      const answers = [
        await this.services.gone(this.services.stack(STACK), new RegExp(`ValidationError: Stack .*${STACK}.* does not exist`)),
        await this.services.gone(this.services.cacheCluster(this.pool), /CacheClusterNotFound/),
      ];
      const left = [...this.serverPids].filter(isAlive);
      expect(left.length === 0, `servers ${left} are alive`);
      return [`all ${this.serverPids.size} server processes have ended`, ...answers].join('\n');
    });
  }

  private async deploy(): Promise<void> {
    const { proof, cdk } = this.stage;
    await proof.require('The stock cdk CLI deploys the stack', 'cdk deploy; CloudFormation DescribeStacks, DescribeStackResources', async () => {
      await cdk.deploy(application(2));
      const { status, resources, outputs } = await this.services.stack(STACK);
      expect(status === 'CREATE_COMPLETE', `the stack is ${status}`);
      this.pool = outputs.PoolName;
      return `${status}, ${resources} resources`;
    });
    await proof.check('The pool is encrypted and spread over zones', 'ElastiCache DescribeCacheClusters', async () => {
      const cluster = await this.services.cacheCluster(this.pool);
      const zones = new Set(cluster.CacheNodes?.map(({ CustomerAvailabilityZone: zone }) => zone));
      const answer = `${cluster.Engine}, ${cluster.CacheNodes?.length} nodes in ${zones.size} zones, TLS ${cluster.TransitEncryptionEnabled}`;
      expect(answer === 'memcached, 2 nodes in 2 zones, TLS true', answer);
      return answer;
    });
  }

  /** Two processes with the environment of the deployed task definition: the link is proven, not the outputs. */
  private async startInstances(): Promise<void> {
    const asked = 'ECS DescribeTaskDefinition; GET /readyz of both, which ask the configuration end point';
    await this.stage.proof.require('Two instances find the nodes by auto discovery', asked, async () => {
      const { outputs } = await this.services.stack(STACK);
      const environment = await this.services.containerEnvironment(outputs.TaskDefinitionArn);
      this.endpoint = { host: environment.MEMCACHED_HOST, port: Number(environment.MEMCACHED_PORT) };
      const variables = { ...environment, ...clientVariables(this.stage.aws), DISCOVERY_SECONDS: '1', TIMEOUT_MILLISECONDS: '5000' };
      this.instances = ['instance-a', 'instance-b'].map(name => new Instance(name, SERVICE, variables, this.stage.directory));
      await Promise.all(this.instances.map(instance => instance.start()));
      return `${Object.keys(environment).join(', ')}\n${await this.known(2)}`;
    });
  }

  private async fill(): Promise<void> {
    const [a, b] = this.instances;
    await this.stage.proof.require('10,000 pages are kept for both instances', 'GET /pages/… at A, then at B; stats at each node', async () => {
      const first = await read(a, PAGES);
      const second = await read(b, PAGES);
      expect(first.cached === 0 && second.cached === PAGES.length, `${text(first)}, then ${text(second)}`);
      const answer = `${text(second)}\nitems in each node: ${await this.items()}`;
      expect((await this.counts()).every(count => count > 0), answer);
      return answer;
    });
  }

  private async refusals(): Promise<void> {
    const { proof, aws } = this.stage;
    await proof.check('A plain-text connection is refused', '`version` without TLS, at each node and at the configuration end point', async () => {
      const answers = await Promise.all([this.endpoint, ...this.nodes()].map(server => askInPlainText(server, 'version')));
      expect(answers.every(answer => !/VERSION|ERROR/.test(answer)), JSON.stringify(answers));
      return `all ${answers.length} connections closed, none with a word of Memcached's protocol`;
    });
    await proof.check('An item above the typed limit is refused, one below is not', '`set` of 2.5 MiB and of 1.5 MiB, over TLS', async () => {
      const [node] = this.nodes();
      const [above, below] = [await store(node, aws.caFile, MAX_ITEM_BYTES * 1.25), await store(node, aws.caFile, MAX_ITEM_BYTES * 0.75)];
      expect(above === 'SERVER_ERROR object too large for cache' && below === 'STORED', `${above}, ${below}`);
      return `2.5 MiB: ${above}; 1.5 MiB: ${below}`;
    });
  }

  private async grow(): Promise<void> {
    const { proof, cdk } = this.stage;
    const [a, b] = this.instances;
    await proof.require('A third node by cdk deploy leaves the others alone', 'cdk deploy, GET /pages/… at B meanwhile; stats at each node', async () => {
      const before = await this.processes();
      const answered = await readMeanwhile(b, OTHER_PAGES, cdk.deploy(application(3)));
      const { status } = await this.services.stack(STACK);
      const after = await this.processes();
      expect(status === 'UPDATE_COMPLETE' && after.length === 3 && before.every((pid, index) => pid === after[index]), `${status}, ${before} → ${after}`);
      return `${status}, ${answered} pages were answered meanwhile, all of them right\n${await until(10, () => this.known(3))}`;
    });
    await proof.check('About two thirds of the pages are still found', 'GET /pages/… at A, which finds three nodes by then', async () => {
      const reading = await read(a, PAGES);
      expect(isTwoThirds(reading), text(reading));
      return `${text(reading)}; in theory 66.7 %`;
    });
    await proof.check('The rest was rendered once, and is found from then on', 'GET /pages/… at B for every tenth page; stats at each node', async () => {
      const reading = await read(b, EVERY_TENTH);
      expect(reading.cached === EVERY_TENTH.length, text(reading));
      return `${text(reading)}\nitems in each node: ${await this.items()}`;
    });
  }

  private async loseNode(): Promise<void> {
    const { proof, aws } = this.stage;
    const [a, b] = this.instances;
    const lost = this.nodes()[1];
    const held = Number((await statistics(lost, aws.caFile)).curr_items);
    const pid = (await this.processes())[1];
    await proof.check('Its pages are lost, and the service answers', 'SIGKILL to the second node; GET /pages/… at A at once', async () => {
      process.kill(pid, 'SIGKILL');
      const reading = await read(a, PAGES);
      const missing = PAGES.length - reading.cached;
      expect(isTwoThirds(reading) && missing <= held, `${text(reading)}; the node had ${held} items`);
      return `${text(reading)}\n${missing} were lost with the node, ${(100 * missing / PAGES.length).toFixed(1)} %, in theory 33.3 %; `
        + `the slowest answer took ${reading.slowestMilliseconds.toFixed(0)} ms`;
    });
    const asked = 'stats at the node; GET /pages/… at A, then at B, for every tenth page';
    await proof.check('The node is replaced at its address, and fills again', asked, async () => {
      const { pid: replaced } = await until(15, () => statistics(lost, aws.caFile));
      expect(Number(replaced) !== pid, `process ${pid} answers`);
      // A node that has failed is left alone by an instance for a moment.
      const full = await until(15, async () => {
        await read(a, EVERY_TENTH);
        const reading = await read(b, EVERY_TENTH);
        expect(reading.cached === EVERY_TENTH.length, text(reading));
        return reading;
      });
      expect((await this.counts())[1] > 0, `items in each node: ${await this.items()}`);
      return `process ${pid} was replaced by ${replaced}, ${text(full)}\nitems in each node: ${await this.items()}`;
    });
  }

  /** That both instances know so many nodes. */
  private async known(nodes: number): Promise<string> {
    const answers = await Promise.all(this.instances.map(async ({ url }) => (await fetch(`${url}/readyz`)).json() as Promise<{ nodes: string[] }>));
    const told = answers.map(answer => answer.nodes.join(', '));
    expect(answers.every(answer => answer.nodes.length === nodes) && new Set(told).size === 1, `the instances know ${told.join(' and ')}`);
    return `both know ${told[0]}`;
  }

  /** The nodes as the emulator knows them. */
  private nodes(): Node[] {
    return JSON.parse(readFileSync(this.stage.aws.operatorFile, 'utf8')).groups[this.pool];
  }

  private async counts(): Promise<number[]> {
    return (await this.statistics()).map(({ curr_items: count }) => Number(count));
  }

  private async items(): Promise<string> {
    return (await this.counts()).join(', ');
  }

  private async processes(): Promise<number[]> {
    const pids = (await this.statistics()).map(({ pid }) => Number(pid));
    pids.forEach(pid => this.serverPids.add(pid));
    return pids;
  }

  private async statistics(): Promise<Record<string, string>[]> {
    return Promise.all(this.nodes().map(node => statistics(node, this.stage.aws.caFile)));
  }
}

const application = (nodes: number): Application => ({ stack: STACK, path: 'examples/memcached-pool/app.ts', context: { nodes } });

function isTwoThirds({ cached, pages }: Reading): boolean {
  return cached / pages >= TWO_THIRDS.least && cached / pages <= TWO_THIRDS.most;
}

function text({ cached, pages, seconds }: Reading): string {
  return `${cached} of ${pages} pages came from the cache, ${(100 * cached / pages).toFixed(1)} %, in ${seconds.toFixed(1)} s`;
}
