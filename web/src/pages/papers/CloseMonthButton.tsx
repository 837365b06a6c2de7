import { Button, NativeSelect } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconCalendarCheck } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { postV1StaffDocumentsCloseByMonthMutation } from '@/api/@tanstack/react-query.gen';
import { HOUSE_ZONE, calendarDate } from '@/format/dates';
import { useFormat } from '@/format/useFormat';
import { serverClock } from '@/http/serverClock';
import { useT } from '@/i18n/message';
import { ActDialog } from '@/ui/ActDialog';
import { toastDone } from '@/ui/toast';

/** Months that one may choose from: what is open before the chosen one is closed with it. */
const CHOSEN_FROM = 24;

/** Closes a month for every company, and what is still open before it. */
export function CloseMonthButton() {
  const t = useT();
  const format = useFormat();
  const queryClient = useQueryClient();
  const [opened, dialog] = useDisclosure(false);
  const [month, setMonth] = useState('');
  const months = monthsBefore(calendarDate(new Date(serverClock.now()), HOUSE_ZONE));
  const close = useMutation({
    ...postV1StaffDocumentsCloseByMonthMutation(),
    onSuccess: ({ total }) => {
      dialog.close();
      toastDone(t('closing.begun', { month: format.month(month), count: total }));
    },
    onSettled: () => queryClient.invalidateQueries(),
  });
  const open = () => {
    close.reset();
    setMonth(months[0] ?? '');
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
      >
        <p>{t('closing.what')}</p>
        <NativeSelect
          label={t('papers.month')}
          data={months.map((value) => ({ value, label: format.month(value) }))}
          value={month}
          onChange={(event) => setMonth(event.currentTarget.value)}
          data-autofocus
        />
      </ActDialog>
    </>
  );
}

/** The months that are over, the last one first. */
function monthsBefore(today: string): string[] {
  return Array.from({ length: CHOSEN_FROM }, (_, n) => {
    const date = new Date(`${today.slice(0, 7)}-01T00:00:00Z`);
    date.setUTCMonth(date.getUTCMonth() - 1 - n);
    return date.toISOString().slice(0, 7);
  });
}
