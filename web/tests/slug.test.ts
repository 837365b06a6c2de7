import { describe, expect, it } from 'vitest';
import { slugOf } from '@/pages/content/slugOf';

describe('the address made of a headline', () => {
  it('is its words in small Latin letters', () => {
    expect(slugOf('Лимиты карты: как настроить?')).toBe('limity-karty-kak-nastroit');
    expect(slugOf('Счёт, акт и УПД — за 2026 год')).toBe('schet-akt-i-upd-za-2026-god');
    expect(slugOf('How to block a card')).toBe('how-to-block-a-card');
  });

  it('is whole words of at most 60 letters, and nothing of nothing', () => {
    const slug = slugOf('Очень длинный заголовок о том, как восстановить доступ к кабинету без почты');
    expect(slug.length).toBeLessThanOrEqual(60);
    expect(slug).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(slugOf('ы'.repeat(100))).toBe('y'.repeat(60));
    expect(slugOf(' — ?! ')).toBe('');
  });
});
