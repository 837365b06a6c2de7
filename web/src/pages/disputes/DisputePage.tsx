import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconArrowBackUp } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { getV1DisputesByIdOptions, postV1DisputesByIdWithdrawMutation } from '@/api/@tanstack/react-query.gen';
import { LIVE_MS } from '@/http/setup';
import { useT } from '@/i18n/message';
import type { DisputeDetails } from '@/model';
import { ActDialog } from '@/ui/ActDialog';
import { BackLink } from '@/ui/BackLink';
import { toastDone } from '@/ui/toast';
import classes from './disputes.module.css';
import { DisputeView } from './DisputeView';

const route = getRouteApi('/cabinet/client/disputes/$id');

/** A purchase that the company does not agree with: what it says, what was known, how it ended. */
export function DisputePage() {
  const t = useT();
  const { id } = route.useParams();
  const { data: dispute, error, refetch } = useQuery({ ...getV1DisputesByIdOptions({ path: { id } }), refetchInterval: LIVE_MS });
  return (
    <DisputeView
      dispute={dispute}
      error={error}
      again={() => void refetch()}
      back={<BackLink to="/disputes">{t('frame.disputes')}</BackLink>}
    >
      {dispute && <Withdraw dispute={dispute} />}
    </DisputeView>
  );
}

function Withdraw({ dispute: { id, number } }: { dispute: DisputeDetails }) {
  const t = useT();
  const queryClient = useQueryClient();
  const [opened, dialog] = useDisclosure(false);
  const withdraw = useMutation({
    ...postV1DisputesByIdWithdrawMutation(),
    onSuccess: () => {
      toastDone(t('dispute.withdrawn', { number }));
      dialog.close();
    },
    onSettled: () => queryClient.invalidateQueries(),
  });
  return (
    <div className={classes.acts}>
      <Button variant="default" leftSection={<IconArrowBackUp size={18} aria-hidden />} onClick={dialog.open}>
        {t('dispute.withdraw')}
      </Button>
      <ActDialog
        opened={opened}
        onClose={dialog.close}
        title={t('dispute.withdrawTitle', { number })}
        submit={t('dispute.withdraw')}
        onSubmit={() => withdraw.mutate({ path: { id } })}
        act={withdraw}
        destructive
      >
        <p>{t('dispute.withdrawNote')}</p>
      </ActDialog>
    </div>
  );
}
