import { execFileSync } from 'child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { dirname, join } from 'path';
import { makeExportsLazy } from './lazy-exports';

const STAR = 'const __exportStar = (from, to) => Object.assign(to, from);\n';
const LIBRARY = {
  'index.js': `${STAR}__exportStar(require("./fruit"), exports);\n__exportStar(require("./stone"), exports);\n`,
  'fruit/index.js': `${STAR}__exportStar(require("./apple"), exports);\n__exportStar(require("./shape"), exports);\n`,
  'fruit/apple.js': 'console.log("apple is loaded");\nexports.Apple = class Apple {};\nexports.PEEL = "red";\n',
  'fruit/shape.js': '', // where there were interfaces only
  'stone.js': 'console.log("stone is loaded");\nexports.Stone = class Stone {};\n',
};

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lazy-exports-'));
  write(LIBRARY);
});

afterEach(() => rmSync(folder, { recursive: true }));

function write(files: { readonly [path: string]: string }): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

function makeLazy(): void {
  jest.spyOn(console, 'log').mockImplementation();
  makeExportsLazy(join(folder, 'index.js'));
}

function run(file: string, code: string): string[] {
  write({ [file]: code });
  return execFileSync(process.execPath, [join(folder, file)], { encoding: 'utf8' }).trim().split('\n');
}

test('a file is loaded when the first of its names is used, and once', () => {
  makeLazy();
  const code = 'const all = require("./index"); console.log("imported"); console.log(all.Apple === all.Apple, all.PEEL);';
  expect(run('program.js', code)).toEqual(['imported', 'apple is loaded', 'true red']);
});

test('all names are there', () => {
  makeLazy();
  expect(run('program.js', 'console.log(Object.keys(require("./index")).join(" "));')).toEqual(['Apple PEEL Stone']);
});

test('ECMAScript modules import them by name', () => {
  makeLazy();
  expect(run('program.mjs', 'import { PEEL } from "./index.js"; console.log(PEEL);').at(-1)).toBe('red');
});

test('a name that two files export is refused', () => {
  write({ 'stone.js': 'exports.Apple = 1;\n' });
  expect(makeLazy).toThrow('Apple is exported twice.');
});

test('an index that is lazy already is refused, and stays', () => {
  makeLazy();
  const lazy = readFileSync(join(folder, 'index.js'), 'utf8');
  expect(makeLazy).toThrow('has no `export *` that could be lazy.');
  expect(readFileSync(join(folder, 'index.js'), 'utf8')).toBe(lazy);
});
