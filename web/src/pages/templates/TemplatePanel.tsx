import { IconInfinity } from '@tabler/icons-react';
import { useT } from '@/i18n/message';
import type { Template } from '@/model';
import lines from '@/pages/rules/TemplateLines.module.css';
import { useTemplateName } from '@/pages/rules/useTemplates';
import { useMay } from '@/session/may';
import { Badge } from '@/ui/Badge';
import { LinkButton } from '@/ui/LinkButton';
import { Panel } from '@/ui/Panel';
import { useRuleWords } from '@/ui/trade/ruleWords';
import { RemoveTemplate } from './RemoveTemplate';
import classes from './templates.module.css';

/** One template in words, and what can be done with it. */
export function TemplatePanel({ template }: { template: Template }) {
  const t = useT();
  const may = useMay();
  const words = useRuleWords();
  const name = useTemplateName()(template);
  const told = words.all(template);
  return (
    <Panel title={name}>
      <div className={classes.template}>
        {template.limits.length === 0 && (
          <div className={classes.badges}>
            <Badge tone="attention" icon={<IconInfinity size={15} aria-hidden />}>
              {t('templates.unlimited')}
            </Badge>
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
        {may('editRules') && template.id && (
          <div className={classes.acts}>
            <LinkButton
              to="/cards/templates/$id"
              params={{ id: template.id }}
              variant="light"
              size="compact-md"
              aria-label={t('templates.editNamed', { name })}
            >
              {t('rules.edit')}
            </LinkButton>
            <RemoveTemplate id={template.id} name={name} />
          </div>
        )}
      </div>
    </Panel>
  );
}
