/** The tables of `docs/validation.md`: every rule, as the code has it. What stands above the mark is written by hand. */
import { readFileSync } from 'fs';
import { join } from 'path';
import { qualifiedId } from '../../src/private/enforce';
import { elasticacheRules } from '../../src/rules/elasticache';
import { Rule, statementOf } from '../../src/rules/rule';

const FILE = join(__dirname, '..', 'validation.md');
const MARK = '<!-- Below this line: npx projen docs -->';

/** The page with its tables made anew. */
export function validationPage(): string {
  const [prose, rest] = readFileSync(FILE, 'utf8').split(MARK);
  if (rest === undefined) throw new Error(`${FILE} has no line ${MARK}`);
  const types = [...new Set(elasticacheRules.map(({ type }) => type))];
  const sections = types.map(type => sectionOf(type, elasticacheRules.filter(rule => rule.type === type)));
  return `${prose}${MARK}\n\n${sections.join('\n')}`;
}

function sectionOf(type: string, rules: readonly Rule[]): string {
  return [
    `### \`${type}\``,
    '',
    '| id | severity | what it says | source |',
    '| --- | --- | --- | --- |',
    ...rules.map(rule => `| ${[`\`${qualifiedId(rule.id)}\``, rule.severity, statementOf(rule), rule.source].map(cell).join(' | ')} |`),
    '',
  ].join('\n');
}

/** A bar ends a cell, and `<` begins a tag. */
function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
}
