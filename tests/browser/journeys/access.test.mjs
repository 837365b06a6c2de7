// An owner looks after access, in Russian, by mouse: people, the journal and rules taken back, the second factor.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accessible, openBrowser, openPage, signIn } from '../support/browser.mjs';
import { call, linkIn, mailTo, provision, staff, startStack } from '../support/stack.mjs';
import { codeOf } from '../support/totp.mjs';

const OWN = 'степной-ветер-носит-47-облаков';
let stack, browser, owner, card;

before(async () => {
  stack = await startStack();
  ({ owner, card } = await provision(stack.base));
  const { token } = await call(stack.base, 'POST', '/v1/session', {
    body: { login: owner.login, password: owner.one_time_password },
  });
  const body = { current_password: owner.one_time_password, new_password: OWN };
  await call(stack.base, 'POST', '/v1/password', { token, body });
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  await stack?.stop();
});

function hands(page) {
  return {
    press: (name) => page.getByRole('button', { name, exact: true }).click(),
    choose: (name) => page.getByRole('menuitem', { name, exact: true }).click(),
    follow: (name) => page.getByRole('link', { name, exact: true }).first().click(),
    fill: (label, text) => page.getByLabel(label, { exact: true }).fill(text),
    said: (text) => page.getByText(text).first().waitFor(),
    dialog: (name) => page.getByRole('dialog').getByRole('button', { name, exact: true }).click(),
  };
}

test('a person is added, comes in by the link, gets another role and is turned away', async () => {
  const { page, troubles } = await openPage(browser, stack.base);
  const { press, choose, follow, fill, said, dialog } = hands(page);
  await signIn(page, stack.base, owner.login, OWN);
  await page.goto(`${stack.base}/overview`);
  await follow('Пользователи');
  await press('Добавить человека');
  await fill('Фамилия, имя, отчество', 'Ким Анна Львовна');
  await fill('Логин', 'kolos-kim');
  await fill('Почта', 'kim@client.example');
  await page.getByRole('radio', { name: /наблюдатель/ }).check();
  await accessible(page, 'a person to add');
  await dialog('Добавить и отправить ссылку');
  await said('Ждёт пароля');

  const guest = await openPage(browser, stack.base);
  await guest.page.goto(linkIn(await mailTo(stack.base, 'kim@client.example', '')));
  await guest.page.getByLabel('Новый пароль', { exact: true }).fill('вечерняя-степь-и-7-журавлей');
  await guest.page.getByRole('button', { name: 'Сохранить пароль', exact: true }).click();
  await guest.page.getByText('Пароль задан').waitFor();
  await signIn(guest.page, stack.base, 'kolos-kim', 'вечерняя-степь-и-7-журавлей');
  await guest.page.goto(`${stack.base}/cards/${card}`);
  await guest.page.getByText('Можно заправить сейчас').waitFor();
  assert.equal(await guest.page.getByRole('link', { name: 'Пользователи' }).count(), 0);

  await press('Действия: Ким Анна Львовна');
  await choose('Изменить');
  await page.getByRole('radio', { name: /менеджер/ }).check();
  await dialog('Сохранить');
  await said('Сохранено');
  await guest.page.reload();
  await guest.page.getByRole('button', { name: 'Заблокировать', exact: true }).waitFor();

  await press('Действия: Ким Анна Львовна');
  await choose('Отключить');
  await dialog('Отключить');
  await said('Отключён');
  await guest.page.reload();
  await guest.page.getByRole('heading', { name: 'Вход в личный кабинет' }).waitFor();

  // The last owner stays.
  await press('Действия: Иванов Пётр Сергеевич');
  await choose('Отключить');
  assert.ok(await page.getByRole('dialog').getByRole('button', { name: 'Отключить', exact: true }).isDisabled());
  assert.deepEqual([...troubles, ...guest.troubles], []);
});

test('the journal says what was done, and a card’s rules are taken back from it', async () => {
  const { page, troubles } = await openPage(browser, stack.base);
  const { press, follow, fill, said, dialog } = hands(page);
  await signIn(page, stack.base, owner.login, OWN);
  for (const litres of ['30', '80']) {
    await page.goto(`${stack.base}/cards/${card}/rules`);
    if (litres === '30') await press('Добавить лимит');
    await fill('Не больше', litres);
    await press('Сохранить правила');
    await said('Можно заправить сейчас');
  }
  await follow('Журнал');
  await said('Изменены правила карты А123ВС 126');
  await said('В день: 80,00 л, все продукты');
  await accessible(page, 'the journal');
  await page.getByRole('button', { name: 'Вернуть прежние правила: А123ВС 126' }).first().click();
  await said('Действует сейчас');
  await accessible(page, 'rules to take back');
  await dialog('Вернуть');
  await said('Возвращены прежние правила карты А123ВС 126');

  // The act before that is undone too, by naming its rules; and once more from the card's own page.
  await page.getByRole('button', { name: 'Вернуть прежние правила: А123ВС 126' }).nth(2).click();
  // What the card was issued with: fuel only, no limit.
  await page.getByRole('dialog').getByText(/АИ-92, АИ-95/).first().waitFor();
  await dialog('Вернуть');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.goto(`${stack.base}/cards/${card}/rules`);
  await press('Вернуть прежние правила');
  await page.getByRole('dialog').getByText('В день: 30,00 л, все продукты').waitFor();
  await dialog('Вернуть');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  assert.equal(await page.getByLabel('Не больше', { exact: true }).inputValue(), '30');

  // What is looked for stands in the address, and nothing found says so.
  await page.goto(`${stack.base}/journal`);
  await page.getByRole('searchbox').fill('колокольчик');
  await said('Таких записей нет');
  assert.match(decodeURIComponent(page.url()), /q=колокольчик/);
  assert.deepEqual(troubles, []);
});

test('the second factor is set up, asked for at sign-in, and taken away by a recovery code', async () => {
  const { page, troubles } = await openPage(browser, stack.base);
  const { press, choose, fill, said, dialog } = hands(page);
  await signIn(page, stack.base, owner.login, OWN);
  await page.goto(`${stack.base}/security`);
  await press('Подключить');
  await page.getByRole('img', { name: /QR-код/ }).waitFor();
  await accessible(page, 'the second factor offered');
  const key = await page.locator('code').innerText();
  await fill('Код из приложения', '000000');
  await press('Подтвердить');
  await said('Код не подошёл');
  await fill('Код из приложения', codeOf(key));
  await press('Подтвердить');
  await said('Коды восстановления');
  await accessible(page, 'the recovery codes');
  const codes = await page.locator('ul[data-paper] li').allInnerTexts();
  assert.equal(codes.length, 10);
  await press('Я сохранил коды');
  await said('Подключён');

  await page.getByRole('button', { name: /владелец/ }).click();
  await choose('Выйти');
  await fill('Логин', owner.login);
  await fill('Пароль', OWN);
  await press('Войти');
  await said('Пароль подошёл. Осталось подтвердить вход кодом.');
  await accessible(page, 'the second step of the sign-in');
  await fill('Код из приложения', '000000');
  await press('Войти');
  await said('Код не подошёл');
  // The code of this half minute was used up by the set-up; the next one is good already.
  await fill('Код из приложения', codeOf(key, 1));
  await press('Войти');
  await said('Доступно компании');

  await page.goto(`${stack.base}/security`);
  await press('Отключить');
  await page.getByRole('dialog').getByLabel('Нынешний пароль', { exact: true }).fill(OWN);
  await page.getByRole('dialog').getByLabel('Код из приложения или код восстановления').fill(codes[0]);
  await dialog('Отключить');
  await said('Не подключён');
  assert.deepEqual(troubles, []);
});

for (const colorScheme of ['light', 'dark']) {
  test(`where the second factor is obligatory nothing else opens before it, ${colorScheme}`, async () => {
    const { page, troubles } = await openPage(browser, stack.base, { colorScheme });
    const { follow, said } = hands(page);
    // As a stack answers that demands it of staff.
    await page.route('**/v1/session', async (route) => {
      const answer = await route.fetch();
      const session = await answer.json();
      await route.fulfill({ response: answer, json: { ...session, totp: { ...session.totp, required: true } } });
    });
    await signIn(page, stack.base, staff.login, staff.password);
    await page.goto(`${stack.base}/staff/companies`);
    await page.getByRole('heading', { name: 'Подключите второй фактор' }).waitFor();
    await page.getByRole('img', { name: /QR-код/ }).waitFor();
    await accessible(page, `the obligatory second factor (${colorScheme})`);
    if (colorScheme === 'light') return assert.deepEqual(troubles, []);
    const key = await page.locator('code').innerText();
    await page.getByLabel('Код из приложения', { exact: true }).fill(codeOf(key));
    await page.getByRole('button', { name: 'Подтвердить', exact: true }).click();
    await page.getByRole('button', { name: 'Я сохранил коды', exact: true }).click();
    await page.getByRole('heading', { name: 'Компании' }).waitFor();
    await follow('Безопасность');
    await said('отключить его нельзя');
    assert.equal(await page.getByRole('button', { name: 'Отключить', exact: true }).count(), 0);
    assert.deepEqual(troubles, []);
  });
}
