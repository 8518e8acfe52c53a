import { basename } from 'node:path';
import { IPolicyValidationPlugin, PolicyViolation } from 'aws-cdk-lib';
import { JudgedApp, JudgedTemplate } from '../synthesize';

/** What a judge has against a template. */
export interface Finding {
  readonly judge: string;
  readonly rule: string;
  readonly severity: string;
  /** The name of the app. */
  readonly app: string;
  /** Path of the construct, or of the stack where a judge names no resource. */
  readonly construct: string;
  /** The type of the resource, where a judge names one. */
  readonly type?: string;
  readonly text: string;
}

/** Somebody else's opinion of templates. */
export interface Judge {
  readonly name: string;
  /** Judges all apps in one go: to start an engine takes longer than to ask it. */
  judge(apps: readonly JudgedApp[]): Finding[];
}

/** A template, and the app that it belongs to. */
export interface Located {
  readonly app: JudgedApp;
  readonly template: JudgedTemplate;
}

/** All templates, those of one Region together: judges know what there is in a Region. */
export function byRegion(apps: readonly JudgedApp[]): Map<string | undefined, Located[]> {
  const groups = new Map<string | undefined, Located[]>();
  for (const app of apps) {
    for (const template of app.templates) {
      groups.set(template.region, [...groups.get(template.region) ?? [], { app, template }]);
    }
  }
  return groups;
}

/** A finding about a resource, or about the template as a whole. */
export function findingOf(
  { app, template }: Located, logicalId: string | undefined, found: Pick<Finding, 'judge' | 'rule' | 'severity' | 'text'>,
): Finding {
  const resource = logicalId === undefined ? undefined : template.body.Resources?.[logicalId];
  return {
    ...found,
    app: app.name,
    construct: resource?.Metadata?.['aws:cdk:path'] ?? [template.stackPath, ...logicalId === undefined ? [] : [logicalId]].join('/'),
    type: resource?.Type,
  };
}

/** Asks a validation plugin of aws-cdk-lib about templates of one Region. */
export function ask(plugin: IPolicyValidationPlugin, located: readonly Located[]): Finding[] {
  const [first] = located;
  const report = plugin.validate({
    appConstruct: first.app.app,
    templatePaths: located.map(({ template }) => template.path),
    stackTemplates: located.map(({ template }) => ({
      stackConstructPath: template.stackPath, templatePath: template.path, accountId: template.account, region: template.region,
    })),
    accountId: first.template.account,
    region: first.template.region,
  });
  return report.violations.flatMap(violation => findingsOf(plugin.name, violation, located));
}

function findingsOf(judge: string, { ruleName, severity, description, violatingResources }: PolicyViolation, located: readonly Located[]): Finding[] {
  const templates = new Map(located.map(entry => [entry.template.path, entry]));
  return violatingResources.map(({ templatePath, resourceLogicalId, constructPath }) => {
    const found = { judge, rule: ruleName, severity: severity ?? 'error', text: description };
    const place = templatePath === undefined ? undefined : templates.get(templatePath);
    if (place) return findingOf(place, resourceLogicalId, found);
    if (constructPath === undefined) throw new Error(`${judge}: ${ruleName} is about no template (got ${basename(templatePath ?? 'none')})`);
    return { ...found, app: located[0].app.name, construct: constructPath, type: typeOf(located, constructPath) };
  });
}

function typeOf(located: readonly Located[], constructPath: string): string | undefined {
  return located.flatMap(({ template }) => Object.values(template.body.Resources ?? {}))
    .find(({ Metadata }) => Metadata?.['aws:cdk:path'] === constructPath)?.Type;
}
