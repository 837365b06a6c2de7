import { NativeSelect } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { postV1LimitTemplatesByIdApply } from '@/api/sdk.gen';
import type { ApplyAsk } from '@/api/types.gen';
import { useT } from '@/i18n/message';
import type { Template } from '@/model';
import { Failures } from '@/pages/fleet/Failures';
import lines from '@/pages/rules/TemplateLines.module.css';
import { templatesQuery, useTemplateName } from '@/pages/rules/useTemplates';
import { useSource } from '@/source/source';
import { ActDialog } from '@/ui/ActDialog';
import { Note } from '@/ui/Note';
import { toastDone } from '@/ui/toast';
import { useRuleWords } from '@/ui/trade/ruleWords';

const ALL = 'all';
const GROUP = 'group:';

const unnamed = () => undefined;

interface GiveRulesProps {
  /** Whose rules are given; without it one is chosen here. */
  template?: Template;
  /** Who gets them; without it they are chosen here. */
  cards?: { ask: ApplyAsk; count: number | null };
  nameOf?: (number: string) => string | undefined;
  onClose: () => void;
  /** Many cards are a job of the server's. */
  onJob: (id: string) => void;
}

/** Gives many cards the rules of a template, having said whose rules that replaces. */
export function GiveRules({ template, cards, nameOf = unnamed, onClose, onJob }: GiveRulesProps) {
  const t = useT();
  const words = useRuleWords();
  const nameOfTemplate = useTemplateName();
  const queryClient = useQueryClient();
  const { data: templates } = useQuery(templatesQuery());
  const { data: groups } = useQuery(useSource().groups());
  const own = templates?.filter(({ id }) => id) ?? [];
  const [id, setId] = useState<string>();
  const [whom, setWhom] = useState(ALL);
  const chosen = template ?? own.find((one) => one.id === id) ?? own[0];
  const ofGroup = groups?.find(({ group }) => GROUP + group === whom);
  const count = cards ? cards.count : (ofGroup?.cards ?? groups?.reduce((all, one) => all + (one.cards ?? 0), 0) ?? null);
  const subject = count === null ? t('fleet.allFound') : t('fleet.cards', { count });

  const give = useMutation({
    mutationFn: async () => {
      const ask: ApplyAsk = cards?.ask ?? (whom === ALL ? { all: true } : { group: whom.slice(GROUP.length) });
      return (await postV1LimitTemplatesByIdApply({ path: { id: chosen?.id ?? '' }, body: ask, throwOnError: true })).data;
    },
    onSuccess: (answer) => {
      if ('job_id' in answer) {
        onJob(answer.job_id);
        return;
      }
      const good = answer.results.filter(({ ok }) => ok).length;
      if (good > 0) toastDone(t('templates.given', { count: good }));
      if (good === answer.results.length) onClose();
    },
    onSettled: () => queryClient.invalidateQueries(),
  });

  const failed = new Map<string, string[]>();
  if (give.data && 'results' in give.data) {
    for (const { number, ok, code } of give.data.results) {
      if (!ok && code) failed.set(code, [...(failed.get(code) ?? []), number]);
    }
  }
  const told = chosen ? words.all(chosen) : [];

  return (
    <ActDialog
      opened
      onClose={onClose}
      title={t('templates.giveTitle', { subject })}
      submit={t('templates.give')}
      onSubmit={() => give.mutate()}
      act={give}
      disabled={!chosen?.id || failed.size > 0}
    >
      {failed.size > 0 && (
        <Note tone="attention" urgent title={t('templates.notGiven')}>
          <Failures failed={failed} nameOf={nameOf} />
        </Note>
      )}
      {!template && own.length > 0 && (
        <NativeSelect
          label={t('templates.which')}
          value={chosen?.id ?? ''}
          onChange={(event) => setId(event.currentTarget.value)}
          data={own.map((one) => ({ value: one.id ?? '', label: nameOfTemplate(one) }))}
          data-autofocus
        />
      )}
      {!template && templates && own.length === 0 && <Note tone="attention">{t('templates.noneNote')}</Note>}
      {!cards && (
        <NativeSelect
          label={t('templates.whom')}
          value={whom}
          onChange={(event) => setWhom(event.currentTarget.value)}
          data={[
            { value: ALL, label: t('templates.toAll') },
            ...(groups ?? []).filter(({ group }) => group).map(({ group }) => ({ value: GROUP + group, label: t('budget.amongGroup', { group }) })),
          ]}
          data-autofocus
        />
      )}
      {chosen && (
        <ul className={lines.lines}>
          {told.length > 0 ? told.map((line) => <li key={line}>{line}</li>) : <li>{t('rules.none')}</li>}
        </ul>
      )}
      <p>{t('templates.giveWhat', { subject })}</p>
    </ActDialog>
  );
}
