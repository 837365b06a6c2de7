// What the desk does before a company fuels, in both themes and on a phone: the wizard, the register, payments of unknown
// payers, a station's terminals.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { accessible, openBrowser, openPage, signIn } from '../support/browser.mjs';
import { call, provision, staff, startStack } from '../support/stack.mjs';

let stack, browser;

before(async () => {
  stack = await startStack();
  browser = await openBrowser();
  await provision(stack.base);
  const { token } = await call(stack.base, 'POST', '/v1/session', { body: staff });
  const body = { amount: '15000.00', date: '2026-11-20', document_number: '77', payer_name: 'ООО «Неизвестно»', purpose: 'За топливо' };
  await call(stack.base, 'POST', '/v1/staff/payments/unmatched', { token, body, headers: { 'idempotency-key': randomUUID() } });
});

after(async () => {
  await browser?.close();
  await stack?.stop();
});

/** A legal entity's INN: nine digits and the one that follows from them. */
function inn(serial) {
  const body = String(260_000_000 + serial);
  const sum = [2, 4, 10, 3, 5, 9, 4, 6, 8].reduce((all, weight, at) => all + weight * Number(body[at]), 0);
  return `${body}${(sum % 11) % 10}`;
}

const HEADER = 'inn;kpp;name;contract_number;contract_date;contact_full_name;phone;email;owner_login;cards';
const line = (serial, of = inn(serial)) =>
  `${of};;ООО «Хозяйство ${serial}»;${serial}/26-Т;2026-10-26;Иванов Пётр;+7 928 000-12-34;o${serial}@client.example;xoz-${serial};2`;

let serial = 100;

for (const colorScheme of ['light', 'dark']) {
  for (const width of [1440, 360]) {
    const where = `${colorScheme}, ${width}`;
    const look = async (page, what) => {
      await page.waitForLoadState('networkidle');
      await accessible(page, `${what} (${where})`);
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${what} scrolls sideways`);
    };
    const open = async (path) => {
      const opened = await openPage(browser, stack.base, { colorScheme, viewport: { width, height: 800 } });
      await signIn(opened.page, stack.base, staff.login, staff.password);
      await opened.page.goto(stack.base + path);
      return opened;
    };

    test(`axe finds nothing on any step of the wizard, ${where}`, async () => {
      const { page, troubles } = await open('/staff/companies/new');
      const fill = (label, text, nth = 0) => page.getByLabel(label, { exact: true }).nth(nth).fill(text);
      const next = () => page.getByRole('button', { name: 'Дальше', exact: true }).click();
      serial += 1;
      await next();
      await look(page, 'the first step with what is missing');
      await fill('Название', `ООО «Хозяйство ${serial}»`);
      await fill('ИНН', inn(serial));
      await fill('Номер договора', `${serial}/26-Т`);
      await fill('Дата договора', '2026-11-02');
      await next();
      for (const nth of [0, 1]) {
        await fill('Фамилия, имя, отчество', 'Ким Анна Львовна', nth);
        await fill('Почта', `kim${serial}@client.example`, nth);
      }
      await fill('Телефон', '+7 928 000-12-34');
      await fill('Логин', `kim-${serial}`);
      await look(page, 'the step of the people');
      await next();
      await fill('Карт, от 0 до 200', '2');
      await look(page, 'the step of the cards');
      await next();
      await look(page, 'the step of looking over');
      await page.getByRole('button', { name: 'Создать компанию', exact: true }).click();
      await page.getByText('Выпущены 2 карты').waitFor();
      await look(page, 'the sheet to hand over');
      assert.deepEqual(troubles, []);
    });

    test(`axe finds nothing on a register before and after its import, ${where}`, async () => {
      const { page, troubles } = await open('/staff/companies/import');
      serial += 2;
      const text = [HEADER, line(serial), line(9_000 + serial, '2622542571'), line(serial - 1)].join('\n');
      await page.locator('input[type=file]').setInputFiles({ name: 'register.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
      await page.getByText('к созданию 2 компании, уже есть 0, с ошибками 1').waitFor();
      await look(page, 'a register to be imported');
      await page.getByRole('button', { name: 'Создать 2 компании', exact: true }).click();
      await page.getByText('создано 2 компании, уже было 0, с ошибками 1').waitFor();
      await look(page, 'a register imported');
      assert.deepEqual(troubles, []);
    });

    test(`axe finds nothing on payments of unknown payers, nor on a station’s terminals, ${where}`, async () => {
      const { page, troubles } = await open('/staff/payments');
      await page.getByText('ООО «Неизвестно»').first().waitFor();
      await look(page, 'payments of unknown payers');
      await page.getByRole('button', { name: /^Назначить/ }).first().click();
      await page.getByLabel('Компания: название, ИНН или договор').fill('Колос');
      await page.getByRole('dialog').getByText('ООО «Колос-Транс»').waitFor();
      await look(page, 'a payment to be assigned');
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Записать платёж', exact: true }).click();
      await page.getByRole('dialog').getByLabel('Плательщик в документе').waitFor();
      await look(page, 'a payment to be recorded');
      await page.goto(`${stack.base}/staff/stations`);
      await page.getByRole('button', { name: 'Терминалы АЗС 12', exact: true }).click();
      await page.getByRole('dialog').getByRole('button', { name: /^Отозвать терминал/ }).first().waitFor();
      await look(page, 'the terminals of a station');
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Изменить АЗС 12', exact: true }).click();
      await page.getByRole('dialog').getByLabel('Часы работы').waitFor();
      await look(page, 'a station to be changed');
      assert.deepEqual(troubles, []);
    });
  }
}
