import { useQuery } from '@tanstack/react-query';
import { IconClipboardText, IconCreditCard, IconTemplate } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import type { ApplyAsk } from '@/api/types.gen';
import { isZero } from '@/format/amounts';
import { Phone, useContacts } from '@/frame/contacts';
import { useT } from '@/i18n/message';
import type { CardRow } from '@/model';
import type { BulkAction, Outcome } from '@/pages/fleet/bulk';
import { BulkBar } from '@/pages/fleet/BulkBar';
import { BulkDialog } from '@/pages/fleet/BulkDialog';
import { BulkOutcome } from '@/pages/fleet/BulkOutcome';
import { GroupChips } from '@/pages/fleet/GroupChips';
import { JobNote } from '@/pages/fleet/JobNote';
import { useUndo } from '@/pages/fleet/useUndo';
import { TransferButton } from '@/pages/purse/TransferButton';
import { GiveRules } from '@/pages/templates/GiveRules';
import { useMay } from '@/session/may';
import type { CardFilters } from '@/search';
import { useSource } from '@/source/source';
import { LinkButton } from '@/ui/LinkButton';
import { PageHead } from '@/ui/PageHead';
import { Empty } from '@/ui/states';
import { toastUndo } from '@/ui/toast';
import { useSelection } from '@/ui/useSelection';
import { BlockInRow } from './BlockInRow';
import { CardFiltersBar } from './CardFiltersBar';
import { CardList } from './CardList';
import { useBlocking } from './useBlocking';
import { useCardPages } from './useCardPages';

const route = getRouteApi('/cabinet/client/cards');

/** All the company's cards: found by a part of the name or the number, changed one by one or many at once. */
export function CardsPage() {
  const t = useT();
  const may = useMay();
  const { job, ...filters } = route.useSearch();
  const navigate = route.useNavigate();
  const { reception } = useContacts();
  const cards = useCardPages(filters);
  const rows = useMemo(() => cards.rows ?? [], [cards.rows]);
  const numbers = useMemo(() => rows.map(({ number }) => number), [rows]);
  const selection = useSelection(numbers);
  const [everything, setEverything] = useState(false);
  const [asking, setAsking] = useState<BulkAction | null>(null);
  const [giving, setGiving] = useState(false);
  // What came of the last change, and the cards as they were before it.
  const [last, setLast] = useState<{ outcome: Outcome; before: Map<string, CardRow> } | null>(null);
  const blocking = useBlocking();
  const undo = useUndo((outcome, before) => setLast({ outcome, before }));
  const source = useSource();
  const { data: groups } = useQuery(source.groups());
  const { data: balance } = useQuery(source.balance());
  const hasPurses = rows.some(({ funding }) => funding === 'purse') || (balance !== undefined && !isZero(balance.on_purses));
  const block = (card: CardRow) => <BlockInRow card={card} blocking={blocking} />;

  const filtered = Object.values(filters).some(Boolean);
  const all = everything && selection.shown === 'all';
  const picked = rows.filter(({ number }) => selection.picked.has(number));
  const found = foundOf(filters, groups, cards.list.hasNextPage ? null : rows.length);
  const changing = may('block');
  const rulesFor = rulesTarget(all ? null : picked, filters, all ? found : picked.length);

  const show = (id: string | undefined) => void navigate({ search: (old) => ({ ...old, job: id }), replace: true });

  const finish = (outcome: Outcome, asked: CardRow[]) => {
    setAsking(null);
    selection.clear();
    setEverything(false);
    const before = new Map(asked.map((card) => [card.number, card]));
    const changed = outcome.results.filter((result) => result.changed).length;
    setLast(outcome.results.every(({ ok, changed: did }) => ok && did) ? null : { outcome, before });
    if (changed > 0 && may('unblock')) {
      toastUndo(t(`fleet.did.${outcome.action}`, { count: changed }), t('common.undo'), () => {
        setLast(null);
        undo.mutate({ outcome, before });
      });
    }
  };

  return (
    <>
      <PageHead
        title={t('frame.cards')}
        actions={
          <>
            {hasPurses && <TransferButton />}
            {may('editRules') && (
              <LinkButton to="/cards/templates" variant="default" leftSection={<IconTemplate size={18} aria-hidden />}>
                {t('templates.title')}
              </LinkButton>
            )}
            {may('editCard') && rows.length > 0 && (
              <LinkButton to="/cards/labels" variant="default" leftSection={<IconClipboardText size={18} />}>
                {t('paste.title')}
              </LinkButton>
            )}
          </>
        }
      />
      <CardFiltersBar
        filters={filters}
        onChange={(changed) => void navigate({ search: (old) => ({ ...old, ...changed }), replace: true })}
      />
      <GroupChips
        chosen={filters.group}
        onChoose={(group) => void navigate({ search: (old) => ({ ...old, group }), replace: true })}
      />
      {job && <JobNote key={job} id={job} nameOf={nameIn(rows)} onClose={() => show(undefined)} onJob={show} />}
      {last && (
        <BulkOutcome
          outcome={last.outcome}
          nameOf={(number) => last.before.get(number)?.label}
          onClose={() => setLast(null)}
          onUndo={may('unblock') ? () => undo.mutate(last, { onSettled: () => setLast((now) => (now === last ? null : now)) }) : undefined}
          undoing={undo.isPending}
        />
      )}
      <CardList
        cards={cards}
        filtered={filtered}
        onClear={() => void navigate({ search: {} })}
        action={changing ? block : undefined}
        selection={changing ? selection : undefined}
        none={
          <Empty icon={<IconCreditCard />} title={t('cards.none')}>
            {t('cards.noneNote')} <Phone number={reception} />
          </Empty>
        }
      />
      {picked.length > 0 && (
        <BulkBar
          count={all ? null : picked.length}
          found={found}
          more={!all && (cards.list.hasNextPage || picked.length < rows.length)}
          onAll={() => {
            if (selection.shown !== 'all') selection.toggleShown();
            setEverything(cards.list.hasNextPage);
          }}
          onClear={() => {
            selection.clear();
            setEverything(false);
          }}
          onAct={setAsking}
          onRules={rulesFor ? () => setGiving(true) : undefined}
        />
      )}
      {giving && rulesFor && (
        <GiveRules
          cards={rulesFor}
          nameOf={nameIn(rows)}
          onClose={() => setGiving(false)}
          onJob={(id) => {
            setGiving(false);
            selection.clear();
            setEverything(false);
            show(id);
          }}
        />
      )}
      {asking && (
        <BulkDialog
          action={asking}
          targets={{ cards: all ? null : picked, all: filters, count: all ? found : picked.length }}
          groups={(groups ?? []).map(({ group }) => group).filter(Boolean)}
          onClose={() => setAsking(null)}
          onOutcome={finish}
          onJob={(id) => {
            setAsking(null);
            selection.clear();
            setEverything(false);
            show(id);
          }}
        />
      )}
    </>
  );
}

const nameIn = (rows: CardRow[]) => (number: string) => rows.find((card) => card.number === number)?.label;

/** Cards of one call that names them. */
const NAMED_MAX = 500;

/** How the cards are named to be given rules: by number, or by what all found have in common; null where that is more. */
function rulesTarget(picked: CardRow[] | null, { q, status, group }: CardFilters, count: number | null): { ask: ApplyAsk; count: number | null } | null {
  if (picked) return picked.length <= NAMED_MAX ? { ask: { numbers: picked.map(({ number }) => number) }, count } : null;
  if (q || status) return null;
  return { ask: group === undefined ? { all: true } : { group }, count };
}

/** How many cards the filters find, where the groups' counts or the end of the list tell it. */
function foundOf(
  { q, status, group }: { q?: string; status?: string; group?: string },
  groups: { group: string; cards: number | null }[] | undefined,
  whole: number | null,
): number | null {
  if (whole !== null) return whole;
  if (q || status || !groups || groups.some(({ cards }) => cards === null)) return null;
  return groups
    .filter((one) => group === undefined || one.group === group)
    .reduce((sum, { cards }) => sum + (cards ?? 0), 0);
}
