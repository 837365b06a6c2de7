import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useT } from '@/i18n/message';
import { CHIPS_MAX } from '@/pages/fleet/GroupChips';
import { CARD_STATUSES, type CardFilters, type CardStatus } from '@/search';
import { useSource } from '@/source/source';
import classes from '@/ui/filters.module.css';
import { SearchField } from '@/ui/SearchField';

interface CardFiltersBarProps {
  filters: CardFilters;
  onChange: (changed: CardFilters) => void;
}

export function CardFiltersBar({ filters, onChange }: CardFiltersBarProps) {
  const t = useT();
  const source = useSource();
  const { data } = useQuery(source.groups());
  const known = data ?? [];
  // A group that came with the URL is shown although nothing is in it.
  const strange = filters.group && !known.some(({ group }) => group === filters.group) ? [{ group: filters.group, cards: null }] : [];
  const groups = [...strange, ...known]
    .filter(({ group }) => group !== '')
    .map(({ group, cards }) => ({ value: group, label: cards === null ? group : t('cards.groupOf', { group, count: cards }) }))
    .toSorted((one, other) => one.label.localeCompare(other.label));

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
      {(groups.length > CHIPS_MAX || known.some(({ cards }) => cards === null)) && (
        <NativeSelect
          aria-label={t('cards.group')}
          value={filters.group ?? ''}
          onChange={(event) => onChange({ group: event.currentTarget.value || undefined })}
          data={[{ value: '', label: t('cards.anyGroup') }, ...groups]}
        />
      )}
    </div>
  );
}
