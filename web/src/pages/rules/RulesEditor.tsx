import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState, type FormEvent } from 'react';
import { putV1CardsByNumberLimitsMutation } from '@/api/@tanstack/react-query.gen';
import { useLocale } from '@/i18n/locale';
import { useT } from '@/i18n/message';
import { Refused } from '@/http/refused';
import { useProblem } from '@/http/useProblem';
import type { Rules } from '@/model';
import { rulesQuery } from '@/pages/card/useCard';
import { useUnsaved } from '@/session/unsaved';
import { Note } from '@/ui/Note';
import { toastDone } from '@/ui/toast';
import { useRuleWords } from '@/ui/trade/ruleWords';
import { Conflict } from './Conflict';
import { toAsk, toDraft, type RulesDraft } from './draft';
import { LimitsEditor } from './LimitsEditor';
import { ProductsEditor, StationsEditor } from './ListEditors';
import classes from './RulesEditor.module.css';
import { ScheduleEditor } from './ScheduleEditor';

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
  const { say, fieldErrors } = useProblem();
  const words = useRuleWords();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [base, setBase] = useState(latest);
  const [original, setOriginal] = useState(() => toDraft(latest.rules, locale));
  const [draft, setDraft] = useState(original);
  const [tried, setTried] = useState(false);

  const { ask, errors: found } = toAsk(draft);
  const dirty = JSON.stringify(draft) !== JSON.stringify(original);
  const moved = latest.edition !== base.edition;
  const sameRules = words.all(latest.rules).join('\n') === words.all(base.rules).join('\n');
  const conflict = moved && !sameRules;

  const save = useMutation({
    ...putV1CardsByNumberLimitsMutation(),
    onSuccess: () => toastDone(t('rules.saved')),
    onError: (error) => {
      if (error instanceof Refused && error.status === 412) void queryClient.invalidateQueries(rulesQuery(number));
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
    if (Object.keys(found).length > 0) return;
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

  const refused = fieldErrors(save.error);
  const errors: Record<string, string> = {
    ...refused,
    ...(tried ? Object.fromEntries(Object.entries(found).map(([field, what]) => [field, t(`rules.wrong.${what}`)])) : {}),
  };
  const unmarked = save.isError && !(save.error instanceof Refused && save.error.status === 412);
  const change = (changed: Partial<RulesDraft>) => setDraft((now) => ({ ...now, ...changed }));

  return (
    <form onSubmit={submit} noValidate className={classes.form}>
      {conflict && (
        <Conflict
          theirs={words.all(latest.rules)}
          mine={words.all(ask)}
          onMine={() => send(latest.edition)}
          onTheirs={takeTheirs}
          saving={save.isPending}
        />
      )}
      <LimitsEditor limits={draft.limits} errors={errors} onChange={(limits) => change({ limits })} />
      <ProductsEditor rule={draft.products} error={errors['products.codes']} onChange={(products) => change({ products })} />
      <ScheduleEditor schedule={draft.schedule} errors={errors} onChange={(schedule) => change({ schedule })} />
      <StationsEditor rule={draft.stations} error={errors['stations.codes']} onChange={(stations) => change({ stations })} />
      {unmarked && (
        <Note tone="refused" title={say(save.error)} urgent>
          {Object.values(refused).join(' ')}
        </Note>
      )}
      <div className={classes.bar}>
        <span className="muted" role="status">
          {t(dirty ? 'rules.unsaved' : 'rules.unchanged')}
        </span>
        <Button variant="default" disabled={!dirty} onClick={() => setDraft(original)}>
          {t('rules.discard')}
        </Button>
        <Button type="submit" disabled={!dirty || conflict} loading={save.isPending}>
          {t('rules.save')}
        </Button>
      </div>
    </form>
  );
}
