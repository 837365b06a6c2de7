import { openBrowser } from './support/browser.mjs';
const browser = await openBrowser();
const base = 'http://127.0.0.1:18391';
for (const [zone, lang] of [['Europe/Moscow', 'ru'], ['Asia/Vladivostok', 'en']]) {
  const context = await browser.newContext({ locale: 'ru-RU', viewport: { width: 1300, height: 900 }, timezoneId: 'America/New_York', colorScheme: lang === 'en' ? 'dark' : 'light' });
  const page = await context.newPage();
  page.on('pageerror', (e) => console.log('ERR', String(e)));
  page.on('console', (m) => m.type() === 'error' && console.log('console', m.text().slice(0, 200)));
  await page.addInitScript((l) => localStorage.setItem('oktan-language', l), lang);
  await context.request.post(`${base}/_local/sign-in/kolos-viewer`, { form: { next: '/v1/session' } });
  await page.route('**/v1/session', async (route) => { const a = await route.fetch(); const body = await a.json(); body.company.time_zone = zone; await route.fulfill({ response: a, json: body }); });
  await page.goto(`${base}/history`);
  await page.waitForLoadState('networkidle');
  console.log(zone, (await page.locator('tbody tr td:nth-child(2)').allTextContents()).slice(0, 3));
  await page.goto(`${base}/overview`);
  await page.waitForLoadState('networkidle');
  await page.waitForTimeout(500);
  await page.screenshot({ path: `/tmp/pol/viewer-${lang}.png`, fullPage: true });
  await context.close();
}
const c = await browser.newContext({ locale: 'ru-RU', viewport: { width: 1300, height: 900 } });
const p = await c.newPage();
await p.goto(`${base}/_local`); await p.screenshot({ path: '/tmp/pol/local.png' });
await p.getByText('ОКТАН: редактор').click();
await p.waitForTimeout(1500);
for (const q of c.pages()) console.log(q.url());
await c.pages().at(-1).screenshot({ path: '/tmp/pol/editor.png' });
await browser.close();
