import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useEffect } from 'react';
import { useT } from '@/i18n/message';
import { ActDialog } from '@/ui/ActDialog';

interface PublishButtonProps {
  /** For how many companies; 0 for all. */
  companies: number;
  act: { isPending: boolean; isSuccess: boolean; isError: boolean; error: unknown };
  /** Whether it can be published as it is typed. */
  check: () => boolean;
  onPublish: () => void;
}

/** Publishing tells people: it is said how many companies' before it is done. */
export function PublishButton({ companies, act, check, onPublish }: PublishButtonProps) {
  const t = useT();
  const [opened, dialog] = useDisclosure(false);
  const { close } = dialog;
  const over = act.isError || act.isSuccess;
  // What was refused is said in the form.
  useEffect(() => {
    if (over) close();
  }, [over, close]);
  return (
    <>
      <Button onClick={() => check() && dialog.open()}>{t('content.publish')}</Button>
      <ActDialog
        opened={opened}
        onClose={dialog.close}
        title={t('promotions.publishTitle')}
        submit={t('content.publish')}
        onSubmit={onPublish}
        act={{ isPending: act.isPending, error: null }}
      >
        <p>{companies === 0 ? t('promotions.publishAll') : t('promotions.publishSome', { count: companies })}</p>
        <p>{t('promotions.publishWhat')}</p>
      </ActDialog>
    </>
  );
}
