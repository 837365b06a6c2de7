import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconInfinity, IconStar } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { putV1LimitTemplatesByIdMutation } from '@/api/@tanstack/react-query.gen';
import { useProblem } from '@/http/useProblem';
import { useT } from '@/i18n/message';
import type { Template } from '@/model';
import lines from '@/pages/rules/TemplateLines.module.css';
import { choosing, templatesQuery, useTemplateName } from '@/pages/rules/useTemplates';
import { useMay } from '@/session/may';
import { Badge } from '@/ui/Badge';
import { LinkButton } from '@/ui/LinkButton';
import { Panel } from '@/ui/Panel';
import { toastDone, toastFailed } from '@/ui/toast';
import { useRuleWords } from '@/ui/trade/ruleWords';
import { GiveRules } from './GiveRules';
import { RemoveTemplate } from './RemoveTemplate';
import classes from './templates.module.css';

interface TemplatePanelProps {
  template: Template;
  all: Template[];
}

/** One template in words, and what can be done with it. */
export function TemplatePanel({ template, all }: TemplatePanelProps) {
  const t = useT();
  const may = useMay();
  const words = useRuleWords();
  const name = useTemplateName()(template);
  const told = words.all(template);
  return (
    <Panel title={name}>
      <div className={classes.template}>
        {(template.default || template.limits.length === 0) && (
          <div className={classes.badges}>
            {template.default && (
              <Badge tone="good" icon={<IconStar size={15} aria-hidden />}>
                {t('templates.chosen')}
              </Badge>
            )}
            {template.limits.length === 0 && (
              <Badge tone="attention" icon={<IconInfinity size={15} aria-hidden />}>
                {t('templates.unlimited')}
              </Badge>
            )}
          </div>
        )}
        {told.length > 0 ? (
          <ul className={lines.lines}>
            {told.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        ) : (
          <p>{t('rules.noneNote')}</p>
        )}
        {!template.id && <p className="muted">{t('templates.always')}</p>}
        {may('editRules') && (template.id || !template.default) && (
          <div className={classes.acts}>
            {template.id && (
              <LinkButton to="/cards/templates/$id" params={{ id: template.id }} variant="light" size="compact-md" aria-label={t('templates.editNamed', { name })}>
                {t('rules.edit')}
              </LinkButton>
            )}
            {template.id && <GiveButton template={template} name={name} />}
            {!template.default && <ChooseButton template={template} all={all} name={name} />}
            {template.id && <RemoveTemplate id={template.id} name={name} chosen={template.default} />}
          </div>
        )}
      </div>
    </Panel>
  );
}

function GiveButton({ template, name }: { template: Template; name: string }) {
  const t = useT();
  const navigate = useNavigate();
  const [opened, dialog] = useDisclosure(false);
  return (
    <>
      <Button variant="light" size="compact-md" aria-label={t('templates.giveNamed', { name })} onClick={dialog.open}>
        {t('templates.give')}
      </Button>
      {opened && (
        <GiveRules template={template} onClose={dialog.close} onJob={(job) => void navigate({ to: '/cards', search: { job } })} />
      )}
    </>
  );
}

function ChooseButton({ template, all, name }: TemplatePanelProps & { name: string }) {
  const t = useT();
  const { say } = useProblem();
  const queryClient = useQueryClient();
  const choose = useMutation({
    ...putV1LimitTemplatesByIdMutation(),
    onSuccess: () => toastDone(t('templates.nowChosen', { name })),
    onError: (error) => toastFailed(say(error)),
    onSettled: () => queryClient.invalidateQueries(templatesQuery()),
  });
  const change = choosing(template, all);
  if (!change) return null;
  return (
    <Button
      variant="subtle"
      size="compact-md"
      aria-label={t('templates.chooseNamed', { name })}
      loading={choose.isPending}
      onClick={() => choose.mutate({ path: { id: change.id }, body: change.ask })}
    >
      {t('templates.choose')}
    </Button>
  );
}
