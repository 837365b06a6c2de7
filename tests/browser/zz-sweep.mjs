import { openBrowser } from './support/browser.mjs';
const base = 'http://127.0.0.1:18391';
const browser = await openBrowser();
const widths = (process.env.WIDTHS ?? '360,768,1024,1300,1440').split(',').map(Number);
const only = process.env.ONLY;
const shots = (process.env.SHOTS ?? '').split(',').filter(Boolean);
async function sweep(login, paths, scheme = 'light') {
  const context = await browser.newContext({ locale: 'ru-RU', colorScheme: scheme });
  const page = await context.newPage();
  page.on('pageerror', (e) => console.log('ERR', String(e)));
  if (login) await context.request.post(`${base}/_local/sign-in/${login}`, { form: { next: '/v1/session' } });
  for (const make of paths) {
    const path = typeof make === 'function' ? await make(context) : make;
    if (only && !path.includes(only)) continue;
    await page.setViewportSize({ width: widths[0], height: 900 });
    await page.goto(base + path);
    await page.waitForLoadState('networkidle');
    for (const width of widths) {
      await page.setViewportSize({ width, height: 900 });
      await page.waitForTimeout(150);
      const found = await page.evaluate(() => {
        const out = [];
        const doc = document.scrollingElement;
        if (doc.scrollWidth > window.innerWidth) out.push(`page ${doc.scrollWidth}`);
        for (const el of document.querySelectorAll('body *')) {
          const style = getComputedStyle(el);
          if (el.scrollWidth > el.clientWidth + 1 && ['auto', 'scroll', 'hidden'].includes(style.overflowX) && el.clientWidth > 2)
            out.push(`${el.tagName}.${String(el.className).slice(0, 40)} ${el.scrollWidth}>${el.clientWidth}`);
        }
        return out;
      });
      if (found.length) console.log(login, path, width, found.join(' | '));
      if (shots.includes(String(width)))
        await page.screenshot({ path: `/tmp/pol/${login ?? 'anon'}${path.replace(/[/?=&]+/g, '_').slice(0, 40)}-${width}-${scheme}.png`, fullPage: true });
    }
  }
  await context.close();
}
const json = async (context, path) => (await (await context.request.get(base + path)).json());
let card, company;
await sweep(null, ['/', '/login', '/recovery', '/activation/abc', '/nowhere']);
await sweep('kolos', ['/overview', '/cards', async (c) => { card ??= (await json(c, '/v1/cards')).items[0].number; return `/cards/${card}`; },
  async () => `/cards/${card}/rules`, '/history', '/security']);
await sweep('admin', ['/staff/companies', '/staff/companies/new', async (c) => { company ??= (await json(c, '/v1/staff/companies')).items[0].id; return `/staff/companies/${company}`; }, '/staff/stations', '/security']);
await sweep('oktan-editor', ['/staff/stations']);
await browser.close();
