// Stations for the public site, and its pages.
import { call, staff } from './stack.mjs';

const stations = [
  ['12', 'АЗС № 12', 'Ставрополь, Южный обход, 5', 45.0102, 41.9321, ['24h', 'cafe', 'shop', 'wifi'], { AI92: '59.40', AI95: '64.30', DT: '71.90', LPG: '31.20' }],
  ['7', 'АЗС № 7', 'Михайловск, ул. Ленина, 162', 45.1297, 42.0256, ['24h', 'wash'], { AI92: '59.10', AI95: '63.90', DT: '71.50' }],
  ['3', 'АЗС № 3', 'Ставрополь, ул. Доваторцев, 90', 45.03, 41.925, ['24h', 'shop'], { AI92: '59.40', AI95: '64.30', AI98: '80.10', DT: '71.90' }],
  ['21', 'АЗС № 21', 'Невинномысск, ул. Гагарина, 217', 44.6333, 41.9444, ['24h', 'cafe', 'shop', 'wash'], { AI92: '59.20', DT: '71.70', CNG: '28.00' }],
  ['34', 'АЗС № 34', 'Минеральные Воды, Кавказское шоссе, 2', 44.21, 43.135, ['24h', 'cafe', 'shop', 'wifi'], { AI92: '59.90', AI95: '64.90', DT: '72.40' }],
  ['41', 'АЗС № 41', 'Пятигорск, ул. Ермолова, 14', 44.05, 43.03, ['shop'], { AI92: '59.90', AI95: '64.90', DT: '72.40', DTZ: '75.00' }],
];

/** Six stations, as the staff desk makes them. */
export async function openStations(base) {
  const { token } = await call(base, 'POST', '/v1/session', { body: staff });
  for (const [code, name, address, latitude, longitude, amenities, fuels] of stations) {
    const body = { code, name, address, latitude, longitude, amenities, fuels };
    await call(base, 'POST', '/v1/staff/stations', { token, body });
  }
}

const body = `Заправляем **круглосуточно**.

## Что есть

- кафе и магазин
- мойка

| Топливо | Цена |
|---|---|
| ДТ | 71,90 |

Вопросы — [в контактах](/contacts).`;

/** A few pieces of news; the address of one. */
export async function publishNews(base) {
  const { token } = await call(base, 'POST', '/v1/session', { body: staff });
  const publish = (title, text) =>
    call(base, 'POST', '/v1/staff/news', { token, body: { title, body: text, language: 'ru' } });
  await publish('Зимнее дизельное топливо — на всех АЗС', 'До минус двадцати шести. Цены — на странице АЗС.');
  const { slug } = await publish('Открылась АЗС № 41 в Пятигорске', body);
  return `/news/${slug}`;
}

/** A promotion that anybody may read of; its addresses in both languages. */
export async function publishPromotion(base) {
  const { token } = await call(base, 'POST', '/v1/session', { body: staff });
  const title = 'Два рубля с литра дизельного топлива';
  const english = { title: 'Two roubles off a litre of diesel', body: 'By any card, at every station.' };
  const offer = { title, body: 'По любой карте, на всех АЗС.', english, from: '2026-01-01', to: '2036-01-01' };
  const asked = { ...offer, discount: { per_unit: '2.00' }, products: ['DT'], published: true };
  await call(base, 'POST', '/v1/staff/promotions', { token, body: asked });
  const { items } = await call(base, 'GET', '/v1/public/promotions', {});
  const { slug } = items.find((one) => one.title === title);
  return ['/promotions', `/promotions/${slug}`, '/en/promotions', `/en/promotions/${slug}`];
}

/** The site's pages in Russian. */
export const pages = [
  '/',
  '/stations',
  '/stations?near=44.63,+41.94&fuel=DT&amenity=cafe',
  '/stations?near=Atlantis',
  '/stations/12',
  '/services',
  '/about',
  '/become-a-client',
  '/news',
  '/contacts',
];
