import { Button, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { BulkItem, BulkResult } from '@/api/types.gen';
import { useProblem } from '@/http/useProblem';
import { useT } from '@/i18n/message';
import { useUnsaved } from '@/session/unsaved';
import { BackLink } from '@/ui/BackLink';
import { Note } from '@/ui/Note';
import { PageHead } from '@/ui/PageHead';
import { Panel } from '@/ui/Panel';
import { Failed } from '@/ui/states';
import { toastDone } from '@/ui/toast';
import { changeCards } from './bulk';
import { asksOf, backOf, compare } from './paste';
import classes from './PasteLabelsPage.module.css';
import { PastePreview } from './PastePreview';
import { Progress } from './Progress';
import { useAllCards } from './useAllCards';

/** Labels and groups pasted from a spreadsheet: compared with the cards first, then written, with an outcome per line. */
export function PasteLabelsPage() {
  const t = useT();
  const { say } = useProblem();
  const queryClient = useQueryClient();
  const [pasted, setPasted] = useState('');
  const [results, setResults] = useState<ReadonlyMap<string, BulkResult>>(new Map());
  // Once written, the lines stay beside the cards as they were.
  const all = useAllCards(pasted.trim() !== '' && results.size === 0);
  const lines = useMemo(() => (all.data ? compare(pasted, all.data) : []), [pasted, all.data]);
  const changes = lines.filter(({ state }) => state === 'change');
  // What is written is not asked for again, so that a press after a failure does the rest.
  const left = changes.filter(({ card }) => card && !results.get(card.number)?.ok);

  const write = useMutation({
    mutationFn: async ({ label, group }: { label: BulkItem[]; group: BulkItem[] }) => {
      const known = new Map(results);
      const tell = (came: BulkResult[]) => {
        for (const result of came) known.set(result.number, result);
        setResults(new Map(known));
      };
      const put = async (action: 'label' | 'group', items: BulkItem[]) => {
        const outcome = await changeCards({ action }, items, tell);
        tell(outcome.results);
        if (outcome.stopped) throw outcome.stopped;
      };
      await put('label', label);
      await put('group', group);
    },
    onSuccess: () => toastDone(t('paste.done')),
    onSettled: () => queryClient.invalidateQueries(),
  });
  const undo = useMutation({
    mutationFn: async () => {
      const written = changes.filter(({ card }) => card && results.get(card.number)?.changed);
      const outcome = await changeCards({ action: 'label' }, backOf(written));
      if (outcome.stopped) throw outcome.stopped;
    },
    onSuccess: () => {
      setResults(new Map());
      write.reset();
      toastDone(t('paste.undone'));
    },
    onSettled: () => queryClient.invalidateQueries(),
  });
  useUnsaved(left.length > 0);

  const written = changes.length - left.length;
  const restart = () => {
    setPasted('');
    setResults(new Map());
    write.reset();
    all.forget();
  };

  return (
    <>
      <PageHead
        title={t('paste.title')}
        note={t('paste.note')}
        back={
          <BackLink to="/cards">{t('frame.cards')}</BackLink>
        }
      />
      <div className={classes.page}>
        <Panel>
          <div className={classes.form}>
            <Textarea
              label={t('paste.table')}
              description={t('paste.tableNote')}
              placeholder={t('paste.example')}
              rows={pasted === '' ? 8 : 4}
              value={pasted}
              disabled={write.isPending || results.size > 0}
              onChange={(event) => setPasted(event.currentTarget.value)}
              classNames={{ input: classes.input }}
            />
            {all.isFetching && <Progress done={all.read} total={null} words={t('paste.reading', { count: all.read })} />}
            {all.isError && <Failed error={all.error} again={() => void all.refetch()} />}
            {write.isError && (
              <Note tone="refused" title={say(write.error)} urgent>
                {t('paste.stopped', { done: written, left: left.length })}
              </Note>
            )}
            {undo.isError && <Note tone="refused" title={say(undo.error)} urgent />}
            {write.isPending && (
              <Progress
                done={results.size}
                total={changes.length}
                words={t('fleet.progress', { done: results.size, total: changes.length })}
              />
            )}
            {lines.length > 0 && (
              <div className={classes.acts}>
                {left.length > 0 && (
                  <Button loading={write.isPending} onClick={() => write.mutate(asksOf(left))}>
                    {t(results.size > 0 ? 'paste.writeRest' : 'paste.write', { count: left.length })}
                  </Button>
                )}
                {!write.isPending && written > 0 && (
                  <Button variant="default" loading={undo.isPending} onClick={() => undo.mutate()}>
                    {t('fleet.undo', { count: written })}
                  </Button>
                )}
                {!write.isPending && (
                  <Button variant="subtle" onClick={restart}>
                    {t('paste.again')}
                  </Button>
                )}
              </div>
            )}
          </div>
        </Panel>
        {lines.length > 0 && <PastePreview lines={lines} results={results} />}
      </div>
    </>
  );
}
