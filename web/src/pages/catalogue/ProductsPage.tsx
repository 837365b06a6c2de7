import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import {
  deleteV1StaffProductsByCodeVatByFromMutation, getV1StaffProductsOptions, patchV1StaffProductsByCodeMutation,
} from '@/api/@tanstack/react-query.gen';
import type { ProductDetails } from '@/api/types.gen';
import { HOUSE_ZONE, calendarDate } from '@/format/dates';
import { useFormat } from '@/format/useFormat';
import { serverClock } from '@/http/serverClock';
import { useProblem } from '@/http/useProblem';
import { useT } from '@/i18n/message';
import { useMay } from '@/session/may';
import { Badge } from '@/ui/Badge';
import { PageHead } from '@/ui/PageHead';
import { Panel } from '@/ui/Panel';
import { Failed, Loading } from '@/ui/states';
import { toastDone, toastFailed } from '@/ui/toast';
import { AddRate } from './AddRate';
import { CatalogueLinks } from './CatalogueLinks';
import { NewProductButton } from './NewProductButton';
import classes from './ProductsPage.module.css';

/** What OKTAN sells, each with its rates of VAT in order of time. */
export function ProductsPage() {
  const t = useT();
  const may = useMay();
  const { data, error, refetch } = useQuery(getV1StaffProductsOptions());
  const today = calendarDate(new Date(serverClock.now()), HOUSE_ZONE);
  return (
    <>
      <PageHead
        title={t('products.title')}
        note={t('products.note')}
        actions={data && may('catalogue') && <NewProductButton today={today} usual={data.items[0]?.vat_now ?? 0} />}
      />
      <CatalogueLinks />
      {data ? (
        <ul className={classes.list}>
          {data.items.map((product) => (
            <li key={product.code}>
              <Product product={product} />
            </li>
          ))}
        </ul>
      ) : (
        <Panel>{error ? <Failed error={error} again={() => void refetch()} /> : <Loading words={t('products.loading')} lines={6} />}</Panel>
      )}
    </>
  );
}

function Product({ product }: { product: ProductDetails }) {
  const t = useT();
  const format = useFormat();
  const may = useMay();
  const { say } = useProblem();
  const queryClient = useQueryClient();
  const settled = {
    onError: (error: unknown) => toastFailed(say(error)),
    onSettled: () => queryClient.invalidateQueries(),
  };
  const edit = useMutation({ ...patchV1StaffProductsByCodeMutation(), ...settled });
  const remove = useMutation({
    ...deleteV1StaffProductsByCodeVatByFromMutation(),
    ...settled,
    onSuccess: () => toastDone(t('products.rateRemoved')),
  });
  const today = calendarDate(new Date(serverClock.now()), HOUSE_ZONE);
  const rates = product.vat.toSorted((one, other) => one.from.localeCompare(other.from));
  const current = rates.findLast(({ from }) => from <= today);
  const changes = may('catalogue');
  return (
    <Panel
      title={`${product.name} · ${product.code}`}
      actions={
        changes && (
          <>
            {!product.retired && <AddRate product={product} tomorrow={dayAfter(today)} />}
            <Button
              size="compact-md"
              variant="subtle"
              loading={edit.isPending}
              onClick={() => edit.mutate({ path: { code: product.code }, body: { retired: !product.retired } })}
              aria-label={t(product.retired ? 'products.returnNamed' : 'products.retireNamed', { name: product.name })}
            >
              {t(product.retired ? 'products.return' : 'products.retire')}
            </Button>
          </>
        )
      }
    >
      {product.retired && <Badge tone="quiet">{t('products.retired')}</Badge>}
      <ol className={classes.rates}>
        {rates.map((rate) => (
          <li key={rate.from} data-now={rate === current || undefined} data-future={rate.from > today || undefined}>
            <span className={classes.percent}>{t('products.percent', { percent: rate.percent })}</span>
            <span className="muted">{t('products.from', { date: format.date(rate.from) })}</span>
            {rate === current && <span className={classes.now}>{t('products.now')}</span>}
            {changes && rate.from > today && (
              <Button
                size="compact-sm"
                variant="subtle"
                loading={remove.isPending && remove.variables.path.from === rate.from}
                onClick={() => remove.mutate({ path: { code: product.code, from: rate.from } })}
                aria-label={t('products.removeRateNamed', { name: product.name, date: format.date(rate.from) })}
              >
                {t('products.removeRate')}
              </Button>
            )}
          </li>
        ))}
      </ol>
    </Panel>
  );
}

function dayAfter(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + 1);
  return date.toISOString().slice(0, 10);
}
