import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { IconDownload } from '@tabler/icons-react';
import { use } from 'react';
import { getV1HistoryExport, getV1StaffCompaniesByIdHistoryExport } from '@/api/sdk.gen';
import type { GetV1HistoryExportData } from '@/api/types.gen';
import { useFormat } from '@/format/useFormat';
import { isRefused } from '@/http/refused';
import { useProblem } from '@/http/useProblem';
import { useT } from '@/i18n/message';
import type { HistoryFilters } from '@/search';
import { useMay } from '@/session/may';
import { own, ReadingContext } from '@/source/source';
import { Note } from '@/ui/Note';
import { saveFile } from '@/ui/saveFile';
import classes from './ExportButtons.module.css';

type Format = NonNullable<NonNullable<GetV1HistoryExportData['query']>['format']>;

interface Span {
  from: string;
  to: string;
}

const FORMATS = [
  ['xlsx', 'Excel'],
  ['csv', 'CSV'],
  ['pdf', 'PDF'],
] as const;

/** With its days, where they are chosen: two files of one name are not told apart. */
const fileName = (name: string, { from, to }: { from?: string; to?: string }) =>
  [name, ...(from || to ? [from ?? '…', to ?? '…'] : [])].join('_');

/** What the filters show, as a file. Of what is too much for one, the days that fit are offered. */
export function ExportButtons({ filters }: { filters: HistoryFilters }) {
  const t = useT();
  const format = useFormat();
  const { say } = useProblem();
  const may = useMay();
  const { whose } = use(ReadingContext);
  const save = useMutation({
    mutationFn: async ({ as, span }: { as: Format; span?: Span }) => {
      const ask = { query: { ...filters, ...span, format: as }, parseAs: 'blob' as const, throwOnError: true as const };
      const { data } =
        whose === own.whose
          ? await getV1HistoryExport(ask)
          : await getV1StaffCompaniesByIdHistoryExport({ ...ask, path: { id: whose } });
      saveFile(data as Blob, `${fileName(t('export.file'), { ...filters, ...span })}.${as}`);
    },
  });
  if (whose === own.whose && !may('papers')) return null;
  const fits = isRefused(save.error, 'export_too_large') ? (save.error.members.fits as Span | null) : null;
  const as = save.variables?.as;
  return (
    <div className={classes.export}>
      <div className={classes.buttons} role="group" aria-label={t('export.what')}>
        <span className="muted" aria-hidden>{t('export.what')}</span>
        {FORMATS.map(([name, words]) => (
          <Button
            key={name}
            size="compact-md"
            variant="light"
            leftSection={<IconDownload size={16} aria-hidden />}
            loading={save.isPending && as === name}
            disabled={save.isPending && as !== name}
            onClick={() => save.mutate({ as: name })}
          >
            {words}
          </Button>
        ))}
      </div>
      {save.isError && (
        <Note
          tone="attention"
          urgent
          actions={
            fits &&
            as && (
              <Button size="compact-md" variant="light" onClick={() => save.mutate({ as, span: fits })}>
                {t('export.span', { from: format.date(fits.from), to: format.date(fits.to) })}
              </Button>
            )
          }
        >
          {isRefused(save.error, 'export_too_large') ? t(fits ? 'export.tooLarge' : 'export.dayTooLarge') : say(save.error)}
        </Note>
      )}
    </div>
  );
}
