import { Aspects, CfnResource, IAspect } from 'aws-cdk-lib';
import { CfnParameterGroup } from 'aws-cdk-lib/aws-elasticache';
import { IConstruct } from 'constructs';
import { example } from '../app';

/** Makes of the example an update that only the server can refuse: one good parameter beside one that is no number. */
class BadParameter implements IAspect {
  visit(node: IConstruct): void {
    if (CfnResource.isCfnResource(node) && node.cfnResourceType === CfnParameterGroup.CFN_RESOURCE_TYPE_NAME) {
      node.addPropertyOverride('Properties.maxmemory-policy', 'allkeys-lru');
      node.addPropertyOverride('Properties.maxmemory-samples', 'many');
    }
  }
}

Aspects.of(example).add(new BadParameter());
