import { build, Program } from './program';
import { Refusal, refusalOf } from './refusal';
import { ACCEPTED } from '../accepted';
import { Finding, Judge } from '../judges';
import { JudgedApp, synthesize } from '../synthesize';
import { Acceptance, verdictOf } from '../verdict';

/** What became of a program: a documented error, templates, or an error that no user should see. */
export type Outcome = { readonly refusal: Refusal } | { readonly app: JudgedApp } | { readonly defect: string };

/** Runs a program up to its templates. */
export function run(name: string, program: Program): Outcome {
  try {
    return { app: ours(deployed(synthesize(name, app => build(app, program), program.flags))) };
  } catch (error) {
    const refusal = refusalOf(error);
    return refusal ? { refusal } : { defect: `an error that is none of the documented ones:\n${error instanceof Error ? error.stack : String(error)}` };
  }
}

/** The VPC that aws-cdk-lib writes while a look-up is pending: such a template is written again before it is deployed. */
const STAND_IN = 'vpc-12345';

/** What is due to the programs themselves, which use parameters for values that need not reach a template, such as the time-outs of sessions. */
const OF_PROGRAMS: readonly Acceptance[] = ['aws-cdk-lib', 'cdk-preflight', 'cfn-lint'].flatMap(judge => [
  { judge, rules: ['E3647'], type: 'AWS::ElastiCache::CacheCluster', reason: 'Which Region has which node type is for AWS to say: any name is taken.' },
  { judge, rules: ['W2001'], reason: 'A parameter that nothing uses.' },
  { judge, rules: ['W7001'], about: /awscdkawskinesisfirehoseCidrBlocks/, reason: 'aws-cdk-lib writes its table for every delivery stream.' },
]);

/** Network and keys are somebody else's, and large: what this library writes is in the stacks of the store and of its clients. */
function ours(app: JudgedApp): JudgedApp {
  const templates = app.templates.filter(({ stackPath }) => ['Data', 'Application'].includes(stackPath));
  return { ...app, templates: templates.filter(({ body }) => !JSON.stringify(body).includes(STAND_IN)) };
}

/** A stack without resources is never deployed, and judges have nothing to say about it but that. */
export function deployed(app: JudgedApp): JudgedApp {
  return { ...app, templates: app.templates.filter(({ body }) => Object.keys(body.Resources ?? {}).length > 0) };
}

/** What judges have against apps, but for what is accepted. */
export function refusedBy(judges: readonly Judge[], apps: readonly JudgedApp[]): readonly Finding[] {
  return verdictOf(judges.flatMap(judge => judge.judge(apps)), [...ACCEPTED, ...OF_PROGRAMS]).refused;
}

/** What is wrong with a program; undefined where nothing is. */
export function faultOf(program: Program, judges: readonly Judge[]): string | undefined {
  const outcome = run('program', program);
  if ('refusal' in outcome) return undefined;
  if ('defect' in outcome) return outcome.defect;
  const [finding] = refusedBy(judges, [outcome.app]);
  return finding && inWords(finding);
}

/** A finding in one line. */
export function inWords({ judge, rule, construct, text }: Finding): string {
  return `${judge} ${rule} at ${construct}: ${text}`;
}
