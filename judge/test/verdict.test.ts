import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Finding } from '../judges';
import { Acceptance, passes, verdictOf } from '../verdict';

const FINDING: Finding = {
  judge: 'AwsSolutions', rule: 'AwsSolutions-IAM5[Resource::*]', severity: 'error', app: 'example', construct: 'Stack/Role/Policy', type: 'AWS::IAM::Policy', text: 'wildcard',
};
const ACCEPTANCE: Acceptance = { judge: 'AwsSolutions', rules: ['AwsSolutions-IAM5'], reason: 'a test' };

describe('the verdict', () => {
  test('passes a finding that is accepted', () => {
    const verdict = verdictOf([FINDING], [ACCEPTANCE]);
    assert.deepEqual(verdict, { accepted: [FINDING], refused: [], stale: [] });
    assert.equal(passes(verdict), true);
  });

  test('refuses a finding that nobody accepted', () => {
    const verdict = verdictOf([FINDING], []);
    assert.deepEqual(verdict.refused, [FINDING]);
    assert.equal(passes(verdict), false);
  });

  test('refuses an acceptance that fits nothing', () => {
    const verdict = verdictOf([], [ACCEPTANCE]);
    assert.deepEqual(verdict.stale, [{ acceptance: ACCEPTANCE, rule: 'AwsSolutions-IAM5' }]);
    assert.equal(passes(verdict), false);
  });

  test('refuses a rule of an acceptance that fits nothing, though another one does', () => {
    const acceptance = { ...ACCEPTANCE, rules: ['AwsSolutions-IAM5', 'AwsSolutions-IAM4'] };
    const verdict = verdictOf([FINDING], [acceptance]);
    assert.deepEqual(verdict.stale, [{ acceptance, rule: 'AwsSolutions-IAM4' }]);
    assert.equal(passes(verdict), false);
  });

  const others: [string, Partial<Acceptance>][] = [
    ['another judge', { judge: 'cfn-lint' }],
    ['another rule', { rules: ['AwsSolutions-IAM'] }],
    ['another type', { type: 'AWS::IAM::Role' }],
    ['other apps', { apps: /^case/ }],
    ['other constructs', { constructs: /^Data/ }],
    ['another text', { about: /\[Action::/ }],
  ];
  for (const [name, part] of others) {
    test(`does not accept ${name}`, () => {
      const { refused, stale } = verdictOf([FINDING], [{ ...ACCEPTANCE, ...part }]);
      assert.deepEqual([refused.length, stale.length], [1, 1]);
    });
  }

  test('accepts by all that an acceptance says', () => {
    const { refused } = verdictOf([FINDING], [{ ...ACCEPTANCE, type: 'AWS::IAM::Policy', apps: /^example$/, constructs: /Role/, about: /\[Resource::\*\] wildcard/ }]);
    assert.deepEqual(refused, []);
  });
});
