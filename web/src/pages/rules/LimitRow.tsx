import { ActionIcon, MultiSelect, NativeSelect, TextInput, Tooltip } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useProducts } from '@/format/useFormat';
import { useT } from '@/i18n/message';
import type { Measure, Period } from '@/model';
import { MEASURES_COMMON, MEASURES_MORE, PERIODS_COMMON, PERIODS_MORE, type LimitDraft } from './draft';
import classes from './LimitsEditor.module.css';

interface LimitRowProps {
  limit: LimitDraft;
  /** Its place in the list, for the names of its fields. */
  place: number;
  amountError?: string;
  productsError?: string;
  onChange: (limit: LimitDraft) => void;
  onRemove: () => void;
}

const option = (value: Measure | Period, label: string) => ({ value, label });

/** One cap: how much, of what, over which time, for which products. What is rarely wanted stands under «Ещё». */
export function LimitRow({ limit, place, amountError, productsError, onChange, onRemove }: LimitRowProps) {
  const t = useT();
  const { items } = useProducts();
  const remove = t('rules.removeLimit', { place });
  return (
    <div className={classes.row} role="group" aria-label={t('rules.limitPlace', { place })}>
      <TextInput
        label={t('rules.noMoreThan')}
        inputMode="decimal"
        value={limit.amount}
        onChange={(event) => onChange({ ...limit, amount: event.currentTarget.value })}
        error={amountError}
      />
      <NativeSelect
        label={t('rules.measure')}
        value={limit.measure}
        onChange={(event) => onChange({ ...limit, measure: event.currentTarget.value as Measure })}
        data={[
          ...MEASURES_COMMON.map((measure) => option(measure, t(`measure.${measure}`))),
          { group: t('rules.more'), items: MEASURES_MORE.map((measure) => option(measure, t(`measure.${measure}`))) },
        ]}
      />
      <div className={classes.period}>
        <NativeSelect
          label={t('rules.period')}
          value={limit.period}
          onChange={(event) => onChange({ ...limit, period: event.currentTarget.value as Period })}
          data={[
            ...PERIODS_COMMON.map((period) => option(period, t(`periodChoice.${period}`))),
            { group: t('rules.more'), items: PERIODS_MORE.map((period) => option(period, t(`periodChoice.${period}`))) },
          ]}
        />
      </div>
      <div className={classes.products}>
        <MultiSelect
          label={t('rules.forProducts')}
          placeholder={limit.products.length === 0 ? t('rules.forAll') : undefined}
          value={limit.products}
          onChange={(products) => onChange({ ...limit, products })}
          data={items.map(({ code, name }) => ({ value: code, label: name }))}
          error={productsError}
          clearable
        />
      </div>
      <Tooltip label={remove}>
        <ActionIcon className={classes.remove} variant="subtle" color="gray" size="xl" aria-label={remove} onClick={onRemove}>
          <IconTrash size={19} />
        </ActionIcon>
      </Tooltip>
    </div>
  );
}
