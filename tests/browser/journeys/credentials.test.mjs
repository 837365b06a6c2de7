// The two ways to a first password, and the sheet that one of them is handed over on.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accessible, openBrowser, openPage, signIn } from '../support/browser.mjs';
import { provision, staff, startStack } from '../support/stack.mjs';

let stack, browser, owner;

before(async () => {
  stack = await startStack();
  ({ owner } = await provision(stack.base));
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  await stack?.stop();
});

const setPassword = (page, text) => page.getByLabel('Новый пароль', { exact: true }).fill(text);

for (const colorScheme of ['light', 'dark']) {
  test(`axe finds nothing where a first password is set, ${colorScheme}`, async () => {
    const { page, troubles } = await openPage(browser, stack.base, { colorScheme });
    await signIn(page, stack.base, owner.login, owner.one_time_password);
    await page.goto(`${stack.base}/overview`);
    // Everything else waits for a password of one's own, and a weak one is refused in words.
    await page.getByRole('heading', { name: 'Придумайте свой пароль' }).waitFor();
    await accessible(page, `/password (${colorScheme})`);
    await page.getByLabel('Одноразовый пароль', { exact: true }).fill(owner.one_time_password);
    await setPassword(page, 'коротко');
    await page.getByRole('button', { name: 'Сменить пароль', exact: true }).click();
    await page.getByText('Нужно не меньше 12 символов').waitFor();
    await accessible(page, `/password, refused (${colorScheme})`);
    assert.ok(page.url().endsWith('/password'));

    // A link nobody was sent looks like any other until it is used.
    await page.goto(`${stack.base}/activation/${'x'.repeat(43)}`);
    await page.getByRole('heading', { name: 'Задайте пароль' }).waitFor();
    await accessible(page, `/activation (${colorScheme})`);
    await setPassword(page, 'степной-ветер-носит-47-облаков');
    await page.getByRole('button', { name: 'Сохранить пароль', exact: true }).click();
    await page.getByRole('heading', { name: 'Ссылка больше не действует' }).waitFor();
    await accessible(page, `/activation, expired (${colorScheme})`);
    assert.deepEqual(troubles, []);
  });
}

test('the sheet with the one-time password is one A4 page, without the screen around it', async () => {
  const { page, troubles } = await openPage(browser, stack.base, { colorScheme: 'dark' });
  await signIn(page, stack.base, staff.login, staff.password);
  await page.goto(`${stack.base}/staff/companies/new`);
  const fill = (label, text, nth = 0) => page.getByLabel(label, { exact: true }).nth(nth).fill(text);
  await fill('Название', 'АО «Агрокомбинат «Ставропольские просторы»');
  await fill('ИНН', '7736207543');
  await fill('Номер договора', '218/26-Т');
  await fill('Дата договора', '2026-11-02');
  const next = () => page.getByRole('button', { name: 'Дальше', exact: true }).click();
  await next();
  for (const nth of [0, 1]) {
    await fill('Фамилия, имя, отчество', 'Константинопольская Александра Владимировна', nth);
    await fill('Почта', 'office@agro.example', nth);
  }
  await fill('Телефон', '+7 928 000-12-34');
  await fill('Логин', 'agro');
  await next();
  await fill('Карт, от 0 до 200', '3');
  await next();
  await page.getByRole('button', { name: 'Создать компанию', exact: true }).click();
  await page.getByText('Пароль показан один раз').waitFor();
  await page.getByText('Выпущены 3 карты').waitFor();
  await accessible(page, 'the sheet');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Акт для печати, PDF', exact: true }).click();
  assert.match((await download).suggestedFilename(), /^act-\d{8}\.pdf$/);

  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  assert.equal(pdf.match(/\/Type\s*\/Page\b/g).length, 1);
  const [width, height] = pdf.match(/\/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]/).slice(1).map(Number);
  assert.deepEqual([Math.round(width), Math.round(height)], [595, 842]);
  await page.emulateMedia({ media: 'print' });
  assert.equal(await page.getByText('Пароль показан один раз').isVisible(), false);
  assert.equal(await page.getByRole('navigation').first().isVisible(), false);
  assert.equal(await page.getByText('подпись', { exact: true }).count(), 2);
  assert.deepEqual(troubles, []);
});
