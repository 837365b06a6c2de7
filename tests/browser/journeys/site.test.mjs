// The public site: without a script, with one, in both themes, on a phone.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accessible, openBrowser, openPage } from '../support/browser.mjs';
import { openStations, pages, publishNews } from '../support/site.mjs';
import { call, staff, startStack } from '../support/stack.mjs';

let stack, browser, news;

before(async () => {
  stack = await startStack();
  await openStations(stack.base);
  news = await publishNews(stack.base);
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

test('somebody without JavaScript writes to the administration and is told what to correct', async () => {
  const { page, troubles } = await openPage(browser, stack.base, { javaScriptEnabled: false });
  await page.goto(`${stack.base}/contacts`);
  await page.getByLabel('Как к вам обращаться').fill('Анна');
  await page.getByLabel('Звонком').check();
  assert.ok(!(await page.getByLabel('Электронная почта').isVisible()), 'only the chosen way is asked for');
  await page.getByLabel('Телефон', { exact: true }).fill('потом');
  await page.getByLabel('Сообщение').fill('Нужны карты на десять машин');
  await page.getByRole('button', { name: 'Отправить' }).click();
  await page.getByText('Напишите телефон с кодом').waitFor();
  assert.equal(await page.getByLabel('Сообщение').inputValue(), 'Нужны карты на десять машин');
  await page.getByLabel('Телефон', { exact: true }).fill('+7 865 218-42-25');
  await page.getByRole('button', { name: 'Отправить' }).click();
  await page.getByText('Сообщение отправлено').waitFor();
  const { token } = await call(stack.base, 'POST', '/v1/session', { body: staff });
  const { items } = await call(stack.base, 'GET', '/v1/staff/messages', { token });
  assert.deepEqual(items.map(({ name, body }) => [name, body]), [['Анна', 'Нужны карты на десять машин']]);
  assert.deepEqual(troubles, []);
});

for (const colorScheme of ['light', 'dark']) {
  for (const width of [1440, 360]) {
    test(`axe finds nothing on the public pages, ${colorScheme}, ${width} wide`, async () => {
      const { page, troubles } = await openPage(browser, stack.base, { colorScheme, viewport: { width, height: 800 } });
      for (const path of [...pages, news, '/stations/99', '/en', '/en/stations']) {
        await page.goto(stack.base + path);
        await accessible(page, `${path} (${colorScheme}, ${width})`);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        assert.equal(overflow, 0, `${path} is wider than ${width}`);
      }
      await page.goto(`${stack.base}/contacts`);
      await page.getByLabel('Как к вам обращаться').fill('Анна');
      await page.getByLabel('Звонком').check();
      await page.getByLabel('Телефон', { exact: true }).fill('потом');
      await page.getByLabel('Сообщение').fill('Нужны карты');
      await page.getByRole('button', { name: 'Отправить' }).click();
      await page.getByText('Напишите телефон с кодом').waitFor();
      await accessible(page, `the form with what is wrong (${colorScheme}, ${width})`);
      await page.goto(`${stack.base}/contacts?sent`);
      await accessible(page, `the thanks (${colorScheme}, ${width})`);
      assert.deepEqual(troubles, []);
    });
  }
}
