// Text that would run, fetch or cover something were it taken for markup, in every place where somebody may write.
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { call, staff } from './stack.mjs';

/** The texts, one a line. */
export const PAYLOADS = readFileSync(new URL('../../data/payloads.txt', import.meta.url), 'utf8').trimEnd().split('\n');
/** All of them in one text, as a message or an article takes them. */
export const ALL = PAYLOADS.join('\n\n');

const TOGETHER = 4;

/** All the payloads as few texts as a field of so many characters takes. */
export function texts(room) {
  const together = [];
  for (const payload of PAYLOADS.filter(({ length }) => length <= room)) {
    const last = together.at(-1);
    if (last !== undefined && last.length + 1 + payload.length <= room) together[together.length - 1] = `${last} ${payload}`;
    else together.push(payload);
  }
  return together;
}

/** Writes each of the texts, a few at a time. */
async function each(written, write) {
  const queue = [...written.entries()];
  const work = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) await write(next[1], next[0]);
  };
  await Promise.all(Array.from({ length: TOGETHER }, work));
  return written;
}

/** The texts one by one in a field that only ever holds one. */
async function inTurn(written, write) {
  for (const text of written) await write(text);
  return written;
}

/** Writes the payloads wherever a client may write; what stands where. */
export async function asClient(base, token, cards, self) {
  const send = (method, path, body, headers) => call(base, method, `/v1${path}`, { token, body, headers });
  const { id: ticket } = await send('POST', '/tickets', { subject: 'Всё сразу', body: 'Смотрите' });
  const { id: template } = await send('POST', '/limit-templates', { name: 'Всё сразу', limits: [] });
  return {
    reasons: await each(texts(200), (reason, at) => send('POST', `/cards/${cards[at].number}/block`, { reason })),
    subjects: await each(texts(120), (subject) => send('POST', '/tickets', { subject, body: subject })),
    ticket,
    messages: await inTurn(texts(3_900), (body) => send('POST', `/tickets/${ticket}/messages`, { body })),
    // One after another: the journal has what each was before and after.
    templates: await inTurn(texts(60), (name) => send('PUT', `/limit-templates/${template}`, { name, limits: [] })),
    names: await inTurn(texts(120), (full_name) => send('PATCH', `/users/${self}`, { full_name })),
  };
}

/** Writes the payloads wherever OKTAN's people may write; what stands where. */
export async function asStaff(base, company, cards) {
  const { token } = await call(base, 'POST', '/v1/session', { body: staff });
  const send = (method, path, body, headers) => call(base, method, `/v1/staff${path}`, { token, body, headers });
  const shown = { language: 'ru', published: true };
  const station = (words, at) => ({
    code: `${100 + at}`,
    name: words,
    address: words,
    hours: words,
    latitude: 44 + (at % 20) / 10,
    longitude: 41 + Math.floor(at / 20) / 10,
    fuels: { DT: '71.90' },
  });
  const paid = (words, at) => ({ amount: '1.00', date: '2026-11-20', document_number: `${at}`, comment: words });
  const unknown = (words, at) => ({ amount: '1.00', date: '2026-11-20', document_number: `${at}`, payer_name: words, purpose: words });
  const offer = { title: 'Всё сразу', body: ALL, from: '2026-01-01', to: '2036-01-01', discount: { per_unit: '1.00' } };
  const { id: promotion } = await send('POST', '/promotions', offer);
  const payments = [];
  const key = () => ({ 'idempotency-key': randomUUID() });
  return {
    stations: await each(texts(100), (words, at) => send('POST', '/stations', station(words, at))),
    page: await send('PATCH', '/stations/100/page', { description: { ru: ALL, en: ALL } }),
    titles: await each(texts(200), (title) => send('POST', '/news', { ...shown, title, body: title })),
    news: (await send('POST', '/news', { ...shown, title: 'Всё сразу', body: ALL })).slug,
    articles: await each(texts(200), (title, at) => send('POST', '/articles', { ...shown, slug: `a-${at}`, title, body: title })),
    article: (await send('POST', '/articles', { ...shown, slug: 'vse', title: 'Всё сразу', body: ALL })).slug,
    promotion,
    promotions: await inTurn(texts(200), (title) => send('PATCH', `/promotions/${promotion}`, { title, english: { title, body: ALL } })),
    comments: await each(texts(200), async (words, at) => {
      payments[at] = (await send('POST', `/companies/${company}/payments`, paid(words, at), key())).id;
    }),
    payments,
    unmatched: await each(texts(200), (words, at) => send('POST', '/payments/unmatched', unknown(words, at), key())),
    // Each card once: its label stands in a letter then.
    blocks: await each(
      cards.map((_, at) => texts(200)[at % texts(200).length]),
      (reason, at) => send('POST', `/cards/${cards[at].number}/block`, { reason }),
    ),
    company: await inTurn(texts(120), (words) =>
      send('PATCH', `/companies/${company}`, { name: words, contract_number: words.slice(0, 40), contact: { full_name: words } }),
    ),
    suspensions: await inTurn(texts(200), async (reason) => {
      await send('POST', `/companies/${company}/suspend`, { reason });
      await send('POST', `/companies/${company}/resume`, { reason });
    }),
  };
}
