// A manager's first day, in Russian, by mouse: the handed-over password, a refusal, a raised limit, a fill, a block.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accessible, openBrowser, openPage } from '../support/browser.mjs';
import { provision, startStack } from '../support/stack.mjs';

let stack, browser;

before(async () => {
  stack = await startStack();
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  await stack?.stop();
});

const LIVE_MS = 5_000;

test('a manager signs in, is refused, raises the limit, sees the fill pass and blocks the card', async () => {
  const { owner, card, pump } = await provision(stack.base);
  const { page, troubles } = await openPage(browser, stack.base);
  const press = (name) => page.getByRole('button', { name, exact: true }).click();
  const field = (label) => page.getByLabel(label, { exact: true });
  const own = 'степной-ветер-носит-47-облаков';

  // The home page leads to the sign-in; the handed-over password opens only the change of itself.
  await page.goto(stack.base);
  await page.getByRole('link', { name: 'Личный кабинет' }).first().click();
  await page.getByText('Забыли пароль?').waitFor();
  await field('Логин').fill(owner.login);
  await field('Пароль').fill(owner.one_time_password);
  await press('Войти');
  await page.getByRole('heading', { name: 'Придумайте свой пароль' }).waitFor();
  await field('Одноразовый пароль').fill(owner.one_time_password);
  await field('Новый пароль').fill(own);
  await press('Сменить пароль');
  await page.getByText('Доступно компании').waitFor();
  await page.getByText('100 000,00 ₽').first().waitFor();

  // A day limit of 30 litres, so that the morning's 40 are refused.
  await page.getByRole('link', { name: 'Карты', exact: true }).first().click();
  await page.getByRole('link', { name: /А123ВС 126/ }).first().click();
  await page.getByText('Без ограничений').first().waitFor();
  await page.getByRole('link', { name: /Изменить|Задать/ }).first().click();
  await press('Добавить лимит');
  await field('Не больше').fill('30');
  await press('Сохранить правила');
  await page.getByText('Можно заправить сейчас').waitFor();
  await page.getByText('дневной лимит').first().waitFor();
  const refused = await pump.ask('40.000');
  assert.equal(refused.decision, 'declined');

  // The refusal stands on the overview without reloading.
  await page.getByRole('link', { name: 'Обзор', exact: true }).first().click();
  await page.getByText('1 отказ сегодня').waitFor({ timeout: LIVE_MS });

  // The limit is raised; the same fill passes, and the money moves while the page is open.
  await page.getByRole('link', { name: 'Карты', exact: true }).first().click();
  await page.getByRole('link', { name: /А123ВС 126/ }).first().click();
  await page.getByRole('link', { name: /Изменить|Задать/ }).first().click();
  await field('Не больше').fill('60');
  await press('Сохранить правила');
  await page.getByText('Можно заправить сейчас').waitFor();
  const passed = await pump.ask('40.000');
  assert.equal(passed.decision, 'approved');
  await page.getByRole('link', { name: 'Обзор', exact: true }).first().click();
  await page.getByText('97 124,00 ₽').first().waitFor({ timeout: LIVE_MS });
  await pump.capture(passed.authorization_id, '40.000');
  await page.getByText('−2 876,00 ₽').first().waitFor({ timeout: LIVE_MS });

  // Blocked: nothing more is approved.
  await page.getByRole('link', { name: 'Карты', exact: true }).first().click();
  await page.getByRole('link', { name: /А123ВС 126/ }).first().click();
  await press('Заблокировать');
  await page.getByRole('dialog').getByRole('button', { name: 'Заблокировать', exact: true }).click();
  await page.getByText('Заблокирована', { exact: true }).first().waitFor();
  const blocked = await pump.ask('10.000');
  assert.equal(blocked.reason.code, 'card_blocked');
  assert.ok(page.url().endsWith(card));

  assert.deepEqual(troubles, []);
});

for (const colorScheme of ['light', 'dark']) {
  test(`axe finds nothing on the pages, ${colorScheme}`, async () => {
    const { page, troubles } = await openPage(browser, stack.base, { colorScheme });
    const visit = async (path) => {
      await page.goto(stack.base + path);
      await page.waitForLoadState('networkidle');
      await accessible(page, `${path} (${colorScheme})`);
    };
    for (const path of ['/', '/login', '/recovery', '/recovery/claim']) await visit(path);
    await page.goto(`${stack.base}/login`);
    await page.getByLabel('Логин', { exact: true }).fill('kolos');
    await page.getByLabel('Пароль', { exact: true }).fill('степной-ветер-носит-47-облаков');
    await page.getByRole('button', { name: 'Войти', exact: true }).click();
    await page.getByText('Доступно компании').waitFor();
    const cards = await page.evaluate(async () => (await (await fetch('/v1/cards')).json()).items);
    const card = `/cards/${cards[0].number}`;
    for (const path of ['/overview', '/cards', card, `${card}/rules`, '/history', '/journal', '/users', '/security']) await visit(path);
    assert.deepEqual(troubles, []);
  });
}
