import { Button } from '@mantine/core';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconGasStation } from '@tabler/icons-react';
import { useState } from 'react';
import { getV1StaffPricesQueryKey, putV1StaffPricesMutation } from '@/api/@tanstack/react-query.gen';
import { getV1StaffPrices } from '@/api/sdk.gen';
import type { PriceListView } from '@/api/types.gen';
import { useFormat } from '@/format/useFormat';
import { isStale } from '@/http/refused';
import { useProblem } from '@/http/useProblem';
import { useT } from '@/i18n/message';
import { useMay } from '@/session/may';
import { useUnsaved } from '@/session/unsaved';
import inset from '@/ui/inset.module.css';
import { Note } from '@/ui/Note';
import { PageHead } from '@/ui/PageHead';
import { Panel } from '@/ui/Panel';
import { Empty, Failed, Loading } from '@/ui/states';
import { toastDone } from '@/ui/toast';
import { CatalogueLinks } from './CatalogueLinks';
import { cellOf, changesOf, conflictsOf, read, type Draft } from './prices';
import classes from './PricesPage.module.css';

/** The list with the edition that a change must name. */
const pricesQuery = queryOptions({
  queryKey: [...getV1StaffPricesQueryKey(), 'with edition'],
  queryFn: async ({ signal }) => {
    const { data, response } = await getV1StaffPrices({ signal, throwOnError: true });
    return { list: data, edition: response.headers.get('ETag') ?? '' };
  },
});

/** Every station's price of every product, changed in place and saved together. */
export function PricesPage() {
  const t = useT();
  const may = useMay();
  const { say } = useProblem();
  const queryClient = useQueryClient();
  const { data, error, refetch } = useQuery(pricesQuery);
  const [draft, setDraft] = useState<Draft>({});
  // The list as it was when the first cell was typed into.
  const [began, setBegan] = useState<PriceListView | null>(null);
  const save = useMutation({
    ...putV1StaffPricesMutation(),
    onSuccess: (_, { body }) => {
      toastDone(t('prices.saved', { count: body.prices.length }));
      setDraft({});
      setBegan(null);
    },
    onSettled: () => queryClient.invalidateQueries(),
  });
  const { prices, wrong } = data ? changesOf(data.list, draft) : { prices: [], wrong: 0 };
  const conflicts = data && began ? conflictsOf(began, data.list, draft) : new Set<string>();
  const stale = isStale(save.error);
  useUnsaved(prices.length > 0);

  const type = (cell: string, value: string) => {
    if (data && began === null) setBegan(data.list);
    setDraft({ ...draft, [cell]: value });
  };
  const discard = () => {
    setDraft({});
    setBegan(null);
    save.reset();
  };

  return (
    <>
      <PageHead title={t('prices.title')} note={t('prices.note')} />
      <CatalogueLinks />
      {(stale || conflicts.size > 0) && (
        <div className={classes.note}>
          <Note tone="attention" title={t('prices.conflict')} urgent>
            {t('prices.conflictNote', { count: conflicts.size })}
          </Note>
        </div>
      )}
      {save.isError && !stale && (
        <div className={classes.note}>
          <Note tone="refused" title={say(save.error)} urgent />
        </div>
      )}
      <Panel flush>
        {data && data.list.stations.length === 0 && (
          <Empty icon={<IconGasStation />} title={t('station.none')}>
            {t('station.noneNote')}
          </Empty>
        )}
        {data && data.list.stations.length > 0 && (
          <Matrix list={data.list} draft={draft} conflicts={conflicts} onType={may('catalogue') ? type : undefined} />
        )}
        {!data && (
          <div className={inset.inset}>
            {error ? <Failed error={error} again={() => void refetch()} /> : <Loading words={t('prices.loading')} lines={6} />}
          </div>
        )}
      </Panel>
      {data && (prices.length > 0 || wrong > 0) && (
        <div className={classes.bar}>
          <p role="status">
            {wrong > 0 ? t('prices.wrong', { count: wrong }) : t('prices.changed', { count: prices.length })}
          </p>
          <Button variant="default" onClick={discard}>
            {t('rules.discard')}
          </Button>
          <Button
            disabled={wrong > 0}
            loading={save.isPending}
            onClick={() => save.mutate({ body: { prices }, headers: { 'If-Match': data.edition } })}
          >
            {t('prices.save')}
          </Button>
        </div>
      )}
    </>
  );
}

/** With both decimals, as a price is written. */
const inField = (price: string, locale: string) => (locale === 'ru' ? price.replace('.', ',') : price);

interface MatrixProps {
  list: PriceListView;
  draft: Draft;
  conflicts: ReadonlySet<string>;
  /** Without it the list is only read. */
  onType?: (cell: string, value: string) => void;
}

function Matrix({ list, draft, conflicts, onType }: MatrixProps) {
  const t = useT();
  const format = useFormat();
  return (
    // A region that can scroll must be reachable by keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={classes.scroll} role="region" aria-label={t('prices.title')} tabIndex={0}>
      <table className={classes.matrix}>
        <thead>
          <tr>
            <th scope="col">{t('history.station')}</th>
            {list.products.map(({ code, name }) => (
              <th key={code} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {list.stations.map((station) => (
            <tr key={station.code}>
              <th scope="row">{station.name}</th>
              {list.products.map(({ code, name }) => {
                const cell = cellOf(station.code, code);
                const now = station.prices[code];
                const { state } = read(draft[cell], now);
                if (!onType) return <td key={code}>{now === undefined ? '—' : format.roubles(now)}</td>;
                return (
                  <td key={code}>
                    <input
                      className={classes.cell}
                      data-state={conflicts.has(cell) ? 'conflict' : state}
                      inputMode="decimal"
                      aria-label={t('prices.cell', { product: name, station: station.name })}
                      aria-invalid={state === 'wrong' || undefined}
                      placeholder="—"
                      value={draft[cell] ?? (now === undefined ? '' : inField(now, format.locale))}
                      onChange={(event) => onType(cell, event.currentTarget.value)}
                    />
                    {state === 'changed' && (
                      <span className={classes.was}>{t('prices.was', { price: now === undefined ? '—' : format.roubles(now) })}</span>
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
