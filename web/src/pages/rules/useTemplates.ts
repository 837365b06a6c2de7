import { queryOptions } from '@tanstack/react-query';
import { useCallback } from 'react';
import { getV1LimitTemplatesOptions } from '@/api/@tanstack/react-query.gen';
import { useT } from '@/i18n/message';
import type { Template } from '@/model';

/** The company's templates, after the one that is always there. */
export const templatesQuery = () => queryOptions({ ...getV1LimitTemplatesOptions(), select: ({ items }) => items });

/** What a template is called; the one that is always there has no name of its own. */
export function useTemplateName(): (template: Pick<Template, 'name'>) => string {
  const t = useT();
  return useCallback(({ name }) => name ?? t('templates.fuelOnly'), [t]);
}
