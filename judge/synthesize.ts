import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { App, NestedStack } from 'aws-cdk-lib';
import { CURRENTLY_RECOMMENDED_FLAGS } from 'aws-cdk-lib/cx-api';

// The engines are run by the judges, once over many apps: at every synthesis they would take seconds.
process.env.CDK_VALIDATION = 'false';

/** The feature flags that apps are judged with: those of an app that was never touched, and those of a new one. */
const FLAGS = { none: {}, recommended: CURRENTLY_RECOMMENDED_FLAGS } as const;
export type Flags = keyof typeof FLAGS;

/** A template as CloudFormation would get it. */
export interface JudgedTemplate {
  readonly stackPath: string;
  readonly path: string;
  /** Undefined where the stack may go anywhere. */
  readonly region?: string;
  readonly account?: string;
  readonly body: Template;
}

export interface Template {
  readonly Resources?: { readonly [logicalId: string]: { readonly Type: string; readonly Metadata?: { readonly 'aws:cdk:path'?: string } } };
}

/** An app and the templates that it gave. */
export interface JudgedApp {
  readonly name: string;
  readonly app: App;
  readonly templates: readonly JudgedTemplate[];
}

/**
 * Makes an app and writes its templates, which stay until the process ends.
 *
 * @param name what findings call it
 * @param build puts stacks into the app
 * @throws what `build` and the synthesis throw
 */
export function synthesize(name: string, build: (app: App) => void, flags: Flags = 'none'): JudgedApp {
  const outdir = mkdtempSync(join(temporaryFolder(), 'assembly-'));
  const app = new App({
    outdir,
    analyticsReporting: false,
    context: {
      ...FLAGS[flags],
      // Findings name constructs by the paths that templates carry.
      'aws:cdk:enable-path-metadata': true,
      // Links between stacks are exports: `both` and `weak` ask for a custom resource that is not the library's.
      '@aws-cdk/core:defaultCrossStackReferences': 'strong',
      // The judges report; the synthesis only writes.
      '@aws-cdk/core:failSynthOnValidationErrors': false,
      '@aws-cdk/core:annotationsInValidationReport': false,
    },
  });
  build(app);
  const templates = app.synth().stacksRecursively.flatMap(({ hierarchicalId, templateFullPath, environment }) => {
    const place = { region: known(environment.region, 'unknown-region'), account: known(environment.account, 'unknown-account') };
    return [
      templateAt(templateFullPath, { ...place, stackPath: hierarchicalId }),
      ...nestedStacksOf(app, hierarchicalId).map(({ templateFile, node }) =>
        templateAt(join(dirname(templateFullPath), templateFile), { ...place, stackPath: node.path })),
    ];
  });
  return { name, app, templates };
}

/** Refuses an app that no judge could find anything in. */
export function withResources(app: JudgedApp): JudgedApp {
  if (!app.templates.some(({ body }) => Object.keys(body.Resources ?? {}).length > 0)) throw new Error(`${app.name}: there is nothing to judge`);
  return app;
}

function templateAt(path: string, place: Pick<JudgedTemplate, 'stackPath' | 'region' | 'account'>): JudgedTemplate {
  return { ...place, path, body: JSON.parse(readFileSync(path, 'utf8')) as Template };
}

/** The nested stacks of a stack, whose templates are assets: the assembly does not list them. */
function nestedStacksOf(app: App, stackPath: string): NestedStack[] {
  return app.node.findAll().filter(child => NestedStack.isNestedStack(child)).filter(({ node }) => node.path.startsWith(`${stackPath}/`));
}

const known = (value: string, unknown: string) => value === unknown ? undefined : value;

let folder: string | undefined;

/** A folder for everything that is written, removed with the process. */
function temporaryFolder(): string {
  if (folder === undefined) {
    const made = mkdtempSync(join(tmpdir(), 'judge-'));
    process.once('exit', () => rmSync(made, { recursive: true, force: true }));
    folder = made;
  }
  return folder;
}
