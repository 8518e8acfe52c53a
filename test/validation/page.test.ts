import { readFileSync } from 'fs';
import { join } from 'path';
import { validationPage } from '../../docs/generators/validation';
import { elasticacheRules } from '../../src/rules/elasticache';

const page = readFileSync(join(__dirname, '..', '..', 'docs', 'validation.md'), 'utf8');

test('docs/validation.md is current; `npx projen docs` makes it so', () => expect(page).toBe(validationPage()));

test('docs/validation.md has a row for every rule', () => {
  const rows = page.split('\n').filter(line => line.startsWith('| `cdk-data-tier::'));
  expect(rows.map(row => row.split('`')[1])).toEqual(elasticacheRules.map(({ id }) => `cdk-data-tier::${id}`));
  expect(rows).toContain('| `cdk-data-tier::port-range` | error | A port is a whole number from 1150 to 65535: `Port`. '
    + '| Seen to be refused at deployment (cdk-preflight, pf-elasticache-port) |');
});
