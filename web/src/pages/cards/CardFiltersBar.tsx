import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useT } from '@/i18n/message';
import { CARD_STATUSES, type CardFilters, type CardStatus } from '@/search';
import { useSource } from '@/source/source';
import classes from '@/ui/filters.module.css';
import { SearchField } from '@/ui/SearchField';

const CARDS_READ = 100;

interface CardFiltersBarProps {
  filters: CardFilters;
  onChange: (changed: CardFilters) => void;
}

export function CardFiltersBar({ filters, onChange }: CardFiltersBarProps) {
  const t = useT();
  const source = useSource();
  const { data } = useQuery({ ...source.cards({ limit: CARDS_READ }), staleTime: 60_000 });
  const groups = [...new Set([filters.group, ...(data?.items ?? []).map((card) => card.group)])]
    .filter((group): group is string => Boolean(group))
    .toSorted((one, other) => one.localeCompare(other));

  return (
    <div className={classes.bar} role="search">
      <SearchField
        className={classes.search}
        label={t('cards.search')}
        value={filters.q}
        onChange={(q) => onChange({ q })}
      />
      <NativeSelect
        aria-label={t('cards.status')}
        value={filters.status ?? ''}
        onChange={(event) => onChange({ status: (event.currentTarget.value || undefined) as CardStatus | undefined })}
        data={[
          { value: '', label: t('cards.anyStatus') },
          ...CARD_STATUSES.map((status) => ({ value: status, label: t(`cardStatus.${status}`) })),
        ]}
      />
      <NativeSelect
        aria-label={t('cards.group')}
        value={filters.group ?? ''}
        onChange={(event) => onChange({ group: event.currentTarget.value || undefined })}
        data={[{ value: '', label: t('cards.anyGroup') }, ...groups]}
      />
    </div>
  );
}
