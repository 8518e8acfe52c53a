import { App } from 'aws-cdk-lib';
import { AwsSolutionsChecks, NagPack, NIST80053R5Checks } from 'cdk-nag';
import { ask, Judge } from './judge';
import { JudgedApp } from '../synthesize';

/** Packs look at the constructs of one app at a time. */
function pack(name: string, make: (app: App) => NagPack): Judge {
  const judgeOne = (app: JudgedApp) => ask(make(app.app), app.templates.map(template => ({ app, template })));
  return { name, judge: apps => apps.flatMap(judgeOne).map(finding => ({ ...finding, judge: name })) };
}

/** cdk-nag's rules of the AWS Solutions library. */
export const awsSolutions = pack('AwsSolutions', app => new AwsSolutionsChecks(app));

/** cdk-nag's rules for NIST 800-53, revision 5. */
export const nist = pack('NIST-800-53-R5', app => new NIST80053R5Checks(app));
