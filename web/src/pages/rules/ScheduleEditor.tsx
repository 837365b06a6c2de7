import { Chip, Input, Stack, Switch, TextInput } from '@mantine/core';
import { useFormat } from '@/format/useFormat';
import { useT } from '@/i18n/message';
import { Panel } from '@/ui/Panel';
import type { ScheduleDraft } from './draft';
import classes from './ScheduleEditor.module.css';

const WEEK = [1, 2, 3, 4, 5, 6, 7];

interface ScheduleEditorProps {
  schedule: ScheduleDraft;
  errors: Record<string, string>;
  onChange: (schedule: ScheduleDraft) => void;
}

/** Weekdays and hours; a span past midnight belongs to the day it starts. */
export function ScheduleEditor({ schedule, errors, onChange }: ScheduleEditorProps) {
  const t = useT();
  const format = useFormat();
  const pastMidnight = schedule.from !== '' && schedule.to !== '' && schedule.to < schedule.from;
  return (
    <Panel title={t('rules.schedule')}>
      <Stack gap="md">
        <Switch
          label={t('rules.limitSchedule')}
          checked={schedule.limited}
          onChange={(event) => onChange({ ...schedule, limited: event.currentTarget.checked })}
        />
        {schedule.limited && (
          <>
            <div>
              <div className={classes.days} role="group" aria-label={t('rules.weekdays')}>
                <Chip.Group
                  multiple
                  value={schedule.weekdays.map(String)}
                  onChange={(days) => onChange({ ...schedule, weekdays: days.map(Number) })}
                >
                  {WEEK.map((day) => (
                    <Chip key={day} value={String(day)}>
                      {format.weekday(day)}
                    </Chip>
                  ))}
                </Chip.Group>
              </div>
              {errors['schedule.weekdays'] && <Input.Error mt={6}>{errors['schedule.weekdays']}</Input.Error>}
            </div>
            <div className={classes.hours}>
              <TextInput
                type="time"
                label={t('rules.from')}
                value={schedule.from}
                onChange={(event) => onChange({ ...schedule, from: event.currentTarget.value })}
                error={errors['schedule.from']}
              />
              <TextInput
                type="time"
                label={t('rules.to')}
                value={schedule.to}
                onChange={(event) => onChange({ ...schedule, to: event.currentTarget.value })}
                error={errors['schedule.to']}
              />
            </div>
            {pastMidnight && <p className="muted">{t('rules.pastMidnight')}</p>}
          </>
        )}
      </Stack>
    </Panel>
  );
}
