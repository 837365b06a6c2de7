import { Drawer } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ComponentType } from 'react';
import { useT } from '@/i18n/message';
import type { EntryDetails } from '@/model';
import { useSource } from '@/source/source';
import { Failed, Loading } from '@/ui/states';
import { EntryFacts } from './EntryFacts';

interface EntryDrawerProps {
  id: string | undefined;
  onClose: () => void;
  /** What this reader may do about an operation. */
  Action?: ComponentType<{ entry: EntryDetails }>;
}

/** One operation from the first question of the terminal to the last correction. */
export function EntryDrawer({ id, onClose, Action }: EntryDrawerProps) {
  const t = useT();
  const { data, error, refetch } = useQuery(useSource().entry(id));
  return (
    <Drawer
      opened={id !== undefined}
      onClose={onClose}
      title={t('entry.title')}
      size="md"
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {data ? (
        <EntryFacts entry={data} action={Action && <Action key={data.id} entry={data} />} />
      ) : error ? (
        <Failed error={error} again={() => void refetch()} />
      ) : (
        <Loading words={t('entry.loading')} />
      )}
    </Drawer>
  );
}
