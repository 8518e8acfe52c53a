import { App, Stack, Tags } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { IVpc, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Cluster, ContainerDefinition, ContainerImage, FargateService, FargateTaskDefinition } from 'aws-cdk-lib/aws-ecs';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { IConstruct } from 'constructs';
import { MemcachedPool, MemcachedPoolProps, RedisCluster, RedisClusterProps, SessionStore, SessionStoreProps } from '../src';

// The template checks that aws-cdk-lib runs at synthesis take seconds in every test file, and judge what no test here asserts.
process.env.CDK_VALIDATION = 'false';

/** A resource as a template has it. */
export interface TemplateResource {
  readonly Type: string;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- templates are JSON of any shape
  readonly Properties: { readonly [name: string]: any };
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
  readonly UpdatePolicy?: { readonly UseOnlineResharding?: boolean };
}

/** The layout everybody has: network, data and application in stacks of their own. */
export interface Layout {
  readonly app: App;
  readonly vpc: IVpc;
  readonly data: Stack;
  readonly application: Stack;
}

/** A new app with a VPC of two private subnets, whose stack `Data` has nothing in it but what a test makes. */
export function layout(context?: { [key: string]: unknown }): Layout {
  const app = new App({ context: { '@aws-cdk/core:defaultCrossStackReferences': 'strong', ...context } });
  return {
    app,
    vpc: Vpc.fromVpcAttributes(new Stack(app, 'Network'), 'Vpc', {
      vpcId: 'vpc-1',
      availabilityZones: ['eu-west-1a', 'eu-west-1b'],
      privateSubnetIds: ['subnet-a', 'subnet-b'],
    }),
    data: new Stack(app, 'Data'),
    application: new Stack(app, 'Application'),
  };
}

/** A cluster `Data/Cache` with nothing but a VPC and the given props. */
export function newCluster(props: Partial<RedisClusterProps> = {}, { vpc, data }: Pick<Layout, 'vpc' | 'data'> = layout()): RedisCluster {
  return new RedisCluster(data, 'Cache', { vpc, ...props });
}

/** A session store `Data/Sessions` with nothing but a VPC and the given props. */
export function newSessionStore(props: Partial<SessionStoreProps> = {}, { vpc, data }: Pick<Layout, 'vpc' | 'data'> = layout()): SessionStore {
  return new SessionStore(data, 'Sessions', { vpc, ...props });
}

/** A pool `Data/Pool` with nothing but a VPC and the given props. */
export function newPool(props: Partial<MemcachedPoolProps> = {}, { vpc, data }: Pick<Layout, 'vpc' | 'data'> = layout()): MemcachedPool {
  return new MemcachedPool(data, 'Pool', { vpc, ...props });
}

/** The resources of a construct's stack by their logical ids. */
export function resourcesOf(construct: IConstruct): { [logicalId: string]: TemplateResource } {
  return Template.fromStack(Stack.of(construct)).toJSON().Resources ?? {};
}

/** The resources of a construct's stack, but for those that only watch. */
export function storeResourcesOf(construct: IConstruct): { [logicalId: string]: TemplateResource } {
  return Object.fromEntries(Object.entries(resourcesOf(construct)).filter(([, { Type }]) => !Type.startsWith('AWS::CloudWatch::')));
}

/** The only resource of a type in a construct's stack. */
export function resourceOf(construct: IConstruct, type: string): TemplateResource {
  const found = Object.values(resourcesOf(construct)).filter(({ Type }) => Type === type);
  expect(found).toHaveLength(1);
  return found[0];
}

/** The properties of the only replication group in a construct's stack. */
export function groupOf(construct: IConstruct): TemplateResource['Properties'] {
  return resourceOf(construct, 'AWS::ElastiCache::ReplicationGroup').Properties;
}

/** The properties of the only cache cluster in a construct's stack. */
export function poolOf(construct: IConstruct): TemplateResource['Properties'] {
  return resourceOf(construct, 'AWS::ElastiCache::CacheCluster').Properties;
}

/** The warnings of a construct's stack, as users read them. */
export function warningsOf(construct: IConstruct): string[] {
  return Annotations.fromStack(Stack.of(construct)).findWarning('*', Match.anyValue()).map(({ entry }) => String(entry.data));
}

/** What a construct says when it is refused. */
export function faultsOf(make: () => unknown): string[] {
  try {
    make();
  } catch (error) {
    return (error as Error).message.split('\n');
  }
  throw new Error('nothing was refused');
}

/** Marks every resource of a construct that takes tags. */
export function tag(construct: IConstruct): void {
  Tags.of(construct).add('team', 'shop');
}

/** A function that can be a client: in the VPC unless said otherwise. */
export function newFunction(stack: Stack, vpc?: IVpc, allowAllOutbound?: boolean): LambdaFunction {
  const code = Code.fromInline('exports.handler = () => {}');
  return new LambdaFunction(stack, 'Function', { runtime: Runtime.NODEJS_24_X, handler: 'index.handler', code, vpc, allowAllOutbound });
}

/** A service that can be a client, with its only container. */
export function newService(stack: Stack, vpc: IVpc): { readonly service: FargateService; readonly container: ContainerDefinition } {
  const taskDefinition = new FargateTaskDefinition(stack, 'Task');
  const container = taskDefinition.addContainer('Web', { image: ContainerImage.fromRegistry('web') });
  const cluster = Cluster.fromClusterAttributes(stack, 'ServiceCluster', { clusterName: 'cluster', vpc });
  return { container, service: new FargateService(stack, 'Service', { cluster, taskDefinition, minHealthyPercent: 100 }) };
}
