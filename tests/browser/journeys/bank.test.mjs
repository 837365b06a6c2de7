// The accountant's statement, by mouse: what it would credit, crediting it, a proposal by one click, and money taken back by two.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { accessible, openBrowser, openPage, signIn } from '../support/browser.mjs';
import { call, linkIn, mailTo, staff, startStack } from '../support/stack.mjs';

let stack, browser;

const file = (name) => readFileSync(new URL(`../../data/${name}`, import.meta.url));
const STATEMENT = { name: 'kl_to_1c.txt', mimeType: 'text/plain', buffer: file('kl_to_1c.txt') };
const ACCOUNTANT = { login: 'lapina', name: 'Лапина Вера Олеговна', email: 'lapina@oktan.example', password: 'ровный-дебет-и-17-сальдо' };

before(async () => {
  stack = await startStack();
  const { base } = stack;
  const { token } = await call(base, 'POST', '/v1/session', { body: staff });
  const register = await fetch(`${base}/v1/staff/companies/import`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream', authorization: `Bearer ${token}` },
    body: file('companies.csv'),
  });
  assert.equal(register.status, 200);
  const { login, name, email, password } = ACCOUNTANT;
  await call(base, 'POST', '/v1/staff/staff-users', { token, body: { login, full_name: name, email, role: 'accountant' } });
  const link = linkIn(await mailTo(base, email, ''));
  await call(base, 'POST', `/v1/activation/${link.split('/').at(-1)}`, { body: { new_password: password } });
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  await stack?.stop();
});

const row = (page, text) => page.getByRole('row').filter({ hasText: text });
const press = (page, name) => page.getByRole('button', { name, exact: true }).click();

test('a statement is looked over, credited once, and a proposal is one click', async () => {
  const { page, troubles } = await openPage(browser, stack.base);
  await signIn(page, stack.base, ACCOUNTANT.login, ACCOUNTANT.password);
  await page.goto(`${stack.base}/staff/payments`);
  await page.getByRole('link', { name: 'Загрузить выписку', exact: true }).click();
  await page.getByText('Выберите выписку или перетащите её сюда').waitFor();
  await accessible(page, 'the import of a statement');

  await page.locator('input[type=file]').setInputFiles({ ...STATEMENT, buffer: STATEMENT.buffer.subarray(0, 3_000) });
  await page.getByRole('alert').getByText('Файл оборван').waitFor();
  await page.locator('input[type=file]').setInputFiles(STATEMENT);
  await row(page, 'и в назначении её договор').filter({ hasText: '1 700 004,44' }).waitFor();
  await row(page, 'а договор не назван').filter({ hasText: '400 001,11' }).waitFor();
  await row(page, 'Неизвестный плательщик').filter({ hasText: 'На разбор' }).waitFor();
  await row(page, 'Наши платежи').filter({ hasText: '99 000,00' }).waitFor();
  await row(page, 'Повтор в этом файле').waitFor();
  await accessible(page, 'a statement to be credited');
  await press(page, 'Принять 7 документов');
  await page.getByText('Что сделано').waitFor();
  await row(page, 'и в назначении её договор').filter({ hasText: 'Зачислены' }).filter({ hasText: '1 700 004,44' }).waitFor();
  await accessible(page, 'a statement credited');

  await page.locator('input[type=file]').setInputFiles(STATEMENT);
  await page.getByText('Нового в этой выписке нет').waitFor();
  assert.equal(await page.getByRole('button', { name: /^Принять/ }).count(), 0);

  await page.goto(`${stack.base}/staff/payments`);
  await page.getByText('Вероятно: ИП Гордиенко Сергей Петрович').waitFor();
  await accessible(page, 'payments with a proposal');
  await row(page, 'Гордиенко').getByRole('button', { name: /^Это они/ }).click();
  await page.getByText('Проведено 400 001,11').waitFor();
  await row(page, 'Вероятно').waitFor({ state: 'detached' });
  await row(page, 'Неизвестный плательщик').waitFor();
  assert.deepEqual(troubles, []);
});

test('what stands already is posted again only as another payment', async () => {
  const { page, troubles } = await openPage(browser, stack.base);
  await signIn(page, stack.base, ACCOUNTANT.login, ACCOUNTANT.password);
  const open = async () => {
    await page.goto(`${stack.base}/staff/companies?q=${encodeURIComponent('Ставпродторг')}`);
    await page.getByRole('link', { name: /Ставпродторг/ }).click();
    await press(page, 'Внести платёж');
  };
  const fill = async (amount, number) => {
    await page.getByLabel('Сумма, ₽').fill(amount);
    await page.getByLabel('Дата платёжного документа').fill('2026-11-20');
    await page.getByLabel('Номер платёжного документа').fill(number);
    await press(page, 'Провести');
  };
  await open();
  await fill('200000,37', '501');
  await page.getByText('у компании уже есть. Это другой платёж?').waitFor();
  await page.getByRole('button', { name: 'Провести как другой платёж', exact: true }).waitFor();
  await accessible(page, 'a payment that stands already');
  // What is changed is asked about anew.
  await page.getByLabel('Номер платёжного документа').fill('611');
  await page.getByRole('button', { name: 'Провести', exact: true }).waitFor();
  const { token } = await call(stack.base, 'POST', '/v1/session', { body: staff });
  const { items } = await call(stack.base, 'GET', '/v1/staff/payments/unmatched', { token });
  const waiting = items.find(({ document_number: number }) => number === '611');
  await fill(waiting.amount.replace('.', ','), '611');
  await page.getByText(/^Проведено/).first().waitFor();

  await page.goto(`${stack.base}/staff/payments`);
  await row(page, 'Неизвестный плательщик').getByRole('button', { name: /^Назначить/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Компания: название, ИНН или договор').fill('Ставпродторг');
  await dialog.getByRole('radio', { name: /Ставпродторг/ }).check();
  await press(page, 'Провести платёж');
  await dialog.getByRole('radio', { name: /Это тот же платёж/ }).check();
  await accessible(page, 'a payment at the desk that stands already');
  await press(page, 'Снять с разбора');
  await page.getByText(/^Это уже проведённый платёж/).first().waitFor();
  await row(page, 'Неизвестный плательщик').waitFor({ state: 'detached' });
  assert.deepEqual(troubles, []);
});

test('money of a payment is taken back when another person approves', async () => {
  const { page, troubles } = await openPage(browser, stack.base);
  await signIn(page, stack.base, ACCOUNTANT.login, ACCOUNTANT.password);
  await page.goto(`${stack.base}/staff/companies?q=${encodeURIComponent('Ставпродторг')}`);
  await page.getByRole('link', { name: /Ставпродторг/ }).click();
  await page.getByRole('link', { name: 'История', exact: true }).click();
  await row(page, '200 000,37').getByRole('button', { name: /^Платёж/ }).click();
  const drawer = page.getByRole('dialog').first();
  await drawer.getByText('ИНН 2675412085').waitFor();
  await drawer.getByRole('button', { name: 'Сторнировать оплату', exact: true }).click();
  await page.getByLabel('Причина: её увидит компания').fill('Платёж другой компании');
  await accessible(page, 'taking money back');
  await press(page, 'Отправить на подтверждение');
  await page.getByText('Отправлено: ждёт подтверждения другого сотрудника').waitFor();

  const second = await openPage(browser, stack.base);
  await signIn(second.page, stack.base, staff.login, staff.password);
  await second.page.goto(`${stack.base}/staff/approvals`);
  await second.page.getByText('Документ № 501 от 20.11.2026').waitFor();
  await accessible(second.page, 'the ask to take money back');
  await second.page.getByRole('button', { name: /^Подтвердить/ }).click();
  await second.page.getByRole('dialog').getByRole('button', { name: 'Подтвердить', exact: true }).click();
  await second.page.getByText(/^Сделано/).first().waitFor();

  await page.reload();
  await page.getByText('Оплата сторнирована').waitFor();
  assert.equal(await page.getByRole('button', { name: 'Сторнировать оплату', exact: true }).count(), 0);
  await page.keyboard.press('Escape');
  await row(page, 'Корректировка').filter({ hasText: '200 000,37' }).waitFor();
  assert.deepEqual([...troubles, ...second.troubles], []);
});
