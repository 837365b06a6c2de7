// Who forgot the password gets in again, in Russian, by mouse: the link, two facts, a password of one's own or by mail.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accessible, openBrowser, openPage, signIn } from '../support/browser.mjs';
import { linkIn, mailTo, mailsSoFar, provision, startStack } from '../support/stack.mjs';

let stack, browser, owner;
const MAILBOX = 'office@client.example';

before(async () => {
  stack = await startStack();
  ({ owner } = await provision(stack.base));
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  await stack?.stop();
});

function hands(page) {
  return {
    press: (name) => page.getByRole('button', { name, exact: true }).click(),
    follow: (name) => page.getByRole('link', { name, exact: true }).click(),
    fill: (label, text) => page.getByLabel(label, { exact: true }).fill(text),
    heading: (name) => page.getByRole('heading', { name }).waitFor(),
  };
}

/** From the sign-in page to the page that the mailed link opens. */
async function askForLink(page, identifier) {
  const { press, follow, fill, heading } = hands(page);
  const sent = await mailsSoFar(stack.base);
  await page.goto(`${stack.base}/login`);
  await follow('Забыли пароль?');
  await fill('Почта, логин или ИНН', identifier);
  await press('Отправить');
  await heading('Проверьте почту');
  const link = linkIn(await mailTo(stack.base, MAILBOX, 'Восстановление', sent));
  assert.ok(link.startsWith(`${stack.base}/recovery/`), link);
  await page.goto(link);
  await heading('Восстановление доступа');
  await page.getByText('Подтвердите, что это вы').waitFor();
  return link;
}

test('a forgotten password is replaced by one’s own, after facts that were wrong at first', async () => {
  const { page, troubles } = await openPage(browser, stack.base);
  const { press, fill, heading } = hands(page);
  const elsewhere = await openPage(browser, stack.base);
  await signIn(elsewhere.page, stack.base, owner.login, owner.one_time_password);

  const link = await askForLink(page, owner.login);
  await press('Сохранить пароль');
  await page.getByText('Нужны два факта: заполните ещё одно поле.').waitFor();
  await fill('ИНН компании', '2622542570');
  await fill('Фамилия, имя, отчество', 'Иванов Петр Сергеевич');
  await page.getByText('Одним из двух должен быть номер договора или телефон.').waitFor();
  await fill('Номер договора', '999/26-Т');
  await fill('Новый пароль', 'вечерняя-степь-и-7-журавлей');
  await press('Сохранить пароль');
  await page.getByText('Осталось 4 попытки.').waitFor();
  // As people write them: a Latin letter, spaces, no ё.
  await fill('Номер договора', ' 110/26 - T ');
  await press('Сохранить пароль');
  await heading('Пароль задан');

  const session = await elsewhere.page.context().request.get(`${stack.base}/v1/session`);
  assert.equal(session.status(), 401);
  await page.getByRole('link', { name: 'Войти', exact: true }).click();
  await fill('Логин', owner.login);
  await fill('Пароль', 'вечерняя-степь-и-7-журавлей');
  await press('Войти');
  await page.getByText('Доступно компании').waitFor();

  // The link is used up, and its page says what to do.
  await page.goto(link);
  await heading('Ссылка больше не действует');
  await page.getByRole('link', { name: 'Попросить новую ссылку' }).click();
  await page.getByLabel('Почта, логин или ИНН').waitFor();
  assert.deepEqual(troubles, []);
});

test('a one-time password comes by mail and asks to be replaced', async () => {
  const { page, troubles } = await openPage(browser, stack.base);
  const { press, fill, heading } = hands(page);
  await askForLink(page, MAILBOX);
  const sent = await mailsSoFar(stack.base);
  await fill('Номер договора', '110/26-Т');
  await fill('Телефон, который записан у нас', '8 8652 18 42 25');
  await page.getByLabel('Пришлите одноразовый пароль письмом').check();
  await press('Прислать пароль');
  await heading('Пароль отправлен');
  const { text } = await mailTo(stack.base, MAILBOX, 'ароль', sent);
  const [, password] = text.match(/пароль[^\n]*?[:\n]\s*([\w-]{8,})/i) ?? [];
  assert.ok(password, text);
  await page.getByRole('link', { name: 'Войти', exact: true }).click();
  await fill('Логин', owner.login);
  await fill('Пароль', password);
  await press('Войти');
  await heading('Придумайте свой пароль');
  assert.deepEqual(troubles, []);
});

test('after five wrong answers the person is sent to the staff', async () => {
  const { page, troubles } = await openPage(browser, stack.base);
  const { press, fill, heading } = hands(page);
  await askForLink(page, '2622542570');
  await fill('Номер договора', '999/26-Т');
  await fill('Телефон, который записан у нас', '+7 900 000-00-00');
  await fill('Новый пароль', 'вечерняя-степь-и-9-журавлей');
  for (const said of ['Осталось 4 попытки.', 'Осталось 3 попытки.', 'Осталось 2 попытки.', 'Осталась 1 попытка.']) {
    await press('Сохранить пароль');
    await page.getByText(said).waitFor();
  }
  await press('Сохранить пароль');
  await heading('Вам поможет сотрудник');
  assert.deepEqual(troubles, []);
});

for (const colorScheme of ['light', 'dark']) {
  test(`axe finds nothing on the way, ${colorScheme}`, async () => {
    const { page, troubles } = await openPage(browser, stack.base, { colorScheme, viewport: { width: 360, height: 780 } });
    const { press, fill, heading } = hands(page);
    await askForLink(page, owner.login);
    await accessible(page, `the two facts (${colorScheme})`);
    await press('Сохранить пароль');
    await page.getByText('Нужны два факта: заполните ещё одно поле.').waitFor();
    await accessible(page, `the two facts, refused (${colorScheme})`);
    await page.goto(`${stack.base}/recovery/${'x'.repeat(43)}`);
    await heading('Ссылка больше не действует');
    await accessible(page, `an expired link (${colorScheme})`);
    await page.getByRole('link', { name: 'Нет доступа к почте?' }).click();
    await fill('Почта, логин или ИНН', 'nobody');
    await fill('Номер договора', '1/26');
    await fill('Телефон, который записан у нас', '+7 900 000-00-00');
    await fill('Новая почта', 'new@client.example');
    await fill('Телефон для связи', '+7 900 000-00-01');
    await press('Отправить заявку');
    await heading('Заявка принята');
    await accessible(page, `a filed claim (${colorScheme})`);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(wide <= 0, `${wide} pixels too wide`);
    assert.deepEqual(troubles, []);
  });
}
