import { Stack, TextInput } from '@mantine/core';
import { useT } from '@/i18n/message';
import { FACTS, type FactsDraft } from './facts';
import classes from './recovery.module.css';

interface FactsProps {
  draft: FactsDraft;
  onChange: (draft: FactsDraft) => void;
  /** The refused facts, as `confirm.<fact>`. */
  errors: Record<string, string>;
  /** What is missing of all of them together. */
  missing?: string | null;
}

/** Four fields of which two are enough. */
export function Facts({ draft, onChange, errors, missing }: FactsProps) {
  const t = useT();
  return (
    <fieldset className={classes.facts} aria-describedby="facts-note">
      <legend>{t('facts.title')}</legend>
      <p id="facts-note" className="muted">
        {t('facts.note')}
      </p>
      <Stack gap="sm" mt="sm">
        {FACTS.map((fact) => (
          <TextInput
            key={fact}
            label={t(`facts.${fact}`)}
            placeholder={t(`factsExample.${fact}`)}
            value={draft[fact]}
            onChange={(event) => onChange({ ...draft, [fact]: event.currentTarget.value })}
            error={errors[`confirm.${fact}`]}
            inputMode={fact === 'phone' ? 'tel' : fact === 'inn' ? 'numeric' : undefined}
            autoComplete="off"
            maxLength={120}
          />
        ))}
      </Stack>
      <p role="alert" className={classes.missing}>
        {missing}
      </p>
    </fieldset>
  );
}
