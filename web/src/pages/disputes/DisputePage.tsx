import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconArrowLeft, IconArrowBackUp } from '@tabler/icons-react';
import { getRouteApi, Link } from '@tanstack/react-router';
import { getV1DisputesByIdOptions, postV1DisputesByIdWithdrawMutation } from '@/api/@tanstack/react-query.gen';
import { LIVE_MS } from '@/http/setup';
import { useT } from '@/i18n/message';
import type { DisputeDetails } from '@/model';
import back from '@/pages/card/CardPage.module.css';
import { ActDialog } from '@/ui/ActDialog';
import { PageHead } from '@/ui/PageHead';
import { Panel } from '@/ui/Panel';
import { Failed, Loading } from '@/ui/states';
import { toastDone } from '@/ui/toast';
import classes from './disputes.module.css';
import { DisputeState } from './DisputeState';
import { Evidence } from './Evidence';
import { Said } from './Said';

const route = getRouteApi('/cabinet/client/disputes/$id');

/** A purchase that the company does not agree with: what it says, what was known, how it ended. */
export function DisputePage() {
  const t = useT();
  const { id } = route.useParams();
  const { data: dispute, error, refetch } = useQuery({ ...getV1DisputesByIdOptions({ path: { id } }), refetchInterval: LIVE_MS });
  const toDisputes = (
    <Link to="/disputes" className={back.back}>
      <IconArrowLeft size={16} aria-hidden /> {t('frame.disputes')}
    </Link>
  );
  if (!dispute) {
    return (
      <>
        <PageHead title={t('frame.disputes')} back={toDisputes} />
        <Panel>{error ? <Failed error={error} again={() => void refetch()} /> : <Loading words={t('disputes.loadingOne')} />}</Panel>
      </>
    );
  }
  return (
    <>
      <PageHead title={t('disputes.title', { number: dispute.number })} back={toDisputes} note={<DisputeState state={dispute.state} />} />
      <div className={back.main}>
        <Said dispute={dispute}>{dispute.state === 'open' && <Withdraw dispute={dispute} />}</Said>
        <Evidence dispute={dispute} />
      </div>
    </>
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
