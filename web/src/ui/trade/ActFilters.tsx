import { Button, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useT } from '@/i18n/message';
import type { JournalFilters } from '@/search';
import classes from '@/ui/filters.module.css';
import { SearchField } from '@/ui/SearchField';

interface ActFiltersProps {
  filters: JournalFilters;
  onChange: (changed: JournalFilters) => void;
  onClear?: () => void;
}

/** Which acts: by a text and by days. */
export function ActFilters({ filters, onChange, onClear }: ActFiltersProps) {
  const t = useT();
  return (
    <div className={classes.bar} role="search">
      <SearchField className={classes.search} label={t('journal.search')} value={filters.q} onChange={(q) => onChange({ q })} />
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
      {onClear && (
        <Button variant="subtle" size="md" leftSection={<IconX size={17} />} onClick={onClear}>
          {t('common.clearFilters')}
        </Button>
      )}
    </div>
  );
}
