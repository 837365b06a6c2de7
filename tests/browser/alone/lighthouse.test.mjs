// What a busy machine would make slower than it is: measured when no other journey runs.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { holds, measure } from '../support/lighthouse.mjs';
import { openStations, publishNews } from '../support/site.mjs';
import { startStack } from '../support/stack.mjs';

let stack;

before(async () => {
  stack = await startStack();
  await openStations(stack.base);
  await publishNews(stack.base);
});

after(() => stack?.stop());

test('Lighthouse gives the first page and the stations at least 95 in everything', async () => {
  const measured = await measure(stack.base, ['/', '/stations']);
  assert.ok(measured.every(holds), JSON.stringify(measured, null, 2));
});
