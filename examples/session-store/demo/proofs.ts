import { existsSync } from 'node:fs';
import { Cdk } from './cdk';
import { isAlive } from './processes';
import { expect, Proof, until } from './proof';
import { ask, askInPlainText, Credentials, Node, Operator, Server } from './redis';
import { Services } from './services';
import { Instance, Visitor } from './web';
import { STACK } from './workspace';
import type { RunningAws } from '../../../emulator/launcher/launch';

const FAILING_APP = 'examples/session-store/demo/failing-app.ts';
const VISITOR = 'Ada Lovelace';
const ROLES: Record<string, string> = { master: 'primary', slave: 'replica' };
const shortId = ({ id }: Node) => `node ${id.split('-').at(-1)}`;

/** The running example, step by step, and what each step proves. */
export class Demo {
  private readonly services = new Services();
  private readonly visitor = new Visitor();
  private readonly servers = new Set<number>();
  private instances: Instance[] = [];
  private operator!: Operator;
  private group = '';
  private views = 0;
  private store!: Server;
  private credentials!: Credentials;

  constructor(private readonly aws: RunningAws, private readonly cdk: Cdk, private readonly proof: Proof, private readonly directory: string) {}

  get addresses(): string[] {
    return this.instances.map(({ url }) => url);
  }

  async stop(): Promise<void> {
    await Promise.all([this.cdk.stop(), ...this.instances.map(instance => instance.stop())]);
  }

  /** Everything goes to the emulator, or nothing goes anywhere. */
  async account(): Promise<void> {
    await this.proof.require('No real account is used', 'STS GetCallerIdentity, with the environment of the cdk CLI', async () => {
      const account = await this.services.account();
      expect(account === this.aws.account, `account ${account} is not the emulator's ${this.aws.account}`);
      return `account ${account} at ${this.aws.endpoint}`;
    });
  }

  async deploy(): Promise<void> {
    await this.proof.require('The stock cdk CLI bootstraps the account', 'cdk bootstrap', async () => {
      await this.cdk.bootstrap(this.aws.account, this.aws.region);
      return 'done';
    });
    await this.proof.require('The stock cdk CLI deploys the stack', 'cdk deploy; CloudFormation DescribeStacks, DescribeStackResources', async () => {
      await this.cdk.deploy(1);
      const { status, resources, outputs } = await this.services.stack();
      expect(status === 'CREATE_COMPLETE', `the stack is ${status}`);
      this.group = outputs.ReplicationGroupId;
      this.operator = new Operator(this.aws, this.group);
      return `${status}, ${resources} resources`;
    });
    await this.proof.check('The store is encrypted and spread over zones', 'ElastiCache DescribeReplicationGroups', async () => {
      const group = await this.services.replicationGroup(this.group);
      const answer = `TLS ${group.TransitEncryptionEnabled}, encrypted at rest ${group.AtRestEncryptionEnabled}, failover ${group.AutomaticFailover}, `
        + `Multi-AZ ${group.MultiAZ}, ${group.MemberClusters?.length} nodes`;
      expect(answer === 'TLS true, encrypted at rest true, failover enabled, Multi-AZ enabled, 2 nodes', answer);
      return answer;
    });
    await this.proof.check('The servers are set up as declared', 'INFO replication and CONFIG GET maxmemory-policy at each node, as operator', async () => {
      const policies = await Promise.all(this.operator.nodes().map(node => this.operator.parameter(node, 'maxmemory-policy')));
      expect(policies.every(policy => policy === 'volatile-ttl'), `maxmemory-policy ${policies}`);
      return `${await this.replication(1)}, maxmemory-policy ${policies.join(', ')}`;
    });
  }

  /** Two processes with the environment of the deployed task definition: the link is proven, not the outputs. */
  async startInstances(clientVariables: Record<string, string>): Promise<void> {
    await this.proof.require('Two instances run on the deployed environment', 'ECS DescribeTaskDefinition; GET /readyz of both', async () => {
      const { outputs } = await this.services.stack();
      const environment = await this.services.containerEnvironment(outputs.TaskDefinitionArn);
      this.store = { host: environment.SESSION_STORE_HOST, port: Number(environment.SESSION_STORE_PORT) };
      this.credentials = await this.services.credentials(environment.SESSION_STORE_SECRET_ARN);
      this.instances = ['instance-a', 'instance-b'].map(name => new Instance(name, { ...environment, ...clientVariables }, this.directory));
      await Promise.all(this.instances.map(instance => instance.start()));
      return `${Object.keys(environment).length} variables; ${this.addresses.join(', ')} are ready`;
    });
  }

  async shareSession(): Promise<void> {
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

  async refusals(): Promise<void> {
    const as = (credentials?: Credentials) => (...command: string[]) => ask(this.store, this.aws.caFile, credentials, ...command);
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
      const answer = await askInPlainText(this.store);
      expect(!answer.includes('PONG') && !answer.startsWith('-') && !answer.startsWith('+'), `answered ${JSON.stringify(answer)}`);
      return `connection closed after ${answer.length} bytes, none of them Redis protocol`;
    });
    await this.proof.check('A wrong password is refused, and so is none', 'AUTH with another password, PING as nobody', async () => {
      const wrong = await refused(as({ ...this.credentials, password: 'wrong' })('PING'), /^WRONGPASS/);
      return `${wrong}\n${await refused(as()('PING'), /^NOAUTH/)}`;
    });
  }

  async losePrimary(): Promise<void> {
    await this.proof.check('The session survives the loss of the primary', 'SIGKILL to the primary; INFO replication, GET / at A and B', async () => {
      const lost = await this.operator.primary();
      const pid = await this.operator.pid(lost);
      process.kill(pid, 'SIGKILL');
      const start = performance.now();
      const promoted = await until(20, async () => {
        const primary = await this.operator.primary();
        expect(primary.id !== lost.id, `${lost.id} is still the primary`);
        return primary;
      });
      const answers = await until(20, async () => [await this.session(this.instances[0]), await this.session(this.instances[1])]);
      const seconds = (performance.now() - start) / 1000;
      const replication = await until(30, () => this.replication(1));
      return `${shortId(lost)} killed, ${shortId(promoted)} promoted, both instances answer after ${seconds.toFixed(1)} s\n${answers[1]}\nthen ${replication}`;
    });
  }

  async addReplica(): Promise<void> {
    await this.proof.check('One more replica by cdk deploy keeps the session', 'cdk deploy; INFO replication, DescribeReplicationGroups, GET / at A', async () => {
      await this.cdk.deploy(2); // the instances go on meanwhile
      const { status } = await this.services.stack();
      const members = (await this.services.replicationGroup(this.group)).MemberClusters?.length;
      expect(status === 'UPDATE_COMPLETE' && members === 3, `${status} with ${members} members`);
      return `${status}, ${await until(15, () => this.replication(2))}\n${await this.session(this.instances[0])}`;
    });
  }

  async failUpdate(): Promise<void> {
    await this.proof.check('A failing update rolls back and the session lives', 'cdk deploy; DescribeStackEvents, CONFIG GET, GET / at B', async () => {
      await this.cdk.deployFailing(FAILING_APP, 3);
      const { status } = await this.services.stack();
      const members = (await this.services.replicationGroup(this.group)).MemberClusters?.length;
      expect(status === 'UPDATE_ROLLBACK_COMPLETE' && members === 3, `${status} with ${members} members`);
      const policy = await this.operator.parameter(await this.operator.primary(), 'maxmemory-policy');
      expect(policy === 'volatile-ttl', `maxmemory-policy is ${policy}`);
      return [`${status}, ${await this.replication(2)}, maxmemory-policy ${policy}`, await this.services.failure(), await this.session(this.instances[1])].join('\n');
    });
  }

  async takeDown(): Promise<void> {
    await this.proof.check('cdk destroy leaves no server', 'cdk destroy; DescribeStacks, DescribeReplicationGroups, the process table', async () => {
      await Promise.all(this.instances.map(instance => instance.stop()));
      await this.cdk.destroy();
      const gone = async (question: Promise<unknown>, words: RegExp) => {
        const answer = await question.then(value => JSON.stringify(value), (error: Error) => `${error.name}: ${error.message}`);
        expect(words.test(answer), answer);
        return answer;
      };
      const answers = [
        await gone(this.services.stack(), new RegExp(`ValidationError: Stack .*${STACK}.* does not exist`)),
        await gone(this.services.replicationGroup(this.group), /ReplicationGroupNotFoundFault/),
      ];
      const left = [...this.servers].filter(isAlive);
      expect(left.length === 0, `servers ${left} are alive`);
      return [`all ${this.servers.size} server processes have ended`, ...answers].join('\n');
    });
    await this.proof.check('Nothing is left behind', 'the process table and the run folder, after the emulator has ended', async () => {
      await this.stop();
      await this.aws.stop();
      const left = [this.aws.pid, ...this.servers, ...this.instances.flatMap(({ pid }) => pid ?? [])].filter(isAlive);
      expect(left.length === 0, `processes ${left} are alive`);
      expect(!existsSync(this.aws.runDir), 'the run folder of the emulator is there');
      return 'no process and no run folder';
    });
  }

  /** The session as an instance shows it: that of the one login, and counted on. */
  private async session(instance: Instance): Promise<string> {
    const page = await this.visitor.page(instance);
    expect(page.name === VISITOR && page.instance === instance.name && page.signedInBy === this.instances[0].name, JSON.stringify(page));
    expect(page.views > this.views, `${page.views} page views, after ${this.views}`);
    this.views = page.views;
    return `${page.instance} knows ${page.name}, signed in by ${page.signedInBy}, ${page.views} page views`;
  }

  /** One primary whose replicas, in this number, all say that their link is up. */
  private async replication(replicas: number): Promise<string> {
    const nodes = this.operator.nodes();
    const states = await Promise.all(nodes.map(node => this.operator.info(node, 'replication')));
    (await Promise.all(nodes.map(node => this.operator.pid(node)))).forEach(pid => this.servers.add(pid));
    const text = nodes.map((node, index) => `${shortId(node)} ${ROLES[states[index].role] ?? 'of no role'}`).join(', ');
    const primaries = states.filter(({ role }) => role === 'master');
    const linked = states.filter(({ role, master_link_status: link }) => role === 'slave' && link === 'up');
    expect(nodes.length === replicas + 1 && primaries.length === 1 && linked.length === replicas, text);
    expect(primaries[0].connected_slaves === String(replicas), `the primary has ${primaries[0].connected_slaves} replicas`);
    return text;
  }
}
