import type { ReactNode } from 'react';
import { isNegative, isZero } from '@/format/amounts';
import { units } from '@/format/sums';
import { useFormat } from '@/format/useFormat';
import { Phone, useContacts } from '@/frame/contacts';
import { useT } from '@/i18n/message';
import type { Balance } from '@/model';
import { Figure } from '@/ui/Figure';
import { Note } from '@/ui/Note';
import { Panel } from '@/ui/Panel';
import classes from './Money.module.css';

const FEW_DAYS = 3;

interface MoneyProps {
  balance: Balance;
  /** Less than this is little, as the company said; nothing where it did not. */
  threshold?: string | null;
  actions?: ReactNode;
}

/** What the company can spend, large; what that is made of, under it. */
export function Money({ balance, threshold, actions }: MoneyProps) {
  const t = useT();
  const format = useFormat();
  const { accounting } = useContacts();
  const debt = isNegative(balance.balance);
  const spent = !isZero(balance.available) && !isNegative(balance.available);
  const days = balance.days_left ?? null;
  const basis = balance.days_left_basis;
  const low = typeof threshold === 'string' && units('roubles', balance.available) < units('roubles', threshold);

  return (
    <Panel actions={actions}>
      <Figure
        size="large"
        label={t('overview.available')}
        value={format.roubles(balance.available)}
        tone={spent ? 'plain' : 'refused'}
        note={
          spent &&
          days !== null && (
            <>
              {t('overview.daysLeft', { days })}
              {basis && (
                <div>
                  {t('overview.daysLeftBasis', {
                    amount: format.roubles(basis.per_day),
                    days: basis.days,
                    from: format.date(basis.from),
                    to: format.date(basis.to),
                  })}
                </div>
              )}
            </>
          )
        }
      />
      {!spent && (
        <div className={classes.note}>
          <Note tone="refused" title={t('overview.noMoney')}>
            {t('overview.noMoneyNote')} <Phone number={accounting} />
          </Note>
        </div>
      )}
      {spent && (low || (days !== null && days <= FEW_DAYS)) && (
        <div className={classes.note}>
          <Note tone="attention" title={low ? t('overview.belowThreshold', { threshold: format.roubles(threshold) }) : undefined}>
            {t('overview.fewDays')}
          </Note>
        </div>
      )}
      <div className={classes.figures}>
        <Figure
          label={t(debt ? 'overview.debt' : 'overview.balance')}
          value={format.roubles(debt ? balance.balance.slice(1) : balance.balance)}
          tone={debt ? 'refused' : 'plain'}
        />
        <Figure label={t('overview.held')} value={format.roubles(balance.held)} note={isZero(balance.held) ? undefined : t('overview.heldNote')} />
        {!isZero(balance.on_purses) && <Figure label={t('overview.onPurses')} value={format.roubles(balance.on_purses)} />}
        {!isZero(balance.credit_limit) && <Figure label={t('overview.credit')} value={format.roubles(balance.credit_limit)} />}
        <Figure label={t('overview.spentToday')} value={format.roubles(balance.spent_today)} />
        <Figure label={t('overview.spentMonth')} value={format.roubles(balance.spent_this_month)} />
      </div>
    </Panel>
  );
}
