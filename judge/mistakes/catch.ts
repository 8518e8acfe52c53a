import { dirname, join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { DataTierValidations } from 'cdk-data-tier';
import ts from 'typescript';
import { CompilerMistake, ConstructMistake, JudgedMistake, TemplateMistake } from './mistake';
import { JUDGES } from '../judges';
import { ask, byRegion } from '../judges/judge';
import { deployed } from '../programs/outcome';
import { refusalOf } from '../programs/refusal';
import { World } from '../programs/world';
import { synthesize } from '../synthesize';

const world = (app: App) => new World(app, { network: 'attributes', region: 'eu-west-1' });

/** What the constructs say of a mistake: the faults of the error, or the ids of the warnings. */
export function saidByConstructs({ make }: Pick<ConstructMistake, 'make'>): readonly string[] {
  const app = new App();
  const made = world(app);
  try {
    make(made);
  } catch (error) {
    return refusalOf(error)?.by ?? [String(error)];
  }
  return made.data.node.findAll().flatMap(({ node }) => node.metadata)
    .flatMap(({ type, data }) => type === 'aws:cdk:warning' ? /\[ack: cdk-data-tier::([a-z0-9-]+)\]$/.exec(String(data))?.[1] ?? [] : []);
}

/** What `DataTierValidations` says of resources that are written by hand. */
export function saidByValidations({ resources }: Pick<TemplateMistake, 'resources'>): readonly string[] {
  const app = deployed(synthesize('mistake', scope => resources(world(scope))));
  return [...byRegion([app]).values()].flatMap(located => ask(new DataTierValidations(), located)).map(({ rule }) => rule.replace('cdk-data-tier::', ''));
}

/** What judges say of templates, each by its name and rule; they are asked once. */
export function saidByJudges(mistakes: readonly JudgedMistake[]): readonly (readonly string[])[] {
  const apps = mistakes.map(({ template }, index) => deployed(synthesize(`mistake ${index}`, scope => template(world(scope)))));
  const asked = new Set(mistakes.map(({ judge }) => judge));
  const findings = JUDGES.filter(({ name }) => asked.has(name)).flatMap(judge => judge.judge(apps));
  return mistakes.map((mistake, index) =>
    findings.filter(({ app, judge }) => app === `mistake ${index}` && judge === mistake.judge).map(({ rule }) => rule));
}

/** The numbers of the errors that the compiler has for each line, and for a program without any of them. */
export function saidByCompiler(mistakes: readonly Pick<CompilerMistake, 'line'>[]): readonly (readonly string[])[] {
  const folder = dirname(__dirname);
  const texts = new Map(mistakes.map(({ line }, index) => [join(folder, `mistake-${index}.ts`), `${HEAD}\n${line}\n`]));
  const { options } = ts.parseJsonConfigFileContent(ts.readConfigFile(join(folder, 'tsconfig.json'), ts.sys.readFile).config, ts.sys, folder);
  const host = ts.createCompilerHost(options);
  const [fileExists, readFile, getSourceFile] = [host.fileExists, host.readFile, host.getSourceFile];
  host.fileExists = path => texts.has(path) || fileExists(path);
  host.readFile = path => texts.get(path) ?? readFile(path);
  host.getSourceFile = (path, version, ...rest) => {
    const text = texts.get(path);
    return text === undefined ? getSourceFile(path, version, ...rest) : ts.createSourceFile(path, text, version);
  };
  const program = ts.createProgram([...texts.keys()], options, host);
  return [...texts.keys()].map(path => ts.getPreEmitDiagnostics(program, program.getSourceFile(path)).map(({ code }) => String(code)));
}

const HEAD = `import { Stack } from 'aws-cdk-lib';
import { IVpc } from 'aws-cdk-lib/aws-ec2';
import { ClusterMode, RedisAuth, RedisCluster, SessionStore, TransitEncryption } from 'cdk-data-tier';
declare const stack: Stack;
declare const vpc: IVpc;
export const library = [ClusterMode, RedisAuth, RedisCluster, SessionStore, TransitEncryption, stack, vpc];`;
