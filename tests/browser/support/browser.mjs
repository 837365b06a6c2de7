// Chromium without a keyboard: everything is clicked, texts are pasted into their fields.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export async function openBrowser() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--no-first-run',
    ],
  });
}

/** A page in Russian that fails the test for anything a user should not meet: a script error, a call to a third party. */
export async function openPage(browser, base, options = {}) {
  // Without motion, so that axe never sees a window half faded in.
  const settled = { locale: 'ru-RU', viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' };
  const context = await browser.newContext({ ...settled, ...options });
  const page = await context.newPage();
  const troubles = [];
  page.on('pageerror', (error) => troubles.push(String(error)));
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) troubles.push(message.text());
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(base) && !request.url().startsWith('data:')) troubles.push(`fetched ${request.url()}`);
  });
  return { page, troubles };
}

/** Signs in without the form, which has its own journey. */
export async function signIn(page, base, login, password) {
  const answer = await page.context().request.post(`${base}/v1/session`, { data: { login, password } });
  assert.equal(answer.status(), 200, `signing in as ${login}`);
}

/** WCAG 2.2 AA as far as axe can see it. */
export async function accessible(page, where) {
  // Evaluated by the debugger, which the page's policy does not concern.
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() =>
    globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }),
  );
  const found = violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`));
  assert.deepEqual(found, [], `axe on ${where}`);
}
