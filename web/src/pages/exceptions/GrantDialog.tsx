import { Loader, Modal, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { postV1ExceptionsMutation } from '@/api/@tanstack/react-query.gen';
import { parseAmount } from '@/format/amounts';
import { groupedNumber } from '@/format/cardNumber';
import { useFormat, useProducts } from '@/format/useFormat';
import { units } from '@/format/sums';
import { isRefused } from '@/http/refused';
import { useProblem } from '@/http/useProblem';
import { useT } from '@/i18n/message';
import type { EntryDetails } from '@/model';
import { cardQuery } from '@/pages/card/useCard';
import { useMay } from '@/session/may';
import { useSource } from '@/source/source';
import { ActDialog } from '@/ui/ActDialog';
import { Note } from '@/ui/Note';
import { Failed } from '@/ui/states';
import { toastDone } from '@/ui/toast';
import { remaining } from './declines';
import classes from './exceptions.module.css';
import { Lending } from './Lending';
import { NoReserve } from './NoReserve';

const MINUTES = [15, 30, 60, 120, 240, 480, 1440] as const;
const USUAL = 60;

/** The answer to a decline: its details are read first, whoever followed the mail's link. */
export function GrantDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useT();
  const { data, error, refetch } = useQuery(useSource().entry(id));
  if (data?.type === 'decline' && data.card_number) return <Grant decline={data} number={data.card_number} onClose={onClose} />;
  return (
    <Modal opened onClose={onClose} title={t('exceptions.grantTitle')} closeButtonProps={{ 'aria-label': t('common.close') }}>
      {error && !isRefused(error, 'not_found') ? (
        <Failed error={error} again={() => void refetch()} />
      ) : error || data ? (
        <Note tone="attention" title={t('exceptions.unknown')}>
          {t('exceptions.unknownNote')}
        </Note>
      ) : (
        <Loader aria-label={t('exceptions.loading')} />
      )}
    </Modal>
  );
}

function Grant({ decline, number, onClose }: { decline: EntryDetails; number: string; onClose: () => void }) {
  const t = useT();
  const format = useFormat();
  const may = useMay();
  const { items, unitOf, nameOf } = useProducts();
  const { fieldErrors, sayDecline } = useProblem();
  const queryClient = useQueryClient();
  const { data: card } = useQuery({ ...cardQuery(number), refetchInterval: false });
  const [typed, setTyped] = useState(format.editable(decline.quantity ?? '40.000'));
  const [product, setProduct] = useState(decline.product ?? '');
  const [minutes, setMinutes] = useState(String(USUAL));
  const [tried, setTried] = useState(false);
  const grant = useMutation({
    ...postV1ExceptionsMutation(),
    onSuccess: (exception) => {
      toastDone(
        t('exceptions.done', {
          name,
          quantity: format.quantity(exception.litres, unitOf(exception.product)),
          at: format.dateTime(exception.until),
        }),
      );
      onClose();
    },
    onSettled: () => queryClient.invalidateQueries(),
  });
  const refused = fieldErrors(grant.error);
  const name = card?.card.label || groupedNumber(number);
  const litres = parseAmount(typed, 3);
  const valid = litres !== null && units('litres', litres) > 0n;
  const stays = remaining(decline);
  const noReserve = isRefused(grant.error, 'no_reserve') ? grant.error : null;

  const submit = () => {
    setTried(true);
    if (!valid) return;
    grant.mutate({
      body: { number, litres, minutes: Number(minutes), decline_id: decline.id, ...(product && { product }) },
    });
  };

  return (
    <ActDialog
      opened
      onClose={onClose}
      title={t('exceptions.grantTitle')}
      submit={t('exceptions.grantDo')}
      onSubmit={submit}
      act={grant}
      marked={noReserve !== null || Object.keys(refused).length > 0}
      disabled={!may('editRules')}
    >
      <dl className={classes.facts}>
        <div>
          <dt>{t('history.card')}</dt>
          <dd>
            {name}
            {card?.card.label && <span className="muted"> · {groupedNumber(number)}</span>}
          </dd>
        </div>
        <div>
          <dt>{t('entry.asked')}</dt>
          <dd>
            {decline.quantity && format.quantity(decline.quantity, unitOf(decline.product))} {decline.product && nameOf(decline.product)}
            {decline.station_code && <span className="muted"> · {t('exceptions.at', { station: decline.station_code })}</span>}
            <span className="muted"> · {format.dateTime(decline.at)}</span>
          </dd>
        </div>
        {decline.reason && (
          <div>
            <dt>{t('exceptions.why')}</dt>
            <dd>{sayDecline(decline.reason)}</dd>
          </div>
        )}
      </dl>
      {!may('editRules') && <Note tone="attention">{t('exceptions.mayNot')}</Note>}
      {stays.length > 0 && (
        <Note tone="attention" title={t('exceptions.notLifted')}>
          {stays.map(sayDecline).join('. ')}
        </Note>
      )}
      {noReserve && <NoReserve problem={noReserve} />}
      <div className={classes.fields}>
        <TextInput
          label={t('exceptions.much')}
          inputMode="decimal"
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          error={tried && !valid ? t('field.quantity') : refused.litres}
          data-autofocus
        />
        <NativeSelect
          label={t('check.product')}
          value={product}
          onChange={(event) => setProduct(event.currentTarget.value)}
          data={[{ value: '', label: t('exceptions.anyProduct') }, ...items.map((one) => ({ value: one.code, label: one.name }))]}
          error={refused.product}
        />
        <NativeSelect
          label={t('exceptions.howLong')}
          value={minutes}
          onChange={(event) => setMinutes(event.currentTarget.value)}
          data={MINUTES.map((value) => ({
            value: String(value),
            label: value < 60 ? t('exceptions.minutes', { count: value }) : t('exceptions.hours', { count: value / 60 }),
          }))}
          error={refused.minutes}
        />
      </div>
      {valid && <Lending number={number} litres={litres} product={product} declined={decline.price ?? null} />}
      <p className="muted">{t('exceptions.what')}</p>
    </ActDialog>
  );
}
