import { useQuery } from '@tanstack/react-query';
import { IconPlus, IconTemplate } from '@tabler/icons-react';
import { useT } from '@/i18n/message';
import { templatesQuery } from '@/pages/rules/useTemplates';
import { useMay } from '@/session/may';
import { BackLink } from '@/ui/BackLink';
import { LinkButton } from '@/ui/LinkButton';
import { PageHead } from '@/ui/PageHead';
import { Panel } from '@/ui/Panel';
import { Empty, Failed, Loading } from '@/ui/states';
import { TemplatePanel } from './TemplatePanel';
import classes from './templates.module.css';

/** Rules with names: what cards can be given, and what new cards get. */
export function TemplatesPage() {
  const t = useT();
  const may = useMay();
  const { data, error, refetch } = useQuery(templatesQuery());
  const make = (variant: 'filled' | 'light') => (
    <LinkButton to="/cards/templates/new" variant={variant} leftSection={<IconPlus size={18} aria-hidden />}>
      {t('templates.new')}
    </LinkButton>
  );

  return (
    <>
      <PageHead
        title={t('templates.title')}
        back={
          <BackLink to="/cards">{t('frame.cards')}</BackLink>
        }
        note={t('templates.note')}
        actions={may('editRules') && make('filled')}
      />
      {data ? (
        <div className={classes.list}>
          {data.map((template) => (
            <TemplatePanel key={template.id} template={template} all={data} />
          ))}
          {data.length === 1 && (
            <Panel>
              <Empty icon={<IconTemplate />} title={t('templates.none')} action={may('editRules') && make('light')}>
                {t('templates.noneNote')}
              </Empty>
            </Panel>
          )}
        </div>
      ) : (
        <Panel>
          {error ? <Failed error={error} again={() => void refetch()} /> : <Loading words={t('templates.loading')} lines={6} />}
        </Panel>
      )}
    </>
  );
}
