// 在 Chromium 里看每一页:宽屏与手机,明与暗,有无 JavaScript。
// Looks at every page in Chromium: wide and narrow, light and dark, with and without JavaScript.
//
// BASE_URL     the server (scripts/browser-tests starts one)
// SCREENSHOTS  a folder to keep a picture of each page in
// CHROMIUM     the browser, if not /usr/bin/chromium

import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { chromium } from 'playwright-core';
import * as inPage from './in-page.mjs';
import { pages } from './pages.mjs';

const { BASE_URL: base, SCREENSHOTS: pictures, CHROMIUM: executablePath = '/usr/bin/chromium' } = process.env;
if (!base) throw new Error('没有 BASE_URL;请运行 scripts/browser-tests。 BASE_URL is not set; run scripts/browser-tests.');

const wide = { name: '1280', viewport: { width: 1280, height: 900 } };
const narrow = { name: '390', viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
const timeout = 60_000;

/** Link → a page it stands on. */
const linked = new Map();
let browser;

before(async () => {
  browser = await chromium.launch({
    executablePath,
    args: [
      '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
      '--disable-background-networking', '--disable-component-update', '--disable-sync',
    ],
  });
});

after(() => browser?.close());

/** Opens a page and hands it to `look`, then says what went wrong beside it: errors, requests that failed or left the server. */
async function visit({ path, status = 200 }, options, look) {
  const context = await browser.newContext({ locale: 'zh-CN', ...options });
  const faults = [];
  try {
    const page = await context.newPage();
    const url = new URL(path, base).href;
    page.on('pageerror', (error) => faults.push(`an error in a script: ${error.message}`));
    page.on('console', (message) => {
      // That the page itself is a 404 is told on the console too.
      const isStatus = message.text().startsWith('Failed to load resource') && message.location().url === url;
      if (message.type() === 'error' && !isStatus) faults.push(`console: ${message.text()}`);
    });
    page.on('request', (request) => {
      const { origin, protocol } = new URL(request.url());
      if (protocol.startsWith('http') && origin !== new URL(base).origin) faults.push(`asks a foreign server: ${request.url()}`);
    });
    page.on('requestfailed', (request) => faults.push(`failed: ${request.url()} ${request.failure()?.errorText}`));
    page.on('response', (response) => {
      if (response.status() >= 400 && response.url() !== url) faults.push(`${response.status()}: ${response.url()}`);
    });
    const response = await page.goto(url, { waitUntil: 'load' });
    await page.evaluate(() => document.fonts.ready.then(() => undefined));
    if (response.status() !== status) faults.push(`status ${response.status()} instead of ${status}`);
    faults.push(...((await look(page)) ?? []));
  } finally {
    await context.close();
  }
  none(faults);
}

function none(faults) {
  assert.ok(faults.length === 0, `\n  ${faults.join('\n  ')}`);
}

for (const entry of pages) {
  describe(`${entry.name} ${entry.path}`, () => {
    for (const size of [wide, narrow]) {
      for (const colorScheme of ['light', 'dark']) {
        test(`${size.name} px, ${colorScheme}`, { timeout }, async () => {
          const { name, ...options } = size;
          await visit(entry, { ...options, colorScheme }, async (page) => {
            for (const link of await page.evaluate(inPage.links)) {
              if (!linked.has(link)) linked.set(link, entry.path);
            }
            if (pictures) {
              await mkdir(pictures, { recursive: true });
              await page.screenshot({ path: join(pictures, `${entry.name}-${name}-${colorScheme}.png`), fullPage: true });
            }
            return [
              ...(await page.evaluate(inPage.bones)),
              ...(await page.evaluate(inPage.overflow)),
              ...(await page.evaluate(inPage.faintText)),
            ];
          });
        });
      }
    }

    test('without JavaScript', { timeout }, async () => {
      let whole = '';
      await visit(entry, wide, async (page) => { whole = await page.evaluate(inPage.words); });
      await visit(entry, { ...wide, javaScriptEnabled: false }, async (page) => {
        const bare = await page.evaluate(inPage.words);
        // Scripts may add a button; the words are the server's.
        return bare.length >= 0.95 * whole.length ? [] : [`shows ${bare.length} characters instead of ${whole.length}`];
      });
    });

    for (const [sentence, check] of Object.entries(entry.checks ?? {})) {
      test(sentence, { timeout }, () => visit(entry, wide, check));
    }
  });
}

test('every link answers', { timeout: 10 * timeout }, async () => {
  assert.ok(linked.size > 0, 'no page has a link');
  const faults = [];
  const pending = [...linked];
  const follow = async () => {
    for (let next = pending.pop(); next; next = pending.pop()) {
      const [link, page] = next;
      const response = await fetch(link, { headers: { accept: 'text/html,*/*;q=0.8' } });
      await response.body?.cancel();
      if (response.status >= 400) faults.push(`${response.status}: ${decodeURI(link)} on ${page}`);
    }
  };
  await Promise.all([follow(), follow(), follow(), follow()]);
  none(faults);
});
