import { createHash } from 'node:crypto';

const PAGE = /^\/pages\/([\w-]{1,60})$/;
const SECONDS = 3600;

/**
 * Pages that are rendered once and then taken from the cache: `GET /pages/<name>`.
 *
 * @param {object} options
 * @param {import('./cache.js').Cache} options.cache
 * @returns {import('node:http').RequestListener}
 */
export function createApp({ cache }) {
  const answer = async ({ method, url }) => {
    if (method !== 'GET') {
      return [405, { error: 'Pages can be read only.' }];
    }
    if (url === '/healthz') {
      return [200, { status: 'ok' }]; // no cache behind it: one that is away is no reason to replace the tasks
    }
    if (url === '/readyz') {
      return cache.nodes.length > 0 ? [200, { status: 'ok', nodes: cache.nodes }] : [503, { error: 'No node of the cache is known yet.' }];
    }
    const name = PAGE.exec(url)?.[1];
    return name ? [200, await page(cache, name)] : [404, { error: 'There is no such page.' }];
  };

  return async (request, response) => {
    const [status, body] = await answer(request);
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  };
}

/** Whatever the cache does not have is rendered, for whatever reason it does not. */
async function page(cache, name) {
  const key = `page:${name}`;
  const known = await cache.get(key);
  if (known !== undefined) {
    return { text: known, cached: true };
  }
  const text = render(name);
  await cache.set(key, text, SECONDS);
  return { text, cached: false };
}

/** Stands for what takes long: queries, templates, other services. */
export function render(name) {
  let digest = name;
  for (let round = 0; round < 20; round += 1) {
    digest = createHash('sha256').update(digest).digest('hex');
  }
  return `The page ${name} with the seal ${digest}.`;
}
