import { MultiSelect, SegmentedControl, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getV1StationsOptions } from '@/api/@tanstack/react-query.gen';
import { useProducts } from '@/format/useFormat';
import { useT } from '@/i18n/message';
import { unitOfAll } from '@/pages/offers/terms';
import { useTermsWords } from '@/pages/offers/useTermsWords';
import { useMay } from '@/session/may';
import { CompaniesField } from './CompaniesField';
import { KINDS, readDraft, type Draft } from './draft';
import classes from './promotions.module.css';

interface TermsFieldsProps {
  draft: Draft;
  set: (changed: Partial<Draft>) => void;
  errorOf: (field: keyof Draft) => string | undefined;
}

/** What is taken off, of what, where, when and for whom; and the sentence that its readers will see. */
export function TermsFields({ draft, set, errorOf }: TermsFieldsProps) {
  const t = useT();
  const may = useMay();
  const { items: products, unitOf } = useProducts();
  const { data: stations } = useQuery({ ...getV1StationsOptions(), staleTime: 10 * 60_000 });
  const words = useTermsWords();
  const read = readDraft({ ...draft, title: '—', body: '—', english: false });
  const unit = unitOfAll(draft.products, unitOf) ?? 'any';
  return (
    <fieldset className={classes.terms}>
      <legend>{t('promotions.terms')}</legend>
      <div className={classes.fields}>
        <TextInput
          type="date"
          label={t('promotions.from')}
          value={draft.from}
          error={errorOf('from')}
          onChange={(event) => set({ from: event.currentTarget.value })}
        />
        <TextInput
          type="date"
          label={t('promotions.to')}
          value={draft.to}
          min={draft.from}
          error={errorOf('to')}
          onChange={(event) => set({ to: event.currentTarget.value })}
        />
        <div className={classes.kind}>
          <SegmentedControl
            fullWidth
            aria-label={t('promotions.kind')}
            value={draft.kind}
            onChange={(value) => set({ kind: KINDS.find((one) => one === value) ?? 'per_unit' })}
            data={KINDS.map((value) => ({ value, label: t(`promotions.kind.${value}`) }))}
          />
        </div>
        <TextInput
          label={t(draft.kind === 'percent' ? 'promotions.percent' : `promotions.perUnit.${unit}`)}
          inputMode="decimal"
          rightSection={<span aria-hidden>{draft.kind === 'percent' ? '%' : '₽'}</span>}
          value={draft.discount}
          error={errorOf('discount')}
          onChange={(event) => set({ discount: event.currentTarget.value })}
        />
        <TextInput
          label={t('promotions.least')}
          placeholder={t('promotions.leastAny')}
          inputMode="decimal"
          value={draft.least}
          error={errorOf('least')}
          onChange={(event) => set({ least: event.currentTarget.value })}
        />
      </div>
      <div className={classes.lists}>
        <MultiSelect
          label={t('promotions.products')}
          placeholder={draft.products.length === 0 ? t('promotions.productsAll') : undefined}
          searchable
          clearable
          clearButtonProps={{ 'aria-label': t('promotions.clear', { what: t('promotions.products') }) }}
          nothingFoundMessage={t('frame.nothingFound')}
          value={draft.products}
          error={errorOf('products')}
          onChange={(codes) => set({ products: codes })}
          data={products.map(({ code, name }) => ({ value: code, label: name }))}
        />
        <MultiSelect
          label={t('promotions.stations')}
          placeholder={draft.stations.length === 0 ? t('promotions.stationsAll') : undefined}
          searchable
          clearable
          clearButtonProps={{ 'aria-label': t('promotions.clear', { what: t('promotions.stations') }) }}
          nothingFoundMessage={t('frame.nothingFound')}
          value={draft.stations}
          error={errorOf('stations')}
          onChange={(codes) => set({ stations: codes })}
          data={(stations?.items ?? []).map(({ code, name }) => ({ value: code, label: `${code} · ${name}` }))}
        />
      </div>
      {may('seeCompanies') ? (
        <CompaniesField value={draft.companies} error={errorOf('companies')} onChange={(companies) => set({ companies })} />
      ) : (
        <p className="muted">
          {draft.companies.length === 0 ? t('promotions.forAll') : t('promotions.forSome', { count: draft.companies.length })}
        </p>
      )}
      {'ask' in read && (
        <p className={classes.seen}>
          <span className="muted">{t('promotions.seen')}</span>{' '}
          {words({ ...read.ask, minimum_quantity: read.ask.minimum_quantity ?? '0', products: draft.products, stations: draft.stations })}
        </p>
      )}
    </fieldset>
  );
}
