import { CloudFormationValidatePlugin } from 'aws-cdk-lib';
import { ask, byRegion, Judge } from './judge';

/**
 * The validation that aws-cdk-lib runs at every synthesis, in its strict form: warnings count, as with the context key
 * `@aws-cdk/core:strictCfnValidateErrors`.
 */
export const cdkValidation: Judge = {
  name: 'aws-cdk-lib',
  judge: apps => {
    const plugin = new CloudFormationValidatePlugin();
    return [...byRegion(apps).values()].flatMap(located => ask(plugin, located)).map(finding => ({ ...finding, judge: cdkValidation.name }));
  },
};
