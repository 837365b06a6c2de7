// A budget shared among cards, what it refuses at the pump, and the answer to a refusal by the mail's link.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accessible, openBrowser, openPage, signIn } from '../support/browser.mjs';
import { call, linkIn, mailTo, provision, staff, startStack } from '../support/stack.mjs';

const OWN = 'степной-ветер-носит-47-облаков';
const MAILBOX = 'office@client.example';

let stack, browser, pump, purse, company;

before(async () => {
  stack = await startStack();
  browser = await openBrowser();
  const made = await provision(stack.base);
  pump = made.pump;
  const desk = await call(stack.base, 'POST', '/v1/session', { body: staff });
  const found = await call(stack.base, 'GET', '/v1/staff/companies?q=2622542570', { token: desk.token });
  company = found.items[0].id;
  const { cards } = await call(stack.base, 'POST', `/v1/staff/companies/${company}/cards`, {
    token: desk.token,
    body: { cards: [{ label: 'В777ОР 126', group: 'Зерновозы' }, { label: 'К005ЛС 126', group: 'Зерновозы' }, { label: 'Кошелёк' }] },
  });
  purse = cards[2].number;
  await call(stack.base, 'POST', `/v1/staff/cards/${purse}/funding`, { token: desk.token, body: { funding: 'purse' } });
  const first = { login: made.owner.login, password: made.owner.one_time_password };
  const { token } = await call(stack.base, 'POST', '/v1/session', { body: first });
  await call(stack.base, 'POST', '/v1/password', {
    token,
    body: { current_password: made.owner.one_time_password, new_password: OWN },
  });
});

after(async () => {
  await browser?.close();
  await stack?.stop();
});

async function open(path, options, person = { login: 'kolos', password: OWN }) {
  const opened = await openPage(browser, stack.base, options);
  await signIn(opened.page, stack.base, person.login, person.password);
  await opened.page.goto(stack.base + path);
  const button = (name) => opened.page.getByRole('button', { name, exact: true });
  return { ...opened, button, sees: (text) => opened.page.getByText(text).first().waitFor() };
}

/** Every amount in roubles in a text, in kopecks. */
const kopecks = (text) => [...text.matchAll(/([\d\u00a0]+),(\d\d)\u00a0₽/g)].map(([, whole, rest]) => BigInt(whole.replace(/\u00a0/g, '') + rest));

const sum = (amounts) => amounts.reduce((all, one) => all + one, 0n);

/** Shares and reserve as the board shows them, in kopecks. */
async function board(page) {
  const shares = await page.locator('td[data-name="Доля"]').allInnerTexts();
  const [shared, reserve] = kopecks(await page.getByText(/^Распределено .*Резерв/s).first().innerText());
  return { shares: shares.flatMap((text) => kopecks(text).slice(0, 1)), shared, reserve };
}

/** Parts of every bar are as wide together as the bar. */
async function barsAddUp(page) {
  const off = await page.evaluate(() =>
    [...document.querySelectorAll('[role="img"][aria-label]')]
      .filter((bar) => bar.children.length > 0)
      .map((bar) => {
        const parts = [...bar.children].reduce((all, part) => all + part.getBoundingClientRect().width, 0);
        return Math.abs(parts - bar.getBoundingClientRect().width);
      })
      .filter((by) => by > 0.5),
  );
  assert.deepEqual(off, [], 'bars whose parts do not fill them');
}

test('a budget is set, divided to the kopeck and corrected by hand', async () => {
  const { page, troubles, button, sees } = await open('/budget');
  await sees('Бюджета ещё нет');
  await accessible(page, 'the board without a budget');
  await button('Задать бюджет').click();
  await button('Сохранить').click();
  await sees('Заполните хотя бы одно из двух');
  await page.getByLabel('План в рублях').fill('10000');
  await sees('139,082 л дизельного топлива');
  await accessible(page, 'the dialog of the plan');
  await button('Сохранить').click();
  await sees('План сохранён');

  await button('Распределить').click();
  await page.getByRole('button', { name: 'Распределить на 3 карты' }).waitFor();
  await sees('3 333,34 ₽');
  await page.getByLabel('Сколько рублей').fill('9000,01');
  await sees('3 000,01 ₽');
  await accessible(page, 'the dialog of a distribution');
  await barsAddUp(page);
  await page.getByRole('button', { name: 'Распределить на 3 карты' }).click();
  await sees('Бюджет распределён: 3 карты');
  await page.getByText('3 000,01 ₽').first().waitFor();
  let seen = await board(page);
  assert.deepEqual([sum(seen.shares), seen.shared, seen.reserve], [900_001n, 900_001n, 99_999n]);
  await barsAddUp(page);

  await button('Изменить доли').click();
  const own = page.getByLabel('Доля в рублях: А123ВС 126');
  await own.fill('8000');
  await sees('Роздано больше плана на 4 000,0');
  assert.ok(await button('Сохранить доли').isDisabled());
  await own.fill('2999,50');
  await page.getByLabel('Доля в рублях: К005ЛС 126').fill('');
  await barsAddUp(page);
  await accessible(page, 'shares while they are typed');
  await button('Сохранить доли').click();
  await sees('Сохранены 2 доли');
  await sees('Бюджет её не ограничивает');
  seen = await board(page);
  assert.equal(sum(seen.shares) + seen.reserve, 1_000_000n);
  assert.equal(sum(seen.shares), seen.shared);
  assert.deepEqual(troubles, []);
});

test('somebody else was quicker: the form says so, and a second press saves', async () => {
  const { page, troubles, button, sees } = await open('/budget');
  await button('Изменить доли').click();
  await page.getByLabel('Доля в рублях: В777ОР 126').fill('2500');
  const { token } = await call(stack.base, 'POST', '/v1/session', { body: { login: 'kolos', password: OWN } });
  await call(stack.base, 'PUT', '/v1/budget', { token, headers: { 'if-match': '*' }, body: { period: 'month', roubles: '11000.00' } });
  await button('Сохранить доли').click();
  await sees('бюджет изменил кто-то другой');
  assert.equal(await page.getByLabel('Доля в рублях: В777ОР 126').inputValue(), '2500');
  await button('Сохранить доли').click();
  await sees('Сохранена 1 доля');
  assert.deepEqual(troubles, []);
});

test('a fill beyond the share is refused; the mail’s link, through the sign-in, grants one', async () => {
  const { page: people, sees: reads } = await open('/settings');
  await people.getByRole('checkbox', { name: 'Иванов Пётр Сергеевич' }).check();
  const save = people.getByRole('heading', { name: 'Кому писать об отказах' }).locator('../..').getByRole('button', { name: 'Сохранить' });
  await save.click();
  await reads('Сохранено, кому писать об отказах');
  assert.ok(await save.isDisabled());

  const refused = await pump.ask('50.000');
  assert.equal(refused.decision, 'declined');
  const { page, troubles } = await openPage(browser, stack.base);
  const button = (name) => page.getByRole('button', { name, exact: true });
  const sees = (text) => page.getByText(text).first().waitFor();
  const link = new URL(linkIn(await mailTo(stack.base, MAILBOX, 'Отказ в заправке')));
  assert.equal(link.pathname, '/exceptions');
  await page.goto(stack.base + link.pathname + link.search);
  await page.getByLabel('Логин').fill('kolos');
  await page.getByLabel('Пароль', { exact: true }).fill(OWN);
  await button('Войти').click();
  const dialog = page.getByRole('dialog', { name: 'Разрешить одну заправку' });
  await dialog.waitFor();
  assert.equal(page.url(), stack.base + link.pathname + link.search);
  assert.equal(await dialog.getByLabel('Не больше').inputValue(), '50');
  await dialog.getByText('Доле не хватает 595,50 ₽').waitFor();
  await accessible(page, 'the answer to a decline');
  await button('Разрешить заправку').click();
  await sees('А123ВС 126: можно заправить до 50,00 л');
  await sees('Ждёт заправки');
  await accessible(page, 'the exceptions');

  const { authorization_id: id, decision } = await pump.ask('50.000');
  assert.equal(decision, 'approved');
  await sees('Заправляется');
  await pump.capture(id, '50.000');
  await sees('Использовано');
  assert.equal((await pump.ask('50.000')).decision, 'declined', 'an exception is one fill');
  await button('Разрешить заправку: А123ВС 126').waitFor();

  await page.goto(`${stack.base}/budget`);
  await sees('из них 595,50 ₽ из резерва');
  const { shares, shared, reserve } = await board(page);
  assert.deepEqual([sum(shares), shared + reserve], [shared, 1_100_000n]);
  await barsAddUp(page);
  assert.deepEqual(troubles, []);
});

test('money goes onto a purse and back, once', async () => {
  const { page, troubles, button, sees } = await open(`/cards/${purse}`);
  await button('Перевести деньги').click();
  await page.getByRole('dialog').getByLabel('Сколько').fill('1500');
  await sees('1 500,00 ₽');
  await accessible(page, 'the dialog of a transfer');
  await button('Перевести 1 500,00 ₽').click();
  await sees('Переведено 1 500,00 ₽');
  await button('Перевести деньги').click();
  await page.getByText('Вернуть на счёт').click();
  await page.getByRole('dialog').getByLabel('Сколько').fill('2000');
  await sees('Здесь только 1 500,00 ₽');
  await button('Всё').click();
  await button('Перевести 1 500,00 ₽').click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.getByText(/счёт компании → |→ счёт компании/).nth(1).waitFor();
  assert.deepEqual(troubles, []);
});

test('the desk sees the budget as its client does, and changes nothing', async () => {
  const { page, troubles, sees } = await open(`/staff/companies/${company}/budget`, {}, staff);
  await sees('Доли карт');
  await page.getByRole('link', { name: 'А123ВС 126' }).waitFor();
  assert.equal(await page.getByRole('button', { name: /Распределить|Изменить/ }).count(), 0);
  await page.goto(`${stack.base}/staff/companies/${company}/exceptions`);
  await sees('Использовано');
  assert.deepEqual(troubles, []);
});

for (const colorScheme of ['light', 'dark']) {
  test(`axe finds nothing on the pages of the budget, ${colorScheme}`, async () => {
    for (const viewport of [{ width: 1440, height: 900 }, { width: 360, height: 740 }]) {
      const { page, troubles } = await open('/budget', { colorScheme, viewport });
      for (const path of ['/budget', '/exceptions', `/cards/${purse}`, '/users', '/settings']) {
        await page.goto(stack.base + path);
        await page.waitForLoadState('networkidle');
        await accessible(page, `${path} (${colorScheme}, ${viewport.width})`);
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${path} scrolls sideways`);
      }
      assert.deepEqual(troubles, []);
    }
  });
}
