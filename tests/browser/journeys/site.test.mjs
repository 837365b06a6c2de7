// The public site: without a script, with one, in both themes, on a phone.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accessible, openBrowser, openPage } from '../support/browser.mjs';
import { holds, measure } from '../support/lighthouse.mjs';
import { openStations, pages } from '../support/site.mjs';
import { startStack } from '../support/stack.mjs';

let stack, browser;

before(async () => {
  stack = await startStack();
  await openStations(stack.base);
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  await stack?.stop();
});

test('a driver without JavaScript finds the nearest diesel with a café, and OKTAN’s phone', async () => {
  const { page, troubles } = await openPage(browser, stack.base, { javaScriptEnabled: false });
  await page.goto(stack.base);
  await page.getByLabel('Рядом с', { exact: true }).fill('Невинномысск');
  await page.getByRole('button', { name: 'Показать', exact: true }).click();
  assert.equal(await page.getByRole('heading', { level: 2 }).first().textContent(), 'АЗС № 21');
  await page.getByLabel('Топливо', { exact: true }).selectOption('AI95');
  await page.getByLabel('Кафе', { exact: true }).check();
  await page.getByRole('button', { name: 'Показать', exact: true }).click();
  assert.deepEqual(await page.getByRole('article').getByRole('heading').allTextContents(), ['АЗС № 12', 'АЗС № 34']);
  await page.locator('.map').getByRole('link', { name: 'АЗС № 12' }).click();
  await page.getByRole('heading', { name: 'АЗС № 12', level: 1 }).waitFor();
  await page.getByText('64,30 ₽').waitFor();
  await page.getByRole('link', { name: 'English version of this page' }).first().click();
  await page.getByText('AI-95 petrol').waitFor();
  assert.equal(await page.getByRole('link', { name: '8-865-228-09-47' }).first().getAttribute('href'), 'tel:+78652280947');
  await page.getByRole('link', { name: 'Personal cabinet' }).first().click();
  assert.equal(new URL(page.url()).pathname, '/login');
  assert.deepEqual(troubles, []);
});

test('the browser says where it is, to a kilometre, or the page says that it did not', async () => {
  const place = { geolocation: { latitude: 44.0486, longitude: 43.0594 }, permissions: ['geolocation'] };
  const { page, troubles } = await openPage(browser, stack.base, place);
  await page.goto(`${stack.base}/stations`);
  await page.getByRole('button', { name: 'Рядом со мной' }).click();
  await page.waitForURL(/near=44.05%2C\+43.06/);
  assert.equal(await page.getByRole('article').getByRole('heading').first().textContent(), 'АЗС № 41');
  const refused = await openPage(browser, stack.base, { permissions: [] });
  await refused.page.goto(stack.base);
  await refused.page.getByRole('button', { name: 'Рядом со мной' }).click();
  await refused.page.getByText('Браузер не сказал, где вы').waitFor();
  assert.deepEqual([...troubles, ...refused.troubles], []);
});

for (const colorScheme of ['light', 'dark']) {
  for (const width of [1440, 360]) {
    test(`axe finds nothing on the public pages, ${colorScheme}, ${width} wide`, async () => {
      const { page, troubles } = await openPage(browser, stack.base, { colorScheme, viewport: { width, height: 800 } });
      for (const path of [...pages, '/stations/99', '/en', '/en/stations']) {
        await page.goto(stack.base + path);
        await accessible(page, `${path} (${colorScheme}, ${width})`);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        assert.equal(overflow, 0, `${path} is wider than ${width}`);
      }
      assert.deepEqual(troubles, []);
    });
  }
}

test('Lighthouse gives the first page and the stations at least 95 in everything', async () => {
  const measured = await measure(stack.base, ['/', '/stations']);
  assert.ok(measured.every(holds), JSON.stringify(measured, null, 2));
});
