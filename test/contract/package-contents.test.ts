import { execFileSync } from 'child_process';
import { readdirSync } from 'fs';
import { join } from 'path';

interface PackedFile { readonly path: string }
interface Pack { readonly files: PackedFile[]; readonly size: number }

const ROOT = join(__dirname, '..', '..');
const MEBIBYTE = 2 ** 20;

/** Everything beside what is compiled: a file that is not here must not be given to users by accident. */
const BESIDE = ['.jsii', 'API.md', 'CHANGELOG.md', 'LICENSE', 'README.md', 'SECURITY.md', 'package.json'];

const [pack]: Pack[] = JSON.parse(execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: ROOT, encoding: 'utf8', stdio: 'pipe' }));

/** What the compiler and the bundler make of the sources. */
function compiled(): string[] {
  const sources = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.ts')).map(file => file.slice(0, -'.ts'.length));
  return sources.flatMap(source => source.endsWith('.lambda') ? [`assets/${source}/index.js`] : [`lib/${source}.js`, `lib/${source}.d.ts`]);
}

test('the npm package holds what users need, and nothing else', () => {
  expect(compiled().length).toBeGreaterThan(100);
  expect(pack.files.map(({ path }) => path).sort()).toEqual([...BESIDE, ...compiled()].sort());
});

test('the npm package is small', () => {
  expect(pack.size).toBeGreaterThan(0);
  expect(pack.size).toBeLessThan(3 * MEBIBYTE);
});
