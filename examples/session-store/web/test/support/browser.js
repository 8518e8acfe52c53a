import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

/**
 * Debian's Chromium, without the services it would look for on the network.
 *
 * @param {import('node:test').TestContext} t closes it
 */
export async function openBrowser(t) {
  const profile = mkdtempSync(join(tmpdir(), 'session-store-chromium-'));
  t.after(() => rmSync(profile, { recursive: true, force: true }));
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    env: { ...process.env, HOME: profile },
    args: [
      // Chromium refuses its sandbox to root
      ...(process.getuid() === 0 ? ['--no-sandbox'] : []),
      '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
    ],
  });
  t.after(() => browser.close());
  return browser;
}
