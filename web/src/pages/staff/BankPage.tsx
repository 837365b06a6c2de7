import { Button, FileButton } from '@mantine/core';
import { IconFileImport } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type DragEvent } from 'react';
import { postV1StaffPaymentsImportMutation } from '@/api/@tanstack/react-query.gen';
import { useFormat } from '@/format/useFormat';
import { isRefused } from '@/http/refused';
import { useProblem } from '@/http/useProblem';
import { useT } from '@/i18n/message';
import { BackLink } from '@/ui/BackLink';
import { LinkButton } from '@/ui/LinkButton';
import { Note } from '@/ui/Note';
import { PageHead } from '@/ui/PageHead';
import { Panel } from '@/ui/Panel';
import { Empty, Loading } from '@/ui/states';
import { toastDone } from '@/ui/toast';
import classes from './BankPage.module.css';
import { BankGroups } from './BankGroups';
import { BankRows } from './BankRows';
import { sumOf, together, type Statement } from './bankStatement';

const ACCEPTED = '.txt,text/plain';

/** A bank's statement: what it would credit to whom, then crediting it, then what became of each document. */
export function BankPage() {
  const t = useT();
  const format = useFormat();
  const { say, sayField } = useProblem();
  const queryClient = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const [over, setOver] = useState(false);
  const [done, setDone] = useState<Statement | null>(null);
  const preview = useMutation(postV1StaffPaymentsImportMutation());
  const take = useMutation({
    ...postV1StaffPaymentsImportMutation(),
    onSuccess: (outcome) => {
      const count = outcome.accepted.length;
      setDone((before) => together(before, outcome));
      if (count > 0) toastDone(t('bank.done', { count, amount: format.roubles(sumOf(outcome.accepted)) }));
    },
    onSettled: () => queryClient.invalidateQueries(),
  });

  const choose = (chosen: File | null | undefined) => {
    if (!chosen || take.isPending) return;
    setFile(chosen);
    setDone(null);
    take.reset();
    preview.mutate({ body: chosen, query: { dry_run: true } });
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    choose(event.dataTransfer.files[0]);
  };
  const run = () => file && take.mutate({ body: file });

  const outcome = done ?? preview.data;
  const error = take.error ?? preview.error;
  const coming = preview.data ? preview.data.accepted.length + preview.data.proposed.length + preview.data.unmatched.length : 0;
  const left = done?.failed.length ?? 0;
  const waits = done && done.proposed.length + done.unmatched.length > 0;

  return (
    <>
      <PageHead
        title={t('bank.title')}
        note={t('bank.note')}
        back={
          <BackLink to="/staff/payments">{t('frame.payments')}</BackLink>
        }
        actions={
          <FileButton onChange={choose} accept={ACCEPTED}>
            {(props) => (
              <Button {...props} variant={file ? 'default' : 'filled'} leftSection={<IconFileImport size={18} />} disabled={take.isPending}>
                {t(file ? 'bank.another' : 'bank.choose')}
              </Button>
            )}
          </FileButton>
        }
      />
      {/* Dropping a file is an addition to the button above. */}
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions */}
      <div
        className={classes.drop}
        data-over={over || undefined}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        {error && (
          <Note tone="refused" urgent title={say(error)}>
            {isRefused(error) && typeof error.members.line === 'number' && (
              <p>
                {t('bank.refusedAt', { line: error.members.line })}
                {error.fields.map((one) => (one.field ? ` · ${one.field}` : '') + (one.code === error.code ? '' : ` · ${sayField(one)}`)).join('')}
              </p>
            )}
          </Note>
        )}
        {!file && (
          <Panel>
            <Empty icon={<IconFileImport />} title={t('bank.none')}>
              {t('bank.noneNote')}
            </Empty>
          </Panel>
        )}
        {preview.isPending && (
          <Panel>
            <Loading words={t('bank.reading')} lines={6} />
          </Panel>
        )}
        {file && outcome && (
          <>
            <div role="status">
              <p className={classes.chosen}>
                <strong>{file.name}</strong>
              </p>
              {outcome.accounts.map(({ account, came, left: gone }) => (
                <p key={account} className="muted">
                  {t('bank.account', { account, came: format.roubles(came), left: format.roubles(gone) })}
                </p>
              ))}
            </div>
            <Panel flush title={t(done ? 'bank.groupsDone' : 'bank.groups')}>
              <BankGroups outcome={outcome} isDone={Boolean(done)} />
            </Panel>
            <div className={classes.actions}>
              {!done && coming > 0 && (
                <Button onClick={run} loading={take.isPending}>
                  {t('bank.run', { count: coming })}
                </Button>
              )}
              {left > 0 && (
                <Button onClick={run} loading={take.isPending}>
                  {t('bank.goOn', { count: left })}
                </Button>
              )}
              {waits && (
                <LinkButton to="/staff/payments" variant={left > 0 ? 'default' : 'filled'}>
                  {t('bank.toDesk')}
                </LinkButton>
              )}
            </div>
            {!done && coming === 0 && <Note>{t('bank.nothing')}</Note>}
            {take.isPending && <Note>{t('bank.crediting')}</Note>}
            <Panel flush>
              <BankRows outcome={outcome} isDone={Boolean(done)} />
            </Panel>
          </>
        )}
      </div>
    </>
  );
}
