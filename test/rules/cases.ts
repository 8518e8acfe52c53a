import { findFaults, Properties, PropertyValue, Rule, Severity, Surroundings, UNKNOWN } from '../../src/rules/rule';

/** Resources that a rule lets pass, and resources that it faults with the whole message. */
export interface RuleCases {
  readonly severity: Severity;
  /** The properties of the faults whose values do not decide: the rule speaks while they are unknown. */
  readonly indifferentTo?: readonly string[];
  readonly legal: readonly (readonly [Properties, Surroundings?])[];
  readonly faults: readonly (readonly [text: string, properties: Properties, around?: Surroundings])[];
}

/** Puts values into a message, one for each %. */
export function say(message: string, ...values: string[]): string {
  return values.reduce((text, value) => text.replace('%', () => value), message);
}

/** What one rule says of one resource. */
export function textsOf(rule: Rule, properties: Properties, around: Surroundings = {}): string[] {
  return findFaults([rule], { type: rule.type, properties }, around).map((fault) => fault.text);
}

/** Tests every rule by its cases, and that there is a case for every rule. */
export function testRules(rules: readonly Rule[], cases: { readonly [id: string]: RuleCases }): void {
  test('every rule is tested', () => {
    expect(Object.keys(cases)).toEqual(rules.map((rule) => rule.id));
  });

  rules.forEach((rule) => describe(rule.id, () => {
    const { severity, legal, faults, indifferentTo = [] } = cases[rule.id];

    test(`is a ${severity}`, () => {
      expect(rule.severity).toBe(severity);
    });

    faults.forEach(([text, properties, around]) => test(`says: ${text}`, () => {
      expect(textsOf(rule, properties, around)).toEqual([text]);
    }));

    legal.forEach(([properties, around]) => test(`passes ${JSON.stringify(properties)}`, () => {
      expect(textsOf(rule, properties, around)).toEqual([]);
    }));

    test('is silent while a value that decides is unknown', () => {
      const speaking = faults.flatMap(([, properties, around]) =>
        Object.keys(properties).filter((name) => textsOf(rule, withUnknown(properties, [name]), around).length > 0));
      expect([...new Set(speaking)].sort()).toEqual([...indifferentTo].sort());
    });

    rule.reads.forEach((path) => test(`is silent while ${path} is unknown`, () => {
      const unknown = path.replace('[]', '').split('.');
      const texts = faults.flatMap(([, properties, around]) => textsOf(rule, withUnknown(properties, unknown), around));
      expect(faults).not.toHaveLength(0);
      expect(texts).toEqual([]);
    }));
  }));
}

function withUnknown(properties: Properties, [name, ...rest]: string[]): { [name: string]: PropertyValue } {
  return { ...properties, [name]: rest.length === 0 ? UNKNOWN : withUnknown((properties[name] ?? {}) as Properties, rest) };
}
