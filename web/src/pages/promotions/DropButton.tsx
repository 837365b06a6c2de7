import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { deleteV1StaffPromotionsByIdMutation } from '@/api/@tanstack/react-query.gen';
import type { StaffPromotion } from '@/api/types.gen';
import { useT } from '@/i18n/message';
import { ActDialog } from '@/ui/ActDialog';
import { toastDone } from '@/ui/toast';
import { promotionQuery } from './promotionQuery';

/** Removes a draft, or withdraws what was published, having said whom that concerns. */
export function DropButton({ piece, onDone }: { piece: StaffPromotion; onDone: () => void }) {
  const t = useT();
  const queryClient = useQueryClient();
  const [opened, dialog] = useDisclosure(false);
  const out = piece.published_at !== null;
  // Companies come and go while the form is open.
  const { data: now } = useQuery({ ...promotionQuery(piece.id), enabled: opened, staleTime: 0 });
  const words = t(out ? 'promotions.withdraw' : 'content.drop');
  const drop = useMutation({
    ...deleteV1StaffPromotionsByIdMutation(),
    onSuccess: () => {
      toastDone(t(out ? 'promotions.withdrawn' : 'promotions.dropped'));
      onDone();
    },
    onSettled: () => queryClient.invalidateQueries(),
  });
  return (
    <>
      <Button variant="subtle" color="red" onClick={dialog.open}>
        {words}
      </Button>
      <ActDialog
        opened={opened}
        onClose={dialog.close}
        title={words}
        submit={words}
        onSubmit={() => drop.mutate({ path: { id: piece.id } })}
        act={drop}
        destructive
      >
        <p>{out ? t('promotions.withdrawWhat', { count: (now?.content ?? piece).participants }) : t('promotions.dropWhat')}</p>
      </ActDialog>
    </>
  );
}
