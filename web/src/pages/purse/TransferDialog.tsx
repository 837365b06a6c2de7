import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { postV1TransfersMutation } from '@/api/@tanstack/react-query.gen';
import { parseAmount } from '@/format/amounts';
import { groupedNumber } from '@/format/cardNumber';
import { useFormat } from '@/format/useFormat';
import { amountOf, units } from '@/format/sums';
import { isRefused } from '@/http/refused';
import { useProblem } from '@/http/useProblem';
import { useT } from '@/i18n/message';
import type { CardRow } from '@/model';
import { useUnsaved } from '@/session/unsaved';
import { useSource } from '@/source/source';
import { ActDialog } from '@/ui/ActDialog';
import { toastDone } from '@/ui/toast';
import classes from './purse.module.css';
import { PursePicker } from './PursePicker';

export type Purse = Pick<CardRow, 'number' | 'label' | 'purse' | 'status'>;

const ACCOUNT = 'account';
const WAYS = ['in', 'out', 'across'] as const;
type Way = (typeof WAYS)[number];

const pocket = (side: Purse | typeof ACCOUNT) => (side === ACCOUNT ? ACCOUNT : side.number);

const nameOf = (purse: Purse) => purse.label || groupedNumber(purse.number);

/**
 * Money onto a purse, back, or from purse to purse, with both balances before and after. The idempotency key belongs to what
 * is written in the form: pressing twice, or again after a lost answer, moves once.
 */
export function TransferDialog({ purse, onClose }: { purse?: Purse; onClose: () => void }) {
  const t = useT();
  const format = useFormat();
  const { fieldErrors } = useProblem();
  const queryClient = useQueryClient();
  const source = useSource();
  const { data: balance } = useQuery(source.balance());
  const [way, setWay] = useState<Way>('in');
  const [picked, setPicked] = useState<Purse | null>(null);
  const [other, setOther] = useState<Purse | null>(null);
  // The page's own card as the page knows it now: it may have been paid onto a moment ago.
  const own = purse ?? picked;
  const [typed, setTyped] = useState('');
  const [tried, setTried] = useState(false);
  const key = useRef(crypto.randomUUID());
  const changed = <Value,>(set: (value: Value) => void) => (value: Value) => {
    key.current = crypto.randomUUID();
    set(value);
  };

  const move = useMutation({
    ...postV1TransfersMutation(),
    onSuccess: (entry) => {
      toastDone(t('purse.moved', { amount: format.roubles(entry.moved ?? entry.amount) }));
      onClose();
    },
    onSettled: () => queryClient.invalidateQueries(),
  });
  useUnsaved(typed !== '' && !move.isSuccess);

  const from = way === 'in' ? ACCOUNT : own;
  const to = way === 'in' ? own : way === 'out' ? ACCOUNT : other;
  const has = from === ACCOUNT ? balance?.available : from?.purse;
  const amount = parseAmount(typed, 2);
  const positive = amount !== null && units('roubles', amount) > 0n;
  const short = positive && has !== undefined && units('roubles', amount) > units('roubles', has);
  const refused = fieldErrors(move.error);

  const submit = () => {
    setTried(true);
    if (!positive || short || !from || !to) return;
    move.mutate({ headers: { 'Idempotency-Key': key.current }, body: { from: pocket(from), to: pocket(to), amount } });
  };

  const moved = positive && !short ? units('roubles', amount) : 0n;
  const side = (which: Purse | typeof ACCOUNT | null, by: bigint) => {
    const now = which === ACCOUNT ? balance?.available : which?.purse;
    if (which === null || now === undefined) return null;
    const after = units('roubles', now) + by;
    return (
      <div className={classes.side}>
        <dt>{which === ACCOUNT ? t('purse.account') : nameOf(which)}</dt>
        <dd>
          {format.roubles(now)}
          {by !== 0n && (
            <>
              {' → '}
              <strong>{format.roubles(amountOf('roubles', after))}</strong>
            </>
          )}
        </dd>
      </div>
    );
  };

  return (
    <ActDialog
      opened
      onClose={onClose}
      title={t('purse.move')}
      submit={amount && positive ? t('purse.moveAmount', { amount: format.roubles(amount) }) : t('purse.move')}
      onSubmit={submit}
      act={move}
      marked={Object.keys(refused).length > 0 && isRefused(move.error)}
    >
      <p className="muted">{t('budget.three')}</p>
      <SegmentedControl
        fullWidth
        aria-label={t('purse.way')}
        value={way}
        onChange={changed((value: string) => setWay(value as Way))}
        data={WAYS.map((value) => ({ value, label: t(`purse.way.${value}`) }))}
      />
      {!purse && (
        <PursePicker
          label={t(way === 'in' ? 'purse.toCard' : 'purse.fromCard')}
          value={own}
          onChange={changed(setPicked)}
          error={tried && !own ? t('purse.choose') : (refused[way === 'in' ? 'to' : 'from'] ?? undefined)}
        />
      )}
      {way === 'across' && (
        <PursePicker
          label={t('purse.toCard')}
          value={other}
          not={own?.number}
          onChange={changed(setOther)}
          error={tried && !other ? t('purse.choose') : refused.to}
        />
      )}
      <div className={classes.amount}>
        <TextInput
          label={t('purse.amount')}
          inputMode="decimal"
          value={typed}
          onChange={(event) => changed(setTyped)(event.currentTarget.value)}
          error={
            short ? t('purse.short', { amount: format.roubles(has ?? '0') }) : tried && !positive ? t('field.amount') : refused.amount
          }
          data-autofocus
        />
        {way !== 'in' && own && units('roubles', own.purse) > 0n && (
          <Button variant="light" size="sm" onClick={() => changed(setTyped)(format.editable(own.purse))}>
            {t('purse.everything')}
          </Button>
        )}
      </div>
      <dl className={classes.sides}>
        {side(from, -moved)}
        {side(to, moved)}
      </dl>
      {from === ACCOUNT && <p className="muted">{t('purse.accountNote')}</p>}
    </ActDialog>
  );
}
