// A card's rules tried on its past while they are edited, kept as templates and taken from them.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accessible, openBrowser, openPage, signIn } from '../support/browser.mjs';
import { call, provision, startStack } from '../support/stack.mjs';

const OWN = 'степной-ветер-носит-47-облаков';

let stack, browser, card;

before(async () => {
  stack = await startStack();
  browser = await openBrowser();
  const { owner, pump, card: number } = await provision(stack.base);
  card = number;
  const first = { login: owner.login, password: owner.one_time_password };
  const { token } = await call(stack.base, 'POST', '/v1/session', { body: first });
  await call(stack.base, 'POST', '/v1/password', {
    token,
    body: { current_password: owner.one_time_password, new_password: OWN },
  });
  for (const litres of ['60.000', '30.000']) {
    const { authorization_id: id } = await pump.ask(litres);
    await pump.capture(id, litres);
  }
});

after(async () => {
  await browser?.close();
  await stack?.stop();
});

async function open(path, options) {
  const opened = await openPage(browser, stack.base, options);
  await signIn(opened.page, stack.base, 'kolos', OWN);
  await opened.page.goto(stack.base + path);
  const button = (name) => opened.page.getByRole('button', { name, exact: true });
  return { ...opened, button, sees: (text) => opened.page.getByText(text).first().waitFor() };
}

test('rules are tried on the past as they are typed, kept as a template and taken from one', async () => {
  const { page, troubles, button, sees } = await open(`/cards/${card}/rules`);
  await sees('Измените правила: здесь сразу будет видно');
  await button('Добавить лимит').click();
  await sees('Заполните правила до конца');
  assert.equal(await page.getByText('Число больше нуля').count(), 0, 'a field is not wrong while it is being typed');
  await page.getByLabel('Не больше').fill('45');
  await sees('Отказали бы в 1 из 2 заправок');
  await sees('Отказов за это время не было');
  await page.getByText(/^Отказали бы\s*1$/).click();
  await sees('Оставалось 45,00 л');
  await accessible(page, 'the rules editor with a back-test');
  await page.getByRole('button', { name: /60,00 л, АЗС 12/ }).click();
  await page.getByRole('dialog').getByText('Как всё было').waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Закрыть' }).click();
  await page.getByLabel('Не больше').fill('90');
  await sees('Не отказали бы ни в одной из 2 заправок');

  await button('Сохранить как шаблон').click();
  await page.getByLabel('Название шаблона').fill('Легковые');
  await button('Сохранить шаблон').click();
  await sees('Шаблон «Легковые» создан');

  await button('Взять из шаблона').click();
  await accessible(page, 'the list of templates in the rules editor');
  await page.getByRole('menuitem', { name: /^Только топливо/ }).click();
  await sees('В форме правила шаблона «Только топливо»');
  await page.getByLabel('Не больше').waitFor({ state: 'detached' });

  page.once('dialog', (leaving) => leaving.accept());
  await page.goto(`${stack.base}/cards/templates`);
  await sees('В день: 90,00 л, все продукты');
  await button('Удалить: Легковые').click();
  await sees('Карты, которым этот шаблон уже дал правила, останутся при них.');
  await page.getByRole('dialog').getByRole('button', { name: 'Удалить', exact: true }).click();
  await sees('Своих шаблонов ещё нет');
  assert.deepEqual(troubles, []);
});

test('a template is made and changed on its own pages', async () => {
  const { page, troubles, button, sees } = await open('/cards/templates');
  await page.getByRole('link', { name: 'Новый шаблон' }).first().click();
  await button('Добавить лимит').click();
  await button('Сохранить шаблон').click();
  await sees('Число больше нуля');
  await page.getByLabel('Название шаблона').fill('Зерновозы');
  await page.getByLabel('Не больше').fill('400');
  await button('Сохранить шаблон').click();
  await sees('В день: 400,00 л, все продукты');

  await page.getByRole('link', { name: 'Изменить: Зерновозы' }).click();
  await page.getByLabel('Не больше').fill('350,5');
  await button('Сохранить шаблон').click();
  await sees('В день: 350,50 л, все продукты');
  assert.deepEqual(troubles, []);
});

test('a template is given to all cards as a job, and to those that are picked', async () => {
  const { page, troubles, button, sees } = await open('/cards/templates');
  const dialog = page.getByRole('dialog');
  const give = dialog.getByRole('button', { name: 'Дать правила', exact: true });
  await button('Дать правила: Зерновозы').click();
  await sees('Нынешние правила этих карт заменит шаблон');
  await accessible(page, 'the window that gives rules');
  await give.click();
  await page.waitForURL(/\/cards\?job=/);
  await sees('Готово: изменено 1 из 1');
  assert.equal(await page.getByRole('button', { name: /^Вернуть/ }).count(), 0, 'rules are restored card by card');
  await page.goto(`${stack.base}/cards/${card}`);
  await sees('В день: 350,50 л, все продукты');

  await page.goto(`${stack.base}/cards`);
  await page.getByRole('checkbox', { name: 'Выбрать: А123ВС 126' }).check();
  await button('Дать правила').click();
  await give.click();
  await sees('Правила даны 1 карте');
  await dialog.waitFor({ state: 'detached' });
  assert.deepEqual(troubles, []);
});

for (const colorScheme of ['light', 'dark']) {
  test(`axe finds nothing on the pages of rules, ${colorScheme}`, async () => {
    for (const viewport of [{ width: 1440, height: 900 }, { width: 360, height: 740 }]) {
      const { page, troubles } = await open('/cards/templates', { colorScheme, viewport });
      const { items } = await page.evaluate(async () => (await fetch('/v1/limit-templates')).json());
      const own = items.find(({ name }) => name === 'Зерновозы').id;
      for (const path of [`/cards/${card}/rules`, '/cards/templates', '/cards/templates/new', `/cards/templates/${own}`]) {
        await page.goto(stack.base + path);
        await page.waitForLoadState('networkidle');
        await accessible(page, `${path} (${colorScheme}, ${viewport.width})`);
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${path} scrolls sideways`);
      }
      assert.deepEqual(troubles, []);
    }
  });
}
