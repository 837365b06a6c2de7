import { expect, test } from 'vitest';
import { saidOnce } from '@/pages/card/saidOnce';

const line = (name: string, passes: boolean) => ({ name, passes });

test('two refusals of one name are one line, in the place of the first', () => {
  const lines = [line('Card', true), line('Station', false), line('Station', false), line('Money', true)];
  expect(saidOnce(lines)).toEqual([line('Card', true), line('Station', false), line('Money', true)]);
});

test('of two limits of one name the one that refuses stands beside the one that does not', () => {
  const lines = [line('Litres a day', true), line('Litres a day', false)];
  expect(saidOnce(lines)).toEqual(lines);
});
