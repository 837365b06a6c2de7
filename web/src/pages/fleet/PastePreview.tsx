import { Button } from '@mantine/core';
import { IconAlertTriangle, IconBan, IconCheck, IconEqual, IconPencil } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { BulkResult } from '@/api/types.gen';
import { groupedNumber } from '@/format/cardNumber';
import { useT } from '@/i18n/message';
import links from '@/ui/ChoiceLinks.module.css';
import { Badge, type Tone } from '@/ui/Badge';
import inset from '@/ui/inset.module.css';
import { Panel } from '@/ui/Panel';
import { Table } from '@/ui/Table';
import table from '@/ui/table.module.css';
import type { Line, LineState } from './paste';
import classes from './PasteLabelsPage.module.css';
import { useBulkWords } from './useBulkWords';

const ORDER: LineState[] = ['change', 'unknown', 'ambiguous', 'duplicate', 'spoiled', 'long', 'empty', 'same'];
const PAGE = 100;

interface PastePreviewProps {
  lines: Line[];
  results: ReadonlyMap<string, BulkResult>;
}

/** Every pasted line beside the card it names, and what will come or came of it. */
export function PastePreview({ lines, results }: PastePreviewProps) {
  const t = useT();
  const [kind, setKind] = useState<LineState | null>(null);
  const [pages, setPages] = useState(1);
  const counts = useMemo(() => {
    const found = new Map<LineState, number>();
    for (const { state } of lines) found.set(state, (found.get(state) ?? 0) + 1);
    return found;
  }, [lines]);
  const chosen = kind && counts.has(kind) ? kind : null;
  const wanted = chosen ? lines.filter(({ state }) => state === chosen) : lines;
  const shown = wanted.slice(0, pages * PAGE);
  const choose = (next: LineState | null) => {
    setKind(next);
    setPages(1);
  };

  return (
    <Panel flush title={t('paste.preview')}>
      <div className={`${links.links} ${classes.kinds}`} role="group" aria-label={t('paste.kinds')}>
        <button type="button" className={links.link} aria-pressed={chosen === null} onClick={() => choose(null)}>
          {t('paste.all')} <span className={links.many}>{lines.length}</span>
        </button>
        {ORDER.filter((state) => counts.has(state)).map((state) => (
          <button key={state} type="button" className={links.link} aria-pressed={chosen === state} onClick={() => choose(state)}>
            {t(`paste.kind.${state}`)} <span className={links.many}>{counts.get(state)}</span>
          </button>
        ))}
      </div>
      <Table
        label={t('paste.preview')}
        head={
          <>
            <th scope="col">{t('paste.line')}</th>
            <th scope="col">{t('cards.card')}</th>
            <th scope="col">{t('card.label')}</th>
            <th scope="col">{t('cards.group')}</th>
            <th scope="col">{t('paste.outcome')}</th>
          </>
        }
      >
        {shown.map((line) => (
          <Row key={line.place} line={line} result={line.card && line.state === 'change' ? results.get(line.card.number) : undefined} />
        ))}
      </Table>
      {shown.length < wanted.length && (
        <div className={inset.more}>
          <Button variant="default" onClick={() => setPages(pages + 1)}>
            {t('common.showMore')}
          </Button>
        </div>
      )}
    </Panel>
  );
}

const LOOK: Record<LineState, { tone: Tone; Icon: typeof IconCheck }> = {
  change: { tone: 'good', Icon: IconPencil },
  same: { tone: 'quiet', Icon: IconEqual },
  unknown: { tone: 'refused', Icon: IconBan },
  ambiguous: { tone: 'attention', Icon: IconAlertTriangle },
  duplicate: { tone: 'attention', Icon: IconAlertTriangle },
  spoiled: { tone: 'refused', Icon: IconBan },
  long: { tone: 'refused', Icon: IconBan },
  empty: { tone: 'quiet', Icon: IconEqual },
};

function Row({ line, result }: { line: Line; result: BulkResult | undefined }) {
  const t = useT();
  const words = useBulkWords();
  const { card } = line;
  const { tone, Icon } = LOOK[line.state];
  return (
    <tr>
      <td>{line.place}</td>
      <td>
        {card ? card.label || t('cards.noLabel') : line.key}
        {card && <div className={`${table.under} nowrap`}>{groupedNumber(card.number)}</div>}
      </td>
      <td data-name={t('card.label')}>
        <Turn was={card?.label} becomes={line.label} />
      </td>
      <td data-name={t('cards.group')}>
        <Turn was={card?.group} becomes={line.group} />
      </td>
      <td className={table.wide}>
        {result ? (
          <Badge tone={result.ok ? 'good' : 'refused'} icon={result.ok ? <IconCheck aria-hidden /> : <IconBan aria-hidden />}>
            {result.ok ? t('paste.written') : words(result.code ?? '')}
          </Badge>
        ) : (
          <>
            <Badge tone={tone} icon={<Icon aria-hidden />}>
              {t(`paste.state.${line.state}`)}
            </Badge>
            {line.twin !== undefined && <div className={table.under}>{t('paste.twin', { line: line.twin })}</div>}
          </>
        )}
      </td>
    </tr>
  );
}

/** `old → new`; what stays as it is stands alone. */
function Turn({ was, becomes }: { was: string | undefined; becomes: string | null }) {
  const t = useT();
  if (becomes === null || was === becomes) return <span className={classes.was}>{was || '—'}</span>;
  return (
    <>
      {was !== undefined && (
        <>
          <span className={classes.was}>{was || t('paste.nothing')}</span> <span className={classes.arrow}>→</span>{' '}
        </>
      )}
      {becomes}
    </>
  );
}
