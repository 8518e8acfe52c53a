import { log } from './log.js';

const COUNTER = /^\/counters\/([\w-]{1,60})$/;

/**
 * Counters that all instances share: `POST /counters/<name>` counts, `GET` reads.
 *
 * @param {object} options
 * @param {ReturnType<typeof import('./cache.js').createCache>} options.cache
 * @param {() => Promise<unknown>} options.ready fails while the cache cannot be used
 * @returns {import('node:http').RequestListener}
 */
export function createApp({ cache, ready }) {
  const answer = async ({ method, url }) => {
    if (url === '/healthz') {
      return [200, { status: 'ok' }]; // no cache behind it: one that is away is no reason to replace the tasks
    }
    if (url === '/readyz') {
      await ready();
      return [200, { status: 'ok' }];
    }
    const key = `counter:${COUNTER.exec(url)?.[1]}`;
    if (!COUNTER.test(url) || !['GET', 'POST'].includes(method)) {
      return [404, { error: 'There is no such page.' }];
    }
    return [200, { value: method === 'POST' ? await cache.incr(key) : Number(await cache.get(key)) }];
  };

  return async (request, response) => {
    const [status, body] = await answer(request).catch((error) => {
      log('error', 'request failed', { url: request.url, error: error.message });
      return [503, { error: 'The cache cannot be reached right now.' }];
    });
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  };
}
