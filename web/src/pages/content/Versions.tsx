import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import {
  getV1StaffArticlesByIdVersionsByVersionOptions, getV1StaffArticlesByIdVersionsOptions,
  postV1StaffArticlesByIdVersionsByVersionRestoreMutation,
} from '@/api/@tanstack/react-query.gen';
import { useFormat } from '@/format/useFormat';
import { useT } from '@/i18n/message';
import { hasUnsaved } from '@/session/unsaved';
import { ActDialog } from '@/ui/ActDialog';
import { Note } from '@/ui/Note';
import { Panel } from '@/ui/Panel';
import { Prose } from '@/ui/Prose';
import { Failed, Loading } from '@/ui/states';
import { toastDone } from '@/ui/toast';
import classes from './content.module.css';

interface VersionsProps {
  id: string;
  /** The version that it is now. */
  current: number;
  onRestored: () => Promise<void>;
}

/** What an article was before: who made it so and when; any of it can be read and brought back. */
export function Versions({ id, current, onRestored }: VersionsProps) {
  const t = useT();
  const format = useFormat();
  const [opened, setOpened] = useState<number | null>(null);
  const { data, error, refetch } = useQuery(getV1StaffArticlesByIdVersionsOptions({ path: { id } }));
  return (
    <Panel title={t('versions.title')}>
      {data ? (
        <ol className={classes.versions}>
          {data.items.map(({ version, at, by, title, published }) => (
            <li key={version}>
              <button type="button" className={classes.version} onClick={() => setOpened(version)}>
                {t('versions.one', { version })}
              </button>
              <span className="muted">
                {t('versions.by', { login: by, at: format.dateTime(at) })} ·{' '}
                {t(version === current ? 'versions.current' : published ? 'staffArticles.published' : 'content.draft')}
              </span>
              <span>{title}</span>
            </li>
          ))}
        </ol>
      ) : error ? (
        <Failed error={error} again={() => void refetch()} />
      ) : (
        <Loading words={t('versions.loading')} />
      )}
      {opened !== null && (
        <Version id={id} version={opened} current={opened === current} onClose={() => setOpened(null)} onRestored={onRestored} />
      )}
    </Panel>
  );
}

interface VersionProps {
  id: string;
  version: number;
  current: boolean;
  onClose: () => void;
  onRestored: () => Promise<void>;
}

function Version({ id, version, current, onClose, onRestored }: VersionProps) {
  const t = useT();
  const queryClient = useQueryClient();
  const { data, error, refetch } = useQuery(getV1StaffArticlesByIdVersionsByVersionOptions({ path: { id, version } }));
  const restore = useMutation({
    ...postV1StaffArticlesByIdVersionsByVersionRestoreMutation(),
    onSuccess: async () => {
      await onRestored();
      toastDone(t('versions.restored', { version }));
      onClose();
    },
    onSettled: () => queryClient.invalidateQueries(),
  });
  return (
    <ActDialog
      opened
      onClose={onClose}
      title={t('versions.one', { version })}
      submit={t('versions.restore')}
      onSubmit={() => restore.mutate({ path: { id, version } })}
      act={restore}
      disabled={current || !data}
    >
      {data ? (
        <>
          <h2 className={classes.was}>{data.title}</h2>
          <div className={classes.text}>
            <Prose html={data.html} />
          </div>
          {!current && <p className="muted">{t('versions.restoreWhat')}</p>}
          {!current && hasUnsaved() && <Note tone="attention">{t('versions.unsaved')}</Note>}
        </>
      ) : error ? (
        <Failed error={error} again={() => void refetch()} />
      ) : (
        <Loading words={t('articles.loadingOne')} />
      )}
    </ActDialog>
  );
}
