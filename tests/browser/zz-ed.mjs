import { openBrowser } from './support/browser.mjs';
const browser = await openBrowser();
const base = 'http://127.0.0.1:18391';
const context = await browser.newContext({ locale: 'ru-RU', viewport: { width: 1300, height: 900 } });
for (const [login, home] of [['oktan-editor', '/staff/stations'], ['oktan-buh', '/staff/companies'], ['oktan-operator', '/staff/companies'], ['kolos-buh', '/overview'], ['kolos-manager', '/cards'], ['kolos-viewer', '/cards']]) {
  const page = await context.newPage();
  page.on('pageerror', (e) => console.log('ERR', String(e)));
  await context.request.post(`${base}/_local/sign-in/${login}`, { form: { next: '/v1/session' } });
  const t = Date.now();
  await page.goto(base + home);
  await page.locator('h1').waitFor();
  await page.waitForLoadState('networkidle');
  console.log(login, page.url(), Date.now() - t, await page.locator('h1').textContent(), await page.locator('main button').allTextContents());
  await page.screenshot({ path: `/tmp/pol/role-${login}.png` });
  await page.close();
}
await browser.close();
