import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { listDirectory } from './needs';

const run = promisify(execFile);

/**
 * Debian starts a service as soon as it is installed. A policy-rc.d that answers 101 forbids that, and is removed again even when this process
 * is killed meanwhile: the shell that installs goes on. What we install shall not start at the next boot either.
 */
const INSTALL = `
set -e
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  trap 'rm -f "$policy"' EXIT
  trap 'exit 130' INT TERM HUP
  printf '#!/bin/sh\\nexit 101\\n' > "$policy"
  chmod 755 "$policy"
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends "$@"
if [ -d /run/systemd/system ]; then
  for service in memcached redis-server valkey-server; do
    case " $* " in *" $service "*) systemctl disable --quiet "$service" ;; esac
  done
fi
`;

/** Installs packages as root; no service of theirs is started. */
export async function installPackages(packages: readonly string[], env: NodeJS.ProcessEnv): Promise<void> {
  const child = spawn('sh', ['-c', INSTALL, 'sh', ...packages], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', chunk => { output += chunk; });
  }
  const [code] = await once(child, 'exit');
  if (code !== 0) {
    throw new Error(lastLine(output) ?? `apt-get ended with ${code}`);
  }
}

/**
 * Unpacks packages, and what they depend on that is not installed, into a folder; changes nothing else and needs no rights.
 * The lists of apt are read as they are; when they are missing or stale, own ones are fetched.
 */
export async function unpackPackages(packages: readonly string[], directory: string, backports: boolean, env: NodeJS.ProcessEnv): Promise<void> {
  const work = mkdtempSync(join(ensure(directory), '.download-'));
  try {
    const own = [...await ownLists(join(work, 'apt'), backports, env), '-o', 'APT::Sandbox::User=root'];
    if (backports) {
      await run('apt-get', [...own, 'update', '-qq'], { env });
      await fetchPackages(packages, own, work, env);
    } else {
      await fetchPackages(packages, [], work, env).catch(async () => {
        await run('apt-get', [...own, 'update', '-qq'], { env });
        await fetchPackages(packages, own, work, env);
      });
    }
    for (const file of listDirectory(work).filter(name => name.endsWith('.deb'))) {
      await run('dpkg', ['-x', join(work, file), directory], { env });
    }
  } catch (error) {
    throw new Error(lastLine((error as { stderr?: string }).stderr ?? '') ?? (error as Error).message);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

async function fetchPackages(packages: readonly string[], options: string[], work: string, env: NodeJS.ProcessEnv): Promise<void> {
  const { stdout } = await run('apt-get', [...options, 'install', '--simulate', '--no-install-recommends', ...packages], { env });
  // An upgrade names the old version in brackets: what is installed stays as it is.
  const dependencies = [...stdout.matchAll(/^Inst (\S+) \(/gm)].map(match => match[1]);
  await run('apt-get', [...options, 'download', ...new Set([...packages, ...dependencies])], { cwd: work, env });
}

/** Options for lists of our own, of the machine's own mirror. */
async function ownLists(directory: string, backports: boolean, env: NodeJS.ProcessEnv): Promise<string[]> {
  const [lists, cache] = [ensure(join(directory, 'lists/partial')), ensure(join(directory, 'cache/archives/partial'))];
  const options = ['-o', `Dir::State::lists=${join(lists, '..')}`, '-o', `Dir::Cache=${join(cache, '../..')}`];
  if (!backports) {
    return options;
  }
  const { stdout } = await run('apt-get', ['indextargets', '--format', '$(REPO_URI) $(RELEASE)'], { env });
  const [mirror, release] = stdout.split('\n').map(line => line.split(' '))
    .find(([uri, name]) => /\/debian\/$/.test(uri) && /^[a-z]+$/.test(name ?? '')) ?? ['http://deb.debian.org/debian/', 'bookworm'];
  const sources = join(directory, 'backports.list');
  writeFileSync(sources, ['', '-backports'].map(suffix => `deb ${mirror} ${release}${suffix} main\n`).join(''));
  return [...options, '-o', `Dir::Etc::sourcelist=${sources}`, '-o', 'Dir::Etc::sourceparts=-', '-o', `APT::Default-Release=${release}-backports`];
}

function ensure(directory: string): string {
  mkdirSync(directory, { recursive: true });
  return directory;
}

function lastLine(text: string): string | undefined {
  return text.trim().split('\n').filter(line => /^E: /.test(line)).at(-1) ?? (text.trim().split('\n').at(-1) || undefined);
}
