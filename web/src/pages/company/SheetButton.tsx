import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { IconPrinter } from '@tabler/icons-react';
import { postV1StaffCompaniesByIdHandOverSheetMutation } from '@/api/@tanstack/react-query.gen';
import { useProblem } from '@/http/useProblem';
import { useT } from '@/i18n/message';
import { saveFile } from '@/ui/saveFile';
import { toastFailed } from '@/ui/toast';

interface SheetButtonProps {
  company: string;
  /** The cards that are handed over; without them, all that are not closed. */
  numbers?: string[];
  size?: 'sm' | 'md';
}

/** The act of handing cards over, as a file to be printed and signed. */
export function SheetButton({ company, numbers, size }: SheetButtonProps) {
  const t = useT();
  const { say } = useProblem();
  const print = useMutation({
    ...postV1StaffCompaniesByIdHandOverSheetMutation(),
    onSuccess: (file) => saveFile(new Blob([file], { type: 'application/pdf' }), t('sheet.file', { id: company })),
    onError: (error) => toastFailed(say(error)),
  });
  return (
    <Button
      size={size}
      variant="default"
      leftSection={<IconPrinter size={17} aria-hidden />}
      loading={print.isPending}
      onClick={() => print.mutate({ path: { id: company }, body: numbers ? { numbers } : {} })}
    >
      {numbers ? t('sheet.picked', { count: numbers.length }) : t('sheet.all')}
    </Button>
  );
}
