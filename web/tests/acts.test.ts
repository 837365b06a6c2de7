import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { en } from '@/i18n/en';
import { ru } from '@/i18n/ru';
import { changedRules, changesOf, rulesOf, subjectOf } from '@/ui/trade/acts';

describe('an act of the journal', () => {
  it('is on a kind of thing with a name, which may have spaces', () => {
    expect(subjectOf('card 7826880620598781285')).toEqual({ kind: 'card', name: '7826880620598781285' });
    expect(subjectOf('user Анна Ким')).toEqual({ kind: 'user', name: 'Анна Ким' });
    expect(subjectOf('budget')).toEqual({ kind: 'budget', name: '' });
  });

  it('changed the fields that differ, came into being with all, and went with all', () => {
    const person = { role: 'viewer', active: true };
    expect(changesOf({ before: person, after: { role: 'manager', active: true } })).toEqual([
      { field: 'role', before: 'viewer', after: 'manager' },
    ]);
    expect(changesOf({ before: null, after: person }).map(({ field }) => field)).toEqual(['role', 'active']);
    expect(changesOf({ before: person, after: null }).map(({ after }) => after)).toEqual([null, null]);
    expect(changesOf({ before: null, after: null })).toEqual([]);
  });

  it('tells rules as the API takes them back', () => {
    const limit = { measure: 'litres', period: 'day', amount: '40.000', products: [] };
    expect(rulesOf({ limits: [limit] })).toEqual({ limits: [limit], products: null, schedule: null, stations: null });
    expect(rulesOf(null)).toBeNull();
    expect(rulesOf({ role: 'viewer' })).toBeNull();
    expect(changedRules({ action: 'card.rules_restored' })).toBe(true);
    expect(changedRules({ action: 'card.rename' })).toBe(false);
  });
});

describe('every act the server writes', () => {
  const folders = ['../../functions', '../../shared/src/acts'].map((folder) => join(import.meta.dirname, folder));
  const sources = folders
    .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path)))
    .filter((path) => path.endsWith('.rs'))
    .map((path) => readFileSync(path, 'utf8').split('#[cfg(test)]')[0] ?? '')
    .join('\n');
  const KINDS =
    'budget|card|cards|company|payment|station|product|prices|news|article|promotion|message|ticket|dispute|terminal|staff|user|password|totp|claim|contact_email|exception|purse|settings|month|invoice|requisites';
  const literal = [...sources.matchAll(new RegExp(`"((?:${KINDS})\\.[a-z_]+)"`, 'g'))].map(([, action]) => action ?? '');
  const asked = ['credit_limit', 'contact_email', 'close_company', 'payment_reversal', 'dispute_refund'].flatMap((kind) =>
    ['ask', 'approve', 'refuse', 'supersede'].map((what) => `${kind}.${what}`),
  );

  it('has a sentence in both languages', () => {
    const actions = [...new Set([...literal, ...asked])];
    expect(actions.length).toBeGreaterThan(30);
    expect(actions.filter((action) => !(`act.${action}` in ru) || !(`act.${action}` in en))).toEqual([]);
  });
});
