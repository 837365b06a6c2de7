// A client's question from the refusal to the answer, the information base from the editor to the reader, and the end of a kind of mail.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accessible, openBrowser, openPage, signIn } from '../support/browser.mjs';
import { call, linkIn, mailsSoFar, mailTo, provision, staff, startStack } from '../support/stack.mjs';

const OWN = 'степной-ветер-носит-47-облаков';
const CLIENT = { login: 'kolos', password: OWN };
const MAILBOX = 'office@client.example';
const EDITOR = { login: 'redaktor', full_name: 'Лунина Вера Ильинична', email: 'redaktor@oktan.example', role: 'editor' };

let stack, browser, pump, card;

before(async () => {
  stack = await startStack();
  browser = await openBrowser();
  const made = await provision(stack.base);
  ({ pump, card } = made);
  const first = await call(stack.base, 'POST', '/v1/session', {
    body: { login: made.owner.login, password: made.owner.one_time_password },
  });
  await call(stack.base, 'POST', '/v1/password', {
    token: first.token,
    body: { current_password: made.owner.one_time_password, new_password: OWN },
  });
  const desk = await call(stack.base, 'POST', '/v1/session', { body: staff });
  await call(stack.base, 'POST', '/v1/staff/staff-users', { token: desk.token, body: EDITOR });
  const link = new URL(linkIn(await mailTo(stack.base, EDITOR.email, '')));
  await call(stack.base, 'POST', `/v1${link.pathname}`, { body: { new_password: OWN } });
});

after(async () => {
  await browser?.close();
  await stack?.stop();
});

async function open(path, person = CLIENT, options) {
  const opened = await openPage(browser, stack.base, options);
  await signIn(opened.page, stack.base, person.login, person.password ?? OWN);
  await opened.page.goto(stack.base + path);
  const { page } = opened;
  return {
    ...opened,
    press: (name) => page.getByRole('button', { name, exact: true }).click(),
    field: (label) => page.getByLabel(label, { exact: true }),
    follow: (name) => page.getByRole('link', { name }).first().click(),
    section: (name) => page.getByRole('navigation', { name: 'Разделы' }).getByRole('link', { name }),
    sees: (text) => page.getByText(text).first().waitFor(),
  };
}

test('a client asks about a refusal from the history, the desk answers, and the letter’s link leads to the answer', async () => {
  const { token } = await call(stack.base, 'POST', '/v1/session', { body: CLIENT });
  await call(stack.base, 'PUT', `/v1/cards/${card}/limits`, {
    token,
    headers: { 'if-match': '*' },
    body: { limits: [{ measure: 'litres', period: 'day', amount: '10' }] },
  });
  assert.equal((await pump.ask('40.000')).decision, 'declined');

  const client = await open('/tickets');
  await client.sees('Обращений ещё нет');
  await accessible(client.page, 'no tickets yet');
  await client.section('История').click();
  await client.field('Вид операции').selectOption('decline');
  await client.page.getByRole('button', { name: /^Отказ/ }).first().click();
  await client.follow('Спросить об этом');
  await client.page.waitForURL(/\/tickets\/new\?/);
  assert.match(await client.field('Коротко: о чём обращение').inputValue(), /^Отказ \d\d\.\d\d\.\d{4}/);
  await client.press('Отправить');
  await client.sees('Заполните это поле');
  await accessible(client.page, 'a ticket without words');
  await client.field('Сообщение').fill('Почему 40 литров не дали?\nЛимит вчера меняли.');
  await client.page.reload();
  assert.match(await client.field('Сообщение').inputValue(), /Лимит вчера меняли/, 'a draft outlives the page');
  await client.press('Отправить');
  await client.sees(/Обращение № \d+ отправлено/);
  await client.page.getByRole('heading', { level: 1, name: /^Отказ/ }).waitFor();
  await client.sees(/ещё не было, ждёт/);
  await client.page.getByRole('link', { name: /^Отказ \d/ }).waitFor();
  await accessible(client.page, 'a ticket that waits');
  assert.equal(await client.field('Сообщение').count(), 0);

  const desk = await open('/staff/companies', staff);
  await desk.section(/^Обращения.*ждут ответа: 1/s).click();
  await desk.page.getByRole('row', { name: /Колос-Транс/ }).waitFor();
  await accessible(desk.page, 'the queue');
  await desk.follow(/^Отказ/);
  await desk.sees('Почему 40 литров не дали?');
  await desk.press('Взять себе');
  await desk.sees('Обращение за вами');
  await desk.page.getByRole('link', { name: /А123ВС 126/ }).waitFor();
  await accessible(desk.page, 'a ticket at the desk');
  await desk.field('Ответ клиенту').fill('Сегодня действует лимит 10 литров в день.');
  await desk.press('Отправить');
  await desk.sees('Есть ответ');
  await desk.sees(/меньше чем за минуту|за \d/);

  const mail = new URL(linkIn(await mailTo(stack.base, MAILBOX, 'обращени')));
  assert.equal(mail.pathname, new URL(client.page.url()).pathname);
  await client.page.goto(`${stack.base}/overview`);
  await client.page.getByRole('link', { name: /Поддержка/ }).getByText('новых ответов').waitFor({ state: 'attached' });
  await client.section('Поддержка').click();
  await client.page.getByRole('row', { name: /Есть новое/ }).waitFor();
  await accessible(client.page, 'a list with something new');
  await client.page.goto(stack.base + mail.pathname);
  await client.sees('Сегодня действует лимит 10 литров в день.');
  await client.sees('Поддержка ОКТАН');
  await client.section('Поддержка').getByText('новых ответов').waitFor({ state: 'detached' });

  // The desk writes again while the client does: it comes by itself, and the client is told before sending.
  await client.field('Ваш ответ').fill('Понятно, спасибо');
  await desk.field('Ответ клиенту').fill('Поднять его может владелец на странице карты.');
  await desk.press('Отправить');
  await client.page.getByRole('alert').getByText('Пока вы писали').waitFor();
  await client.sees('Поднять его может владелец');
  await accessible(client.page, 'an answer that was overtaken');
  await client.field('Ваш ответ').press('Control+Enter');
  await client.page.getByRole('listitem').filter({ hasText: 'Понятно, спасибо' }).waitFor();
  assert.equal(await client.field('Ваш ответ').inputValue(), '');
  await client.press('Вопрос решён');
  await client.sees('Обращение закрыто. Если вопрос остался');
  await accessible(client.page, 'a closed ticket');
  await client.field('Ваш ответ').fill('Ещё вопрос');
  await client.press('Отправить');
  await client.sees('Ждёт ответа');

  await desk.page.goto(`${stack.base}/staff/tickets?assigned=me`);
  await desk.follow(/^Отказ/);
  await desk.press('Закрыть');
  await desk.sees('Ответ откроет его снова');
  assert.deepEqual([...client.troubles, ...desk.troubles], []);
});

test('the desk lifts the client’s own block because the client asked in a ticket', async () => {
  const { token } = await call(stack.base, 'POST', '/v1/session', { body: CLIENT });
  await call(stack.base, 'POST', `/v1/cards/${card}/block`, { token, body: {} });
  const client = await open(`/cards/${card}`);
  await client.follow('Спросить о карте');
  await client.page.locator('input[value="А123ВС 126"]').waitFor();
  await client.field('Коротко: о чём обращение').fill('Разблокируйте, пожалуйста');
  await client.field('Сообщение').fill('Нет доступа к кабинету с телефона водителя.');
  await client.press('Отправить');
  await client.sees(/Обращение № \d+ отправлено/);

  const desk = await open('/staff/tickets', staff);
  await desk.follow('Разблокируйте, пожалуйста');
  await desk.press('Снять блокировку клиента');
  await desk.page.getByRole('dialog', { name: 'Снять блокировку: А123ВС 126' }).waitFor();
  await accessible(desk.page, 'the window of an unblocking');
  await desk.page.getByRole('dialog').getByRole('button', { name: 'Снять блокировку клиента' }).click();
  await desk.sees('Блокировка клиента снята');
  await desk.page.getByRole('button', { name: 'Снять блокировку клиента' }).waitFor({ state: 'detached' });
  await client.page.goto(`${stack.base}/cards/${card}`);
  await client.page.getByRole('button', { name: 'Заблокировать', exact: true }).waitFor();
  assert.deepEqual([...client.troubles, ...desk.troubles], []);
});

test('an article is written, previewed, published, found by another form of its words, edited and brought back', async () => {
  const editor = await open('/staff/articles', EDITOR);
  await editor.sees('Статей ещё нет');
  await editor.follow('Написать статью');
  await editor.field('Заголовок').fill('Как настроить лимиты карты');
  assert.equal(await editor.field('Адрес').inputValue(), 'kak-nastroit-limity-karty');
  await editor.field('Адрес').fill('limits');
  await editor.field('Текст').fill('Суточный **лимит** — потолок.\n\n## Шаги\n\n1. Откройте [карту](/cards)');
  await editor.page.getByRole('region', { name: /Текст/ }).getByRole('heading', { name: 'Шаги' }).waitFor();
  await accessible(editor.page, 'a new article with its preview');
  await editor.press('Сохранить черновик');
  await editor.sees('Черновик сохранён');
  await editor.page.waitForURL(/\/staff\/articles\/ru\/limits$/);

  const client = await open('/articles');
  await client.sees('Статей пока нет');
  await accessible(client.page, 'no articles');
  await editor.press('Опубликовать');
  await editor.sees('Статья опубликована');
  await client.field('Найти в базе знаний').fill('лимитами карт');
  await client.page.getByRole('link', { name: 'Как настроить лимиты карты' }).waitFor();
  assert.deepEqual((await client.page.locator('li mark').allInnerTexts()).slice(0, 2), ['лимиты', 'карты']);
  assert.match(client.page.url(), /q=/);
  await accessible(client.page, 'what a search found');
  await client.follow('Как настроить лимиты карты');
  await client.page.getByRole('heading', { name: 'Шаги' }).waitFor();
  assert.ok((await client.page.locator('article mark').allInnerTexts()).includes('лимит'));
  await accessible(client.page, 'an article');

  await editor.field('Текст').fill('Всё переписано.');
  await editor.press('Сохранить');
  await editor.sees('Версия 3');
  await client.page.reload();
  await client.sees('Всё переписано.');
  await editor.press('Версия 2');
  await editor.page.getByRole('dialog').getByRole('heading', { name: 'Шаги' }).waitFor();
  await accessible(editor.page, 'an earlier version');
  await editor.press('Вернуть эту версию');
  await editor.sees('Возвращена версия 2');
  assert.match(await editor.field('Текст').inputValue(), /## Шаги/);
  await client.page.reload();
  await client.page.getByRole('heading', { name: 'Шаги' }).waitFor();

  await editor.follow('Написать по-английски');
  await editor.field('Заголовок').fill('How to set limits');
  assert.equal(await editor.field('Адрес').inputValue(), 'limits');
  await editor.field('Текст').fill('A daily limit is a ceiling.');
  await editor.press('Опубликовать');
  await editor.sees('Статья опубликована');
  await client.page.reload();
  await client.follow('Английский');
  await client.page.getByRole('heading', { level: 1, name: 'How to set limits' }).waitFor();
  assert.deepEqual([...editor.troubles, ...client.troubles], []);
});

test('of two who edit an article at once the second sees what the first wrote, and decides', async () => {
  const first = await open('/staff/articles/ru/limits', EDITOR);
  const second = await open('/staff/articles/ru/limits', staff);
  await second.field('Текст').waitFor();
  await first.field('Текст').fill('Первый текст');
  await first.press('Сохранить');
  await first.sees('Статья опубликована');
  await second.field('Текст').fill('Второй текст');
  await second.press('Сохранить');
  await second.page.getByRole('alert').getByText('Первый текст').waitFor();
  assert.equal(await second.field('Текст').inputValue(), 'Второй текст');
  await accessible(second.page, 'an article that somebody else changed meanwhile');
  await second.press('Сохранить моё');
  await second.sees('Статья опубликована');
  assert.deepEqual([...first.troubles, ...second.troubles], []);
});

test('a letter’s link ends the mail of its kind without signing in', async () => {
  const letter = await mailTo(stack.base, MAILBOX, 'обращени');
  const link = new URL(letter.text.match(/https?:\/\/\S+\/unsubscribe\/\S+/)[0]);
  const { page, troubles } = await openPage(browser, stack.base);
  await page.goto(stack.base + link.pathname);
  await page.getByText('Ответ на обращение').waitFor();
  await accessible(page, 'the page that ends a kind of mail');
  await page.getByRole('button', { name: 'Больше не присылать' }).click();
  await page.getByText('Готово: таких писем больше не будет').waitFor();
  await page.reload();
  await page.getByText('Эти письма уже отключены').waitFor();
  await page.goto(`${stack.base}/unsubscribe/nonsense`);
  await page.getByText('Ссылка не подошла').waitFor();
  await accessible(page, 'a link of no letter');

  const { token } = await call(stack.base, 'POST', '/v1/session', { body: CLIENT });
  const desk = await call(stack.base, 'POST', '/v1/session', { body: staff });
  const { items } = await call(stack.base, 'GET', '/v1/tickets', { token });
  const sent = await mailsSoFar(stack.base);
  await call(stack.base, 'POST', `/v1/staff/tickets/${items[0].id}/messages`, { token: desk.token, body: { body: 'И ещё одно' } });
  await new Promise((resolve) => setTimeout(resolve, 1500));
  assert.equal(await mailsSoFar(stack.base), sent, 'no letter after the link was used');
  assert.deepEqual(troubles, []);
});

test('what cannot be reached or is not there says so, and keeps what was typed', async () => {
  const { page, troubles, field, press, sees } = await open('/tickets/new');
  await field('Коротко: о чём обращение').fill('Без связи');
  await field('Сообщение').fill('Пишу в дороге');
  await page.context().setOffline(true);
  await press('Отправить');
  await page.getByRole('alert').getByText('Сервер не отвечает').waitFor();
  assert.equal(await field('Сообщение').inputValue(), 'Пишу в дороге');
  await page.context().setOffline(false);
  await press('Отправить');
  await sees(/Обращение № \d+ отправлено/);
  await page.goto(`${stack.base}/tickets/00000000-0000-4000-8000-000000000000`);
  await sees('Этого нет, или оно вам недоступно');
  await page.goto(`${stack.base}/articles/no-such`);
  await sees('Этого нет, или оно вам недоступно');
  assert.deepEqual(troubles, []);
});

for (const colorScheme of ['light', 'dark']) {
  test(`axe finds nothing where people ask and read, ${colorScheme}`, async () => {
    const { token } = await call(stack.base, 'POST', '/v1/session', { body: CLIENT });
    const { items } = await call(stack.base, 'GET', '/v1/tickets', { token });
    const id = items.find(({ card: about }) => about !== null).id;
    for (const viewport of [{ width: 1440, height: 900 }, { width: 360, height: 740 }]) {
      const look = async ({ page, troubles }, paths) => {
        for (const path of paths) {
          await page.goto(stack.base + path);
          await page.waitForLoadState('networkidle');
          await accessible(page, `${path} (${colorScheme}, ${viewport.width})`);
          assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${path} scrolls sideways`);
        }
        assert.deepEqual(troubles, []);
      };
      const options = { colorScheme, viewport };
      await look(await open('/tickets', CLIENT, options), [
        '/tickets', '/tickets?state=closed', `/tickets/${id}`, `/tickets/new?card=${card}`, '/articles', '/articles?q=лимитов', '/articles/limits?q=потолки',
      ]);
      await look(await open('/staff/tickets', staff, options), ['/staff/tickets', '/staff/tickets?state=answered', `/staff/tickets/${id}`, '/staff/messages']);
      await look(await open('/staff/articles', EDITOR, options), ['/staff/articles', '/staff/articles/new', '/staff/articles/ru/limits']);
    }
  });
}
