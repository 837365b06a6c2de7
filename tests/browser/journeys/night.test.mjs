// A night, by mouse: a driver phones in a loss, the desk blocks the card and replaces it, what was under way settles, the
// new card fuels, and the client sees it all.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { accessible, openBrowser, openPage, signIn } from '../support/browser.mjs';
import { call, provision, staff, startStack } from '../support/stack.mjs';

const OWN = 'степной-ветер-носит-47-облаков';
const PLATE = 'А123ВС 126';
const LIVE_MS = 5_000;

let stack, browser, lost, pump;

before(async () => {
  stack = await startStack();
  browser = await openBrowser();
  const provisioned = await provision(stack.base);
  ({ card: lost, pump } = provisioned);
  const { login, one_time_password: password } = provisioned.owner;
  const { token } = await call(stack.base, 'POST', '/v1/session', { body: { login, password } });
  const body = { current_password: password, new_password: OWN };
  await call(stack.base, 'POST', '/v1/password', { token, body });
  const owner = await asOwner();
  await owner('PATCH', `/v1/cards/${lost}`, { group: 'Самосвалы' });
  await owner('PUT', '/v1/budget', { period: 'month', litres: '1000', carry_over: false });
  await owner('PATCH', '/v1/budget/lines', { lines: [{ number: lost, litres: '300' }] });
  await owner('PUT', `/v1/cards/${lost}/limits`, { limits: [{ measure: 'litres', period: 'day', amount: '100' }] });
});

after(async () => {
  await browser?.close();
  await stack?.stop();
});

async function asOwner() {
  const { token } = await call(stack.base, 'POST', '/v1/session', { body: { login: 'kolos', password: OWN } });
  return (method, path, body) => call(stack.base, method, path, { token, body, headers: { 'if-match': '*', 'idempotency-key': randomUUID() } });
}

async function open(who, path, options) {
  const opened = await openPage(browser, stack.base, options);
  await signIn(opened.page, stack.base, ...who);
  await opened.page.goto(stack.base + path);
  return { ...opened, ...hands(opened.page) };
}

const desk = [staff.login, staff.password];
const client = ['kolos', OWN];

function hands(page) {
  const main = page.getByRole('main');
  return {
    press: (name) => page.getByRole('button', { name, exact: true }).click(),
    confirm: (name) => page.getByRole('dialog').getByRole('button', { name, exact: true }).click(),
    fill: (label, text) => page.getByRole('dialog').getByLabel(label, { exact: true }).fill(text),
    sees: (text, options) => main.getByText(text).first().waitFor(options),
    asked: (text) => page.getByRole('dialog').getByText(text).first().waitFor(),
    /** Types into the palette and takes what it offers. */
    find: async (words, offer) => {
      await page.getByRole('button', { name: /^Найти/ }).click();
      await page.getByRole('dialog').getByLabel('Найти').fill(words);
      await page.getByRole('dialog').getByRole('button', { name: offer }).click();
    },
  };
}

const spaced = (number) => number.replace(/(.{4})(?=.)/g, '$1 ');

test('a lost card is found by its plate, blocked and replaced; its open fill settles and the new card fuels', async () => {
  const morning = await pump.ask('30.000');
  await pump.capture(morning.authorization_id, '30.000');
  const underWay = await pump.ask('20.000');
  assert.equal(underWay.decision, 'approved');
  // The dispatcher has the card's page open all along.
  const dispatcher = await open(client, `/cards/${lost}`);
  await dispatcher.sees('Активна');

  // «Колос-Транс, машина А123ВС»: the company, then the plate among its cards.
  const operator = await open(desk, '/staff/companies');
  const { page } = operator;
  await operator.find('Колос', /ООО «Колос-Транс»/);
  await page.getByRole('heading', { name: 'ООО «Колос-Транс»' }).waitFor();
  await operator.find('123ВС', PLATE);
  await page.waitForURL(new RegExp(`/cards/${lost}$`));
  await operator.sees('20,00 л ДТ');
  await operator.press(`Заблокировать: ${PLATE}`);
  await operator.sees('Заблокирована ОКТАНом');
  assert.equal((await pump.ask('5.000')).reason.code, 'card_blocked');
  await dispatcher.sees('Заблокирована ОКТАНом', { timeout: LIVE_MS });

  // The window says what will pass, and what stays.
  await operator.press('Заменить');
  await operator.asked('Правила и то, что по ним израсходовано: В день: 100,00 л, все продукты');
  await operator.asked(`Название «${PLATE}»`);
  await operator.asked('Группа «Самосвалы»');
  await operator.asked('Доля в бюджете компании, если она есть, тоже переходит.');
  await operator.asked('1 заправка на 1 438,00 ₽ уже идёт и завершится по этой карте.');
  await operator.fill('Причина', 'Водитель потерял на трассе');
  await accessible(page, 'a card to be replaced');
  await operator.confirm('Заменить карту');
  await operator.sees('Карта заменена. Перешло на эту:');
  const card = page.url().split('/').at(-1);
  assert.notEqual(card, lost);
  await page.getByRole('heading', { name: PLATE, level: 1 }).waitFor();
  await operator.sees(spaced(card));
  await operator.sees('Активна');
  await operator.sees('Самосвалы');
  await operator.sees('Израсходовано 50,00 л');
  await operator.sees('Осталось 50,00 л');
  await operator.sees('300,00 л');
  await operator.sees('Осталось 250,00 л');
  await operator.sees('По прежней карте идёт 1 заправка на 1 438,00 ₽');
  await accessible(page, 'the card in its place, right after');
  const printing = page.waitForEvent('download');
  await operator.press('Акт на 1 карту');
  const file = await readFile(await (await printing).path());
  assert.equal(file.subarray(0, 5).toString(), '%PDF-');

  // The pump ends what it had begun with the lost card; what was not dispensed is the new one's again.
  await pump.capture(underWay.authorization_id, '12.000');
  await operator.sees('Осталось 58,00 л', { timeout: LIVE_MS });
  await page.getByText('По прежней карте идёт').waitFor({ state: 'detached', timeout: LIVE_MS });
  assert.equal((await pump.ask('1.000')).reason.code, 'card_closed');
  const onNew = await pump.ask('58.000', '71.90', card);
  assert.equal(onNew.decision, 'approved');
  await pump.capture(onNew.authorization_id, '58.000');
  assert.equal((await pump.ask('0.010', '71.90', card)).reason.code, 'limit_exceeded');
  await operator.sees('−4 170,20 ₽', { timeout: LIVE_MS });

  // The share of the budget is the new card's, with all that both have used.
  const owner = await asOwner();
  const shares = (await owner('GET', '/v1/budget/lines')).items.filter(({ litres }) => litres !== null);
  assert.deepEqual(shares.map(({ number, litres, used }) => [number, litres, used.litres]), [[card, '300.000', '100.000']]);
  const budget = await owner('GET', '/v1/budget');
  assert.deepEqual([budget.distributed.litres, budget.reserve.litres], ['300.000', '700.000']);

  // The dispatcher's page has turned into the old card's history without reloading, and leads on.
  await dispatcher.sees('Карта заменена', { timeout: LIVE_MS });
  await dispatcher.sees('Водитель потерял на трассе');
  await dispatcher.sees('Закрыта');
  await dispatcher.sees('−2 157,00 ₽');
  await dispatcher.sees('−862,80 ₽');
  assert.equal(await dispatcher.page.getByText('−4 170,20 ₽').count(), 0, 'the new card’s fill is the new card’s');
  assert.equal(await dispatcher.page.getByRole('button', { name: 'Название и группа' }).count(), 0);
  await dispatcher.page.getByRole('main').getByRole('link', { name: spaced(card) }).click();
  await dispatcher.sees('Выпущена на замену');
  await dispatcher.sees('Осталось 0,00 л');
  await dispatcher.sees('300,00 л');
  await dispatcher.sees('Осталось 200,00 л');
  await dispatcher.sees('−4 170,20 ₽');
  await dispatcher.page.getByRole('main').getByRole('link', { name: spaced(lost) }).waitFor();
  await dispatcher.page.getByRole('link', { name: 'Обзор', exact: true }).first().click();
  await dispatcher.sees('92 810,00 ₽');
  await dispatcher.page.getByRole('link', { name: 'Журнал', exact: true }).first().click();
  await dispatcher.sees(`Карта ${PLATE} утеряна и заменена`);
  await dispatcher.sees('Причина: Водитель потерял на трассе');
  await dispatcher.sees(spaced(card));

  // By its number a card is found whose ever it is; a lost one says which came after it.
  await page.goto(`${stack.base}/staff/companies`);
  await operator.find(lost, PLATE);
  await page.waitForURL(new RegExp(`/cards/${lost}$`));
  await operator.sees('Карта заменена');
  assert.equal(await page.getByRole('button', { name: 'Заменить', exact: true }).count(), 0);
  assert.deepEqual([...operator.troubles, ...dispatcher.troubles], []);
});

test('a lost purse moves with its card, and what its fill leaves follows', async () => {
  const { token } = await call(stack.base, 'POST', '/v1/session', { body: staff });
  const { items } = await call(stack.base, 'GET', '/v1/staff/companies', { token });
  const path = `/v1/staff/companies/${items[0].id}/cards`;
  const { cards } = await call(stack.base, 'POST', path, { token, body: { cards: [{ label: 'Х345АЕ 26', funding: 'purse' }] } });
  const [{ number: old }] = cards;
  await (await asOwner())('POST', '/v1/transfers', { from: 'account', to: old, amount: '5000.00' });
  const underWay = await pump.ask('20.000', '71.90', old);
  assert.equal(underWay.decision, 'approved');

  const operator = await open(desk, `/staff/companies/${items[0].id}/cards/${old}`);
  await operator.press('Заменить');
  await operator.asked('Из кошелька 3 562,00 ₽');
  await operator.asked('1 заправка на 1 438,00 ₽ уже идёт и завершится по этой карте.');
  await operator.confirm('Заменить карту');
  await operator.sees('Карта заменена. Перешло на эту:');
  await operator.sees('Из кошелька 3 562,00 ₽');
  const purse = operator.page.getByText('В кошельке').locator('..');
  await purse.getByText('3 562,00 ₽').waitFor();
  await pump.capture(underWay.authorization_id, '15.000');
  await purse.getByText('3 921,50 ₽').waitFor({ timeout: LIVE_MS });
  const card = operator.page.url().split('/').at(-1);
  const onNew = await pump.ask('50.000', '71.90', card);
  await pump.capture(onNew.authorization_id, '50.000');
  await purse.getByText('326,50 ₽').waitFor({ timeout: LIVE_MS });
  assert.equal((await pump.ask('5.000', '71.90', card)).reason.code, 'insufficient_funds');

  const owner = await open(client, `/cards/${card}`);
  await owner.sees('326,50 ₽');
  await owner.sees('−3 595,00 ₽');
  await owner.page.getByRole('main').getByRole('link', { name: spaced(old) }).click();
  await owner.sees('−1 078,50 ₽');
  assert.deepEqual([...operator.troubles, ...owner.troubles], []);
});

test('a card that nobody needs is closed, and says why', async () => {
  const { token } = await call(stack.base, 'POST', '/v1/session', { body: staff });
  const { items } = await call(stack.base, 'GET', '/v1/staff/companies', { token });
  const path = `/v1/staff/companies/${items[0].id}/cards`;
  const { cards } = await call(stack.base, 'POST', path, { token, body: { cards: [{ label: 'Погрузчик' }] } });
  const operator = await open(desk, `/staff/companies/${items[0].id}/cards/${cards[0].number}`);
  await operator.press('Закрыть');
  await operator.asked('Незавершённых заправок нет.');
  await operator.fill('Причина', 'Машина продана');
  await accessible(operator.page, 'a card to be closed');
  await operator.confirm('Закрыть карту');
  await operator.sees('Закрыта');
  await operator.sees('Почему закрыта: Машина продана');
  assert.equal((await pump.ask('1.000', '71.90', cards[0].number)).reason.code, 'card_closed');
  const owner = await open(client, `/cards/${cards[0].number}`);
  await owner.sees('Почему закрыта: Машина продана');
  assert.deepEqual([...operator.troubles, ...owner.troubles], []);
});

test('the act of handing over is printed for the cards picked, or for all', async () => {
  const operator = await open(desk, '/staff/companies');
  await operator.find('Колос', /ООО «Колос-Транс»/);
  await operator.page.getByRole('main').getByRole('link', { name: 'Карты', exact: true }).click();
  await operator.page.getByRole('checkbox', { name: `Выбрать: ${PLATE}` }).first().click();
  for (const name of ['Акт на 1 карту', 'Акт на все карты']) {
    const printing = operator.page.waitForEvent('download');
    await operator.press(name);
    const printed = await printing;
    assert.match(printed.suggestedFilename(), /^act-\d{8}\.pdf$/);
    if (name === 'Акт на 1 карту') await operator.page.getByRole('checkbox', { name: `Выбрать: ${PLATE}` }).first().click();
  }
  assert.deepEqual(operator.troubles, []);
});

for (const colorScheme of ['light', 'dark']) {
  test(`axe finds nothing on a lost card and on its heir, ${colorScheme}`, async () => {
    const owner = await asOwner();
    const heir = (await owner('GET', `/v1/cards/${lost}`)).replaced_by;
    const { token } = await call(stack.base, 'POST', '/v1/session', { body: staff });
    const company = (await call(stack.base, 'GET', '/v1/staff/companies', { token })).items[0].id;
    for (const viewport of [{ width: 1440, height: 900 }, { width: 360, height: 740 }]) {
      for (const [who, cards] of [[client, '/cards'], [desk, `/staff/companies/${company}/cards`]]) {
        const { page, troubles } = await open(who, cards, { colorScheme, viewport });
        for (const path of [cards, `${cards}/${lost}`, `${cards}/${heir}`]) {
          await page.goto(stack.base + path);
          await page.waitForLoadState('networkidle');
          await accessible(page, `${path} (${colorScheme}, ${viewport.width})`);
          assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${path} scrolls sideways`);
        }
        const acts = who === desk ? [['Заменить', 'закроется навсегда'], ['Закрыть', 'взамен ничего']] : [];
        for (const [act, says] of acts) {
          await page.goto(`${stack.base}${cards}/${heir}`);
          await page.getByRole('button', { name: act, exact: true }).click();
          await page.getByRole('dialog').getByText(says).waitFor();
          await accessible(page, `the window «${act}» (${colorScheme}, ${viewport.width})`);
        }
        assert.deepEqual(troubles, []);
      }
    }
  });
}
