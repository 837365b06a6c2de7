import { Button, Group, Modal, Stack } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconArrowBackUp } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import {
  postV1CardsByNumberLimitsRestoreMutation, putV1CardsByNumberLimitsMutation,
} from '@/api/@tanstack/react-query.gen';
import { groupedNumber } from '@/format/cardNumber';
import { isStale } from '@/http/refused';
import { useProblem } from '@/http/useProblem';
import { useT } from '@/i18n/message';
import type { ActRow } from '@/model';
import { rulesQuery } from '@/pages/card/useCard';
import { Note } from '@/ui/Note';
import { Failed, Loading } from '@/ui/states';
import { toastDone } from '@/ui/toast';
import { rulesOf } from './acts';
import { lastRulesQuery } from './lastRules';
import { useRuleWords } from './ruleWords';
import { Sides } from './Sides';

interface RestoreRulesProps {
  number: string;
  /** What the company calls the card. */
  label?: string;
  /** Undo this act; without it, the last change. */
  act?: ActRow;
  onDone?: () => void;
}

/** Gives a card the rules it had before a change, having shown what that changes. */
export function RestoreRules({ number, label, act, onDone }: RestoreRulesProps) {
  const t = useT();
  const [opened, dialog] = useDisclosure(false);
  const name = label || groupedNumber(number);
  return (
    <>
      <Button
        variant={act ? 'subtle' : 'default'}
        size={act ? 'compact-sm' : undefined}
        leftSection={<IconArrowBackUp size={act ? 16 : 18} aria-hidden />}
        aria-label={act && t('restore.named', { name })}
        onClick={dialog.open}
      >
        {t('restore.button')}
      </Button>
      <Modal opened={opened} onClose={dialog.close} size="lg" title={t('restore.title')} closeButtonProps={{ 'aria-label': t('common.close') }}>
        <Restore
          number={number}
          name={name}
          act={act}
          close={dialog.close}
          onDone={() => {
            dialog.close();
            onDone?.();
          }}
        />
      </Modal>
    </>
  );
}

interface RestoreProps {
  number: string;
  name: string;
  act?: ActRow;
  close: () => void;
  onDone: () => void;
}

function Restore({ number, name, act, close, onDone }: RestoreProps) {
  const t = useT();
  const { say } = useProblem();
  const words = useRuleWords();
  const queryClient = useQueryClient();
  const current = useQuery(rulesQuery(number));
  const last = useQuery(lastRulesQuery(number));
  const settle = {
    onSuccess: () => {
      toastDone(t('restore.done'));
      onDone();
    },
    onSettled: () => queryClient.invalidateQueries(),
  };
  const back = useMutation({ ...postV1CardsByNumberLimitsRestoreMutation(), ...settle });
  const put = useMutation({ ...putV1CardsByNumberLimitsMutation(), ...settle });

  const failed = current.error ?? last.error;
  if (!current.data || last.data === undefined) {
    return failed ? <Failed error={failed} /> : <Loading words={t('restore.loading')} />;
  }
  const target = rulesOf((act ?? last.data)?.before ?? null);
  if (!target) return <p>{t('restore.nothing')}</p>;

  const { rules, edition } = current.data;
  const now = words.all(rules);
  const then = words.all(target);
  const same = now.join('\n') === then.join('\n');
  const send = () => {
    const headers = { 'If-Match': edition };
    // An act that others followed is undone by naming its rules; the last one the server remembers itself.
    if (act && act.seq !== last.data?.seq) put.mutate({ path: { number }, headers, body: target });
    else back.mutate({ path: { number }, headers, body: {} });
  };
  const refused = back.error ?? put.error;
  return (
    <Stack>
      <p>{t('restore.card', { name })}</p>
      <Sides left={{ title: t('restore.now'), lines: now }} right={{ title: t('restore.then'), lines: then }} />
      <p className="muted">{t(same ? 'restore.same' : 'restore.note')}</p>
      {refused && (
        <Note tone={isStale(refused) ? 'attention' : 'refused'} urgent>
          {say(refused)}
        </Note>
      )}
      <Group justify="flex-end">
        <Button variant="default" onClick={close}>
          {t('common.cancel')}
        </Button>
        <Button disabled={same} loading={back.isPending || put.isPending} onClick={send} data-autofocus>
          {t('restore.confirm')}
        </Button>
      </Group>
    </Stack>
  );
}
