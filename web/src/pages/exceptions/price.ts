import { units } from '@/format/sums';
import type { GetV1PublicStationsResponse, GetV1ProductsResponse } from '@/api/types.gen';

/** What a station sells, price by product. */
export type Priced = Pick<GetV1PublicStationsResponse['items'][number], 'fuels'>;
type Product = Pick<GetV1ProductsResponse['items'][number], 'code' | 'unit'>;

interface Asked {
  /** Of which product; of any that is measured in litres when empty. */
  product: string;
  /** What a unit cost at the pump that refused. */
  declined: string | null;
}

/** What a unit may cost at the most, as the server takes it: the price that was declined, or the dearest on a list. */
export function dearest({ product, declined }: Asked, stations: Priced[], products: Product[]): string | null {
  const litres = new Set(products.filter(({ unit }) => unit === 'litre').map(({ code }) => code));
  const mayBe = (code: string) => (product ? code === product : litres.has(code));
  const prices = stations.flatMap(({ fuels }) => Object.entries(fuels).filter(([code]) => mayBe(code)).map(([, price]) => price));
  return [...prices, ...(declined ? [declined] : [])].reduce<string | null>(
    (most, price) => (most !== null && units('roubles', most) >= units('roubles', price) ? most : price),
    null,
  );
}
