import { App, Aspects, CfnResource, IAspect } from 'aws-cdk-lib';
import { CfnParameterGroup } from 'aws-cdk-lib/aws-elasticache';
import { IConstruct } from 'constructs';
import { STACK } from './workspace';
import { SessionStoreExample } from '../session-store-example';

/** The example with an update that only the server can refuse: one good parameter beside one that is no number. */
class BadParameter implements IAspect {
  visit(node: IConstruct): void {
    if (CfnResource.isCfnResource(node) && node.cfnResourceType === CfnParameterGroup.CFN_RESOURCE_TYPE_NAME) {
      node.addPropertyOverride('Properties.maxmemory-policy', 'allkeys-lru');
      node.addPropertyOverride('Properties.maxmemory-samples', 'many');
    }
  }
}

const app = new App();
const stack = new SessionStoreExample(app, STACK, {
  image: app.node.tryGetContext('image'),
  replicas: Number(app.node.tryGetContext('replicas')),
});
Aspects.of(stack).add(new BadParameter());
