import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconX } from '@tabler/icons-react';
import { getV1StationsOptions } from '@/api/@tanstack/react-query.gen';
import { groupedNumber } from '@/format/cardNumber';
import { useProducts } from '@/format/useFormat';
import { useT } from '@/i18n/message';
import { ENTRY_TYPES, type EntryType, type HistoryFilters } from '@/search';
import { useSource } from '@/source/source';
import classes from '@/ui/filters.module.css';
import { SearchField } from '@/ui/SearchField';

const CARDS_READ = 100;

interface HistoryFiltersBarProps {
  filters: HistoryFilters;
  onChange: (changed: HistoryFilters) => void;
  onClear?: () => void;
}

export function HistoryFiltersBar({ filters, onChange, onClear }: HistoryFiltersBarProps) {
  const t = useT();
  const { items: products } = useProducts();
  const { data: stations } = useQuery({ ...getV1StationsOptions(), staleTime: 10 * 60_000 });
  const source = useSource();
  const { data: cards } = useQuery({ ...source.cards({ limit: CARDS_READ }), staleTime: 60_000 });
  const cardChoices = (cards?.items ?? []).map((card) => ({
    value: card.number,
    label: card.label ? `${card.label} · ${groupedNumber(card.number)}` : groupedNumber(card.number),
  }));
  // A card beyond the first hundred can still come with the URL.
  const strange = filters.card && !cardChoices.some((choice) => choice.value === filters.card);

  return (
    <div className={classes.bar} role="search">
      <SearchField className={classes.search} label={t('history.search')} value={filters.q} onChange={(q) => onChange({ q })} />
      <TextInput
        type="date"
        className={classes.date}
        aria-label={t('history.from')}
        leftSection={<span aria-hidden>{t('history.fromShort')}</span>}
        value={filters.from ?? ''}
        max={filters.to}
        onChange={(event) => onChange({ from: event.currentTarget.value || undefined })}
      />
      <TextInput
        type="date"
        className={classes.date}
        aria-label={t('history.to')}
        leftSection={<span aria-hidden>{t('history.toShort')}</span>}
        value={filters.to ?? ''}
        min={filters.from}
        onChange={(event) => onChange({ to: event.currentTarget.value || undefined })}
      />
      <NativeSelect
        aria-label={t('history.type')}
        value={filters.type ?? ''}
        onChange={(event) => onChange({ type: (event.currentTarget.value || undefined) as EntryType | undefined })}
        data={[
          { value: '', label: t('history.anyType') },
          ...ENTRY_TYPES.map((type) => ({ value: type, label: t(`entryTypes.${type}`) })),
        ]}
      />
      <NativeSelect
        aria-label={t('history.card')}
        value={filters.card ?? ''}
        onChange={(event) => onChange({ card: event.currentTarget.value || undefined })}
        data={[
          { value: '', label: t('history.anyCard') },
          ...(strange && filters.card ? [{ value: filters.card, label: groupedNumber(filters.card) }] : []),
          ...cardChoices,
        ]}
      />
      <NativeSelect
        aria-label={t('history.product')}
        value={filters.product ?? ''}
        onChange={(event) => onChange({ product: event.currentTarget.value || undefined })}
        data={[{ value: '', label: t('history.anyProduct') }, ...products.map(({ code, name }) => ({ value: code, label: name }))]}
      />
      <NativeSelect
        aria-label={t('history.station')}
        value={filters.station ?? ''}
        onChange={(event) => onChange({ station: event.currentTarget.value || undefined })}
        data={[
          { value: '', label: t('history.anyStation') },
          ...(stations?.items ?? []).map(({ code, name }) => ({ value: code, label: `${code} · ${name}` })),
        ]}
      />
      {onClear && (
        <Button variant="subtle" size="md" leftSection={<IconX size={17} />} onClick={onClear}>
          {t('common.clearFilters')}
        </Button>
      )}
    </div>
  );
}
