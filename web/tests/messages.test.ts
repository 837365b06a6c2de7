import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createIntl, createIntlCache } from 'react-intl';
import { describe, expect, it } from 'vitest';
import { en } from '@/i18n/en';
import { ru } from '@/i18n/ru';

const WEB = join(import.meta.dirname, '..');

function filesOf(folder: string, ending: RegExp): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'target' || entry.name === 'api' ? [] : filesOf(path, ending);
    return ending.test(entry.name) ? [path] : [];
  });
}

const source = filesOf(join(WEB, 'src'), /\.tsx?$/)
  .filter((path) => !path.includes('/i18n/ru/') && !path.includes('/i18n/en/'))
  .map((path) => readFileSync(path, 'utf8'))
  .join('\n');

/** The names of a message's arguments. */
const argumentsOf = (message: string) =>
  [...new Set([...message.matchAll(/(?<!(?:=\d+|one|few|many|other) )\{(\w+)[,}]/g)].map(([, name]) => name))].toSorted();

describe('messages', () => {
  it('are the same set in both languages', () => {
    expect(Object.keys(en).toSorted()).toEqual(Object.keys(ru).toSorted());
  });

  it('are never empty, and take the same arguments in both languages', () => {
    for (const [id, russian] of Object.entries(ru)) {
      const english = en[id as keyof typeof en];
      expect(russian.trim(), id).not.toBe('');
      expect(english.trim(), id).not.toBe('');
      expect(argumentsOf(english), id).toEqual(argumentsOf(russian));
    }
  });

  it('can all be formatted', () => {
    for (const [locale, messages] of [['ru', ru], ['en', en]] as const) {
      const intl = createIntl({ locale, messages, onError: (error) => { throw error; } }, createIntlCache());
      for (const [id, message] of Object.entries(messages)) {
        const values = Object.fromEntries(argumentsOf(message).map((name) => [name, 3]));
        expect(intl.formatMessage({ id }, values), id).not.toBe('');
      }
    }
  });

  it('exist for every id the source names, and none is left over', () => {
    const named = new Set([...source.matchAll(/'([a-zA-Z]+\.[\w.]+)'/g)].map(([, id]) => id));
    const families = [...source.matchAll(/`([a-zA-Z]+\.(?:\w+\.)?)\$\{/g)].map(([, prefix]) => prefix ?? '');
    const unused = Object.keys(ru).filter((id) => !named.has(id) && !families.some((prefix) => id.startsWith(prefix)));
    expect(unused).toEqual([]);
  });
});

describe('what the server refuses', () => {
  // Terminals read the pump's problems, people do not; mail and schedules answer nobody.
  const server = [join(WEB, '../shared/src'), join(WEB, '../functions')]
    .flatMap((folder) => filesOf(folder, /\.rs$/))
    .filter((path) => !/\/(pump|scheduler|mailer)\//.test(path))
    .map((path) => readFileSync(path, 'utf8').split('#[cfg(test)]')[0])
    .join('\n');

  const codes = (pattern: RegExp) => [...new Set([...server.matchAll(pattern)].map(([, code]) => code ?? ''))];

  it('has a sentence for every problem code', () => {
    const problems = [
      ...codes(/Problem::(?:conflict|forbidden|malformed|too_many)\(\s*"(\w+)"/g),
      ...codes(/(?:Problem|Self)::new\(\s*StatusCode::\w+,\s*"(\w+)"/g),
    ];
    expect(problems.length).toBeGreaterThan(10);
    expect(problems.filter((code) => !(`problem.${code}` in ru))).toEqual([]);
  });

  it('has a sentence for every decline', () => {
    const declines = [
      'card_unknown', 'company_suspended', 'card_closed', 'card_expired', 'card_blocked', 'pin_required', 'pin_locked',
      'pin_wrong', 'too_many_holds', 'product_not_allowed', 'station_closed', 'station_not_allowed',
      'time_not_allowed', 'limit_exceeded', 'budget_exceeded', 'insufficient_funds',
    ];
    expect(declines.filter((code) => !(`decline.${code}` in ru))).toEqual([]);
  });

  it('has a sentence for every refused field a form of ours can send', () => {
    const internal = /^(bank_identity|holds|usage|company_id|terminal_id|request_id|session_id|user_id|write_id|reasons?)_|zone_unknown/;
    const fields = [
      ...codes(/Invalid::new\(\s*"(\w+)"/g),
      ...codes(/refuse\(\s*"[^"]+",\s*"(\w+)"/g),
      ...codes(/\.add\([^;]*?,\s*"([a-z_]+)",/g),
      ...codes(/=> \("(password_\w+)"/g),
    ].filter((code) => !internal.test(code));
    expect(fields.length).toBeGreaterThan(20);
    expect(fields.filter((code) => !(`field.${code}` in ru))).toEqual([]);
  });
});
