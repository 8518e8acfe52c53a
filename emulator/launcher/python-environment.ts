import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { pipSource } from './needs';
import { Tools } from './tools';

const run = promisify(execFile);

/**
 * A virtual environment with exactly the packages of a requirements file, made once for each content of that file and each Python.
 *
 * @returns the path of its Python
 */
export async function providePythonEnvironment(tools: Tools, requirements: string, cache: string, log: (line: string) => void): Promise<string> {
  const python = (environment: string) => join(environment, 'bin/python');
  const { stdout: version } = await run(tools.python, ['-I', '-c', 'import sys; print(sys.version, sys.executable)'], { env: tools.env });
  const key = createHash('sha256').update(readFileSync(requirements)).update(version).digest('hex').slice(0, 16);
  const environment = join(cache, `python-${key}`);
  if (existsSync(python(environment))) {
    return python(environment);
  }

  log(`installing the Python packages of ${requirements}`);
  mkdirSync(cache, { recursive: true });
  const made = mkdtempSync(join(cache, '.python-')); // complete or not there, also when two runs meet or one is interrupted
  try {
    await fill(made, tools, requirements, python(made));
    renameSync(made, environment);
  } catch (error) {
    if (!existsSync(python(environment))) {
      const { stderr, message } = error as { stderr?: string; message: string };
      throw new Error(`The Python packages of the local AWS could not be installed: ${stderr?.trim() || message}`);
    }
  } finally {
    rmSync(made, { recursive: true, force: true });
  }
  return python(environment);
}

async function fill(environment: string, tools: Tools, requirements: string, python: string): Promise<void> {
  const pip = pipSource(tools.python, tools.env);
  const wheel = typeof pip === 'object' ? pip.wheel : undefined;
  await run(tools.python, ['-m', 'venv', ...(wheel ? ['--without-pip'] : []), environment], { env: tools.env });
  await run(python, ['-m', 'pip', 'install', '--require-hashes', '--no-input', '--quiet', '--disable-pip-version-check', '-r', requirements], {
    env: { ...tools.env, ...(wheel && { PYTHONPATH: wheel }) },
  });
}
