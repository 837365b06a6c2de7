import { Button, Checkbox, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconBookmarkPlus } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { postV1LimitTemplatesMutation } from '@/api/@tanstack/react-query.gen';
import { useProblem } from '@/http/useProblem';
import { useT } from '@/i18n/message';
import type { RulesAsk } from '@/model';
import { ActDialog } from '@/ui/ActDialog';
import { toastDone } from '@/ui/toast';
import { useRuleWords } from '@/ui/trade/ruleWords';
import classes from './TemplateLines.module.css';
import { templatesQuery } from './useTemplates';

export const NAME_MAX = 60;

interface SaveTemplateProps {
  /** The form's rules; null while they cannot be saved. */
  rules: RulesAsk | null;
  onInvalid: () => void;
}

/** Keeps the form's rules under a name, for other cards; the card itself is not changed. */
export function SaveTemplate({ rules, onInvalid }: SaveTemplateProps) {
  const t = useT();
  const words = useRuleWords();
  const { fieldErrors } = useProblem();
  const queryClient = useQueryClient();
  const [opened, dialog] = useDisclosure(false);
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState(false);
  const [tried, setTried] = useState(false);
  const save = useMutation({
    ...postV1LimitTemplatesMutation(),
    onSuccess: () => {
      toastDone(t('templates.made', { name: name.trim() }));
      dialog.close();
    },
    onSettled: () => queryClient.invalidateQueries(templatesQuery()),
  });
  const open = () => {
    if (!rules) return onInvalid();
    save.reset();
    setName('');
    setChosen(false);
    setTried(false);
    dialog.open();
  };
  const submit = () => {
    setTried(true);
    if (rules && name.trim()) save.mutate({ body: { ...rules, name: name.trim(), default: chosen } });
  };
  const refused = fieldErrors(save.error);
  const lines = rules ? words.all(rules) : [];

  return (
    <>
      <Button variant="subtle" leftSection={<IconBookmarkPlus size={18} aria-hidden />} onClick={open}>
        {t('templates.saveAs')}
      </Button>
      <ActDialog
        opened={opened}
        onClose={dialog.close}
        title={t('templates.saveAs')}
        submit={t('templates.save')}
        onSubmit={submit}
        act={save}
        marked={Boolean(refused.name)}
      >
        <TextInput
          label={t('templates.name')}
          description={t('templates.nameNote')}
          value={name}
          maxLength={NAME_MAX}
          onChange={(event) => setName(event.currentTarget.value)}
          error={tried && name.trim() === '' ? t('field.required') : refused.name}
          data-autofocus
        />
        {lines.length > 0 ? (
          <ul className={classes.lines}>
            {lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        ) : (
          <p>{t('rules.none')}</p>
        )}
        <Checkbox
          label={t('templates.forNewCards')}
          checked={chosen}
          onChange={(event) => setChosen(event.currentTarget.checked)}
        />
      </ActDialog>
    </>
  );
}
