import { join } from 'node:path';
import { Mode, nodesOf, Shape } from './modes';
import { Operator } from './operator';
import { ask, Credentials } from './redis';
import { Unavailable, Visitor } from './web';
import { clientVariables } from '../../../emulator/launcher/client-environment';
import { Application, Cdk } from '../../demo/cdk';
import { Instance } from '../../demo/instance';
import type { Stage } from '../../demo/perform';
import { askInPlainText, Server } from '../../demo/plain-text';
import { isAlive } from '../../demo/processes';
import { expect, Proof, until } from '../../demo/proof';
import { Services } from '../../demo/services';

const STACK = 'SessionStoreExample';
const WEB = join(__dirname, '../web');
const APP = 'examples/session-store/app.ts';
const FAILING_APP = 'examples/session-store/demo/failing-app.ts';
const VISITOR = 'Ada Lovelace';
const CROWD = 50;

/** The example running in one cluster mode, step by step, and what each step proves. */
export class ModeDemo {
  private readonly services = new Services();
  private readonly visitor = new Visitor();
  private readonly crowd: Visitor[] = [];
  private instances: Instance[] = [];
  private operator!: Operator;
  private group = '';
  private views = 0;
  private store!: Server;
  private credentials!: Credentials;

  private readonly cdk: Cdk;
  private readonly proof: Proof;

  constructor(private readonly mode: Mode, private readonly stage: Stage) {
    this.cdk = stage.cdk;
    this.proof = stage.proof;
  }

  get addresses(): string[] {
    return this.instances.map(({ url }) => url);
  }

  /** Every process that it has started or seen. */
  get pids(): number[] {
    return [...this.operator?.pids ?? [], ...this.instances.flatMap(({ pid }) => pid ?? [])];
  }

  async stop(): Promise<void> {
    await Promise.all(this.instances.map(instance => instance.stop()));
  }

  /** All steps but the last, which takes it down. */
  async run(): Promise<void> {
    await this.deploy();
    await this.startInstances();
    await this.shareSession();
    await this.fill();
    await this.refusals();
    await this.losePrimary();
    await this.grow();
    await this.failUpdate();
  }

  private async deploy(): Promise<void> {
    const { name, shape } = this.mode;
    await this.proof.require('The stock cdk CLI deploys the stack', 'cdk deploy; CloudFormation DescribeStacks, DescribeStackResources', async () => {
      await this.cdk.deploy(this.application(shape));
      const { status, resources, outputs } = await this.services.stack(STACK);
      expect(status === 'CREATE_COMPLETE', `the stack is ${status}`);
      this.group = outputs.ReplicationGroupId;
      this.operator = new Operator(this.stage.aws, this.group);
      return `${status}, ${resources} resources`;
    });
    await this.proof.check('The store is encrypted and spread over zones', 'ElastiCache DescribeReplicationGroups', async () => {
      const group = await this.services.replicationGroup(this.group);
      const answer = `cluster mode ${group.ClusterMode}, ClusterEnabled ${group.ClusterEnabled}, ${group.NodeGroups?.length} shards, `
        + `${group.MemberClusters?.length} nodes, failover ${group.AutomaticFailover}, Multi-AZ ${group.MultiAZ}, `
        + `TLS ${group.TransitEncryptionEnabled}, encrypted at rest ${group.AtRestEncryptionEnabled}`;
      expect(answer === `cluster mode ${name}, ClusterEnabled ${name === 'enabled'}, ${shape.shards} shards, ${nodesOf(shape)} nodes, `
        + 'failover enabled, Multi-AZ enabled, TLS true, encrypted at rest true', answer);
      return answer;
    });
    await this.proof.check('The servers are set up as declared', 'INFO replication and CONFIG GET maxmemory-policy at each node, as operator', async () => {
      return `${await this.operator.replication(shape)}, maxmemory-policy ${await this.policy()}`;
    });
    if (name === 'enabled') {
      await this.proof.check('The shards share all slots', 'CLUSTER INFO and CLUSTER SHARDS, as operator', () => this.operator.slots(shape));
    }
  }

  /** Two processes with the environment of the deployed task definition: the link is proven, not the outputs. */
  private async startInstances(): Promise<void> {
    await this.proof.require('Two instances run on the deployed environment', 'ECS DescribeTaskDefinition; GET /readyz of both', async () => {
      const { outputs } = await this.services.stack(STACK);
      const environment = await this.services.containerEnvironment(outputs.TaskDefinitionArn);
      this.store = { host: environment.SESSION_STORE_HOST, port: Number(environment.SESSION_STORE_PORT) };
      this.credentials = await this.services.credentials(environment.SESSION_STORE_SECRET_ARN);
      const variables = { ...environment, ...clientVariables(this.stage.aws) };
      this.instances = ['instance-a', 'instance-b'].map(name => new Instance(name, WEB, variables, this.stage.directory));
      await Promise.all(this.instances.map(instance => instance.start()));
      return `${Object.keys(environment).length} variables; ${this.addresses.join(', ')} are ready`;
    });
  }

  private async shareSession(): Promise<void> {
    const [a, b] = this.instances;
    await this.proof.require('A login on instance A is honoured by B', 'POST /sign-in at A, GET / at B', async () => {
      await this.visitor.signIn(a, VISITOR);
      return this.session(b);
    });
    await this.proof.check('The session survives a restart of both instances', 'new processes, GET / at A and B', async () => {
      const before = this.instances.map(({ pid }) => pid);
      await Promise.all(this.instances.map(instance => instance.restart()));
      expect(this.instances.every(({ pid }) => !before.includes(pid)), 'not restarted');
      await this.session(a);
      return this.session(b);
    });
  }

  /** Sessions besides the one that is looked at closely: none of them may get lost either. */
  private async fill(): Promise<void> {
    await this.proof.check(`${CROWD} more visitors log in`, 'POST /sign-in at A, GET / at B; DBSIZE at each primary, as operator', async () => {
      for (let number = 1; number <= CROWD; number++) {
        const visitor = new Visitor();
        await visitor.signIn(this.instances[0], `Visitor ${number}`);
        this.crowd.push(visitor);
      }
      const counts = await this.operator.keyCounts();
      expect(counts.every(count => count > 0) && counts.reduce((sum, count) => sum + count) === CROWD + 1, `${counts} keys`);
      return `${await this.everyone(this.instances[1])}; keys in each shard: ${counts.join(', ')}`;
    });
  }

  private async refusals(): Promise<void> {
    const as = (credentials?: Credentials) => (...command: string[]) => ask(this.store, this.stage.aws.caFile, credentials, ...command);
    const refused = async (answer: Promise<unknown>, words: RegExp) => {
      const text = await answer.then(value => `accepted: ${value}`, (error: Error) => error.message);
      expect(words.test(text), text);
      return text;
    };
    const application = as(this.credentials);

    await this.proof.check('The application is the session user', 'ACL WHOAMI with the secret of the container', async () => {
      const user = String(await application('ACL', 'WHOAMI'));
      expect(user === this.credentials.username, `the server knows it as ${user}, not as ${this.credentials.username}`);
      return user;
    });
    await this.proof.check('The session user is refused outside sess:*', 'SET other, GET other, KEYS *, CONFIG GET *, FLUSHALL as the application', async () => {
      await application('SET', 'sess:proof', '1', 'EX', '5');
      const answers = [];
      for (const command of [['SET', 'other', '1'], ['GET', 'other'], ['KEYS', '*'], ['CONFIG', 'GET', '*'], ['FLUSHALL']]) {
        answers.push(`${command.join(' ')} → ${await refused(application(...command), /^NOPERM/)}`);
      }
      return [`all ${answers.length} refused with NOPERM`, ...answers].join('\n');
    });
    await this.proof.check('A plain-text connection is refused', 'PING without TLS', async () => {
      const answer = await askInPlainText(this.store, 'PING');
      expect(!answer.includes('PONG') && !answer.startsWith('-') && !answer.startsWith('+'), `answered ${JSON.stringify(answer)}`);
      return `connection closed after ${answer.length} bytes, none of them Redis protocol`;
    });
    await this.proof.check('A wrong password is refused, and so is none', 'AUTH with another password, PING as nobody', async () => {
      const wrong = await refused(as({ ...this.credentials, password: 'wrong' })('PING'), /^WRONGPASS/);
      return `${wrong}\n${await refused(as()('PING'), /^NOAUTH/)}`;
    });
  }

  private async losePrimary(): Promise<void> {
    await this.proof.check(`The session survives the loss of ${this.mode.lost}`, 'SIGKILL to the primary; INFO replication, GET / at A and B', async () => {
      const [shard] = this.operator.shards();
      const lost = await this.operator.primary(shard);
      const pid = await this.operator.pid(lost);
      process.kill(pid, 'SIGKILL');
      const start = performance.now();
      const promoted = await until(20, async () => {
        const primary = await this.operator.primary(shard);
        expect(primary.id !== lost.id, `${lost.id} is still the primary`);
        return primary;
      });
      const [a, b] = this.instances;
      const answers = await until(20, async () => [await this.session(a), await this.session(b), await this.everyone(a), await this.everyone(b)]);
      const seconds = (performance.now() - start) / 1000;
      const replication = await until(30, () => this.operator.replication(this.mode.shape));
      return [`${this.operator.shortId(lost)} killed, ${this.operator.shortId(promoted)} promoted, both instances answer after ${seconds.toFixed(1)} s`,
        answers[1], answers[3], `then ${replication}`].join('\n');
    });
  }

  private async grow(): Promise<void> {
    const { growth, grown, name } = this.mode;
    await this.proof.check(`One more ${growth} by cdk deploy keeps the session`, 'cdk deploy; INFO replication, DescribeReplicationGroups, GET / at both', async () => {
      const pages = await this.meanwhile(this.instances[1], this.cdk.deploy(this.application(grown)));
      const status = await this.stackWith(grown);
      expect(status === 'UPDATE_COMPLETE', status);
      const replication = await until(15, () => this.operator.replication(grown));
      const spread = name === 'enabled' ? [await this.operator.slots(grown), `keys in each shard: ${(await this.operator.keyCounts()).join(', ')}`] : [];
      return [`${status}, ${replication}`, ...spread, await this.session(this.instances[0]), await this.everyone(this.instances[0]),
        pages].join('\n');
    });
  }

  private async failUpdate(): Promise<void> {
    const { grown } = this.mode;
    await this.proof.check('A failing update rolls back and the session lives', 'cdk deploy; DescribeStackEvents, CONFIG GET, GET / at B', async () => {
      await this.cdk.deployFailing(this.application({ ...grown, replicasPerShard: grown.replicasPerShard + 1 }, FAILING_APP));
      const status = await this.stackWith(grown);
      expect(status === 'UPDATE_ROLLBACK_COMPLETE', status);
      return [`${status}, ${await this.operator.replication(grown)}, maxmemory-policy ${await this.policy()}`, await this.services.failure(STACK),
        await this.session(this.instances[1]), await this.everyone(this.instances[1])].join('\n');
    });
  }

  async takeDown(): Promise<void> {
    await this.proof.check('cdk destroy leaves no server', 'cdk destroy; DescribeStacks, DescribeReplicationGroups, the process table', async () => {
      await Promise.all(this.instances.map(instance => instance.stop()));
      await this.cdk.destroy(this.application(this.mode.shape));
      const answers = [
        await this.services.gone(this.services.stack(STACK), new RegExp(`ValidationError: Stack .*${STACK}.* does not exist`)),
        await this.services.gone(this.services.replicationGroup(this.group), /ReplicationGroupNotFoundFault/),
      ];
      const { pids } = this.operator;
      const left = [...pids].filter(isAlive);
      expect(left.length === 0, `servers ${left} are alive`);
      return [`all ${pids.size} server processes have ended`, ...answers].join('\n');
    });
  }

  /** The example in this cluster mode. */
  private application({ shards, replicasPerShard }: Shape, path = APP): Application {
    return { stack: STACK, path, context: { mode: this.mode.name, shards, replicas: replicasPerShard } };
  }

  /** The session as an instance shows it: that of the one login, and counted on. */
  private async session(instance: Instance): Promise<string> {
    const page = await this.visitor.page(instance);
    expect(page.name === VISITOR && page.instance === instance.name && page.signedInBy === this.instances[0].name, JSON.stringify(page));
    expect(page.views > this.views, `${page.views} page views, after ${this.views}`);
    this.views = page.views;
    return `${page.instance} knows ${page.name}, signed in by ${page.signedInBy}, ${page.views} page views`;
  }

  /** That an instance knows every visitor of the crowd by name. */
  private async everyone(instance: Instance): Promise<string> {
    for (const [index, visitor] of this.crowd.entries()) {
      const { name } = await visitor.page(instance);
      expect(name === `Visitor ${index + 1}`, `${instance.name} takes visitor ${index + 1} for ${name}`);
    }
    return `${instance.name} knows all ${this.crowd.length} others`;
  }

  /**
   * Has the crowd load pages as long as something takes. A 503 now and then is allowed: node-redis finds no key in a shard that has received
   * keys, but no whole slot yet.
   */
  private async meanwhile(instance: Instance, something: Promise<void>): Promise<string> {
    let [pages, running] = [0, true];
    const [unavailable, wrong]: string[][] = [[], []];
    const visits = async () => {
      for (; running; pages++) {
        await this.crowd[pages % CROWD].page(instance).catch((error: Error) => {
          (error instanceof Unavailable ? unavailable : wrong).push(error.message);
        });
      }
    };
    await Promise.all([something.finally(() => { running = false; }), visits()]);
    expect(wrong.length === 0, `${wrong.length} of ${pages} pages were wrong meanwhile: ${wrong[0]}`);
    expect(unavailable.length < pages / 100, `${unavailable.length} of ${pages} pages were answered with 503 meanwhile`);
    return `${pages} pages were loaded meanwhile, ${unavailable.length} of them answered with 503`;
  }

  /** The eviction policy that all nodes have. */
  private async policy(): Promise<string> {
    const policies = await this.operator.parameters('maxmemory-policy');
    expect(policies.every(policy => policy === 'volatile-ttl'), `maxmemory-policy ${policies}`);
    return policies[0];
  }

  /** The state of the stack, whose group has exactly the nodes of this shape. */
  private async stackWith(shape: Shape): Promise<string> {
    const { status } = await this.services.stack(STACK);
    const { MemberClusters: members = [], NodeGroups: shards = [] } = await this.services.replicationGroup(this.group);
    expect(members.length === nodesOf(shape) && shards.length === shape.shards, `${status} with ${members.length} nodes in ${shards.length} shards`);
    return status;
  }
}
