import { Button, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconCalendarCheck } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { postV1StaffDocumentsCloseByMonthMutation } from '@/api/@tanstack/react-query.gen';
import { HOUSE_ZONE, calendarDate } from '@/format/dates';
import { serverClock } from '@/http/serverClock';
import { useT } from '@/i18n/message';
import { ActDialog } from '@/ui/ActDialog';
import { toastDone } from '@/ui/toast';

/** Closes a month for every company, and what is still open before it. */
export function CloseMonthButton() {
  const t = useT();
  const queryClient = useQueryClient();
  const [opened, dialog] = useDisclosure(false);
  const [month, setMonth] = useState('');
  const close = useMutation({
    ...postV1StaffDocumentsCloseByMonthMutation(),
    onSuccess: () => {
      dialog.close();
      toastDone(t('closing.begun', { month }));
    },
    onSettled: () => queryClient.invalidateQueries(),
  });
  const open = () => {
    close.reset();
    setMonth(monthBefore(calendarDate(new Date(serverClock.now()), HOUSE_ZONE)));
    dialog.open();
  };
  return (
    <>
      <Button variant="default" leftSection={<IconCalendarCheck size={18} aria-hidden />} onClick={open}>
        {t('closing.title')}
      </Button>
      <ActDialog
        opened={opened}
        onClose={dialog.close}
        title={t('closing.title')}
        submit={t('closing.close')}
        onSubmit={() => close.mutate({ path: { month }, body: {} })}
        act={close}
        disabled={!/^\d{4}-\d{2}$/.test(month)}
      >
        <p>{t('closing.what')}</p>
        <TextInput
          label={t('papers.month')}
          description={t('closing.monthNote')}
          value={month}
          inputMode="numeric"
          placeholder="2026-10"
          onChange={(event) => setMonth(event.currentTarget.value)}
          data-autofocus
        />
      </ActDialog>
    </>
  );
}

function monthBefore(today: string): string {
  const date = new Date(`${today.slice(0, 7)}-01T00:00:00Z`);
  date.setUTCMonth(date.getUTCMonth() - 1);
  return date.toISOString().slice(0, 7);
}
