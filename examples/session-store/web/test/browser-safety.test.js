import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { startServices, startWeb, textOf, Visitor } from './support/web.js';

describe('what a browser is told', { timeout: 60_000 }, () => {
  test('the cookie is HttpOnly, SameSite=Lax and ends with the browser', async (t) => {
    const { env } = await startServices(t);
    const web = await startWeb(t, env);
    const [cookie] = (await new Visitor().signIn(web, 'Ada')).headers.getSetCookie();
    assert.match(cookie, /^session=s%3A[\w-]+\.[\w%]+; Path=\/; HttpOnly; SameSite=Lax$/);
  });

  test('behind TLS the cookie is Secure and bound to this host', async (t) => {
    const { env } = await startServices(t);
    const web = await startWeb(t, env);
    const headers = { 'x-forwarded-proto': 'https', 'origin': web.url.replace('http:', 'https:') };
    const [cookie] = (await new Visitor().post(`${web.url}/sign-in`, { name: 'Ada' }, headers)).headers.getSetCookie();
    assert.match(cookie, /^__Host-session=s%3A[\w-]+\.[\w%]+; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
  });

  test('a name is escaped wherever it is shown', async (t) => {
    const { env } = await startServices(t);
    const web = await startWeb(t, env);
    const visitor = new Visitor();
    await visitor.signIn(web, '<script>alert("1")</script>&\'');
    const page = await visitor.page(web);
    assert.equal(textOf(page, 'name'), '&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;&#39;');
    assert.equal(page.split('alert').length, 3, 'in title and heading');
    assert.doesNotMatch(page, /<script/);
  });

  for (const [what, headers] of [
    ['of another site', { origin: 'https://evil.example' }],
    ['of another scheme', (web) => ({ origin: web.url.replace('http:', 'https:') })],
    ['of nobody', { origin: 'null' }],
    ['without an origin', { origin: '' }],
  ]) {
    for (const path of ['/sign-in', '/sign-out']) {
      test(`POST ${path} ${what} is refused`, async (t) => {
        const { env, redis } = await startServices(t);
        const web = await startWeb(t, env);
        const visitor = new Visitor();
        await visitor.signIn(web, 'Ada');
        const [key] = await redis.operator.keys('*');
        const response = await visitor.post(web.url + path, { name: 'Mallory' }, typeof headers === 'function' ? headers(web) : headers);
        assert.equal(response.status, 403);
        assert.deepEqual(await redis.operator.keys('*'), [key]);
        assert.equal(textOf(await visitor.page(web), 'name'), 'Ada');
      });
    }
  }

  test('a page may load and run nothing but its own style sheet, and is not kept', async (t) => {
    const { env } = await startServices(t);
    const web = await startWeb(t, env);
    const { headers } = await fetch(web.url);
    assert.match(headers.get('content-security-policy'),
      /^default-src 'none'; style-src 'sha256-[^']{44}'; img-src data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'$/);
    assert.equal(headers.get('cache-control'), 'no-store');
    assert.equal(headers.get('referrer-policy'), 'same-origin');
    assert.equal(headers.get('x-content-type-options'), 'nosniff');
    assert.equal(headers.get('x-powered-by'), null);
  });

  test('a name must be given and have at most 60 characters', async (t) => {
    const { env } = await startServices(t);
    const web = await startWeb(t, env);
    for (const [name, status] of [['', 400], ['   ', 400], ['x', 303], ['x'.repeat(60), 303], ['x'.repeat(61), 400]]) {
      assert.equal((await new Visitor().signIn(web, name)).status, status, `${name.length} characters`);
    }
  });

  test('an unknown page is 404, an oversized form 413', async (t) => {
    const { env } = await startServices(t);
    const web = await startWeb(t, env);
    assert.equal((await new Visitor().get(`${web.url}/elsewhere`)).status, 404);
    assert.equal((await new Visitor().signIn(web, 'x'.repeat(5_000))).status, 413);
  });
});
