// `make lighthouse`: every public page in both languages, as a table; fails when a category is below 95.
import { holds, measure } from './support/lighthouse.mjs';
import { openStations, pages, publishNews, publishPromotion } from './support/site.mjs';
import { startStack } from './support/stack.mjs';

const stack = await startStack();
try {
  await openStations(stack.base);
  const news = await publishNews(stack.base);
  const promotions = await publishPromotion(stack.base);
  const english = pages.map((page) => (page === '/' ? '/en' : `/en${page}`));
  const measured = await measure(stack.base, [...pages, news, ...promotions, ...english]);
  console.table(measured);
  if (!measured.every(holds)) process.exitCode = 1;
} finally {
  await stack.stop();
}
