import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconBuildingBank, IconWallet } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { postV1StaffCardsByNumberFundingMutation } from '@/api/@tanstack/react-query.gen';
import { isZero } from '@/format/amounts';
import { useFormat } from '@/format/useFormat';
import { useT } from '@/i18n/message';
import type { CardDetails } from '@/model';
import { useMay } from '@/session/may';
import { ActDialog } from '@/ui/ActDialog';
import { Note } from '@/ui/Note';
import { Panel } from '@/ui/Panel';
import { toastDone } from '@/ui/toast';
import classes from './purse.module.css';

/** What a card spends from; the desk may switch it while no fill is under way. */
export function Funding({ card }: { card: CardDetails }) {
  const t = useT();
  const format = useFormat();
  const may = useMay();
  const queryClient = useQueryClient();
  const [opened, dialog] = useDisclosure(false);
  const purse = card.funding === 'purse';
  const next = purse ? 'account' : 'purse';
  const change = useMutation({
    ...postV1StaffCardsByNumberFundingMutation(),
    onSuccess: () => {
      toastDone(t(`funding.now.${next}`));
      dialog.close();
    },
    onSettled: () => queryClient.invalidateQueries(),
  });
  const words = t(`funding.to.${next}`);
  const Icon = purse ? IconWallet : IconBuildingBank;
  return (
    <Panel
      title={t('funding.title')}
      actions={
        may('provision') &&
        card.status !== 'closed' && (
          <Button
            size="compact-md"
            variant="default"
            onClick={() => {
              change.reset();
              dialog.open();
            }}
          >
            {words}
          </Button>
        )
      }
    >
      <p>
        <Icon size={18} aria-hidden className={classes.icon} /> {t(`funding.is.${card.funding}`)}
      </p>
      <ActDialog
        opened={opened}
        onClose={dialog.close}
        title={words}
        submit={words}
        onSubmit={() => change.mutate({ path: { number: card.number }, body: { funding: next } })}
        act={change}
        disabled={card.holds.length > 0}
      >
        <p>{t(`funding.what.${next}`)}</p>
        {purse && !isZero(card.purse) && <p>{t('funding.back', { amount: format.roubles(card.purse) })}</p>}
        {card.holds.length > 0 && <Note tone="attention">{t('funding.holds', { count: card.holds.length })}</Note>}
      </ActDialog>
    </Panel>
  );
}
