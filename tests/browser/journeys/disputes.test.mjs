// A purchase that is not right, by mouse: disputed from history, looked into at the desk, given back by two people; refused; taken back.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accessible, openBrowser, openPage, signIn } from '../support/browser.mjs';
import { call, linkIn, mailTo, provision, staff, startStack } from '../support/stack.mjs';

const OWN = 'тихая-заправка-у-59-тополей';
const CLIENT = { login: 'kolos', password: OWN };
const OPERATOR = { login: 'smirnov', full_name: 'Смирнов Олег Ильич', email: 'smirnov@oktan.example', role: 'operator' };

let stack, browser, pump;

before(async () => {
  stack = await startStack();
  browser = await openBrowser();
  const made = await provision(stack.base);
  ({ pump } = made);
  const { login, one_time_password: once } = made.owner;
  const { token } = await call(stack.base, 'POST', '/v1/session', { body: { login, password: once } });
  await call(stack.base, 'POST', '/v1/password', { token, body: { current_password: once, new_password: OWN } });
  const desk = await call(stack.base, 'POST', '/v1/session', { body: staff });
  await call(stack.base, 'POST', '/v1/staff/staff-users', { token: desk.token, body: OPERATOR });
  const link = new URL(linkIn(await mailTo(stack.base, OPERATOR.email, '')));
  await call(stack.base, 'POST', `/v1${link.pathname}`, { body: { new_password: OWN } });
});

after(async () => {
  await browser?.close();
  await stack?.stop();
});

async function open(path, { login, password = OWN } = CLIENT, options) {
  const opened = await openPage(browser, stack.base, options);
  await signIn(opened.page, stack.base, login, password);
  await opened.page.goto(stack.base + path);
  const { page } = opened;
  return {
    ...opened,
    press: (name) => page.getByRole('button', { name, exact: true }).click(),
    sees: (text) => page.getByText(text).first().waitFor(),
  };
}

/** Buys and disputes; what the company then sees. */
async function disputed(quantity, reason) {
  const { authorization_id: id } = await pump.ask(quantity);
  await pump.capture(id, quantity);
  const opened = await open('/history');
  const { page, press, sees } = opened;
  await page.getByRole('button', { name: /^Заправка/ }).first().click();
  await press('Оспорить');
  await press('Оспорить');
  await sees('Заполните это поле');
  await page.getByLabel('Что не так').fill(reason);
  await accessible(page, 'disputing a purchase');
  await press('Оспорить');
  await sees(/^Спор № \d+ открыт/);
  await page.getByRole('heading', { name: /^Спор № / }).waitFor();
  await sees('Рассматриваем');
  await accessible(page, 'a dispute');
  return opened;
}

test('a disputed purchase is given back by two people, and both sides see what it was based on', async () => {
  const client = await disputed('10.000', 'Машина стояла в гараже,\nключи были у сторожа');
  await client.sees('ключи были у сторожа');
  await client.sees('Сохранено в момент спора и больше не меняется.');
  await client.sees('Запрошено терминалом');

  const desk = await open('/staff/disputes', OPERATOR);
  await desk.page.getByRole('link', { name: /^Спор № / }).first().waitFor();
  await accessible(desk.page, 'the desk’s disputes');
  await desk.page.getByRole('link', { name: /^Спор № / }).first().click();
  await desk.sees('ключи были у сторожа');
  await accessible(desk.page, 'a dispute at the desk');
  await desk.press('Вернуть деньги');
  const dialog = desk.page.getByRole('dialog');
  await dialog.getByLabel('Сколько вернуть').fill('999');
  await dialog.getByRole('button', { name: 'Отправить на подтверждение' }).click();
  await dialog.getByText('Столько вернуть нельзя').waitFor();
  await dialog.getByLabel('Сколько вернуть').fill('6,5');
  await accessible(desk.page, 'asking for a refund');
  await dialog.getByRole('button', { name: 'Отправить на подтверждение' }).click();
  await desk.sees('Возврат ждёт решения другого человека');
  assert.equal(await desk.page.getByRole('button', { name: 'Отказать', exact: true }).count(), 0);

  const second = await open('/staff/approvals', staff);
  await second.sees(/^Спор № \d+: вернуть 6,50/);
  await accessible(second.page, 'the ask for a refund');
  await second.page.getByRole('button', { name: /^Подтвердить/ }).click();
  await second.page.getByRole('dialog').getByRole('button', { name: 'Подтвердить', exact: true }).click();
  await second.sees(/^Сделано/);

  await client.page.reload();
  await client.sees('Деньги возвращены');
  await client.sees(/^Вернули .* за 6,50/);
  await client.page.getByRole('link', { name: 'Операция возврата' }).click();
  const drawer = client.page.getByRole('dialog').first();
  await drawer.getByText('Возврат').first().waitFor();
  await drawer.getByRole('link', { name: /Деньги возвращены/ }).waitFor();
  const { text } = await mailTo(stack.base, 'office@client.example', 'возвращены');
  assert.match(text, /\/disputes\//);
  assert.deepEqual([...client.troubles, ...desk.troubles, ...second.troubles], []);
});

test('a refusal says why, and what was taken back may be disputed again; on a phone too', async () => {
  const client = await disputed('3.000', 'Не наша');
  await client.press('Отозвать');
  await accessible(client.page, 'taking a dispute back');
  await client.page.getByRole('dialog').getByRole('button', { name: 'Отозвать', exact: true }).click();
  await client.sees('Компания отозвала спор');
  await client.page.getByRole('link', { name: 'Операция сейчас' }).click();
  await client.press('Оспорить');
  await client.page.getByLabel('Что не так').fill('Всё-таки не наша');
  await client.press('Оспорить');
  await client.sees('Всё-таки не наша');

  const phone = { viewport: { width: 360, height: 740 } };
  const desk = await open('/staff/disputes', OPERATOR, phone);
  await desk.page.getByRole('link', { name: /^Спор № / }).first().click();
  await desk.press('Отказать');
  const dialog = desk.page.getByRole('dialog');
  await dialog.getByLabel('Причина').fill('Чек с ПИН-кодом есть');
  await dialog.getByRole('button', { name: 'Отказать', exact: true }).click();
  await desk.sees('Деньги не возвращены');
  await accessible(desk.page, 'a refused dispute on a phone');
  await desk.page.goto(`${stack.base}/staff/disputes?state=closed`);
  await desk.page.getByRole('link', { name: /^Спор № / }).first().waitFor();

  await client.page.reload();
  await client.sees('Чек с ПИН-кодом есть');
  await client.page.goto(`${stack.base}/disputes`);
  await client.page.getByRole('row').filter({ hasText: 'Отказано' }).waitFor();
  await accessible(client.page, 'the company’s disputes');
  assert.deepEqual([...client.troubles, ...desk.troubles], []);
});
