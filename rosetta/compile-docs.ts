/**
 * Compiles the TypeScript fences of docs/*.md within the fixture that jsii-rosetta uses for README and docstrings, because rosetta reads those
 * two only.
 */
import { execFileSync } from 'child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { join } from 'path';

const ROOT = join(__dirname, '..');
const OUT = join(ROOT, '.cache', 'docs-snippets');
const FENCE = /^```ts( nofixture)?\n([\s\S]*?)^```$/gm;
const HERE = '/// here';

const fixture = readFileSync(join(__dirname, 'default.ts-fixture'), 'utf8');
const snippets = readdirSync(join(ROOT, 'docs')).filter(file => file.endsWith('.md')).flatMap(file =>
  [...readFileSync(join(ROOT, 'docs', file), 'utf8').matchAll(FENCE)].map(([, bare, code], index) => ({
    name: `${file}-${index + 1}.ts`,
    code: bare ? code : fixture.replace(HERE, () => code),
  })));
if (snippets.length === 0) throw new Error('docs/*.md hold no TypeScript fence');

rmSync(OUT, { recursive: true, force: true });
mkdirSync(OUT, { recursive: true });
for (const { name, code } of snippets) writeFileSync(join(OUT, name), code);
writeFileSync(join(OUT, 'tsconfig.json'), JSON.stringify({
  extends: '../../tsconfig.json',
  compilerOptions: { noEmit: true, rootDir: '../..', noUnusedLocals: false, types: ['node'] },
  include: ['*.ts'],
}));
execFileSync('npx', ['tsc', '-p', OUT], { stdio: 'inherit', cwd: ROOT });
console.log(`${snippets.length} snippets of docs/ compile`);
