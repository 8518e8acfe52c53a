import { Need, onPath } from './needs';

/** What decides how a missing program can be had. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly root: boolean;
  readonly apt: boolean;
  /** From os-release, such as `debian 12`. */
  readonly release: string;
}

/** A need that nothing on PATH meets, and what was found instead. */
export interface Missing {
  readonly need: Need;
  readonly found: readonly string[];
}

export type Step =
  | { readonly action: 'install'; readonly packages: readonly string[] }
  | { readonly action: 'unpack'; readonly packages: readonly string[]; readonly backports: boolean };

/** The machine lacks something that cannot be had without its owner: the message holds the one command to run. */
export class Unmet extends Error {}

const OLDEST_RELEASES: Record<string, number> = { debian: 12, ubuntu: 24.04 };

/** The path of the first program that meets each need, and what is missing. */
export function look(needs: readonly Need[], env: NodeJS.ProcessEnv): { programs: Map<Need, string>; missing: Missing[] } {
  const programs = new Map<Need, string>();
  const missing: Missing[] = [];
  for (const need of needs) {
    const found: string[] = [];
    for (const path of need.programs.flatMap(name => onPath(name, env))) {
      const fault = need.unfit(path, env);
      if (fault === undefined) {
        programs.set(need, path);
        break;
      }
      found.push(`${path} ${fault}`);
    }
    if (!programs.has(need)) {
      missing.push({ need, found });
    }
  }
  return { programs, missing };
}

/**
 * How to get what is missing, before anything is done: as root by apt, otherwise by unpacking Debian's packages into a folder of our own.
 *
 * @throws Unmet where neither is possible
 */
export function plan(missing: readonly Missing[], machine: Machine): Step[] {
  if (machine.platform !== 'linux') {
    throw new Unmet(`The local AWS needs Linux (this is ${machine.platform}): it gives each server an address of its own in 127.0.0.0/8 and has the kernel `
      + 'end its servers with it. Run it in a Debian 12 or 13 or an Ubuntu 24.04 machine.');
  }
  if (missing.length === 0) {
    return [];
  }
  if (!machine.apt || isTooOld(machine.release)) {
    throw refusal(missing, machine);
  }
  const fromBackports = (need: Need) => need.backports?.includes(machine.release) ?? false;
  const needs = missing.map(({ need }) => need);
  const [late, plain] = [needs.filter(fromBackports), needs.filter(need => !fromBackports(need))];
  const steps: Step[] = [];
  if (plain.length > 0) {
    steps.push(machine.root
      ? { action: 'install', packages: plain.flatMap(need => need.packages) }
      : { action: 'unpack', packages: plain.flatMap(need => need.unpacked ?? need.packages), backports: false });
  }
  if (late.length > 0) {
    // never by an apt source added to the machine
    steps.push({ action: 'unpack', packages: late.flatMap(need => need.unpacked ?? need.packages), backports: true });
  }
  return steps;
}

/** What is missing, why each thing found will not do, and one command. */
export function refusal(missing: readonly Missing[], machine: Machine, reason?: string): Unmet {
  const lines = missing.map(({ need, found }) => `  - ${need.what}: ${found.length > 0 ? found.join(', ') : 'not on PATH'}`);
  const packages = missing.flatMap(({ need }) => need.packages).join(' ');
  const sudo = machine.root ? '' : 'sudo ';
  const because = reason ? [`It could not be fetched: ${reason}`] : [];
  const remedy = isTooOld(machine.release) || !machine.apt
    ? [
      `${machine.apt ? `${machine.release} has no packages that would do` : 'There is no apt-get here to fetch it with'}. Put them on PATH, or run this in Debian 12 or 13 or Ubuntu 24.04, for example:`,
      '  docker run --rm -it -v "$PWD":/project -w /project node:22-bookworm sh -c "npm ci && npm run demo"',
    ]
    : ['Run this, then try again:', `  ${sudo}apt-get update && ${sudo}apt-get install -y --no-install-recommends ${packages}`];
  return new Unmet(['The local AWS needs', ...lines, ...because, ...remedy].join('\n'));
}

function isTooOld(release: string): boolean {
  const [distribution, version] = release.split(' ');
  return Number(version) < (OLDEST_RELEASES[distribution] ?? 0);
}
