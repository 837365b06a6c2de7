// History as a file: what the filters show, by a click.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { accessible, openBrowser, openPage, signIn } from '../support/browser.mjs';
import { call, provision, startStack } from '../support/stack.mjs';

const OWN = 'степной-ветер-носит-47-облаков';

let stack, browser, card;

before(async () => {
  stack = await startStack();
  browser = await openBrowser();
  const made = await provision(stack.base);
  ({ card } = made);
  const { authorization_id: id } = await made.pump.ask('40.000');
  await made.pump.capture(id, '40.000');
  const first = { login: made.owner.login, password: made.owner.one_time_password };
  const { token } = await call(stack.base, 'POST', '/v1/session', { body: first });
  await call(stack.base, 'POST', '/v1/password', { token, body: { current_password: first.password, new_password: OWN } });
});

after(async () => {
  await browser?.close();
  await stack?.stop();
});

test('what is shown is downloaded as a table or to be printed, and what is filtered out is not in it', async () => {
  const { page, troubles } = await openPage(browser, stack.base);
  await signIn(page, stack.base, 'kolos', OWN);
  const download = async (name) => {
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name, exact: true }).click()]);
    return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
  };
  await page.goto(`${stack.base}/history`);
  await page.getByRole('group', { name: 'Скачать показанное' }).waitFor();
  await accessible(page, 'the history with its files');
  const all = await download('CSV');
  assert.equal(all.name, 'история.csv');
  const lines = all.bytes.toString('utf8').trimEnd().split('\r\n');
  assert.equal(lines[0].slice(0, 13), '\ufeffДата и время');
  assert.equal(lines.length, 3, 'a purchase and the first payment');
  assert.equal((await download('Excel')).bytes.subarray(0, 2).toString(), 'PK');
  assert.equal((await download('PDF')).bytes.subarray(0, 5).toString(), '%PDF-');

  await page.goto(`${stack.base}/history?card=${card}`);
  await page.getByText('Заправка').first().waitFor();
  const one = (await download('CSV')).bytes.toString('utf8').trimEnd().split('\r\n');
  assert.equal(one.length, 2);
  assert.ok(one[1].includes('-2876,00'), one[1]);
  assert.deepEqual(troubles, []);
});
