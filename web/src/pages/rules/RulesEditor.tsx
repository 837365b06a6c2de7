import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState, type FormEvent } from 'react';
import { putV1CardsByNumberLimitsMutation } from '@/api/@tanstack/react-query.gen';
import { useLocale } from '@/i18n/locale';
import { useT } from '@/i18n/message';
import { isStale } from '@/http/refused';
import { useProblem } from '@/http/useProblem';
import type { Rules, Template } from '@/model';
import { rulesQuery } from '@/pages/card/useCard';
import { useUnsaved } from '@/session/unsaved';
import { Note } from '@/ui/Note';
import { Overtaken } from '@/ui/Overtaken';
import { toastDone, toastUndo } from '@/ui/toast';
import { useRuleWords } from '@/ui/trade/ruleWords';
import { Sides } from '@/ui/trade/Sides';
import { BackTestPanel } from './BackTestPanel';
import { fingerprint, toAsk, toDraft, type RulesDraft } from './draft';
import classes from './RulesEditor.module.css';
import { RulesFields } from './RulesFields';
import { SaveBar } from './SaveBar';
import { SaveTemplate } from './SaveTemplate';
import { TakeTemplate } from './TakeTemplate';
import { useDraftErrors } from './useDraftErrors';
import { useTemplateName } from './useTemplates';

interface Loaded {
  rules: Rules;
  edition: string;
}

/**
 * Edits a copy. `latest` follows the server while the form is open; when somebody else changes the rules, the
 * form keeps what was typed and asks whose rules shall stand.
 */
export function RulesEditor({ number, latest }: { number: string; latest: Loaded }) {
  const t = useT();
  const { locale } = useLocale();
  const { say } = useProblem();
  const words = useRuleWords();
  const nameOf = useTemplateName();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [base, setBase] = useState(latest);
  const [original, setOriginal] = useState(() => toDraft(latest.rules, locale));
  const [draft, setDraft] = useState(original);
  const [tried, setTried] = useState(false);

  const { ask, errors: found } = toAsk(draft);
  const valid = Object.keys(found).length === 0;
  const dirty = JSON.stringify(draft) !== JSON.stringify(original);
  const differs = fingerprint(ask) !== fingerprint(latest.rules);
  const moved = latest.edition !== base.edition;
  const sameRules = words.all(latest.rules).join('\n') === words.all(base.rules).join('\n');
  const conflict = moved && !sameRules;

  const save = useMutation({
    ...putV1CardsByNumberLimitsMutation(),
    onSuccess: () => toastDone(t('rules.saved')),
    onError: (error) => {
      if (isStale(error)) void queryClient.invalidateQueries(rulesQuery(number));
    },
  });
  useUnsaved(dirty && !save.isSuccess);

  useEffect(() => {
    if (!save.isSuccess) return;
    void queryClient.invalidateQueries();
    void navigate({ to: '/cards/$number', params: { number } });
  }, [save.isSuccess, queryClient, navigate, number]);

  const send = (edition: string) => {
    setTried(true);
    if (!valid) return;
    save.mutate({ path: { number }, headers: { 'If-Match': edition }, body: ask });
  };

  const submit = (event: FormEvent) => {
    event.preventDefault();
    // A change of the card's label moves the edition too; it is no reason to ask.
    send(sameRules ? latest.edition : base.edition);
  };

  const takeTheirs = () => {
    const fresh = toDraft(latest.rules, locale);
    setBase(latest);
    setOriginal(fresh);
    setDraft(fresh);
    save.reset();
  };

  // Nothing was typed yet: the form simply follows the server.
  if (conflict && !dirty) takeTheirs();

  const { errors, refused } = useDraftErrors(save.error, found, tried);
  const unmarked = save.isError && !isStale(save.error);
  const change = (changed: Partial<RulesDraft>) => setDraft((now) => ({ ...now, ...changed }));

  const take = (template: Template) => {
    const before = draft;
    setDraft(toDraft(template, locale));
    setTried(false);
    toastUndo(t('templates.taken', { name: nameOf(template) }), t('common.undo'), () => setDraft(before));
  };

  return (
    <form onSubmit={submit} noValidate>
      <div className={classes.work}>
        <div className={classes.fields}>
          <div className={classes.tools}>
            <TakeTemplate onTake={take} />
            <SaveTemplate rules={valid ? ask : null} onInvalid={() => setTried(true)} />
          </div>
          {conflict && (
            <Overtaken
              title={t('conflict.title')}
              saving={save.isPending}
              onMine={() => send(latest.edition)}
              onTheirs={takeTheirs}
            >
              <Sides
                left={{ title: t('conflict.theirs'), lines: words.all(latest.rules) }}
                right={{ title: t('conflict.mine'), lines: words.all(ask) }}
              />
            </Overtaken>
          )}
          <RulesFields draft={draft} errors={errors} onChange={change} />
          {unmarked && (
            <Note tone="refused" title={say(save.error)} urgent>
              {Object.values(refused).join(' ')}
            </Note>
          )}
        </div>
        <div className={classes.aside}>
          <BackTestPanel number={number} rules={valid && differs ? ask : null} unchanged={!differs} />
        </div>
      </div>
      <SaveBar
        save={t('rules.save')}
        dirty={dirty}
        saving={save.isPending}
        disabled={conflict}
        onDiscard={() => setDraft(original)}
      />
    </form>
  );
}
