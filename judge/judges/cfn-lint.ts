import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { byRegion, Finding, findingOf, Judge, Located } from './judge';

const CFN_LINT = join(__dirname, '..', '..', '.cache', 'judge', 'venv', 'bin', 'cfn-lint');
const DEFAULT_REGION = 'us-east-1';

interface Match {
  readonly Filename: string;
  readonly Level: string;
  readonly Message: string;
  readonly Rule: { readonly Id: string };
  readonly Location: { readonly Path: readonly (string | number)[] | null };
}

/** cfn-lint, with its informational rules: the resource schemas of a Region, and what AWS documents beside them. */
export const cfnLint: Judge = {
  name: 'cfn-lint',
  judge: apps => [...byRegion(apps)].flatMap(([region, located]) => lint(region ?? DEFAULT_REGION, located)),
};

function lint(region: string, located: readonly Located[]): Finding[] {
  const templates = new Map(located.map(entry => [entry.template.path, entry]));
  const { stdout, stderr, error } = spawnSync(
    CFN_LINT, ['--regions', region, '--include-checks', 'I', '--format', 'json', '--', ...templates.keys()],
    { encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 },
  );
  if (error) throw error;
  // The exit code does not tell findings from a wrong option.
  if (!stdout.startsWith('[')) throw new Error(`cfn-lint did not judge:\n${stderr}`);
  return (JSON.parse(stdout) as Match[]).map(match => {
    const place = templates.get(match.Filename);
    if (!place) throw new Error(`cfn-lint judged ${match.Filename}, which it was not given`);
    const [section, logicalId] = match.Location.Path ?? [];
    return findingOf(place, section === 'Resources' ? String(logicalId) : undefined, {
      judge: cfnLint.name, rule: match.Rule.Id, severity: match.Level.toLowerCase(), text: match.Message,
    });
  });
}
