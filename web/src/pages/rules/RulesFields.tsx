import { useT } from '@/i18n/message';
import type { RulesDraft } from './draft';
import { LimitsEditor } from './LimitsEditor';
import { ProductsEditor, StationsEditor } from './ListEditors';
import { ScheduleEditor } from './ScheduleEditor';

interface RulesFieldsProps {
  draft: RulesDraft;
  /** In words, by the field's path in the request's body. */
  errors: Record<string, string>;
  /** What it means that there is no limit at all. */
  unlimited?: string;
  onChange: (changed: Partial<RulesDraft>) => void;
}

/** Everything rules consist of, the same for a card and for a template. */
export function RulesFields({ draft, errors, unlimited, onChange }: RulesFieldsProps) {
  const t = useT();
  return (
    <>
      <LimitsEditor
        limits={draft.limits}
        errors={errors}
        unlimited={unlimited ?? t('card.unlimitedNote')}
        onChange={(limits) => onChange({ limits })}
      />
      <ProductsEditor rule={draft.products} error={errors['products.codes']} onChange={(products) => onChange({ products })} />
      <ScheduleEditor schedule={draft.schedule} errors={errors} onChange={(schedule) => onChange({ schedule })} />
      <StationsEditor rule={draft.stations} error={errors['stations.codes']} onChange={(stations) => onChange({ stations })} />
    </>
  );
}
