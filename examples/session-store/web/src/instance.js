import { hostname } from 'node:os';

/**
 * What this instance is called: given by `INSTANCE_NAME`, else the id of its ECS task, else the host name.
 *
 * @param {Record<string, string | undefined>} env
 * @returns {Promise<string>}
 */
export async function instanceName(env) {
  return env.INSTANCE_NAME || await ecsTaskId(env.ECS_CONTAINER_METADATA_URI_V4) || hostname();
}

async function ecsTaskId(metadataUri) {
  if (!metadataUri) {
    return undefined;
  }
  try {
    const response = await fetch(`${metadataUri}/task`, { signal: AbortSignal.timeout(2_000) });
    const { TaskARN } = await response.json();
    return TaskARN?.split('/').at(-1);
  } catch {
    return undefined; // a name is worth no failed start
  }
}
