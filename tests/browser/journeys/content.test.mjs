// What the site says and what is sold, by mouse: a product, a station's words and news, seen as the site will show them.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accessible, openBrowser, openPage, signIn } from '../support/browser.mjs';
import { call, linkIn, mailTo, provision, staff, startStack } from '../support/stack.mjs';

const EDITOR = { login: 'redaktor', full_name: 'Лунина Вера Ильинична', email: 'redaktor@oktan.example', role: 'editor' };
const PASSWORD = 'тихая-гавань-и-9-якорей';

let stack, browser;

before(async () => {
  stack = await startStack();
  browser = await openBrowser();
  await provision(stack.base);
  const { token } = await call(stack.base, 'POST', '/v1/session', { body: staff });
  await call(stack.base, 'POST', '/v1/staff/staff-users', { token, body: EDITOR });
  const link = new URL(linkIn(await mailTo(stack.base, EDITOR.email, '')));
  await call(stack.base, 'POST', `/v1${link.pathname}`, { body: { new_password: PASSWORD } });
});

after(async () => {
  await browser?.close();
  await stack?.stop();
});

async function open(login, password, path, options) {
  const opened = await openPage(browser, stack.base, options);
  await signIn(opened.page, stack.base, login, password);
  await opened.page.goto(stack.base + path);
  const { page } = opened;
  return {
    ...opened,
    press: (name) => page.getByRole('button', { name, exact: true }).click(),
    confirm: (name) => page.getByRole('dialog').getByRole('button', { name, exact: true }).click(),
    field: (label) => page.getByLabel(label, { exact: true }),
    sees: (text) => page.getByText(text).first().waitFor(),
  };
}

/** A part of a page as its tags and texts alone: `p(strong(…))`. */
const shape = (locator) =>
  locator.evaluate((root) => {
    const told = (node) =>
      node.nodeType === 3
        ? node.nodeValue.replace(/\s+/g, ' ')
        : `${node.localName}(${[...node.childNodes].map(told).join('')})`;
    return [...root.children].map(told).join('');
  });

test('an admin adds a product, which then stands in the price list', async () => {
  const { page, troubles, press, confirm, field, sees } = await open(staff.login, staff.password, '/staff/products');
  await press('Новый продукт');
  await field('Название').fill('АИ-100');
  await field('Код').fill('ai-100');
  assert.equal(await field('Код').inputValue(), 'AI100');
  await field('Ставка, %').fill('22');
  await accessible(page, 'a new product');
  await confirm('Добавить продукт');
  await sees('АИ-100 · AI100');
  await press('Новый продукт');
  await field('Название').fill('Ещё один');
  await field('Код').fill('AI100');
  await confirm('Добавить продукт');
  await page.getByRole('dialog').getByRole('alert').waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Отмена' }).click();
  await page.goto(`${stack.base}/staff/prices`);
  await page.getByRole('columnheader', { name: 'АИ-100' }).waitFor();
  assert.deepEqual(troubles, []);
});

const WORDS = `# Своя **кухня**

Завтраки с 6 утра, [меню](https://menu.example/a?b=1&c=2), [не ссылка](javascript:alert(1)) и <b onclick="x">не тег</b>.

3. раз
4. два

| Топливо | Цена |
|:--|--:|
| ДТ | 71,90 |

\`\`\`
как есть
\`\`\``;

test('an editor writes a station’s words, sees them as the site will show them, and so they are', async () => {
  const { page, troubles, press, field, sees } = await open(EDITOR.login, PASSWORD, '/staff/stations');
  await page.getByRole('link', { name: 'Текст на сайте: АЗС 12' }).click();
  const preview = page.getByRole('region', { name: 'По-русски: как увидят на сайте' });
  await preview.getByText('Пока пусто.').waitFor();
  await field('По-русски').fill(WORDS);
  await field('По-английски').fill('A *kitchen* of its own');
  await preview.getByRole('heading', { name: 'Своя кухня', level: 2 }).waitFor();
  assert.deepEqual(await preview.getByRole('link').allTextContents(), ['меню']);
  assert.equal(await preview.locator('b, script, [onclick], [style]').count(), 0);
  await accessible(page, 'a station’s words with their preview');
  const foreseen = await shape(preview.locator('div').first());
  await press('Сохранить');
  await sees('Сохранено: на сайте уже новый текст');
  await page.goto(`${stack.base}/stations/12`);
  assert.equal(await shape(page.locator('.prose')), foreseen);
  await page.goto(`${stack.base}/en/stations/12`);
  await page.getByText('A kitchen of its own').waitFor();
  assert.deepEqual(troubles, []);
});

test('of two who write at once the second sees what the first wrote, and decides', async () => {
  const first = await open(EDITOR.login, PASSWORD, '/staff/stations/12');
  const second = await open(staff.login, staff.password, '/staff/stations/12');
  await second.field('По-русски').waitFor();
  await first.field('По-русски').fill('Первый текст');
  await first.press('Сохранить');
  await first.sees('Сохранено');
  await second.field('По-русски').fill('Второй текст');
  await second.press('Сохранить');
  await second.sees('Пока вы писали, текст изменил кто-то другой');
  await second.page.getByRole('alert').getByText('Первый текст').waitFor();
  assert.equal(await second.field('По-русски').inputValue(), 'Второй текст');
  await accessible(second.page, 'words that somebody else changed meanwhile');
  await second.press('Сохранить моё');
  await second.sees('Сохранено');
  await second.page.goto(`${stack.base}/stations/12`);
  await second.page.getByText('Второй текст').waitFor();
  assert.deepEqual([...first.troubles, ...second.troubles], []);
});

test('a piece of news is seen as it will be read before it is out', async () => {
  const { page, troubles, press, field, sees } = await open(EDITOR.login, PASSWORD, '/staff/news/new');
  await field('Заголовок').fill('Открылась АЗС № 41');
  await field('Текст').fill(WORDS);
  const preview = page.getByRole('region', { name: 'Текст: как увидят на сайте' });
  await preview.getByRole('table').waitFor();
  const foreseen = await shape(preview.locator('div').first());
  await press('Опубликовать');
  await sees('Новость на сайте');
  await page.goto(stack.base + (await page.getByRole('link', { name: 'Посмотреть на сайте' }).getAttribute('href')));
  assert.equal(await shape(page.locator('.prose')), foreseen);
  assert.deepEqual(troubles, []);
});

const LETTER = { name: 'Анна', how: 'phone', body: 'Нужны карты\nна десять машин', reply_to: { phone: '+7 865 218-42-25' } };

test('what somebody writes on the site waits at the desk until it is answered', async () => {
  await call(stack.base, 'POST', '/v1/public/messages', { body: LETTER });
  const { page, troubles, press, sees } = await open(staff.login, staff.password, '/staff/companies');
  await page.getByRole('navigation', { name: 'Разделы' }).getByRole('link', { name: 'Обращения' }).click();
  await page.getByRole('link', { name: 'Письма с сайта' }).click();
  await sees('на десять машин');
  assert.match(await page.getByRole('link', { name: /218/ }).getAttribute('href'), /^tel:\+78652184225$/);
  await accessible(page, 'messages that wait');
  await press('Отвечено: Анна');
  await sees('Все письма отвечены');
  await page.getByRole('link', { name: 'Отвеченные' }).click();
  await sees(/^Отвечено \d/);
  assert.deepEqual(troubles, []);
});

for (const colorScheme of ['light', 'dark']) {
  test(`axe finds nothing where the site’s words are written, ${colorScheme}`, async () => {
    for (const viewport of [{ width: 1440, height: 900 }, { width: 360, height: 740 }]) {
      const { page, troubles, field } = await open(EDITOR.login, PASSWORD, '/staff/stations', { colorScheme, viewport });
      const { items } = await page.evaluate(async () => (await fetch('/v1/staff/news')).json());
      for (const path of ['/staff/stations', '/staff/stations/12', '/staff/news', '/staff/news/new', `/staff/news/${items[0].id}`]) {
        await page.goto(stack.base + path);
        await page.waitForLoadState('networkidle');
        if (path === '/staff/stations/12') {
          await field('По-русски').fill(WORDS);
          await page.getByRole('link', { name: 'меню' }).waitFor();
          page.once('dialog', (leaving) => leaving.accept());
        }
        await accessible(page, `${path} (${colorScheme}, ${viewport.width})`);
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${path} scrolls sideways`);
      }
      const admin = await open(staff.login, staff.password, '/staff/products', { colorScheme, viewport });
      for (const button of ['Новый продукт', 'Добавить ставку НДС: ДТ']) {
        await admin.page.goto(`${stack.base}/staff/products`);
        await admin.press(button);
        await admin.page.getByRole('dialog').getByLabel('Ставка, %').waitFor();
        await accessible(admin.page, `the window «${button}» (${colorScheme}, ${viewport.width})`);
      }
      await call(stack.base, 'POST', '/v1/public/messages', { body: LETTER });
      await admin.page.goto(`${stack.base}/staff/messages`);
      await admin.sees('на десять машин');
      await accessible(admin.page, `letters from the site (${colorScheme}, ${viewport.width})`);
      assert.deepEqual([...troubles, ...admin.troubles], []);
    }
  });
}
