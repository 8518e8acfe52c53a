import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { openBrowser } from '../support/browser.js';
import { startServices, startWeb } from '../support/web.js';

// With SCREENSHOTS set the pages are also written there, to be looked at.
const screenshots = process.env.SCREENSHOTS;

async function snapshot(page, name) {
  if (screenshots) {
    mkdirSync(screenshots, { recursive: true });
    await page.screenshot({ path: join(screenshots, `${name}.png`) });
  }
}

/** The same steps for all: what a page complains of in the console, such as a refused style sheet, fails the test. */
async function openPage(t, browser, options) {
  const context = await browser.newContext(options);
  t.after(() => context.close());
  const page = await context.newPage();
  const complaints = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    if (!request.url().startsWith('http://127.0.0.1:') && !request.url().startsWith('data:')) {
      complaints.push(`foreign request: ${request.url()}`);
    }
  });
  return { page, complaints };
}

describe('the page in a browser', { timeout: 120_000 }, () => {
  for (const [name, options] of [
    ['light', { colorScheme: 'light', viewport: { width: 1100, height: 760 } }],
    ['dark', { colorScheme: 'dark', viewport: { width: 1100, height: 760 } }],
    ['phone', { colorScheme: 'light', viewport: { width: 360, height: 740 }, deviceScaleFactor: 2 }],
  ]) {
    test(`a visitor signs in, meets another instance and signs out (${name})`, async (t) => {
      const { env } = await startServices(t);
      const [a, b] = await Promise.all([startWeb(t, env, 'instance-a'), startWeb(t, env, 'instance-b')]);
      const browser = await openBrowser(t);
      const { page, complaints } = await openPage(t, browser, options);
      const text = (id) => page.locator(`#${id}`).textContent();

      await page.goto(a.url);
      await snapshot(page, `${name}-1-sign-in`);
      await page.getByLabel('Your name').fill('Ada Lovelace');
      await page.getByRole('button', { name: 'Sign in' }).click();
      assert.equal(await page.getByRole('heading', { level: 1 }).textContent(), 'Ada Lovelace');
      assert.equal(await text('instance'), 'instance-a');
      assert.equal(await text('views'), '1');
      assert.match(await text('absolute'), /^(12\u00a0h|11\u00a0h 59\u00a0min)$/);
      assert.match(await text('idle'), /^30\u00a0min$/);
      await snapshot(page, `${name}-2-signed-in`);

      await page.goto(b.url);
      assert.equal(await text('name'), 'Ada Lovelace');
      assert.equal(await text('instance'), 'instance-b');
      assert.equal(await text('signed-in-by'), 'instance-a');
      await page.getByRole('link', { name: 'Load again' }).click();
      assert.equal(await text('views'), '3');
      await snapshot(page, `${name}-3-other-instance`);
      assert.equal(await page.evaluate('document.cookie'), '', 'no script can read the cookie');
      assert.ok(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), 'nothing sticks out sideways');

      await page.getByRole('button', { name: 'Sign out' }).click();
      await page.getByRole('button', { name: 'Sign in' }).waitFor();
      await page.goto(a.url);
      assert.equal(await page.getByLabel('Your name').count(), 1);
      assert.deepEqual(complaints, []);
    });
  }

  test('while the store is down the page says so, and goes on when it is back', async (t) => {
    const { env, redis } = await startServices(t);
    const web = await startWeb(t, env);
    const browser = await openBrowser(t);
    const { page } = await openPage(t, browser, { colorScheme: 'light', viewport: { width: 1100, height: 760 } });
    await page.goto(web.url);
    await page.getByLabel('Your name').fill('Ada Lovelace');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await redis.down();
    await page.reload();
    assert.equal(await page.getByRole('heading', { level: 1 }).textContent(), 'One moment, please');
    await snapshot(page, 'store-down');
    await redis.up(); // empty: this server kept nothing
    await page.getByRole('link', { name: 'Try again' }).click();
    for (let attempt = 0; attempt < 50 && await page.getByLabel('Your name').count() === 0; attempt++) {
      await page.waitForTimeout(100);
      await page.reload();
    }
    assert.equal(await page.getByLabel('Your name').count(), 1);
  });
});
