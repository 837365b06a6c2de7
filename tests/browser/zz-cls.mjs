import { openBrowser } from './support/browser.mjs';
const browser = await openBrowser();
const base = 'http://127.0.0.1:18391';
for (const [path, delay] of [['/', 0], ['/', 1500], ['/login', 1500]]) for (const width of [360, 1440]) {
  const context = await browser.newContext({ locale: 'ru-RU', viewport: { width, height: 800 } });
  const page = await context.newPage();
  await page.route('**/*.woff2', async (route) => { await new Promise((r) => setTimeout(r, delay)); await route.continue(); });
  await page.addInitScript(() => { globalThis.cls = 0; globalThis.what = []; new PerformanceObserver((l) => { for (const e of l.getEntries()) { globalThis.cls += e.value; globalThis.what.push(...e.sources.map((s) => s.node?.className ?? s.node?.nodeName)); } }).observe({ type: 'layout-shift', buffered: true }); });
  await page.goto(base + path);
  await page.waitForTimeout(900);
  if (delay) await page.screenshot({ path: `/tmp/pol/fallback${path.replace('/', '-')}-${width}.png` });
  await page.waitForTimeout(1800);
  console.log(path, delay, width, await page.evaluate(() => JSON.stringify([globalThis.cls, globalThis.what, document.title, document.documentElement.lang, [...document.images].length])));
  await context.close();
}
await browser.close();
