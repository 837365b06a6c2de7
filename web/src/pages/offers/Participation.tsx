import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { deleteV1PromotionsByIdParticipationMutation, postV1PromotionsByIdParticipationMutation } from '@/api/@tanstack/react-query.gen';
import type { PromotionView } from '@/api/types.gen';
import { isZero } from '@/format/amounts';
import { useFormat } from '@/format/useFormat';
import { useT } from '@/i18n/message';
import { useMay } from '@/session/may';
import { ActDialog } from '@/ui/ActDialog';
import { toastDone } from '@/ui/toast';
import { useTermsWords } from './useTermsWords';

/** Joins or leaves, having said what that means; nothing for who may not, or where there is nothing to do. */
export function Participation({ promotion }: { promotion: PromotionView }) {
  const t = useT();
  const format = useFormat();
  const may = useMay();
  const words = useTermsWords();
  const queryClient = useQueryClient();
  const [opened, dialog] = useDisclosure(false);
  const { id, title, joined, saved } = promotion;
  const done = (message: 'offers.joinedNow' | 'offers.leftNow') => ({
    onSuccess: () => {
      toastDone(t(message, { title }));
      dialog.close();
    },
    onSettled: () => queryClient.invalidateQueries(),
  });
  const join = useMutation({ ...postV1PromotionsByIdParticipationMutation(), ...done('offers.joinedNow') });
  const leave = useMutation({ ...deleteV1PromotionsByIdParticipationMutation(), ...done('offers.leftNow') });
  if (!may('promotions') || !(joined || promotion.can_join)) return null;
  const act = joined ? leave : join;
  const open = () => {
    act.reset();
    dialog.open();
  };
  return (
    <>
      <Button
        variant={joined ? 'default' : 'filled'}
        size="sm"
        aria-label={t(joined ? 'offers.leaveNamed' : 'offers.joinNamed', { title })}
        onClick={open}
      >
        {t(joined ? 'offers.leave' : 'offers.join')}
      </Button>
      <ActDialog
        opened={opened}
        onClose={dialog.close}
        title={title}
        submit={t(joined ? 'offers.leave' : 'offers.join')}
        onSubmit={() => (joined ? leave.mutate({ path: { id } }) : join.mutate({ path: { id }, body: {} }))}
        act={act}
        destructive={joined}
      >
        <p>
          <strong>{words(promotion)}</strong>
        </p>
        <p>{t(joined ? 'offers.leaveWhat' : 'offers.joinWhat')}</p>
        {joined && !isZero(saved) && <p>{t('offers.leaveSaved', { amount: format.roubles(saved) })}</p>}
        {!joined && <p className="muted">{t('offers.joinBest')}</p>}
      </ActDialog>
    </>
  );
}
