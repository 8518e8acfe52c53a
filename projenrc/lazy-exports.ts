/** Rewrites lib/index.js so that a file is loaded when the first of its names is used: an import of the library takes what is used of it, as one of aws-cdk-lib does. */
import { readFileSync, writeFileSync } from 'fs';
import { createRequire } from 'module';
import { dirname, join, relative } from 'path';

const REEXPORT = /^__exportStar\(require\("(.+)"\), exports\);$/gm;

/** Replaces what `export *` was compiled to by a getter for each name. */
export function makeExportsLazy(index: string): void {
  const load = createRequire(index);
  const files = filesBehind(index);
  if (files.includes(index)) throw new Error(`${index} has no \`export *\` that could be lazy.`);
  const names = files.flatMap(file => Object.keys(load(file) as object).map(name => ({ name, file })));
  const forgotten = Object.keys(load(index) as object).find(exported => !names.some(({ name }) => name === exported));
  if (forgotten) throw new Error(`${forgotten} is exported otherwise than by \`export *\`.`);
  const repeated = names.find(({ name }, position) => names.findIndex(other => other.name === name) !== position);
  if (repeated) throw new Error(`${repeated.name} is exported twice.`);
  writeFileSync(index, [
    '"use strict";',
    'Object.defineProperty(exports, "__esModule", { value: true });',
    'const lazily = (name, load) => Object.defineProperty(exports, name, { enumerable: true, configurable: true, get: () => load()[name] });',
    ...names.map(({ name, file }) => `lazily("${name}", () => require("./${relative(dirname(index), file)}"));`),
    `0 && (module.exports = { ${names.map(({ name }) => name).join(', ')} }); // what ECMAScript modules may import by name`,
    '',
  ].join('\n'));
}

/** The files that barrels lead to. */
function filesBehind(barrel: string): string[] {
  const reexports = [...readFileSync(barrel, 'utf8').matchAll(REEXPORT)];
  const resolve = createRequire(barrel).resolve;
  return reexports.length === 0 ? [barrel] : reexports.flatMap(([, path]) => filesBehind(resolve(path)));
}

if (require.main === module) makeExportsLazy(join(__dirname, '..', 'lib', 'index.js'));
