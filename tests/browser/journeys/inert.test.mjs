// Two hundred texts that would run were they taken for markup, written wherever people may write: on every page that shows
// them, and in every letter, they are text. Each page is looked at twice: under its policy, which must have nothing to
// refuse, and with the policy switched off, so that the policy is never what saves it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openBrowser, openPage, signIn } from '../support/browser.mjs';
import { ALL, PAYLOADS, asClient, asStaff } from '../support/hostile.mjs';
import { call, mailTo, provision, staff, startStack } from '../support/stack.mjs';

/** Tenths of a second that a page has to show what it must. */
const PATIENCE = 100;
const OWN = 'степной-ветер-носит-47-облаков';

let stack, browser, client, desk, cards, company;

before(async () => {
  stack = await startStack();
  browser = await openBrowser();
  const { owner } = await provision(stack.base);
  const { token } = await call(stack.base, 'POST', '/v1/session', { body: staff });
  company = (await call(stack.base, 'GET', '/v1/staff/companies', { token })).items[0].id;
  const first = { login: owner.login, password: owner.one_time_password };
  const once = await call(stack.base, 'POST', '/v1/session', { body: first });
  const change = { current_password: owner.one_time_password, new_password: OWN };
  await call(stack.base, 'POST', '/v1/password', { token: once.token, body: change });
  cards = [];
  for (let at = 0; at < PAYLOADS.length; at += 100) {
    const labelled = PAYLOADS.slice(at, at + 100).map((text) => ({
      label: text.length <= 60 ? text : 'не поместился',
      group: text.length <= 40 ? text : 'не поместился',
    }));
    const issued = await call(stack.base, 'POST', `/v1/staff/companies/${company}/cards`, { token, body: { cards: labelled } });
    cards.push(...issued.cards);
  }
  desk = await asStaff(stack.base, company, cards);
  const session = await call(stack.base, 'POST', '/v1/session', { body: { login: 'kolos', password: OWN } });
  client = await asClient(stack.base, session.token, cards, owner.id);
});

after(async () => {
  await browser?.close();
  await stack?.stop();
});

/** What of a page could only have come from a text taken for markup. */
const alive = (page) =>
  page.evaluate(() => {
    const foreign = (value) => /^\s*(javascript|vbscript|data):/i.test(value) || value.includes('evil.example');
    const goes = ['href', 'src', 'srcset', 'action', 'formaction', 'data', 'poster', 'background', 'ping', 'xlink:href'];
    const wrong = 'iframe, frame, object, embed, applet, base, marquee, video, audio, keygen, script:not([src], [type="application/ld+json"]), style[onload]';
    const found = [...document.querySelectorAll(wrong)];
    for (const element of document.querySelectorAll('*')) {
      const acts = ({ name, value }) => name.startsWith('on') || (goes.includes(name) && foreign(value)) || name === 'srcdoc';
      if ([...element.attributes].some(acts)) found.push(element);
    }
    return found.map((element) => element.outerHTML.slice(0, 200));
  });

/** Opens pages as somebody and looks at each: `[address, texts it must show]`. */
async function look(login, password, pages) {
  for (const bypassCSP of [false, true]) {
    const { page, troubles } = await openPage(browser, stack.base, { bypassCSP });
    await page.addInitScript(() => {
      for (const word of ['alert', 'confirm', 'prompt', 'print']) globalThis[word] = () => console.log('it ran');
    });
    page.on('console', (message) => message.text() === 'it ran' && troubles.push(`it ran on ${page.url()}`));
    page.on('dialog', (dialog) => {
      troubles.push(`a dialog on ${page.url()}`);
      void dialog.dismiss();
    });
    if (login) await signIn(page, stack.base, login, password);
    for (const [path, texts] of pages) {
      await page.goto(stack.base + path, { waitUntil: texts.length ? 'load' : 'networkidle' });
      const missing = await wholeList(page, texts);
      assert.deepEqual(missing.slice(0, 3), [], `${missing.length} not shown on ${path}`);
      assert.deepEqual(await alive(page), [], `alive on ${path}`);
      assert.deepEqual(troubles, [], `on ${path}`);
    }
    await page.context().close();
  }
}

/** Goes through a page's list to its end; what of the texts is not shown even then. */
async function wholeList(page, texts) {
  const asked = texts.map((text) => text.replace(/\s+/g, ' ').trim());
  const more = page.locator('button', { hasText: 'Показать ещё' });
  for (let left = PATIENCE; ; left -= 1) {
    const shown = (await page.evaluate(() => document.body.textContent)).replace(/\s+/g, ' ');
    const missing = asked.filter((text) => !shown.includes(text));
    const pages = await more.count();
    if (!pages && (!missing.length || !left)) return missing;
    if (pages) {
      const next = page.waitForResponse((answer) => answer.url().includes('cursor='));
      await more.first().click();
      await (await next).finished();
      await page.waitForFunction(() => !document.querySelector('button[data-loading]'));
      left = PATIENCE;
    } else await page.waitForTimeout(100);
  }
}

const upTo = (room) => PAYLOADS.filter((text) => text.length <= room);

test('there are two hundred different texts', () => {
  assert.equal(new Set(PAYLOADS).size, PAYLOADS.length);
  assert.ok(PAYLOADS.length >= 200, `${PAYLOADS.length}`);
  assert.ok(ALL.length < 16_384);
});

test('they do nothing on the pages of a client', async () => {
  await look('kolos', OWN, [
    ['/overview', []],
    ['/cards', upTo(60)],
    [`/cards/${cards[0].number}`, [client.reasons[0], desk.blocks[0]]],
    ['/cards/templates', client.templates.slice(-1)],
    ...desk.comments.map((words, at) => [`/history?entry=${desk.payments[at]}`, [words]]),
    ['/journal', [...client.names, ...client.templates]],
    ['/users', [client.names.at(-1)]],
    ['/tickets', client.subjects],
    [`/tickets/${client.ticket}`, PAYLOADS],
    ['/articles', desk.articles],
    [`/articles/${desk.article}`, []],
    ['/offers', desk.promotions.slice(-1)],
    [`/offers/${desk.promotion}`, desk.promotions.slice(-1)],
    ['/reports/spending', []],
    ['/settings', []],
    ['/company/profile', [desk.company.at(-1)]],
    ['/security', []],
  ]);
});

test('they do nothing at the staff desk', async () => {
  await look(staff.login, staff.password, [
    ['/staff', []],
    ['/staff/companies', [desk.company.at(-1)]],
    [`/staff/companies/${company}`, [desk.company.at(-1)]],
    [`/staff/companies/${company}/cards`, upTo(60)],
    [`/staff/companies/${company}/history?entry=${desk.payments[0]}`, [desk.comments[0]]],
    [`/staff/companies/${company}/journal`, desk.company],
    [`/staff/companies/${company}/people`, [client.names.at(-1)]],
    [`/staff/companies/${company}/cards/${cards[0].number}`, [client.reasons[0]]],
    ['/staff/payments', desk.unmatched],
    ['/staff/stations', desk.stations],
    ['/staff/stations/100', []],
    ['/staff/prices', []],
    ['/staff/news', desk.titles],
    ['/staff/articles', desk.articles],
    ['/staff/promotions', desk.promotions.slice(-1)],
    ['/staff/tickets', client.subjects],
    [`/staff/tickets/${client.ticket}`, PAYLOADS],
    ['/staff/messages', []],
    ['/staff/journal', [...desk.stations, ...desk.promotions]],
  ]);
});

test('they do nothing on the public site', async () => {
  await look(null, null, [
    ['/', []],
    ['/stations', desk.stations],
    ['/stations/100', [desk.stations[0]]],
    ['/en/stations/100', []],
    ['/news', []],
    [`/news/${desk.news}`, []],
    ['/promotions', desk.promotions.slice(-1)],
    ['/contacts', []],
    [`/stations?near=${encodeURIComponent(PAYLOADS[0])}`, []],
  ]);
});

test('they do nothing in any letter', async () => {
  await mailTo(stack.base, 'office@client.example', cards.at(-1).number.slice(-4));
  const letters = await call(stack.base, 'GET', '/_local/outbox.json');
  const hostile = letters.filter(({ text }) => PAYLOADS.some((payload) => text.includes(payload)));
  // A card's label stands in the letter that tells of its block.
  const told = hostile.map(({ text }) => text.replace(/\s+/g, ' ')).join(' ');
  assert.deepEqual(upTo(60).filter((text) => !told.includes(text.replace(/\s+/g, ' ').trim())), [], 'in no letter');
  const { page, troubles } = await openPage(browser, stack.base);
  page.on('console', (message) => message.text() === 'it ran' && troubles.push('it ran'));
  await page.addInitScript(() => {
    globalThis.alert = () => console.log('it ran');
  });
  for (const { html, subject } of hostile) {
    await page.setContent(html);
    assert.deepEqual(await alive(page), [], `alive in ${subject}`);
    assert.deepEqual(troubles, [], `in ${subject}`);
  }
});
