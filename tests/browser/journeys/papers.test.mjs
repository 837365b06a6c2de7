// The month's end: OKTAN's accountant closes it, a client's has everything of it in three clicks, and pays by an invoice.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { accessible, openBrowser, openPage, signIn } from '../support/browser.mjs';
import { call, linkIn, mailTo, provision, staff, startStack } from '../support/stack.mjs';

const OWN = 'степной-ветер-носит-47-облаков';
const CLERK = { login: 'kolos-buh', full_name: 'Зайцева Нина Павловна', email: 'buh@client.example', role: 'accountant' };
const SELLER = {
  Название: 'ООО «НК ОКТАН»',
  ИНН: '2635123457',
  КПП: '263501001',
  ОГРН: '1022601900122',
  'Юридический адрес': '355000, Ставропольский край, г. Ставрополь, ул. Мира, 1',
  Телефон: '8-865-228-09-48',
  'Банк и его город': 'ПАО «Банк Ставрополье», г. Ставрополь',
  БИК: '040702615',
  'Расчётный счёт': '40702810000000000123',
  'Корреспондентский счёт': '30101810600000000615',
  Руководитель: 'Иванов Пётр Сергеевич',
  'Главный бухгалтер': 'Петрова Анна Ильинична',
};

let stack, browser, company;

const desk = async () => {
  const { token } = await call(stack.base, 'POST', '/v1/session', { body: staff });
  return (method, path, body, headers) => call(stack.base, method, path, { token, body, headers });
};

before(async () => {
  stack = await startStack();
  browser = await openBrowser();
  const { owner, pump } = await provision(stack.base);
  const found = await (await desk())('GET', '/v1/staff/companies?q=2622542570');
  company = found.items[0].id;
  // More flows than was set aside: the fuel is gone, and the company owes 4,255.00.
  for (const [asked, flowed] of [['100.000', '100.000'], ['1290.000', '1350.000']]) {
    const { authorization_id: id } = await pump.ask(asked);
    await pump.capture(id, flowed);
  }
  const { login, one_time_password: first } = owner;
  const { token } = await call(stack.base, 'POST', '/v1/session', { body: { login, password: first } });
  await call(stack.base, 'POST', '/v1/password', { token, body: { current_password: first, new_password: OWN } });
  const session = await call(stack.base, 'POST', '/v1/session', { body: { login, password: OWN } });
  await call(stack.base, 'POST', '/v1/users', { token: session.token, body: CLERK });
  const link = linkIn(await mailTo(stack.base, CLERK.email, ''));
  await call(stack.base, 'POST', `/v1/activation/${link.split('/').at(-1)}`, { body: { new_password: OWN } });
});

after(async () => {
  await browser?.close();
  await stack?.stop();
});

async function open(path, { login, password } = { login: CLERK.login, password: OWN }, options) {
  const opened = await openPage(browser, stack.base, options);
  await signIn(opened.page, stack.base, login, password);
  await opened.page.goto(stack.base + path);
  const { page } = opened;
  return {
    ...opened,
    button: (name) => page.getByRole('button', { name, exact: true }),
    link: (name) => page.getByRole('link', { name, exact: true }).first(),
    row: (text) => page.getByRole('row').filter({ hasText: text }),
    sees: (text) => page.getByText(text).first().waitFor(),
  };
}

/** The file that a press hands over: its name and its bytes. */
async function saved(page, press) {
  const download = page.waitForEvent('download');
  await press();
  const file = await download;
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
}

/** The month of a day in Moscow, as the wire and as a Russian has it. */
function monthOf(time) {
  const part = (options) => new Intl.DateTimeFormat('ru', { timeZone: 'Europe/Moscow', ...options }).format(time);
  const [month, year] = part({ month: '2-digit', year: 'numeric' }).split('.');
  return { id: `${year}-${month}`, name: `${part({ month: 'long' })} ${year}` };
}

/** The stack's clock goes to four in the morning of the day after the month's end, when it may be closed. */
async function turnMonth() {
  const { now } = await call(stack.base, 'GET', '/_local/clock');
  const [year, month] = monthOf(new Date(now)).id.split('-').map(Number);
  const then = Date.UTC(year, month, 1, 1);
  await call(stack.base, 'POST', '/_local/clock', { body: { advance_s: Math.ceil((then - Date.parse(now)) / 1000) } });
  return monthOf(new Date(now));
}

test('OKTAN’s accountant says who sells and closes the month', async () => {
  const month = await turnMonth();
  const { page, troubles, button, sees } = await open('/staff/requisites', staff);
  await sees('Реквизитов ещё нет');
  await accessible(page, 'the requisites, empty');
  for (const [label, value] of Object.entries(SELLER)) await page.getByLabel(label, { exact: true }).fill(value);
  await page.getByLabel('Расчётный счёт', { exact: true }).fill('40702810100000000123');
  await button('Сохранить').click();
  await sees('Счёт не подходит к этому БИК');
  await accessible(page, 'the requisites, with a typing error');
  await page.getByLabel('Расчётный счёт', { exact: true }).fill(SELLER['Расчётный счёт']);
  await button('Сохранить').click();
  await sees('Сохранено');
  await button('Закрыть месяц').click();
  await page.getByRole('dialog').getByLabel('Месяц').selectOption(month.id);
  await accessible(page, 'the closing of a month');
  await page.getByRole('dialog').getByRole('button', { name: 'Закрыть месяц', exact: true }).click();
  await sees('Закрываем ');
  assert.deepEqual(troubles, []);
});

test('a client’s accountant has the month in three clicks', async () => {
  const { now } = await call(stack.base, 'GET', '/_local/clock');
  const day = new Date(now);
  const month = monthOf(new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), 0)));
  const { page, troubles, link, row, sees } = await open('/overview');
  await link('Документы').click();
  const closed = row(new RegExp(month.name, 'i'));
  await closed.filter({ hasText: '104 255,00' }).waitFor();
  const all = await saved(page, () => closed.getByRole('button', { name: /^Все документы за/ }).click());
  assert.equal(all.name, `документы-${month.id}.zip`);
  const names = [...new Set(all.bytes.toString('latin1').match(/(?:upd|register)-[\d-]+\.(?:pdf|xlsx)/g))];
  assert.deepEqual(names.map((name) => name.replace(/-.*\./, '.')), ['upd.pdf', 'upd.xlsx', 'register.pdf', 'register.xlsx']);
  await link('Акт сверки').click();
  await row('Сальдо конечное').filter({ hasText: '4 255,00' }).waitFor();
  await row('Реализация, УПД №').filter({ hasText: '104 255,00' }).waitFor();

  // And what else there is of it.
  const act = await saved(page, () => page.getByRole('button', { name: 'Скачать акт, PDF', exact: true }).click());
  assert.equal(act.bytes.subarray(0, 5).toString(), '%PDF-');
  await link('Документы').click();
  for (const [name, start] of [[/^УПД за/, '%PDF-'], [/^Реестр операций/, 'PK'], [/^Отчёт по счёту/, '%PDF-']]) {
    const file = await saved(page, () => closed.getByRole('button', { name }).click());
    assert.ok(file.bytes.toString('latin1').startsWith(start), `${file.name} is not what it says`);
  }
  await sees('Месяц закрывается сам');
  assert.deepEqual(troubles, []);
});

test('an invoice is made, paid by what names it, and said to be paid', async () => {
  const { page, troubles, button, row, sees } = await open('/invoices');
  await sees('Счетов пока нет');
  await button('Новый счёт').click();
  await page.getByLabel('Сумма, рублей').fill('1 500,50');
  await accessible(page, 'a new invoice');
  // The first answer is lost on its way: pressed again it is the same invoice.
  let lost = false;
  await page.route('**/v1/invoices', async (route) => {
    if (lost || route.request().method() !== 'POST') return route.continue();
    lost = true;
    await route.fetch();
    return route.abort();
  });
  await button('Выставить счёт').click();
  await page.getByRole('dialog').getByRole('alert').waitFor();
  await button('Выставить счёт').click();
  await row('1 500,50').filter({ hasText: 'Ждёт оплаты' }).waitFor();
  await page.unroute('**/v1/invoices');
  assert.equal(await row('1 500,50').count(), 1);
  const text = await row('1 500,50').innerText();
  const [number] = text.match(/\d\d-\d{6}/);
  const file = await saved(page, () => button(`Счёт, PDF: № ${number}`).click());
  assert.equal(file.name, `счёт-${number}.pdf`);
  assert.equal(file.bytes.subarray(0, 5).toString(), '%PDF-');
  const pay = async (amount) =>
    (await desk())(
      'POST',
      `/v1/staff/companies/${company}/payments`,
      { amount, date: '2026-11-21', document_number: '501', comment: `Оплата по счёту № ${number}` },
      { 'idempotency-key': randomUUID() },
    );
  await pay('500.50');
  await page.reload();
  await row(number).filter({ hasText: 'Оплачен частично: 500,50' }).waitFor();
  await pay('1000.00');
  await page.reload();
  await row(number).filter({ hasText: /Оплачен(?!о)/ }).waitFor();
  assert.deepEqual(troubles, []);
});

for (const colorScheme of ['light', 'dark']) {
  for (const viewport of [{ width: 360, height: 740 }, { width: 1440, height: 900 }]) {
    test(`axe finds nothing on the accountant’s pages, ${colorScheme}, ${viewport.width}`, async () => {
      const clerk = await open('/documents', undefined, { colorScheme, viewport });
      const settled = { '/documents': 'Все документы', '/invoices': 'Оплачен', '/reconciliation': 'Сальдо конечное' };
      for (const [path, words] of Object.entries(settled)) {
        await clerk.page.goto(stack.base + path);
        await clerk.sees(words);
        await accessible(clerk.page, `${path} (${colorScheme}, ${viewport.width})`);
        const { scroll, width } = await clerk.page.evaluate(() => ({
          scroll: document.documentElement.scrollWidth,
          width: document.documentElement.clientWidth,
        }));
        assert.ok(scroll <= width, `${path} is wider than the screen: ${scroll} of ${width}`);
      }
      const desk = await open('/staff/requisites', staff, { colorScheme, viewport });
      await desk.page.getByLabel('БИК', { exact: true }).waitFor();
      await accessible(desk.page, `/staff/requisites (${colorScheme}, ${viewport.width})`);
      // OKTAN's people see what the company's accountant sees.
      await desk.page.goto(`${stack.base}/staff/companies/${company}`);
      await desk.page.getByRole('navigation').getByRole('link', { name: 'Документы', exact: true }).click();
      for (const words of ['Все документы', 'Оплачен', 'Сальдо конечное']) await desk.sees(words);
      await accessible(desk.page, `a company's documents at the desk (${colorScheme}, ${viewport.width})`);
      const file = await saved(desk.page, () => desk.page.getByRole('button', { name: /^Счёт, PDF: № / }).first().click());
      assert.equal(file.bytes.subarray(0, 5).toString(), '%PDF-');
      assert.deepEqual([...clerk.troubles, ...desk.troubles], []);
    });
  }
}

test('who owes and is suspended is offered the invoice for it', async () => {
  await (await desk())('POST', `/v1/staff/companies/${company}/suspend`, {});
  const { page, troubles, button, row, sees, link } = await open('/overview');
  await sees('Обслуживание приостановлено');
  const owed = page.getByRole('status').filter({ hasText: 'Задолженность' });
  const [, debt] = (await owed.innerText()).match(/Задолженность — ([\d\s]+,\d\d)/);
  await accessible(page, 'a suspended company');
  await link('Выставить счёт на эту сумму').click();
  await page.getByRole('dialog').getByText(debt).waitFor();
  await button('Выставить счёт').click();
  await row(debt).filter({ hasText: 'Ждёт оплаты' }).waitFor();
  await page.waitForURL(`${stack.base}/invoices`);
  assert.deepEqual(troubles, []);
});
