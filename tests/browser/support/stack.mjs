// The built stack on a free port with an empty database, and what staff and a station's terminal do over HTTP.
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = new URL('../../../', import.meta.url).pathname;
/** The first admin of every stack started here. */
export const staff = { login: 'desk', password: 'lantern-quartz-otter-19' };

export async function startStack() {
  const data = mkdtempSync(join(tmpdir(), 'oktan-browser-'));
  const child = spawn(join(root, 'target/debug/oktan-local'), [], {
    cwd: root,
    env: { ...process.env, PORT: '0', DATA_DIR: data, SEED: 'none', STAFF_LOGIN: staff.login, STAFF_PASSWORD: staff.password },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const base = await new Promise((resolve, reject) => {
    let said = '';
    child.stdout.on('data', (chunk) => {
      said += chunk;
      const found = said.match(/(http:\/\/127\.0\.0\.1:\d+)\/ /);
      if (found) resolve(found[1]);
    });
    child.on('exit', (code) => reject(new Error(`the stack ended with ${code}: ${said}`)));
  });
  const stop = async () => {
    child.removeAllListeners('exit');
    const gone = new Promise((resolve) => child.on('exit', resolve));
    child.kill('SIGTERM');
    await gone;
    rmSync(data, { recursive: true, force: true });
  };
  return { base, stop };
}

export async function call(base, method, path, { token, body, headers } = {}) {
  const answer = await fetch(base + path, {
    method,
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }), ...headers },
    body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return text ? JSON.parse(text) : null;
}

/** The newest mail to an address whose subject contains `about`, once it has been sent after `since` mails. */
export async function mailTo(base, address, about, since = 0) {
  for (let left = 300; left > 0; left -= 1) {
    const sent = (await call(base, 'GET', '/_local/outbox.json')).slice(since);
    const found = sent.findLast(({ to, subject }) => to === address && subject.includes(about));
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`no mail to ${address} about ${about}`);
}

/** How many mails there are so far. */
export const mailsSoFar = async (base) => (await call(base, 'GET', '/_local/outbox.json')).length;

/** The first address in a mail's text: what its reader presses. */
export const linkIn = (mail) => mail.text.match(/https?:\/\/\S+/)[0];

/** A company with one card, money, and a station with a terminal, as the staff desk makes them. */
export async function provision(base) {
  const { token } = await call(base, 'POST', '/v1/session', { body: staff });
  const desk = (method, path, body, headers) => call(base, method, path, { token, body, headers });
  const { company, owner } = await desk('POST', '/v1/staff/companies', {
    inn: '2622542570',
    kpp: '262201001',
    name: 'ООО «Колос-Транс»',
    contract_number: '110/26-Т',
    contract_date: '2026-10-26',
    contact: { full_name: 'Иванов Пётр Сергеевич', phone: '+7 (8652) 18-42-25', email: 'office@client.example' },
    owner: { login: 'kolos', full_name: 'Иванов Пётр Сергеевич', email: 'office@client.example' },
    credentials: 'hand_over',
  });
  const { cards } = await desk('POST', `/v1/staff/companies/${company.id}/cards`, { cards: [{ label: 'А123ВС 126' }] });
  await desk(
    'POST',
    `/v1/staff/companies/${company.id}/payments`,
    { amount: '100000.00', date: '2026-11-20', document_number: '500' },
    { 'idempotency-key': randomUUID() },
  );
  await desk('POST', '/v1/staff/stations', {
    code: '12',
    name: 'АЗС № 12',
    address: 'Ставрополь, ул. Доваторцев, 90',
    latitude: 45.0102,
    longitude: 41.9311,
    amenities: ['cafe', '24h'],
    fuels: { DT: '71.90' },
  });
  const terminal = await desk('POST', '/v1/staff/stations/12/terminals', {});
  return { owner, card: cards[0].number, pump: await pump(base, terminal, cards[0].number) };
}

async function pump(base, { terminal_id, secret }, card) {
  const { access_token: token } = await call(base, 'POST', '/v1/pump/token', {
    body: new URLSearchParams({ grant_type: 'client_credentials', client_id: terminal_id, client_secret: secret }).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
  return {
    ask: (quantity, price = '71.90', number = card) =>
      call(base, 'POST', '/v1/pump/authorizations', {
        token,
        body: {
          request_id: randomUUID(),
          card_number: number,
          product: 'DT',
          price,
          quantity,
          partial_ok: false,
          requested_at: new Date().toISOString(),
        },
      }),
    capture: (id, quantity) =>
      call(base, 'POST', `/v1/pump/authorizations/${id}/capture`, { token, body: { quantity } }),
  };
}
