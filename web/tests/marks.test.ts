import { describe, expect, it } from 'vitest';
import { marks } from '@/pages/articles/marks';

const hits = (text: string, query: string) => marks(text, query).filter(({ hit }) => hit).map((piece) => piece.text);

describe('words of a search in a text', () => {
  it('are marked in every form that they have there', () => {
    expect(hits('Лимиты карты: суточный лимит, нет лимитов.', 'лимитами')).toEqual(['Лимиты', 'лимит', 'лимитов']);
    expect(hits('Восстановление доступа: если вы забыли пароль', 'восстановления паролей')).toEqual(['Восстановление', 'пароль']);
    expect(hits('Blocking cards: a lost card is blocked', 'block card')).toEqual(['Blocking', 'cards', 'card', 'blocked']);
  });

  it('are marked by a beginning, and ё is е', () => {
    expect(hits('Документы и счёт', 'докум счета')).toEqual(['Документы', 'счёт']);
  });

  it('are not marked where only a few letters agree', () => {
    expect(hits('Карта, картина и карьера', 'карты')).toEqual(['Карта', 'картина']);
    expect(hits('Доля и долг', 'доля')).toEqual(['Доля']);
    expect(hits('на карте', 'на')).toEqual(['на']);
  });

  it('leave the text as it was, whatever is asked', () => {
    for (const query of [undefined, '', ' ', '.*', '(', 'лимит', '<b>']) {
      const text = 'Лимит — «потолок», 40 л <b>';
      expect(marks(text, query).map((piece) => piece.text).join('')).toBe(text);
    }
  });
});
