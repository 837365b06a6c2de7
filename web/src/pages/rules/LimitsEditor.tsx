import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useT } from '@/i18n/message';
import { Panel } from '@/ui/Panel';
import { Note } from '@/ui/Note';
import { LIMITS_MAX, newLimit, type LimitDraft } from './draft';
import { LimitRow } from './LimitRow';
import classes from './LimitsEditor.module.css';

interface LimitsEditorProps {
  limits: LimitDraft[];
  errors: Record<string, string>;
  /** What it means that there is none. */
  unlimited: string;
  onChange: (limits: LimitDraft[]) => void;
}

export function LimitsEditor({ limits, errors, unlimited, onChange }: LimitsEditorProps) {
  const t = useT();
  return (
    <Panel
      title={t('rules.limits')}
      actions={
        <Button
          variant="light"
          size="compact-md"
          leftSection={<IconPlus size={17} />}
          disabled={limits.length >= LIMITS_MAX}
          onClick={() => onChange([...limits, newLimit()])}
        >
          {t('rules.addLimit')}
        </Button>
      }
    >
      {limits.length === 0 ? (
        <Note tone="attention" title={t('cards.unlimited')}>
          {unlimited}
        </Note>
      ) : (
        <ol className={classes.list}>
          {limits.map((limit, index) => (
            <li key={limit.key}>
              <LimitRow
                limit={limit}
                place={index + 1}
                amountError={errors[`limits.${index}.amount`] ?? errors[`limits.${index}`]}
                productsError={errors[`limits.${index}.products`]}
                onChange={(changed) => onChange(limits.map((old) => (old.key === limit.key ? changed : old)))}
                onRemove={() => onChange(limits.filter((old) => old.key !== limit.key))}
              />
            </li>
          ))}
        </ol>
      )}
      {errors.limits && (
        <Note tone="refused" urgent>
          {errors.limits}
        </Note>
      )}
    </Panel>
  );
}
