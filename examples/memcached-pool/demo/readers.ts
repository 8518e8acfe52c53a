import { setTimeout as sleep } from 'node:timers/promises';
import { Instance } from '../../demo/instance';
import { expect } from '../../demo/proof';

const AT_ONCE = 32;

/** How a number of pages was answered. */
export interface Reading {
  readonly pages: number;
  /** How many of them came from the cache. */
  readonly cached: number;
  readonly seconds: number;
  readonly slowestMilliseconds: number;
}

/** Has an instance answer these pages, once each; rejects unless every answer is right. */
export async function read(instance: Instance, pages: readonly string[]): Promise<Reading> {
  const start = performance.now();
  const left = [...pages];
  let [cached, slowest] = [0, 0];
  const reader = async () => {
    for (let page = left.pop(); page !== undefined; page = left.pop()) {
      const asked = performance.now();
      const response = await fetch(`${instance.url}/pages/${page}`);
      const body = await response.json() as { text: string; cached: boolean };
      slowest = Math.max(slowest, performance.now() - asked);
      expect(response.status === 200 && body.text.startsWith(`The page ${page} `), `${instance.name}: ${response.status} ${JSON.stringify(body)} for ${page}`);
      cached += body.cached ? 1 : 0;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, reader));
  return { pages: pages.length, cached, seconds: (performance.now() - start) / 1000, slowestMilliseconds: slowest };
}

/** Has an instance answer these pages over and over as long as something takes, and gives the number of answers. */
export async function readMeanwhile(instance: Instance, pages: readonly string[], something: Promise<void>): Promise<number> {
  let [answered, running] = [0, true];
  const visits = async () => {
    for (; running; answered += pages.length) {
      await read(instance, pages);
      await sleep(50); // the CLI has work to do as well
    }
  };
  await Promise.all([something.finally(() => { running = false; }), visits()]);
  return answered;
}
