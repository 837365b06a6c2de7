import { queryOptions } from '@tanstack/react-query';
import { useCallback } from 'react';
import { getV1LimitTemplatesOptions } from '@/api/@tanstack/react-query.gen';
import { useT } from '@/i18n/message';
import type { Template, TemplateAsk } from '@/model';

/** The company's templates, after the one that is always there. */
export const templatesQuery = () => queryOptions({ ...getV1LimitTemplatesOptions(), select: ({ items }) => items });

/** What a template is called; the one that is always there has no name of its own. */
export function useTemplateName(): (template: Pick<Template, 'name'>) => string {
  const t = useT();
  return useCallback(({ name }) => name ?? t('templates.fuelOnly'), [t]);
}

/** The request that leaves a template as it is, but for whether new cards get it. */
export function chosenAsk({ name, limits, products, schedule, stations }: Template, chosen: boolean): TemplateAsk {
  return { name: name ?? '', default: chosen, limits, products, schedule, stations };
}

/**
 * What has to be written for new cards to get this template: itself as the chosen one, or, where it is the one that is
 * always there, the one chosen so far as chosen no more. Null where nothing has to be.
 */
export function choosing(template: Template, all: Template[]): { id: string; ask: TemplateAsk } | null {
  if (template.default) return null;
  if (template.id) return { id: template.id, ask: chosenAsk(template, true) };
  const chosen = all.find((one) => one.default && one.id);
  return chosen?.id ? { id: chosen.id, ask: chosenAsk(chosen, false) } : null;
}
