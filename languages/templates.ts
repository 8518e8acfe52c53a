import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const LINES_SHOWN = 20;

/** The names of the templates in an assembly. */
export function templatesIn(assembly: string): string[] {
  return readdirSync(assembly).filter(file => file.endsWith('.template.json')).sort();
}

/** How two assemblies differ in their templates, byte by byte; nothing when they do not. */
export function differences(expected: string, actual: string): string[] {
  const names = templatesIn(expected);
  if (names.length === 0) throw new Error(`${expected} holds no template`);
  if (String(names) !== String(templatesIn(actual))) return [`${actual} holds ${String(templatesIn(actual))} in place of ${String(names)}`];
  return names.flatMap(name => {
    const files = [join(expected, name), join(actual, name)];
    const { status, stdout, stderr, error } = spawnSync('cmp', files, { encoding: 'utf8' });
    if (error) throw error;
    if (status === 0) return [];
    if (status !== 1) throw new Error(stderr);
    const diff = spawnSync('diff', ['--unified', ...files], { encoding: 'utf8' });
    return [stdout + diff.stdout.split('\n').slice(0, LINES_SHOWN).join('\n')];
  });
}
