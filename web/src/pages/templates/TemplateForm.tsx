import { Checkbox, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState, type FormEvent } from 'react';
import { postV1LimitTemplates, putV1LimitTemplatesById } from '@/api/sdk.gen';
import { useProblem } from '@/http/useProblem';
import { useLocale } from '@/i18n/locale';
import { useT } from '@/i18n/message';
import type { Template, TemplateAsk } from '@/model';
import { toAsk, toDraft, type RulesDraft } from '@/pages/rules/draft';
import { RulesFields } from '@/pages/rules/RulesFields';
import editor from '@/pages/rules/RulesEditor.module.css';
import { SaveBar } from '@/pages/rules/SaveBar';
import { NAME_MAX } from '@/pages/rules/SaveTemplate';
import { useDraftErrors } from '@/pages/rules/useDraftErrors';
import { templatesQuery } from '@/pages/rules/useTemplates';
import { useUnsaved } from '@/session/unsaved';
import { Note } from '@/ui/Note';
import { Panel } from '@/ui/Panel';
import { toastDone } from '@/ui/toast';

interface TemplateFormProps {
  /** Which is changed; without it a new one is made. */
  id?: string;
  /** What the form starts with. */
  template: Template;
}

interface Draft {
  name: string;
  chosen: boolean;
  rules: RulesDraft;
}

/** A template's name and rules, by the same fields as a card's. */
export function TemplateForm({ id, template }: TemplateFormProps) {
  const t = useT();
  const { locale } = useLocale();
  const { say } = useProblem();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [original] = useState<Draft>(() => ({
    name: template.name ?? '',
    chosen: Boolean(id) && template.default,
    rules: toDraft(template, locale),
  }));
  const [draft, setDraft] = useState(original);
  const [tried, setTried] = useState(false);
  const name = draft.name.trim();
  const { ask, errors: found } = toAsk(draft.rules);
  const dirty = JSON.stringify(draft) !== JSON.stringify(original);

  const save = useMutation({
    mutationFn: async (body: TemplateAsk) => {
      if (id) await putV1LimitTemplatesById({ path: { id }, body, throwOnError: true });
      else await postV1LimitTemplates({ body, throwOnError: true });
    },
    onSuccess: () => toastDone(t(id ? 'templates.saved' : 'templates.made', { name })),
  });
  useUnsaved(dirty && !save.isSuccess);

  useEffect(() => {
    if (!save.isSuccess) return;
    void queryClient.invalidateQueries(templatesQuery());
    void navigate({ to: '/cards/templates' });
  }, [save.isSuccess, queryClient, navigate]);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (name && Object.keys(found).length === 0) save.mutate({ ...ask, name, default: draft.chosen });
  };
  const { errors, refused } = useDraftErrors(save.error, found, tried);

  return (
    <form onSubmit={submit} noValidate className={editor.narrow}>
      <div className={editor.fields}>
        <Panel>
          <Stack>
            <TextInput
              label={t('templates.name')}
              description={t('templates.nameNote')}
              value={draft.name}
              maxLength={NAME_MAX}
              onChange={(event) => setDraft({ ...draft, name: event.currentTarget.value })}
              error={tried && !name ? t('field.required') : refused.name}
            />
            <Checkbox
              label={t('templates.forNewCards')}
              description={t('templates.forNewCardsNote')}
              checked={draft.chosen}
              onChange={(event) => setDraft({ ...draft, chosen: event.currentTarget.checked })}
            />
          </Stack>
        </Panel>
        <RulesFields
          draft={draft.rules}
          errors={errors}
          unlimited={t('templates.unlimitedNote')}
          onChange={(changed) => setDraft((now) => ({ ...now, rules: { ...now.rules, ...changed } }))}
        />
        {save.isError && (
          <Note tone="refused" title={say(save.error)} urgent>
            {Object.values(refused).join(' ')}
          </Note>
        )}
      </div>
      <SaveBar
        save={t('templates.save')}
        dirty={dirty}
        saving={save.isPending}
        onDiscard={() => setDraft(original)}
      />
    </form>
  );
}
