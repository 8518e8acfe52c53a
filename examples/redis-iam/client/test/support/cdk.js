import { fileURLToPath } from 'node:url';
import { start } from '../../../../session-store/web/test/support/process.js';

const ROOT = fileURLToPath(new URL('../../../../..', import.meta.url));
const CLI = 'node_modules/aws-cdk/bin/cdk';
/** No Docker is needed here: a process that stands for the task runs `client/` itself. */
const IMAGE = 'public.ecr.aws/docker/library/node:22-slim';

/**
 * Runs the stock `cdk` CLI, and fails with what it said when it fails.
 *
 * @param {NodeJS.ProcessEnv} env
 * @param {string} output folder of the cloud assembly
 * @param {...string} args
 */
export async function cdk(env, output, ...args) {
  const run = start([process.execPath, CLI, ...args, '--output', output, '--no-notices', '--no-color'], { cwd: ROOT, env });
  if (await run.ended !== 0) {
    throw new Error(`cdk ${args[0]} failed:\n${run.output()}`);
  }
}

/** The application of this example, as the CLI is told of it. */
export const example = (mode) => ['RedisIamExample', '--app', 'npx tsx examples/redis-iam/app.ts', '-c', `image=${IMAGE}`, '-c', `mode=${mode}`];
