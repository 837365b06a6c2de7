import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconArrowsExchange } from '@tabler/icons-react';
import { useT } from '@/i18n/message';
import { useMay } from '@/session/may';
import { TransferDialog, type Purse } from './TransferDialog';

/** Moves money between the account and purses; `purse` is the card that the page is about. */
export function TransferButton({ purse }: { purse?: Purse }) {
  const t = useT();
  const may = useMay();
  const [opened, dialog] = useDisclosure(false);
  if (!may('transfer')) return null;
  return (
    <>
      <Button variant="default" leftSection={<IconArrowsExchange size={18} />} onClick={dialog.open}>
        {t('purse.move')}
      </Button>
      {opened && <TransferDialog purse={purse} onClose={dialog.close} />}
    </>
  );
}
