import { readFileSync } from 'fs';
import { basename, dirname, join } from 'path';
import {
  CfnResource, IPolicyValidationContext, IPolicyValidationPlugin, PolicyValidationPluginReport, PolicyViolation, Stack,
} from 'aws-cdk-lib';
import { findTemplateFaults, TemplateFault } from './template-faults';
import { hasWarned, qualifiedId } from '../private/enforce';
import { elasticacheRules } from '../rules/elasticache';
import { propertiesIn, Rule } from '../rules/rule';

const RULES: readonly Rule[] = elasticacheRules;

/** The template of a stack, as it was written. */
interface WrittenTemplate {
  readonly path: string;
  /** Undefined for a stack that is not in the construct tree. */
  readonly stack?: Stack;
}

/**
 * Holds every template of an app against the rules of this library: resources of L1 and L2 constructs, of `CfnInclude` and of nested stacks as well.
 *
 * Register it by `Validations.of(app).addPlugins(new DataTierValidations())`. Errors fail the synthesis, warnings are printed. What a construct of
 * this library has reported is not said twice, and each rule can be acknowledged by `Validations.of(scope).acknowledge({ id, reason })`.
 *
 * @see https://docs.aws.amazon.com/cdk/v2/guide/policy-validation-synthesis.html
 */
export class DataTierValidations implements IPolicyValidationPlugin {
  /** The name of the plugin in the report. */
  public readonly name: string = 'cdk-data-tier';

  /** The ids of all rules, as they are acknowledged. */
  public readonly ruleIds?: string[] = RULES.map(({ id }) => qualifiedId(id));

  /**
   * Judges the templates; called by aws-cdk-lib.
   *
   * @param context the templates of the app.
   */
  public validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    const violations = templatesOf(context).flatMap(violationsOf);
    return { success: violations.every(({ severity }) => severity !== 'error'), violations };
  }
}

/** The templates of the context, and those of the stacks that are nested in them, which the context does not list. */
function templatesOf({ appConstruct, stackTemplates }: IPolicyValidationContext): WrittenTemplate[] {
  const stacks = appConstruct.node.findAll().filter(construct => Stack.isStack(construct));
  return stackTemplates.flatMap(({ templatePath }) => {
    const inTemplate = stacks.filter(stack => outermost(stack).templateFile === basename(templatePath));
    const others = inTemplate.filter(stack => stack.nestedStackParent);
    return [
      { path: templatePath, stack: inTemplate.find(stack => !stack.nestedStackParent) },
      ...others.map(stack => ({ path: join(dirname(templatePath), stack.templateFile), stack })),
    ];
  });
}

function outermost(stack: Stack): Stack {
  return stack.nestedStackParent ? outermost(stack.nestedStackParent) : stack;
}

function violationsOf({ path, stack }: WrittenTemplate): PolicyViolation[] {
  const faults = findTemplateFaults(RULES, readJson(path));
  const owners = faults.length === 0 ? new Map<string, CfnResource>() : resourcesOf(stack);
  return faults.filter(({ logicalId, rule }) => {
    const owner = owners.get(logicalId);
    return owner === undefined || !hasWarned(owner, rule.id);
  }).map(fault => violationOf(fault, path));
}

function violationOf({ rule, severity, problem, remedy, logicalId }: TemplateFault, templatePath: string): PolicyViolation {
  return {
    ruleName: qualifiedId(rule.id),
    description: problem,
    fix: remedy,
    severity,
    ruleMetadata: { source: rule.source },
    violatingResources: [{ resourceLogicalId: logicalId, templatePath, locations: propertiesIn(rule).map(property => `Properties.${property}`) }],
  };
}

/** The L1s of a stack by their logical ids. */
function resourcesOf(stack: Stack | undefined): Map<string, CfnResource> {
  const resources = stack?.node.findAll().filter(construct => CfnResource.isCfnResource(construct)) ?? [];
  const own = resources.filter(resource => resource.stack === stack);
  return new Map(own.map(resource => [String(resource.stack.resolve(resource.logicalId)), resource]));
}

/** A file that is no JSON is none of our business: there is nothing in it to judge. */
function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}
