// What people are told of, in the bell and by mail; what they and their company chose; what is on file, and what was spent.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accessible, openBrowser, openPage, signIn } from '../support/browser.mjs';
import { call, linkIn, mailTo, provision, staff, startStack } from '../support/stack.mjs';

const OWN = 'степной-ветер-носит-47-облаков';
const THEIRS = 'вечерняя-степь-и-7-журавлей';
const MAILBOX = 'office@client.example';

let stack, browser, card, pump;

before(async () => {
  stack = await startStack();
  browser = await openBrowser();
  const made = await provision(stack.base);
  ({ card, pump } = made);
  const first = { login: made.owner.login, password: made.owner.one_time_password };
  const { token } = await call(stack.base, 'POST', '/v1/session', { body: first });
  await call(stack.base, 'POST', '/v1/password', { token, body: { current_password: first.password, new_password: OWN } });
  for (const [login, role] of [['kolos-kim', 'manager'], ['kolos-ten', 'viewer']]) {
    const email = `${login}@client.example`;
    await call(stack.base, 'POST', '/v1/users', { token, body: { login, role, email, full_name: 'Ким Анна Львовна' } });
    const link = new URL(linkIn(await mailTo(stack.base, email, '')));
    await call(stack.base, 'POST', `/v1${link.pathname}`, { body: { new_password: THEIRS } });
  }
});

after(async () => {
  await browser?.close();
  await stack?.stop();
});

async function open(path, { login = 'kolos', password = login === 'kolos' ? OWN : THEIRS, ...options } = {}) {
  const opened = await openPage(browser, stack.base, options);
  const { page } = opened;
  await signIn(page, stack.base, login, password);
  await page.goto(stack.base + path);
  return {
    ...opened,
    press: (name) => page.getByRole('button', { name, exact: true }).click(),
    follow: (name) => page.getByRole('link', { name, exact: true }).first().click(),
    sees: (text) => page.getByText(text).first().waitFor(),
    bell: page.getByRole('button', { name: /^Уведомления/ }),
    rings: () => page.getByRole('button', { name: /^Уведомления, новых: / }).waitFor({ timeout: 60_000 }),
  };
}

async function block(by) {
  await by.page.goto(`${stack.base}/cards/${card}`);
  await by.press('Заблокировать');
  await by.page.getByRole('dialog').getByRole('button', { name: 'Заблокировать', exact: true }).click();
  await by.page.getByRole('button', { name: 'Разблокировать', exact: true }).waitFor();
}

async function unblock(by) {
  await by.press('Разблокировать');
  await by.page.getByRole('button', { name: 'Заблокировать', exact: true }).waitFor();
}

const mailsOf = async (about) => {
  const sent = await call(stack.base, 'GET', '/_local/outbox.json');
  return sent.filter(({ to, subject }) => to === MAILBOX && subject.includes(about)).length;
};

test('a manager’s block rings the owner’s bell and mails; without mail of that kind it only rings', async () => {
  const manager = await open('/overview', { login: 'kolos-kim' });
  const owner = await open('/overview');
  // What there was before, the owner has seen.
  await owner.bell.click();
  await owner.sees('Вход с нового устройства');
  await owner.press('Закрыть');
  await owner.page.getByRole('button', { name: 'Уведомления', exact: true }).waitFor();

  await block(manager);
  await mailTo(stack.base, MAILBOX, 'заблокирована');
  await owner.rings();
  await owner.bell.click();
  await owner.sees('Ваш сотрудник заблокировал карту А123ВС 126');
  await accessible(owner.page, 'the bell');
  await owner.page.getByRole('dialog').getByRole('link', { name: /заблокировал карту/ }).click();
  await owner.sees('Заблокирована');
  assert.equal(new URL(owner.page.url()).pathname, `/cards/${card}`);
  await owner.page.getByRole('button', { name: 'Уведомления', exact: true }).waitFor();

  await owner.page.goto(`${stack.base}/settings`);
  const mail = owner.page.getByRole('switch', { name: 'Блокировка карты: Письмо' });
  await mail.waitFor();
  const kept = owner.page.waitForResponse((answer) => answer.url().endsWith('/v1/preferences') && answer.request().method() === 'PATCH');
  await owner.page.locator('label', { has: mail }).first().click();
  assert.equal((await kept).status(), 200);
  await owner.page.reload();
  await mail.waitFor();
  assert.equal(await mail.isChecked(), false);
  assert.equal(await owner.page.getByRole('switch', { name: 'Блокировка карты: В кабинете' }).isChecked(), true);

  const mailed = await mailsOf('заблокирована');
  await unblock(manager);
  await block(manager);
  await owner.rings();
  // The bell's line and the mails of an event are written at once: where the line is, there is no mail to come.
  assert.equal(await mailsOf('заблокирована'), mailed);
  await unblock(manager);
  await manager.bell.click();
  // Nobody is told of what they did.
  await manager.sees('Пока ничего не случилось');
  assert.deepEqual([...owner.troubles, ...manager.troubles], []);
});

test('the language is the person’s, wherever they sign in', async () => {
  const { page, troubles, sees } = await open('/settings', { login: 'kolos-kim' });
  await sees('Язык');
  const kept = page.waitForResponse((answer) => answer.url().endsWith('/v1/preferences') && answer.request().method() === 'PATCH');
  await page.getByText('English', { exact: true }).click();
  await sees('What to be told of and how');
  assert.equal((await kept).status(), 200);
  const elsewhere = await open('/settings', { login: 'kolos-kim' });
  await elsewhere.sees('What to be told of and how');
  await accessible(elsewhere.page, 'the settings in English');
  // The others' is theirs.
  const owner = await open('/settings');
  await owner.sees('О чём и как сообщать');
  assert.deepEqual([...troubles, ...elsewhere.troubles, ...owner.troubles], []);
});

test('less than the threshold is left: who looks after money is told once, and what was spent is added up', async () => {
  const { page, troubles, press, follow, sees, bell, rings } = await open('/settings');
  await page.getByLabel('Предупреждать ниже').fill('много');
  const threshold = page.getByRole('heading', { name: 'Порог остатка' }).locator('../..');
  await threshold.getByRole('button', { name: 'Сохранить' }).click();
  await sees('Сумма больше нуля');
  await page.getByLabel('Предупреждать ниже').fill('5000');
  await threshold.getByRole('button', { name: 'Сохранить' }).click();
  await sees('Предупредим, когда останется меньше 5 000,00 ₽');
  await page.getByLabel('Предупреждать ниже').fill('');
  await threshold.getByRole('button', { name: 'Сохранить' }).click();
  await sees('Больше не предупреждаем об остатке');
  await page.getByLabel('Предупреждать ниже').fill('99000');
  await threshold.getByRole('button', { name: 'Сохранить' }).click();
  await sees('Предупредим, когда останется меньше 99 000,00 ₽');
  await bell.click();
  await page.getByRole('dialog').getByRole('button', { name: 'Закрыть', exact: true }).click();

  const { authorization_id: id, decision } = await pump.ask('40.000');
  assert.equal(decision, 'approved');
  await pump.capture(id, '40.000');
  const mail = await mailTo(stack.base, MAILBOX, 'Заканчиваются деньги');
  assert.ok(mail.text.includes('97124.00'), mail.text);
  await page.goto(`${stack.base}/overview`);
  await rings();
  await bell.click();
  await sees('Доступно 97 124,00 ₽: меньше порога 99 000,00 ₽');
  await page.getByRole('dialog').getByRole('button', { name: 'Закрыть', exact: true }).click();
  await sees('Доступно меньше порога: 99 000,00 ₽');
  // A company of the first days has no pace yet. Later the forecast says what it goes by.
  assert.equal(await page.getByText('Считаем по').count(), 0);
  await page.route('**/v1/balance', async (route) => {
    const response = await route.fetch();
    const days_left_basis = { per_day: '2876.00', days: 30, from: '2026-10-24', to: '2026-11-22' };
    await route.fulfill({ response, json: { ...(await response.json()), days_left: 33, days_left_basis } });
  });
  await page.reload();
  await sees('При нынешнем расходе хватит на 33 дня');
  await sees('Считаем по 2 876,00 ₽ в день: столько в среднем уходило с 24.10.2026 по 22.11.2026, за 30 дней');
  await accessible(page, 'the overview below the threshold');
  await page.unroute('**/v1/balance');

  await sees('За 30 дней — 2 876,00 ₽');
  await follow('Подробнее');
  await sees('Больше всего');
  await page.goto(`${stack.base}/reports/spending`);
  await sees('2 876,00 ₽');
  await page.getByText('Продукты', { exact: true }).click();
  await page.waitForURL(/by=product/);
  await page.getByRole('row', { name: /^ДТ 40,00 л .*2 876,00/ }).waitFor();
  await page.getByRole('row', { name: /^Всего 40,00 л .*2 876,00/ }).waitFor();
  await page.getByText('Карты', { exact: true }).last().click();
  await page.getByRole('link', { name: 'А123ВС 126' }).click();
  await page.waitForURL(/\/history\?.*card=/);
  await sees('−2 876,00 ₽');
  await page.goto(`${stack.base}/reports/spending?from=2025-01-01&to=2026-12-31`);
  await sees('не больше чем за');
  await page.goto(`${stack.base}/reports/spending?from=2020-01-01&to=2020-01-31`);
  await sees('За этот период ничего не куплено');
  await accessible(page, 'a span without anything bought');
  assert.deepEqual(troubles, []);
});

test('a correction is asked for and waits at the desk', async () => {
  const { page, troubles, press, sees } = await open('/company/profile', { login: 'kolos-ten' });
  await sees('2622542570');
  await sees('№ 110/26-Т');
  await press('Попросить исправить: КПП');
  const dialog = page.getByRole('dialog');
  await dialog.getByText('262201001').waitFor();
  await accessible(page, 'a correction to ask for');
  await dialog.getByRole('button', { name: 'Отправить просьбу' }).click();
  await sees('Заполните это поле');
  await dialog.getByLabel('Как должно быть').fill('С 1 декабря КПП 262201999');
  await dialog.getByRole('button', { name: 'Отправить просьбу' }).click();
  await sees('Создано обращение № 1');
  await page.getByRole('link', { name: /№ 1\. Исправить КПП/ }).waitFor();
  await sees('ждёт ответа');
  const { token } = await call(stack.base, 'POST', '/v1/session', { body: staff });
  const { items } = await call(stack.base, 'GET', '/v1/staff/tickets', { token });
  assert.deepEqual(items.map(({ topic, company }) => [topic, company.name]), [['correction', 'ООО «Колос-Транс»']]);
  assert.deepEqual(troubles, []);
});

test('letters that came back, no answer, and a viewer’s settings', async () => {
  const { page, troubles, press, sees } = await open('/overview', { login: 'kolos-ten' });
  let answers = 'returned';
  await page.route('**/v1/preferences', async (route) => {
    if (answers === 'nothing') return route.fulfill({ status: 503, json: { code: 'unavailable' } });
    const answer = await route.fetch();
    return route.fulfill({ response: answer, json: { ...(await answer.json()), mail_returned: answers === 'returned' } });
  });
  await page.goto(`${stack.base}/settings`);
  await sees('Письма на kolos-ten@client.example возвращаются');
  await sees('Предупреждаем, когда доступно меньше 99 000,00 ₽.');
  assert.equal(await page.getByLabel('Предупреждать ниже').count(), 0);
  assert.equal(await page.getByRole('switch', { name: /^Заканчиваются деньги/ }).count(), 0, 'a viewer is not told of money');
  await accessible(page, 'the settings while mail comes back');
  answers = 'works';
  await press('Почта снова работает');
  await sees('Снова пишем на kolos-ten@client.example');
  await page.getByText('возвращаются').waitFor({ state: 'detached' });
  answers = 'nothing';
  await page.reload();
  await page.getByRole('button', { name: 'Попробовать ещё раз' }).waitFor();
  answers = 'works';
  await press('Попробовать ещё раз');
  await page.getByRole('switch').first().waitFor();
  assert.deepEqual(troubles, []);
});

for (const colorScheme of ['light', 'dark']) {
  test(`axe finds nothing on the pages of the settings, ${colorScheme}`, async () => {
    for (const viewport of [{ width: 1440, height: 900 }, { width: 360, height: 740 }]) {
      const { page, troubles, bell, sees } = await open('/overview', { colorScheme, viewport });
      for (const path of ['/overview', '/settings', '/company/profile', '/reports/spending', '/reports/spending?by=station']) {
        await page.goto(stack.base + path);
        await page.waitForLoadState('networkidle');
        await accessible(page, `${path} (${colorScheme}, ${viewport.width})`);
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${path} scrolls sideways`);
      }
      await bell.click();
      await sees('Выбрать, о чём сообщать');
      await accessible(page, `the bell (${colorScheme}, ${viewport.width})`);
      const desk = await open('/settings', { login: staff.login, password: staff.password, colorScheme, viewport });
      await desk.sees('Вход с нового устройства');
      await accessible(desk.page, `the desk’s settings (${colorScheme}, ${viewport.width})`);
      assert.deepEqual([...troubles, ...desk.troubles], []);
    }
  });
}
