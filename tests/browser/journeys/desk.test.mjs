// The person without a mailbox gets in through two of the staff, in Russian, by mouse; and what else two people decide.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accessible, openBrowser, openPage, signIn } from '../support/browser.mjs';
import { linkIn, mailTo, mailsSoFar, provision, staff, startStack } from '../support/stack.mjs';

let stack, browser;

const OPERATOR = { login: 'zimina', name: 'Зимина Елена Павловна', email: 'zimina@oktan.example', password: 'тихая-гавань-и-9-якорей' };
const NEW_MAILBOX = 'kolos-novaya@client.example';

before(async () => {
  stack = await startStack();
  await provision(stack.base);
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  await stack?.stop();
});

function hands(page) {
  const press = (name) => page.getByRole('button', { name, exact: true }).click();
  return {
    press,
    /** Presses the button of the window that is open, which may be called as the one that opened it. */
    confirm: (name) => page.getByRole('dialog').getByRole('button', { name, exact: true }).click(),
    follow: (name) => page.getByRole('link', { name, exact: true }).click(),
    section: (name) => page.getByRole('navigation', { name: 'Разделы' }).getByRole('link', { name }).click(),
    fill: (label, text) => page.getByLabel(label, { exact: true }).fill(text),
    heading: (name) => page.getByRole('heading', { name, exact: true }).waitFor(),
    sees: (text) => page.getByText(text).first().waitFor(),
    enter: async (login, password) => {
      await page.goto(`${stack.base}/login`);
      await page.getByLabel('Логин', { exact: true }).fill(login);
      await page.getByLabel('Пароль', { exact: true }).fill(password);
      await press('Войти');
    },
  };
}

test('an admin adds an operator, who chooses a password by the link', async () => {
  const { page, troubles } = await openPage(browser, stack.base);
  const { confirm, enter, fill, heading, press, section, sees } = hands(page);
  await enter(staff.login, staff.password);
  await heading('Компании');
  await section('Сотрудники');
  await heading('Сотрудники');
  const sent = await mailsSoFar(stack.base);
  await press('Добавить человека');
  await fill('Фамилия, имя, отчество', OPERATOR.name);
  await fill('Логин', OPERATOR.login);
  await fill('Почта', OPERATOR.email);
  await page.getByRole('radio', { name: 'оператор' }).check();
  await accessible(page, 'a new person of the staff');
  await confirm('Добавить и отправить ссылку');
  await sees('Ждёт пароля');

  // The only admin can't be taken away, and the window says so before anybody tries.
  await press('Действия: Администратор');
  await page.getByRole('menuitem', { name: 'Отключить' }).click();
  await sees('Свою роль и свой доступ меняет кто-то другой.');
  assert.ok(await page.getByRole('dialog').getByRole('button', { name: 'Отключить', exact: true }).isDisabled());

  const newcomer = await openPage(browser, stack.base);
  await newcomer.page.goto(linkIn(await mailTo(stack.base, OPERATOR.email, '', sent)));
  await newcomer.page.getByLabel('Новый пароль', { exact: true }).fill(OPERATOR.password);
  await newcomer.page.getByRole('button', { name: 'Сохранить пароль', exact: true }).click();
  await newcomer.page.getByRole('link', { name: /Войти|войти/ }).first().waitFor();
  assert.deepEqual([...troubles, ...newcomer.troubles], []);
});

test('a person without a mailbox gets in through two people of the staff', async () => {
  const { page, troubles } = await openPage(browser, stack.base);
  const person = hands(page);
  const sent = await mailsSoFar(stack.base);
  await page.goto(`${stack.base}/login`);
  await person.follow('Нет доступа к почте?');
  await person.fill('Почта, логин или ИНН', 'kolos');
  await person.fill('Номер договора', '110/26-т');
  await person.fill('Фамилия, имя, отчество', 'Иванов Петр Сергеевич');
  await person.fill('Телефон, который записан у нас', '+7 900 111-22-33');
  await person.fill('Новая почта', NEW_MAILBOX);
  await person.fill('Телефон для связи', '+7 928 555-12-12');
  await person.press('Отправить заявку');
  await person.heading('Заявка принята');

  // The operator sees what differs, and approves first.
  const first = await openPage(browser, stack.base);
  const operator = hands(first.page);
  await operator.enter(OPERATOR.login, OPERATOR.password);
  await operator.heading('Компании');
  await operator.section(/Сверка/);
  await operator.follow('Иванов Петр Сергеевич');
  const row = (name) => first.page.getByRole('row').filter({ has: first.page.getByRole('rowheader', { name, exact: true }) });
  await row('Телефон').getByText('Расходится').waitFor();
  await row('Номер договора').getByText('Сходится').waitFor();
  await row('Фамилия, имя, отчество').getByText('Сходится').waitFor();
  await row('Почта').getByText('Просит новую').waitFor();
  await operator.sees('Почта меняется, поэтому одобрить должны двое.');
  await operator.press('Одобрить первым');
  await operator.fill('Как проверили', 'Перезвонили по телефону из договора');
  await accessible(first.page, 'the first approval');
  await operator.confirm('Одобрить первым');
  await operator.sees('Вы уже одобрили это обращение первым.');
  assert.equal(await first.page.getByRole('button', { name: 'Впустить', exact: true }).count(), 0);

  // Nothing has changed yet; the admin is the second.
  const second = await openPage(browser, stack.base);
  const admin = hands(second.page);
  await admin.enter(staff.login, staff.password);
  await admin.heading('Компании');
  await admin.section(/Сверка/);
  await admin.sees('Ждёт второго');
  await admin.follow('Иванов Петр Сергеевич');
  await admin.sees('Причина: Перезвонили по телефону из договора');
  await admin.press('Впустить');
  await admin.confirm('Впустить');
  await admin.sees(`Впустил ${staff.login}`);

  const mail = await mailTo(stack.base, NEW_MAILBOX, 'Одноразовый пароль', sent);
  await mailTo(stack.base, 'office@client.example', 'Адрес почты', sent);
  const password = mail.text.match(/пароль: (\S+)/)[1];
  await person.enter('kolos', password);
  await person.heading('Придумайте свой пароль');
  await person.fill('Одноразовый пароль', password);
  await person.fill('Новый пароль', 'новая-почта-и-3-журавля');
  await person.press('Сменить пароль');
  await person.sees('Доступно компании');
  assert.deepEqual([...troubles, ...first.troubles, ...second.troubles], []);
});

test('what an operator asks for an admin approves, and nobody their own', async () => {
  const asking = await openPage(browser, stack.base);
  const operator = hands(asking.page);
  await signIn(asking.page, stack.base, OPERATOR.login, OPERATOR.password);
  await asking.page.goto(`${stack.base}/staff/companies`);
  await operator.follow('ООО «Колос-Транс»');
  await operator.press('Изменить лимит');
  await operator.fill('Новый кредитный лимит, ₽', '250 000');
  await operator.confirm('Отправить на подтверждение');
  await operator.sees('Ждёт подтверждения');
  await operator.press('Изменить');
  await operator.fill('Почта', 'buhgalteria@client.example');
  await operator.sees('Почту подтвердит другой сотрудник.');
  await operator.confirm('Сохранить');
  await operator.sees('buhgalteria@client.example');

  const deciding = await openPage(browser, stack.base);
  const admin = hands(deciding.page);
  await signIn(deciding.page, stack.base, staff.login, staff.password);
  await deciding.page.goto(`${stack.base}/staff/companies`);
  await admin.follow('ООО «Колос-Транс»');
  await admin.press('Закрыть договор');
  await admin.sees('1 карта перестанет заправляться');
  await admin.sees('На счёте компании останется 100 000,00 ₽');
  await admin.fill('Причина', 'По письму клиента');
  await admin.confirm('Попросить закрыть');
  await admin.section(/Подтверждения/);
  await admin.sees('Это ваш запрос: подтвердить или отклонить его может только другой администратор.');
  await admin.press('Подтвердить. Кредитный лимит: ООО «Колос-Транс»');
  await admin.confirm('Подтвердить');
  const asked = deciding.page.getByRole('listitem');
  await asked.filter({ hasText: 'Кредитный лимит' }).waitFor({ state: 'detached' });
  await admin.press('Отказать. Контактная почта: ООО «Колос-Транс»');
  await admin.fill('Причина', 'Нет письма от директора');
  await admin.confirm('Отказать');
  await asked.filter({ hasText: 'Контактная почта' }).waitFor({ state: 'detached' });
  await admin.follow('Решённые');
  await admin.sees('Причина: Нет письма от директора');
  await admin.sees('250 000,00 ₽');

  await deciding.page.getByRole('link', { name: 'ООО «Колос-Транс»' }).first().click();
  await deciding.page.getByRole('main').getByRole('link', { name: 'Журнал', exact: true }).click();
  await admin.sees('Кредитный лимит изменён');
  assert.deepEqual([...asking.troubles, ...deciding.troubles], []);
});

/** Every page of the staff, for what has happened above. */
async function staffPages(page) {
  const first = (path) => page.evaluate(async (from) => (await (await fetch(from)).json()).items[0].id, path);
  await page.goto(`${stack.base}/staff/companies`);
  const company = `/staff/companies/${await first('/v1/staff/companies')}`;
  const card = await page.evaluate(async (from) => (await (await fetch(from)).json()).items[0].number, `/v1${company}/cards`);
  const claim = `/staff/recovery/${await first('/v1/staff/recovery?state=closed')}`;
  return [
    '/staff/companies', '/staff/companies/new', '/staff/companies/import', '/staff/payments', company, `${company}/cards`, `${company}/cards/${card}`,
    `${company}/history`, `${company}/people`, `${company}/journal`, '/staff/stations', '/staff/prices',
    '/staff/products', '/staff/news', '/staff/news/new', '/staff/recovery',
    '/staff/recovery?state=closed', claim, '/staff/approvals', '/staff/approvals?state=closed', '/staff/messages', '/staff/messages?state=closed', '/staff/users', '/staff/journal',
  ];
}

for (const colorScheme of ['light', 'dark']) {
  test(`axe finds nothing on the staff’s pages, ${colorScheme}`, async () => {
    const { page, troubles } = await openPage(browser, stack.base, { colorScheme });
    await signIn(page, stack.base, staff.login, staff.password);
    for (const path of await staffPages(page)) {
      await page.goto(stack.base + path);
      await page.waitForLoadState('networkidle');
      await accessible(page, `${path} (${colorScheme})`);
    }
    assert.deepEqual(troubles, []);
  });
}

test('no page of the staff is wider than a phone', async () => {
  const { page } = await openPage(browser, stack.base, { viewport: { width: 360, height: 740 } });
  await signIn(page, stack.base, staff.login, staff.password);
  for (const path of await staffPages(page)) {
    await page.goto(stack.base + path);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForLoadState('networkidle');
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${path} scrolls sideways`);
  }
});
