import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { deleteV1LimitTemplatesByIdMutation } from '@/api/@tanstack/react-query.gen';
import { useT } from '@/i18n/message';
import { templatesQuery } from '@/pages/rules/useTemplates';
import { ActDialog } from '@/ui/ActDialog';
import { toastDone } from '@/ui/toast';

interface RemoveTemplateProps {
  id: string;
  name: string;
  /** Whether new cards get it. */
  chosen: boolean;
}

/** Removes a template, having said whose rules that changes: nobody's but those of cards to come. */
export function RemoveTemplate({ id, name, chosen }: RemoveTemplateProps) {
  const t = useT();
  const queryClient = useQueryClient();
  const [opened, dialog] = useDisclosure(false);
  const remove = useMutation({
    ...deleteV1LimitTemplatesByIdMutation(),
    onSuccess: () => {
      toastDone(t('templates.removed', { name }));
      dialog.close();
    },
    onSettled: () => queryClient.invalidateQueries(templatesQuery()),
  });
  return (
    <>
      <Button
        variant="subtle"
        color="red"
        size="compact-md"
        aria-label={t('templates.removeNamed', { name })}
        onClick={() => {
          remove.reset();
          dialog.open();
        }}
      >
        {t('templates.remove')}
      </Button>
      <ActDialog
        opened={opened}
        onClose={dialog.close}
        title={t('templates.removeNamed', { name })}
        submit={t('templates.remove')}
        onSubmit={() => remove.mutate({ path: { id } })}
        act={remove}
        destructive
      >
        <p>{t('templates.removeWhat')}</p>
        {chosen && <p>{t('templates.removeChosen')}</p>}
      </ActDialog>
    </>
  );
}
