import { Button, Modal, PinInput, Stack } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconLockPassword, IconShieldCheck, IconShieldOff } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import {
  deleteV1CardsByNumberPinMutation, postV1CardsByNumberPinResetTriesMutation, putV1CardsByNumberPinMutation,
} from '@/api/@tanstack/react-query.gen';
import { useProblem } from '@/http/useProblem';
import { useT } from '@/i18n/message';
import type { CardDetails } from '@/model';
import { useMay } from '@/session/may';
import { ActDialog } from '@/ui/ActDialog';
import { Badge } from '@/ui/Badge';
import { Note } from '@/ui/Note';
import { Panel } from '@/ui/Panel';
import { toastDone, toastFailed } from '@/ui/toast';
import classes from './PinPanel.module.css';

const DIGITS = 4;

/** Whether a pump asks for the card's PIN, and what can be done about it. */
export function PinPanel({ card }: { card: CardDetails }) {
  const t = useT();
  const may = useMay();
  const manages = may('editCard') && card.status !== 'closed';
  return (
    <Panel title={t('pin.title')}>
      <Stack gap="sm">
        <PinState card={card} />
        {manages && (
          <div className={classes.acts}>
            {card.pin === 'locked' && <ForgiveTries card={card} />}
            <SetPin card={card} />
            {card.pin !== 'none' && <RemovePin card={card} />}
          </div>
        )}
      </Stack>
    </Panel>
  );
}

/** None, set with so many tries left, or locked. */
export function PinState({ card }: { card: CardDetails }) {
  const t = useT();
  if (card.pin === 'locked') {
    return (
      <Note tone="refused" title={t('pin.locked')}>
        {t('pin.lockedNote')}
      </Note>
    );
  }
  const set = card.pin === 'set';
  return (
    <div>
      <Badge tone={set ? 'good' : 'quiet'} icon={set ? <IconShieldCheck aria-hidden /> : <IconShieldOff aria-hidden />}>
        {t(set ? 'pin.set' : 'pin.none')}
      </Badge>
      <p className={classes.note}>
        {t(set ? 'pin.setNote' : 'pin.noneNote')}
        {set && card.pin_tries_left !== null && <> {t('pin.triesLeft', { count: card.pin_tries_left })}</>}
      </p>
    </div>
  );
}

function useActs() {
  const queryClient = useQueryClient();
  return { onSettled: () => queryClient.invalidateQueries() };
}

function ForgiveTries({ card }: { card: CardDetails }) {
  const t = useT();
  const { say } = useProblem();
  const forgive = useMutation({
    ...postV1CardsByNumberPinResetTriesMutation(),
    ...useActs(),
    onSuccess: () => toastDone(t('pin.forgiven')),
    onError: (error) => toastFailed(say(error)),
  });
  return (
    <Button size="sm" loading={forgive.isPending} onClick={() => forgive.mutate({ path: { number: card.number } })}>
      {t('pin.forgive')}
    </Button>
  );
}

function SetPin({ card }: { card: CardDetails }) {
  const t = useT();
  const { say } = useProblem();
  const [opened, dialog] = useDisclosure(false);
  const [pin, setPin] = useState('');
  const [again, setAgain] = useState('');
  const differ = again.length === DIGITS && again !== pin;
  const put = useMutation({
    ...putV1CardsByNumberPinMutation(),
    ...useActs(),
    onSuccess: () => {
      dialog.close();
      toastDone(t('pin.done'));
    },
  });
  const words = t(card.pin === 'none' ? 'pin.setOne' : 'pin.change');
  const open = () => {
    setPin('');
    setAgain('');
    put.reset();
    dialog.open();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    put.mutate({ path: { number: card.number }, body: { pin } });
  };
  const field = (label: string, value: string, onChange: (value: string) => void, focused: boolean) => (
    <div>
      <p className={classes.label}>{label}</p>
      <PinInput
        length={DIGITS}
        type="number"
        mask
        size="lg"
        value={value}
        onChange={onChange}
        error={!focused && differ}
        ariaLabel={label}
        placeholder=""
        getInputProps={(place) => (focused && place === 0 ? { 'data-autofocus': true } : {})}
      />
    </div>
  );
  return (
    <>
      <Button size="sm" variant="default" leftSection={<IconLockPassword size={17} />} onClick={open}>
        {words}
      </Button>
      <Modal opened={opened} onClose={dialog.close} title={words} closeButtonProps={{ 'aria-label': t('common.close') }}>
        <form onSubmit={submit} noValidate>
          <Stack>
            {put.isError && (
              <Note tone="refused" urgent>
                {say(put.error)}
              </Note>
            )}
            <p>{t('pin.what')}</p>
            {field(t('pin.new'), pin, setPin, true)}
            {field(t('pin.again'), again, setAgain, false)}
            {differ && (
              <p role="alert" className={classes.wrong}>
                {t('pin.differ')}
              </p>
            )}
            <Button type="submit" loading={put.isPending} disabled={pin.length < DIGITS || again !== pin}>
              {words}
            </Button>
          </Stack>
        </form>
      </Modal>
    </>
  );
}

function RemovePin({ card }: { card: CardDetails }) {
  const t = useT();
  const [opened, dialog] = useDisclosure(false);
  const remove = useMutation({
    ...deleteV1CardsByNumberPinMutation(),
    ...useActs(),
    onSuccess: () => {
      dialog.close();
      toastDone(t('pin.removed'));
    },
  });
  return (
    <>
      <Button size="sm" variant="subtle" onClick={dialog.open}>
        {t('pin.remove')}
      </Button>
      <ActDialog
        opened={opened}
        onClose={dialog.close}
        title={t('pin.remove')}
        submit={t('pin.remove')}
        onSubmit={() => remove.mutate({ path: { number: card.number } })}
        act={remove}
        destructive
      >
        <p>{t('pin.removeWhat')}</p>
      </ActDialog>
    </>
  );
}
