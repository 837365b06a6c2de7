import { openBrowser } from './support/browser.mjs';
const browser = await openBrowser();
const page = await browser.newPage();
await page.goto('http://127.0.0.1:18391/');
await page.waitForLoadState('networkidle');
console.log(await page.evaluate(async () => {
  await document.fonts.ready;
  const text = document.body.innerText.replace(/\s+/g, ' ');
  const c = document.createElement('canvas').getContext('2d');
  const m = (font) => { c.font = font; const r = c.measureText(text); return { w: r.width, a: r.fontBoundingBoxAscent, d: r.fontBoundingBoxDescent }; };
  const out = {};
  for (const weight of [400, 600]) { await document.fonts.load(`${weight} 100px "Golos Text Variable"`, text); const g = m(`${weight} 100px "Golos Text Variable"`); const a = m(`${weight} 100px "Liberation Sans"`); out[weight] = { g, a, ratio: g.w / a.w }; }
  return JSON.stringify(out, null, 1);
}));
await browser.close();
