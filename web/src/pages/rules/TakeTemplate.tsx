import { Button, Menu } from '@mantine/core';
import { IconChevronDown, IconTemplate } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useT } from '@/i18n/message';
import type { Template } from '@/model';
import { useRuleWords } from '@/ui/trade/ruleWords';
import classes from './TakeTemplate.module.css';
import { templatesQuery, useTemplateName } from './useTemplates';

/** Puts a template's rules into the form; nothing is saved by it. */
export function TakeTemplate({ onTake }: { onTake: (template: Template) => void }) {
  const t = useT();
  const words = useRuleWords();
  const nameOf = useTemplateName();
  const navigate = useNavigate();
  const { data } = useQuery(templatesQuery());
  return (
    <Menu position="bottom-start" width={320} shadow="md" withinPortal={false} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <Button
          variant="default"
          leftSection={<IconTemplate size={18} aria-hidden />}
          rightSection={<IconChevronDown size={16} aria-hidden />}
          disabled={!data}
        >
          {t('templates.take')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown className={classes.list}>
        {data?.map((template) => (
          <Menu.Item key={template.id} onClick={() => onTake(template)}>
            <span className={classes.name}>{nameOf(template)}</span>
            <span className={classes.words}>{words.all(template).join('; ') || t('rules.none')}</span>
          </Menu.Item>
        ))}
        <Menu.Item className={classes.all} onClick={() => void navigate({ to: '/cards/templates' })}>{t('templates.manage')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
