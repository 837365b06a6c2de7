import { Button, FileButton } from '@mantine/core';
import { IconCircleCheck, IconDownload, IconFileSpreadsheet, IconInfoCircle, IconX } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { postV1StaffCompaniesImportMutation } from '@/api/@tanstack/react-query.gen';
import type { PostV1StaffCompaniesImportResponse } from '@/api/types.gen';
import { isRefused } from '@/http/refused';
import { useProblem } from '@/http/useProblem';
import { useMaybe, useT } from '@/i18n/message';
import { BackLink } from '@/ui/BackLink';
import { Badge } from '@/ui/Badge';
import { Note } from '@/ui/Note';
import { PageHead } from '@/ui/PageHead';
import { Panel } from '@/ui/Panel';
import { saveFile } from '@/ui/saveFile';
import { Empty, Loading } from '@/ui/states';
import { Table } from '@/ui/Table';
import table from '@/ui/table.module.css';
import { failedRows } from './failedRows';
import classes from './RegisterPage.module.css';

type Outcome = PostV1StaffCompaniesImportResponse;
type Failed = Outcome['failed'][number];

/** Rows that the next import of the same file finishes. */
const WAITS = new Set(['not_reached', 'unavailable', 'cards_not_issued']);
const ACCEPTED = '.csv,.txt,text/csv,text/plain';

/** A register of companies: what would come of it, then its import, then what is left to mend. */
export function RegisterPage() {
  const t = useT();
  const { say, sayField } = useProblem();
  const byId = useMaybe();
  const queryClient = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const [created, setCreated] = useState<Outcome['created']>([]);
  const preview = useMutation(postV1StaffCompaniesImportMutation());
  const take = useMutation({
    ...postV1StaffCompaniesImportMutation(),
    onSuccess: (outcome) => setCreated((before) => [...before, ...outcome.created]),
    onSettled: () => queryClient.invalidateQueries(),
  });

  const choose = (chosen: File | null) => {
    if (!chosen) return;
    setFile(chosen);
    setCreated([]);
    take.reset();
    preview.mutate({ body: chosen, query: { dry_run: true } });
  };
  const run = () => file && take.mutate({ body: file });

  const done = take.data;
  const outcome = done ?? preview.data;
  const error = take.error ?? preview.error;
  const why = (row: Failed) =>
    row.errors.map((one) => (one.field === '' ? sayField(one) : `${byId(`register.column.${one.field}`) ?? one.field}: ${sayField(one)}`)).join('; ');
  const waiting = done?.failed.filter((row) => WAITS.has(row.code)).length ?? 0;
  const coming = preview.data?.created.length ?? 0;
  const toComplete = preview.data?.existing.filter((row) => row.cards > 0).length ?? 0;

  const download = async () => {
    if (!file || !outcome) return;
    const rows = outcome.failed.map((row) => ({ line: row.line, last_line: row.last_line, reason: why(row) }));
    saveFile(new Blob([failedRows(await file.arrayBuffer(), rows)], { type: 'text/csv' }), t('register.failedFile'));
  };

  return (
    <>
      <PageHead
        title={t('register.title')}
        note={t('register.note')}
        back={
          <BackLink to="/staff/companies">{t('frame.companies')}</BackLink>
        }
        actions={
          <FileButton onChange={choose} accept={ACCEPTED}>
            {(props) => (
              <Button {...props} variant={file ? 'default' : 'filled'} leftSection={<IconFileSpreadsheet size={18} />}>
                {t(file ? 'register.another' : 'register.choose')}
              </Button>
            )}
          </FileButton>
        }
      />
      <div className={classes.page}>
        {error && (
          <Note tone="refused" urgent title={say(error)}>
            {isRefused(error) && error.fields.length > 0 && (
              <ul className={classes.list}>
                {error.fields.map((one) => (
                  <li key={`${one.field} ${one.code}`}>{one.field ? `${one.field}: ${sayField(one)}` : sayField(one)}</li>
                ))}
              </ul>
            )}
          </Note>
        )}
        {!file && (
          <Panel>
            <Empty icon={<IconFileSpreadsheet />} title={t('register.none')}>
              {t('register.columns')} <code className={classes.columns}>{COLUMNS.join('; ')}</code>
            </Empty>
          </Panel>
        )}
        {preview.isPending && (
          <Panel>
            <Loading words={t('register.reading')} lines={6} />
          </Panel>
        )}
        {file && outcome && (
          <>
            <div className={classes.summary} role="status">
              <p>
                <strong>{file.name}</strong>
                {': '}
                {done
                  ? t('register.doneCount', { created: created.length, existing: done.existing.length - (created.length - done.created.length), failed: done.failed.length })
                  : t('register.previewCount', { created: coming, existing: outcome.existing.length, failed: outcome.failed.length })}
              </p>
              <div className={classes.actions}>
                {outcome.failed.length > 0 && (
                  <Button variant="default" leftSection={<IconDownload size={18} />} onClick={() => void download()}>
                    {t('register.download')}
                  </Button>
                )}
                {!done && (coming > 0 || toComplete > 0) && (
                  <Button onClick={run} loading={take.isPending}>
                    {coming > 0 ? t('register.import', { count: coming }) : t('register.complete')}
                  </Button>
                )}
                {waiting > 0 && (
                  <Button onClick={run} loading={take.isPending}>
                    {t('register.goOn', { count: waiting })}
                  </Button>
                )}
              </div>
            </div>
            {take.isPending && <Note>{t('register.importing')}</Note>}
            <Panel flush>
              <Rows outcome={outcome} created={done ? created : outcome.created} isDone={Boolean(done)} why={why} />
            </Panel>
          </>
        )}
      </div>
    </>
  );
}

const COLUMNS = ['inn', 'kpp', 'name', 'contract_number', 'contract_date', 'contact_full_name', 'phone', 'email', 'owner_login', 'cards'];

interface RowsProps {
  outcome: Outcome;
  /** What this file created, also in an earlier round. */
  created: Outcome['created'];
  isDone: boolean;
  why: (row: Failed) => string;
}

/** Every row in the file's order: the bad ones where they stand. */
function Rows({ outcome, created, isDone, why }: RowsProps) {
  const t = useT();
  const own = new Set(created.map((row) => row.line));
  const rows = [
    ...created.map((row) => ({ ...row, state: 'created' as const, reason: '' })),
    ...outcome.existing.filter((row) => !own.has(row.line)).map((row) => ({ ...row, state: 'existing' as const, reason: '' })),
    ...outcome.failed.map((row) => ({ line: row.line, company_id: null, name: '', inn: '', cards: 0, state: 'failed' as const, reason: why(row) })),
  ].toSorted((one, other) => one.line - other.line);
  return (
    <Table
      label={t('register.rows')}
      head={
        <>
          <th scope="col" className={table.number}>{t('register.line')}</th>
          <th scope="col">{t('staff.company')}</th>
          <th scope="col">{t('register.outcome')}</th>
          <th scope="col" className={table.number}>{t('frame.cards')}</th>
        </>
      }
    >
      {rows.map((row) => (
        <tr key={`${row.line}-${row.state}`}>
          <td className={table.number} data-name={t('register.line')}>{row.line}</td>
          <td>
            {row.company_id ? (
              <Link data-row to="/staff/companies/$id" params={{ id: row.company_id }} className={table.main}>
                {row.name}
              </Link>
            ) : (
              <span>{row.name || t('register.notRead')}</span>
            )}
            {row.inn && <div className={table.under}>{t('staff.innValue', { inn: row.inn })}</div>}
          </td>
          <td>
            {row.state === 'created' && <Badge tone="good" icon={<IconCircleCheck />}>{t(isDone ? 'register.created' : 'register.willCreate')}</Badge>}
            {row.state === 'existing' && <Badge tone="quiet" icon={<IconInfoCircle />}>{t('register.existing')}</Badge>}
            {row.state === 'failed' && (
              <>
                <Badge tone="refused" icon={<IconX />}>{t('register.failed')}</Badge>
                <div className={classes.why}>{row.reason}</div>
              </>
            )}
          </td>
          <td className={table.number} data-name={t('frame.cards')}>{row.state === 'failed' ? '' : row.cards}</td>
        </tr>
      ))}
    </Table>
  );
}
