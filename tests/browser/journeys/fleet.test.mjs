// A fleet's cards, many at once, by mouse: picked and blocked, taken back, labelled from a pasted table.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accessible, openBrowser, openPage, signIn } from '../support/browser.mjs';
import { call, provision, staff, startStack } from '../support/stack.mjs';

const OWN = 'степной-ветер-носит-47-облаков';
const MORE = ['О678МС 26', 'Х345АЕ 26', 'Т012УН 26', 'Е456КХ 126', 'М789ОР 126'];

let stack, browser, cards, job;

before(async () => {
  stack = await startStack();
  browser = await openBrowser();
  const { owner } = await provision(stack.base);
  const { token } = await call(stack.base, 'POST', '/v1/session', { body: staff });
  const { items } = await call(stack.base, 'GET', '/v1/staff/companies', { token });
  await call(stack.base, 'POST', `/v1/staff/companies/${items[0].id}/cards`, {
    token,
    body: { cards: MORE.map((label) => ({ label, group: 'Легковые' })) },
  });
  const first = { login: owner.login, password: owner.one_time_password };
  const session = await call(stack.base, 'POST', '/v1/session', { body: first });
  await call(stack.base, 'POST', '/v1/password', {
    token: session.token,
    body: { current_password: owner.one_time_password, new_password: OWN },
  });
  cards = await listed();
  // One that the company cannot unblock itself.
  await call(stack.base, 'POST', `/v1/staff/cards/${numberOf('Х345АЕ 26')}/block`, { token, body: { reason: 'Проверка' } });
});

after(async () => {
  await browser?.close();
  await stack?.stop();
});

const numberOf = (label) => cards.find((card) => card.label === label).number;

async function listed() {
  const { token } = await call(stack.base, 'POST', '/v1/session', { body: { login: 'kolos', password: OWN } });
  const found = [];
  for (let cursor = ''; cursor !== null; ) {
    const page = await call(stack.base, 'GET', `/v1/cards?limit=100${cursor && `&cursor=${encodeURIComponent(cursor)}`}`, { token });
    found.push(...page.items);
    cursor = page.next_cursor;
  }
  return found;
}

async function open(path, options) {
  const opened = await openPage(browser, stack.base, options);
  await signIn(opened.page, stack.base, 'kolos', OWN);
  await opened.page.goto(stack.base + path);
  const button = (name) => opened.page.getByRole('button', { name, exact: true });
  return { ...opened, button, sees: (text) => opened.page.getByText(text).first().waitFor() };
}

const statuses = async () => Object.fromEntries((await listed()).map(({ label, status }) => [label, status]));

test('cards are picked by a range, blocked at once with a result, and turned back', async () => {
  const { page, troubles, button, sees } = await open('/cards');
  const box = (label) => page.getByRole('checkbox', { name: `Выбрать: ${label}`, exact: true });
  await button('Легковые 5').click();
  await box(MORE[0]).waitFor();
  await box(MORE.at(-1)).waitFor();
  const shown = await page.getByRole('checkbox', { name: /^Выбрать: / }).all();
  assert.equal(shown.length, 5);
  await shown[0].click();
  await shown[4].click({ modifiers: ['Shift'] });
  await sees('Выбрано 5 карт');
  await accessible(page, '/cards with cards picked');

  await page.getByRole('region', { name: 'Выбранные карты' }).getByRole('button', { name: 'Заблокировать' }).click();
  await page.getByLabel('Причина', { exact: true }).fill('Каникулы');
  await page.getByRole('dialog').getByRole('button', { name: 'Заблокировать', exact: true }).click();
  await sees('Заблокировано 5 карт');
  const blocked = await statuses();
  assert.deepEqual(MORE.map((label) => blocked[label]), ['blocked', 'blocked_by_staff', 'blocked', 'blocked', 'blocked']);
  assert.equal(blocked['А123ВС 126'], 'active');

  await button('Отменить').click();
  await sees('Разблокированы 4 карты');
  await sees('Карту заблокировал ОКТАН, снять может только он.');
  const back = await statuses();
  assert.deepEqual(MORE.map((label) => back[label]), ['active', 'blocked_by_staff', 'active', 'active', 'active']);
  assert.deepEqual(troubles, []);
});

test('labels pasted from a spreadsheet are compared first, then written, and can be turned back', async () => {
  const { page, troubles, button, sees } = await open('/cards');
  await page.getByRole('link', { name: 'Названия из таблицы' }).click();
  const table = [
    'Номер карты\tНазвание\tГруппа',
    `${numberOf('О678МС 26')}\tО678МС 126\tДиректор`,
    'Т012УН 26\tТ012УН 126',
    'В000ВВ 99\tНет такой',
    '7,82692E+18\tИспорчен',
  ].join('\n');
  await page.getByLabel('Таблица').fill(table);
  await sees('Такой карты нет');
  await sees('Таблица испортила номер');
  await accessible(page, '/cards/labels with a table pasted');
  await button('Изменить 2 карты').click();
  await sees('Названия записаны');
  assert.equal(await page.getByText('Записано', { exact: true }).count(), 2);
  const labels = (await listed()).map(({ label, group }) => `${label} ${group}`);
  assert.ok(labels.includes('О678МС 126 Директор') && labels.includes('Т012УН 126 Легковые'), labels.join('; '));

  await button('Вернуть 2 карты как было').click();
  await sees('Прежние названия возвращены');
  const old = (await listed()).map(({ label, group }) => `${label} ${group}`);
  assert.ok(old.includes('О678МС 26 Легковые') && old.includes('Т012УН 26 Легковые'), old.join('; '));
  assert.deepEqual(troubles, []);
});

test('a card gets a PIN, which is then only changed or taken away', async () => {
  const { page, troubles, button, sees } = await open(`/cards/${numberOf('А123ВС 126')}`);
  await sees('Без ПИН-кода');
  await button('Задать ПИН-код').click();
  const dialog = page.getByRole('dialog');
  for (const label of ['Новый ПИН-код', 'Ещё раз']) {
    await dialog.getByLabel(label, { exact: true }).first().waitFor();
    const digits = await dialog.getByLabel(label, { exact: true }).all();
    for (const [place, digit] of [...'4821'].entries()) await digits[place].fill(digit);
  }
  await accessible(page, 'a card with its PIN being set');
  await dialog.getByRole('button', { name: 'Задать ПИН-код', exact: true }).click();
  await sees('ПИН-код задан и уже действует');
  await button('Сменить ПИН-код').waitFor();
  await button('Убрать ПИН-код').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Убрать ПИН-код', exact: true }).click();
  await sees('Без ПИН-кода');
  assert.deepEqual(troubles, []);
});

test('every card found is changed by a job, whose progress has an address, and turned back', async () => {
  const { token } = await call(stack.base, 'POST', '/v1/session', { body: staff });
  const { items } = await call(stack.base, 'GET', '/v1/staff/companies', { token });
  const many = Array.from({ length: 120 }, (_, at) => ({ label: `Прицеп ${at + 1}`, group: 'Прицепы' }));
  await call(stack.base, 'POST', `/v1/staff/companies/${items[0].id}/cards`, { token, body: { cards: many } });

  const { page, troubles, button, sees } = await open('/cards');
  await button('Прицепы 120').click();
  await page.getByRole('checkbox', { name: 'Выбрать все показанные' }).click();
  await sees('Выбрано 50 карт');
  await button('Выбрать все 120').click();
  await sees('Выбраны все 120');
  await page.getByRole('region', { name: 'Выбранные карты' }).getByRole('button', { name: 'Заблокировать' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Заблокировать', exact: true }).click();
  await sees('Готово: изменено 120 из 120');
  await accessible(page, 'the cards with a job done');
  job = new URL(page.url()).searchParams.get('job');
  assert.ok(job);
  await page.reload();
  const blocking = page.url();
  await button('Вернуть 120 карт как было').click();
  await page.waitForURL((url) => url.href !== blocking);
  await sees('Готово: изменено 120 из 120');
  // Fifty of them are shown, in the order of numbers, which are drawn: all of these can be blocked again.
  await page.getByRole('button', { name: /^Заблокировать: Прицеп / }).nth(49).waitFor();
  const back = Object.entries(await statuses()).filter(([label]) => label.startsWith('Прицеп '));
  assert.deepEqual(back.filter(([, status]) => status !== 'active'), []);
  assert.deepEqual(troubles, []);
});

const pasted = () => `${numberOf('О678МС 26')}\tО678МС 126\nВ000ВВ 99\tНет такой`;

for (const colorScheme of ['light', 'dark']) {
  for (const width of [1440, 360]) {
    test(`axe finds nothing on the fleet’s pages and windows, ${colorScheme}, ${width}`, async () => {
      const { page, troubles, button, sees } = await open('/cards', { colorScheme, viewport: { width, height: 800 } });
      const look = async (what) => {
        await page.waitForLoadState('networkidle');
        await accessible(page, `${what} (${colorScheme}, ${width})`);
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${what} scrolls sideways`);
      };
      const card = `/cards/${numberOf('А123ВС 126')}`;
      for (const path of ['/cards', '/cards/labels', card]) {
        await page.goto(stack.base + path);
        await page.getByRole('heading', { level: 1 }).waitFor();
        await look(path);
      }
      await button('Задать ПИН-код').click();
      await page.getByRole('dialog').getByLabel('Новый ПИН-код', { exact: true }).first().waitFor();
      await look('a PIN to be set');
      await page.goto(`${stack.base}/cards/labels`);
      await page.getByLabel('Таблица').fill(pasted());
      await sees('Такой карты нет');
      await look('labels pasted');
      page.once('dialog', (leaving) => leaving.accept());

      for (const act of ['Заблокировать', 'Разблокировать', 'В группу']) {
        await page.goto(`${stack.base}/cards?group=Легковые`);
        for (const nth of [0, 1]) await page.getByRole('checkbox', { name: /^Выбрать: / }).nth(nth).click();
        await page.getByRole('region', { name: 'Выбранные карты' }).getByRole('button', { name: act, exact: true }).click();
        await page.getByRole('dialog').waitFor();
        await look(`${act}: two cards picked`);
      }

      // As a job answers that is half-way, and one that could not change every card.
      const half = { state: 'running', done: 45, changed: 45, failed: [] };
      const over = { state: 'done', failed: [{ number: numberOf('Х345АЕ 26'), code: 'blocked_by_staff' }] };
      for (const now of [half, over]) {
        await page.route('**/v1/jobs/*', async (route) => {
          const answer = await route.fetch();
          await route.fulfill({ response: answer, json: { ...(await answer.json()), ...now } });
        });
        await page.goto(`${stack.base}/cards?job=${job}`);
        await sees(now === half ? /45 из 120/ : /Готово/);
        await look(`a job that is ${now.state}`);
        await page.unrouteAll({ behavior: 'ignoreErrors' });
      }
      assert.deepEqual(troubles, []);
    });
  }
}
