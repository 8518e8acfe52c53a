import { isObject, JsonObject, ResourceGraph } from './resource-graph';
import { Fault, findFaults, Rule, Severity } from '../rules/rule';

/** A fault of one resource of a template. */
export interface TemplateFault extends Fault {
  readonly logicalId: string;
  /** That of the rule, but a warning where the default of a parameter makes the fault: whoever deploys may give another value. */
  readonly severity: Severity;
}

/** Types of parameters whose default is the value itself; that of an SSM parameter is a name. */
const VALUE_TYPES = ['String', 'Number'];

/** Holds the resources of a template, of whatever shape it may be, against the rules. */
export function findTemplateFaults(rules: readonly Rule[], template: unknown): TemplateFault[] {
  const [resources, parameters] = [objectOf(template, 'Resources'), objectOf(template, 'Parameters')];
  const certain = faultsOf(rules, resources);
  const isCertain = (fault: Omit<TemplateFault, 'severity'>) => certain.some(({ rule, logicalId }) => rule === fault.rule && logicalId === fault.logicalId);
  const defaults = defaultsOf(parameters);
  const likely = defaults.size === 0 ? [] : faultsOf(rules, mapValues(resources, resource => withDefaults(resource, defaults)));
  return [
    ...certain.map(fault => ({ ...fault, severity: fault.rule.severity })),
    ...likely.filter(fault => !isCertain(fault)).map(fault => ({
      ...fault,
      severity: 'warning' as const,
      problem: `${fault.problem} That is so while the parameters of the template keep their defaults.`,
    })),
  ];
}

function faultsOf(rules: readonly Rule[], resources: JsonObject): Omit<TemplateFault, 'severity'>[] {
  const graph = new ResourceGraph(resources, new Set(rules.map(({ type }) => type)));
  return graph.followedResources.flatMap(([logicalId, resource]) =>
    findFaults(rules, resource, resource.surroundings).map(fault => ({ ...fault, logicalId })));
}

/** The values that parameters have unless told otherwise; an empty one mostly says that there is none, and a secret one is not to be shown. */
function defaultsOf(parameters: JsonObject): ReadonlyMap<string, unknown> {
  return new Map(Object.entries(parameters).flatMap(([name, parameter]): [string, unknown][] => {
    const { Type: type, Default: value, NoEcho: hidden = false } = isObject(parameter) ? parameter : {};
    const isShown = hidden === false || hidden === 'false';
    return isShown && VALUE_TYPES.includes(type as string) && value !== undefined && value !== '' ? [[name, value]] : [];
  }));
}

function withDefaults(value: unknown, defaults: ReadonlyMap<string, unknown>): unknown {
  if (Array.isArray(value)) return value.map(element => withDefaults(element, defaults));
  if (!isObject(value)) return value;
  if (typeof value.Ref === 'string' && defaults.has(value.Ref)) return defaults.get(value.Ref);
  return mapValues(value, inner => withDefaults(inner, defaults));
}

function mapValues(object: JsonObject, change: (value: unknown) => unknown): JsonObject {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]));
}

function objectOf(template: unknown, section: string): JsonObject {
  const object = isObject(template) ? template[section] : undefined;
  return isObject(object) ? object : {};
}
