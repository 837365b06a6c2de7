import { useQuery } from '@tanstack/react-query';
import { IconTemplate } from '@tabler/icons-react';
import { useParams } from '@tanstack/react-router';
import { useT } from '@/i18n/message';
import { templatesQuery, useTemplateName } from '@/pages/rules/useTemplates';
import { useMay } from '@/session/may';
import { BackLink } from '@/ui/BackLink';
import { Note } from '@/ui/Note';
import { PageHead } from '@/ui/PageHead';
import { Panel } from '@/ui/Panel';
import { Empty, Failed, Loading } from '@/ui/states';
import { TemplateForm } from './TemplateForm';

/** One template to edit; without an id in the address, a new one, which starts as the one that is always there. */
export function TemplatePage() {
  const t = useT();
  const may = useMay();
  const { id } = useParams({ strict: false });
  const nameOf = useTemplateName();
  const { data, error, refetch } = useQuery(templatesQuery());
  const template = data?.find((one) => one.id === (id ?? null));

  return (
    <>
      <PageHead
        title={id && template ? nameOf(template) : t(id ? 'templates.one' : 'templates.new')}
        back={
          <BackLink to="/cards/templates">{t('templates.title')}</BackLink>
        }
        note={t(id ? 'templates.editNote' : 'templates.newNote')}
      />
      {!may('editRules') ? (
        <Note tone="attention">{t('rules.mayNot')}</Note>
      ) : template ? (
        <TemplateForm key={id ?? 'new'} id={id} template={template} />
      ) : (
        <Panel>
          {data ? (
            <Empty icon={<IconTemplate />} title={t('templates.gone')}>
              {t('templates.goneNote')}
            </Empty>
          ) : error ? (
            <Failed error={error} again={() => void refetch()} />
          ) : (
            <Loading words={t('templates.loading')} lines={8} />
          )}
        </Panel>
      )}
    </>
  );
}
