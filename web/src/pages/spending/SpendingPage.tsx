import { Button, NativeSelect, SegmentedControl, TextInput } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { IconChartBar } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { getV1ReportsSpendingOptions } from '@/api/@tanstack/react-query.gen';
import { useFormat } from '@/format/useFormat';
import { serverClock } from '@/http/serverClock';
import { useProblem } from '@/http/useProblem';
import { useT } from '@/i18n/message';
import { SPENDING_GROUPS } from '@/search';
import { PageHead } from '@/ui/PageHead';
import { Panel } from '@/ui/Panel';
import { Empty, Failed, Loading } from '@/ui/states';
import { DAYS_MAX, daysOf, usualSpans } from './span';
import classes from './spending.module.css';
import { SpendingOverTime } from './SpendingOverTime';
import { SpendingTable } from './SpendingTable';
import { periods, usualStep } from './steps';
import { TimesTable } from './TimesTable';

const route = getRouteApi('/cabinet/client/reports/spending');

const USUAL = ['week', 'month', 'lastMonth', 'quarter', 'twelveMonths', 'year', 'lastYear'] as const;

/** What the company spent within a span, added up by one thing or another. The URL says which, so it can be sent on. */
export function SpendingPage() {
  const t = useT();
  const format = useFormat();
  const { fieldErrors } = useProblem();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const usual = usualSpans(format.calendarDate(new Date(serverClock.now()).toISOString()));
  const span = { from: search.from ?? usual.month.from, to: search.to ?? usual.month.to };
  const by = search.by ?? 'day';
  const step = search.step ?? usualStep(span);
  const days = daysOf(span);
  const wrong = days < 1 ? t('field.span_reversed') : days > DAYS_MAX ? t('field.span_too_long') : null;
  const { data, error, refetch, isPlaceholderData } = useQuery({
    ...getV1ReportsSpendingOptions({ query: { ...span, group_by: by } }),
    enabled: wrong === null,
    // While another span of the same kind is fetched, the one before stands there.
    placeholderData: (before, asked) => (asked?.queryKey[0]?.query?.group_by === by ? keepPreviousData(before) : undefined),
  });
  const some = data && data.items.length > 0 ? data.items : null;
  const times = some && by === 'day' ? periods(span, some, step) : null;
  const refused = fieldErrors(error);
  const go = (changed: typeof search) => void navigate({ search: { ...search, ...changed }, replace: true });
  const chosen = USUAL.find((name) => usual[name].from === span.from && usual[name].to === span.to);

  return (
    <>
      <PageHead title={t('frame.spending')} note={t('spending.note')} />
      <div className={classes.ask} role="search">
        <NativeSelect
          label={t('spending.span')}
          value={chosen ?? ''}
          onChange={(event) => {
            const name = USUAL.find((one) => one === event.currentTarget.value);
            if (name) go(usual[name]);
          }}
          data={[
            ...USUAL.map((name) => ({ value: name, label: t(`spending.usual.${name}`) })),
            { value: '', label: t('spending.ownSpan'), disabled: true },
          ]}
        />
        <TextInput
          type="date"
          label={t('history.from')}
          value={span.from}
          max={span.to}
          error={wrong ?? refused.from}
          onChange={(event) => event.currentTarget.value && go({ from: event.currentTarget.value, to: span.to })}
        />
        <TextInput
          type="date"
          label={t('history.to')}
          value={span.to}
          min={span.from}
          error={refused.to}
          onChange={(event) => event.currentTarget.value && go({ from: span.from, to: event.currentTarget.value })}
        />
        <SegmentedControl
          className={classes.by}
          aria-label={t('spending.by')}
          value={by}
          onChange={(value) => go({ by: SPENDING_GROUPS.find((one) => one === value) })}
          data={SPENDING_GROUPS.map((value) => ({ value, label: t(`spending.by.${value}`) }))}
        />
      </div>
      <div className={classes.page} aria-busy={isPlaceholderData}>
        {times && <SpendingOverTime span={span} step={step} onStep={(other) => go({ step: other })} periods={times} />}
        <Panel flush={Boolean(some)}>
          {times ? (
            <TimesTable step={step} periods={times} />
          ) : some && by !== 'day' ? (
            <SpendingTable by={by} span={span} items={some} />
          ) : data ? (
            <Empty
              icon={<IconChartBar />}
              title={t('spending.none')}
              action={
                chosen !== 'twelveMonths' && (
                  <Button variant="light" onClick={() => go(usual.twelveMonths)}>
                    {t('spending.look', { span: t('spending.usual.twelveMonths') })}
                  </Button>
                )
              }
            >
              {t('spending.noneNote')}
            </Empty>
          ) : wrong ? (
            <p className="muted">{wrong}</p>
          ) : error ? (
            <Failed error={error} again={() => void refetch()} />
          ) : (
            <Loading words={t('spending.loading')} lines={8} />
          )}
        </Panel>
      </div>
    </>
  );
}
