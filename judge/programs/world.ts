import { App, CfnParameter, Fn, Lazy, Stack, Token } from 'aws-cdk-lib';
import { IVpc, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';

/** The networks that a program may stand in. */
export const NETWORKS = ['private', 'isolated', 'attributes', 'imported values', 'unknown lists', 'look-up', 'public', 'one zone'] as const;

/** Where a program stands. */
export interface Place {
  readonly network: typeof NETWORKS[number];
  /** Absent: the stacks may go anywhere. */
  readonly region?: string;
}

/** A value that is known later than at synthesis; a lazy one has its value then. */
export type Later<T> = { readonly later: 'parameter' | 'import' } | { readonly later: 'lazy'; readonly value: T };

/** The stacks of one program: network, keys, data and application. */
export class World {
  public readonly keys: Stack;
  public readonly data: Stack;
  public readonly application: Stack;
  public readonly vpc: IVpc;
  private count = 0;

  constructor(app: App, { network, region }: Place) {
    const newStack = (id: string) => new Stack(app, id, { env: region === undefined ? undefined : { account: '123456789012', region } });
    this.vpc = vpcOf(newStack('Network'), network);
    this.keys = newStack('Keys');
    this.data = newStack('Data');
    this.application = newStack('Application');
  }

  /** A key of somebody else, in the Region of the program. */
  public get keyArn(): string {
    return this.data.formatArn({ service: 'kms', resource: 'key', resourceName: '12345678-1234-1234-1234-123456789012' });
  }

  /** The ARN of a resource of somebody else in Ireland or Beijing. */
  public arn(service: string, resource: string): string {
    const place = this.data.region.startsWith('cn-') ? 'aws-cn:SERVICE:cn-north-1' : 'aws:SERVICE:eu-west-1';
    return `arn:${place.replace('SERVICE', service)}:123456789012:${resource}`;
  }

  /** A construct id that no other value has. */
  public id(kind: string): string {
    this.count += 1;
    return `${kind}${this.count}`;
  }

  /** A text that may be known later. */
  public text(plain: string | Later<string>): string {
    if (typeof plain === 'string') return plain;
    if (plain.later === 'lazy') return Lazy.string({ produce: () => plain.value });
    return plain.later === 'import' ? Fn.importValue(this.id('Text')) : new CfnParameter(this.data, this.id('Text')).valueAsString;
  }

  /** A number that may be known later. */
  public number(plain: number | Later<number>): number {
    if (typeof plain === 'number') return plain;
    if (plain.later === 'lazy') return Lazy.number({ produce: () => plain.value });
    return plain.later === 'import'
      ? Token.asNumber(Fn.importValue(this.id('Number')))
      : new CfnParameter(this.data, this.id('Number'), { type: 'Number' }).valueAsNumber;
  }
}

function vpcOf(stack: Stack, network: Place['network']): IVpc {
  const subnets = (subnetType: SubnetType, maxAzs = 2) => new Vpc(stack, 'Vpc', { maxAzs, natGateways: 0, subnetConfiguration: [{ name: 'only', subnetType }] });
  const zones = [`${stack.region}a`, `${stack.region}b`];
  switch (network) {
    case 'private': return new Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 1 });
    case 'isolated': return subnets(SubnetType.PRIVATE_ISOLATED);
    case 'public': return subnets(SubnetType.PUBLIC);
    case 'one zone': return subnets(SubnetType.PRIVATE_ISOLATED, 1);
    // A look-up needs a Region to ask in; elsewhere aws-cdk-lib refuses it before there is a program.
    case 'look-up': return Token.isUnresolved(stack.region) ? vpcOf(stack, 'private') : Vpc.fromLookup(stack, 'Vpc', { tags: { team: 'shop' } });
    case 'attributes': return Vpc.fromVpcAttributes(stack, 'Vpc', {
      vpcId: 'vpc-0123456789abcdef0',
      availabilityZones: zones,
      privateSubnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
    });
    case 'imported values': return Vpc.fromVpcAttributes(stack, 'Vpc', {
      vpcId: Fn.importValue('vpc'),
      availabilityZones: [Fn.select(0, Fn.getAzs()), Fn.select(1, Fn.getAzs())],
      privateSubnetIds: [Fn.importValue('one'), Fn.importValue('two')],
    });
    case 'unknown lists': return Vpc.fromVpcAttributes(stack, 'Vpc', {
      vpcId: 'vpc-0123456789abcdef0',
      availabilityZones: Fn.getAzs(),
      privateSubnetIds: Token.asList(Fn.split(',', Fn.importValue('subnets'))),
    });
  }
}
