import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { ECS } from '@aws-sdk/client-ecs';
import { ElastiCache } from '@aws-sdk/client-elasticache';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { STS } from '@aws-sdk/client-sts';
import { expect } from './proof';

export interface StackState {
  readonly status: string;
  readonly resources: number;
  readonly outputs: Record<string, string>;
}

/** What the demos ask the services of AWS. The clients take end point and credentials from the environment, as the `cdk` CLI does. */
export class Services {
  private readonly cloudFormation = new CloudFormation();
  private readonly ecs = new ECS();
  private readonly elastiCache = new ElastiCache();
  private readonly secretsManager = new SecretsManager();

  /** The account that everything of this run will go to. */
  async account(): Promise<string | undefined> {
    return (await new STS().getCallerIdentity()).Account;
  }

  async stack(name: string): Promise<StackState> {
    const [{ Stacks: [stack] = [] }, { StackResources = [] }] = await Promise.all([
      this.cloudFormation.describeStacks({ StackName: name }), this.cloudFormation.describeStackResources({ StackName: name }),
    ]);
    const outputs = (stack?.Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]);
    return { status: stack?.StackStatus ?? 'unknown', resources: StackResources.length, outputs: Object.fromEntries(outputs) };
  }

  /** Why the last update failed: the first failure since it began. */
  async failure(stack: string): Promise<string> {
    const { StackEvents = [] } = await this.cloudFormation.describeStackEvents({ StackName: stack }); // newest first
    const begin = StackEvents.findIndex(event => event.ResourceStatus === 'UPDATE_IN_PROGRESS' && event.LogicalResourceId === stack);
    const failed = StackEvents.slice(0, begin).reverse().find(event => event.ResourceStatus?.endsWith('_FAILED'));
    expect(failed, 'no resource failed');
    return `${failed.ResourceType} ${failed.ResourceStatus}: ${failed.ResourceStatusReason}`;
  }

  async replicationGroup(id: string) {
    const { ReplicationGroups: [group] = [] } = await this.elastiCache.describeReplicationGroups({ ReplicationGroupId: id });
    expect(group, `no replication group ${id}`);
    return group;
  }

  async cacheCluster(id: string) {
    const { CacheClusters: [cluster] = [] } = await this.elastiCache.describeCacheClusters({ CacheClusterId: id, ShowCacheNodeInfo: true });
    expect(cluster, `no cache cluster ${id}`);
    return cluster;
  }

  /** The variables of the deployed container. */
  async containerEnvironment(taskDefinitionArn: string): Promise<Record<string, string>> {
    const { taskDefinition } = await this.ecs.describeTaskDefinition({ taskDefinition: taskDefinitionArn });
    const variables = taskDefinition?.containerDefinitions?.[0]?.environment ?? [];
    return Object.fromEntries(variables.map(({ name, value }) => [name, value]));
  }

  async credentials(secretArn: string): Promise<{ username: string; password: string }> {
    const { SecretString } = await this.secretsManager.getSecretValue({ SecretId: secretArn });
    return JSON.parse(SecretString ?? '{}');
  }

  /** That a question is refused with these words, because what it asks for is gone. */
  async gone(question: Promise<unknown>, words: RegExp): Promise<string> {
    const answer = await question.then(value => JSON.stringify(value), (error: Error) => `${error.name}: ${error.message}`);
    expect(words.test(answer), answer);
    return answer;
  }
}
