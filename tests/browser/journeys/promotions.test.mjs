// A promotion from its editor's desk to the pump: written, published, joined, saved with, left, withdrawn.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accessible, openBrowser, openPage, signIn } from '../support/browser.mjs';
import { call, linkIn, mailTo, provision, staff, startStack } from '../support/stack.mjs';

const OWN = 'степной-ветер-носит-47-облаков';
const MAILBOX = 'office@client.example';
const DAY_MS = 86_400_000;
const TITLE = 'Зимнее дизельное топливо дешевле';

let stack, browser, pump;

before(async () => {
  stack = await startStack();
  browser = await openBrowser();
  const made = await provision(stack.base);
  pump = made.pump;
  const first = { login: made.owner.login, password: made.owner.one_time_password };
  const { token } = await call(stack.base, 'POST', '/v1/session', { body: first });
  await call(stack.base, 'POST', '/v1/password', { token, body: { current_password: first.password, new_password: OWN } });
});

after(async () => {
  await browser?.close();
  await stack?.stop();
});

async function open(path, { person = { login: 'kolos', password: OWN }, ...options } = {}) {
  const opened = await openPage(browser, stack.base, options);
  const { page } = opened;
  await signIn(page, stack.base, person.login, person.password);
  await page.goto(stack.base + path);
  return {
    ...opened,
    press: (name) => page.getByRole('button', { name, exact: true }).click(),
    confirm: (name) => page.getByRole('dialog').getByRole('button', { name, exact: true }).click(),
    fill: (label, text) => page.getByLabel(label, { exact: true }).fill(text),
    sees: (text) => page.getByText(text).first().waitFor(),
  };
}

const atDesk = (path, options = {}) => open(path, { person: staff, ...options });

/** A day in Moscow, so many days from today, as the API and a date field write it. */
const day = (ahead) => new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Moscow' }).format(Date.now() + ahead * DAY_MS);

async function fuel(litres) {
  const { authorization_id: id, decision } = await pump.ask(litres);
  assert.equal(decision, 'approved');
  await pump.capture(id, litres);
}

test('an editor writes a promotion, sees it as a client will, and publishes it', async () => {
  const { page, troubles, press, confirm, fill, sees } = await atDesk('/staff/promotions');
  await sees('Акций ещё нет');
  await accessible(page, 'no promotions');
  await page.getByRole('link', { name: 'Новая акция' }).click();
  await press('Опубликовать');
  await sees('Исправьте отмеченные поля');
  await accessible(page, 'a promotion with what is wrong');
  await fill('Название', TITLE);
  await fill('Первый день', day(-1));
  await fill('Последний день', day(-2));
  await sees('Последний день раньше первого');
  await fill('Последний день', day(30));
  await page.getByLabel('Продукты').first().click();
  await page.getByRole('option', { name: 'ДТ', exact: true }).click();
  await page.keyboard.press('Escape');
  await fill('Скидка с литра', '2');
  await fill('Количество от', '30');
  await sees(/2,00\s₽ с литра ДТ, от 30,00\sл, с .* по .*, на всех АЗС/);
  await fill('Описание', 'Заправляйте **зимнее**.');
  await page.locator('strong', { hasText: 'зимнее' }).waitFor();
  await accessible(page, 'a promotion while it is written');
  await press('Сохранить черновик');
  await sees('Черновик сохранён');
  await page.waitForURL(/\/staff\/promotions\/\d+$/);

  // Nobody else knows of a draft.
  const client = await open('/offers');
  await client.sees('Акций сейчас нет');
  await accessible(client.page, 'no offers');

  await press('Опубликовать');
  await sees('Её увидят все компании');
  await accessible(page, 'publishing a promotion');
  await confirm('Опубликовать');
  await sees('Акция опубликована');
  await mailTo(stack.base, MAILBOX, TITLE);
  await client.page.goto(`${stack.base}/overview`);
  await client.page.getByRole('button', { name: /^Уведомления, новых: / }).click();
  await client.page.getByRole('link', { name: new RegExp(`Новая акция: ${TITLE}`) }).click();
  await client.page.getByRole('heading', { name: TITLE, level: 1 }).waitFor();
  await client.sees('Заправляйте');
  assert.deepEqual([...troubles, ...client.troubles], []);
});

test('a company joins, its fill is cheaper, history and the promotion say by how much, and it leaves', async () => {
  const { page, troubles, press, confirm, sees } = await open('/offers');
  await sees('Можно присоединиться');
  await fuel('30.000');
  await press(`Присоединиться: ${TITLE}`);
  await sees('к заправкам, которые одобрят после этого');
  await accessible(page, 'joining');
  await confirm('Присоединиться');
  await sees(`Компания участвует: ${TITLE}`);
  await page.getByRole('heading', { name: 'Вы участвуете' }).waitFor();

  await fuel('40.000');
  // Below the least quantity there is no discount.
  await fuel('20.000');
  await page.goto(`${stack.base}/history`);
  await sees('скидка 80,00 ₽');
  await sees('−2 796,00 ₽');
  assert.equal(await page.getByText(/^скидка /).count(), 1);
  await page.getByRole('row', { name: /2 796,00/ }).getByRole('button').click();
  const drawer = page.getByRole('dialog', { name: 'Операция' });
  await drawer.getByText('80,00 ₽', { exact: true }).waitFor();
  await accessible(page, 'an operation with a discount');
  await drawer.getByRole('link', { name: TITLE }).click();
  await page.getByRole('heading', { name: TITLE, level: 1 }).waitFor();
  await sees('Сэкономлено 80,00 ₽');
  await page.goto(`${stack.base}/offers`);
  await sees('В этом месяце 80,00 ₽');

  await press(`Выйти из акции: ${TITLE}`);
  await sees('Сэкономленные 80,00 ₽ остаются вашими');
  await accessible(page, 'leaving');
  await confirm('Выйти из акции');
  await sees(`Компания вышла: ${TITLE}`);
  await fuel('40.000');
  await page.goto(`${stack.base}/history`);
  await sees('−2 876,00 ₽');
  assert.equal(await page.getByText(/^скидка /).count(), 1);
  assert.deepEqual(troubles, []);
});

test('of two editors the second sees what the first wrote; what was published is withdrawn for good', async () => {
  const { page, troubles, press, confirm, fill, sees } = await atDesk('/staff/promotions');
  await page.getByRole('link', { name: TITLE }).click();
  await sees('Новые условия действуют');
  const { token } = await call(stack.base, 'POST', '/v1/session', { body: staff });
  const id = new URL(page.url()).pathname.split('/').at(-1);
  await call(stack.base, 'PATCH', `/v1/staff/promotions/${id}`, { token, body: { title: 'Кто-то успел раньше' } });
  await fill('Скидка с литра', '3');
  await press('Сохранить');
  await sees('Кто-то успел раньше');
  await accessible(page, 'somebody else was quicker');
  await page.getByRole('button', { name: 'Сохранить', exact: false }).first().click();
  await sees('Акция опубликована');

  const client = await open('/offers');
  await client.press(`Присоединиться: ${TITLE}`);
  await client.sees('3,00 ₽ с литра ДТ');
  await client.confirm('Присоединиться');
  await client.sees(`Компания участвует: ${TITLE}`);
  await press('Отозвать');
  await sees('В ней участвует 1 компания');
  await accessible(page, 'withdrawing');
  await confirm('Отозвать');
  await sees('Акция отозвана');
  await client.page.goto(`${stack.base}/offers`);
  await client.sees('Прошедшие');
  await client.sees('отозвана');
  assert.equal(await client.page.getByRole('button', { name: /^Присоединиться/ }).count(), 0);
  await client.page.goto(`${stack.base}/offers/999`);
  await client.sees('Такой акции нет');
  assert.deepEqual([...troubles, ...client.troubles], []);
});

test('a promotion is for some companies, whom only an admin chooses; a suspended company only reads', async () => {
  const { token } = await call(stack.base, 'POST', '/v1/session', { body: staff });
  const found = await call(stack.base, 'GET', '/v1/staff/companies?q=2622542570', { token });
  const [company] = found.items;
  const body = {
    title: 'Только для своих', body: 'Текст', from: day(0), to: day(9), discount: { percent: '5' }, companies: [company.id],
  };
  const { id } = await call(stack.base, 'POST', '/v1/staff/promotions', { token, body });
  const desk = await atDesk(`/staff/promotions/${id}`);
  await desk.sees('ООО «Колос-Транс»');
  await desk.sees('5 % на все продукты');
  await accessible(desk.page, 'a promotion for some companies');
  await call(stack.base, 'POST', '/v1/staff/staff-users', {
    token,
    body: { login: 'writer', full_name: 'Белова Анна Сергеевна', email: 'writer@oktan.example', role: 'editor' },
  });
  const link = new URL(linkIn(await mailTo(stack.base, 'writer@oktan.example', '')));
  await call(stack.base, 'POST', `/v1${link.pathname}`, { body: { new_password: OWN } });
  const writer = await open(`/staff/promotions/${id}`, { person: { login: 'writer', password: OWN } });
  await writer.sees('Для 1 компании, которую выбрал администратор');
  await writer.fill('Название', 'Только для своих, ещё дешевле');
  await writer.press('Сохранить');
  await writer.sees('Акция опубликована');
  await desk.page.reload();
  await desk.sees('ООО «Колос-Транс»');
  await call(stack.base, 'POST', `/v1/staff/companies/${company.id}/suspend`, { token, body: {} });
  const client = await open('/offers');
  await client.sees('Только для своих');
  assert.equal(await client.page.getByRole('button', { name: /^Присоединиться/ }).count(), 0);
  await call(stack.base, 'POST', `/v1/staff/companies/${company.id}/resume`, { token, body: {} });
  assert.deepEqual([...desk.troubles, ...writer.troubles, ...client.troubles], []);
});

for (const colorScheme of ['light', 'dark']) {
  test(`axe finds nothing on the pages of promotions, ${colorScheme}`, async () => {
    for (const viewport of [{ width: 1440, height: 900 }, { width: 360, height: 740 }]) {
      const client = await open('/offers', { colorScheme, viewport });
      const desk = await atDesk('/staff/promotions', { colorScheme, viewport });
      await desk.sees(TITLE);
      const written = await desk.page.getByRole('link', { name: TITLE }).first().getAttribute('href');
      for (const [{ page }, path] of [
        [client, '/offers'],
        [client, written.replace('/staff/promotions', '/offers')],
        [client, '/history'],
        [desk, '/staff/promotions'],
        [desk, '/staff/promotions/new'],
        [desk, written],
      ]) {
        await page.goto(stack.base + path);
        await page.waitForLoadState('networkidle');
        await accessible(page, `${path} (${colorScheme}, ${viewport.width})`);
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${path} scrolls sideways`);
      }
      assert.deepEqual([...client.troubles, ...desk.troubles], []);
    }
  });
}
