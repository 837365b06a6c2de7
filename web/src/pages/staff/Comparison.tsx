import { IconAlertTriangle, IconCircleCheck, IconMinus } from '@tabler/icons-react';
import { useT } from '@/i18n/message';
import type { Claim } from '@/model';
import { Badge } from '@/ui/Badge';
import { Panel } from '@/ui/Panel';
import { Table } from '@/ui/Table';
import table from '@/ui/table.module.css';
import classes from './ClaimPage.module.css';

const FACTS = ['inn', 'contract_number', 'full_name', 'phone', 'email'] as const;

/** What was said beside what is on file; each line says in a word whether the two agree. */
export function Comparison({ claim }: { claim: Claim }) {
  const t = useT();
  return (
    <Panel title={t('desk.comparison')} flush>
      <Table
        label={t('desk.comparison')}
        head={
          <>
            <th scope="col">{t('desk.fact')}</th>
            <th scope="col">{t('desk.claimed')}</th>
            <th scope="col">{t('desk.onFile')}</th>
            <th scope="col">{t('desk.outcome')}</th>
          </>
        }
      >
        {FACTS.map((fact) => (
          <tr key={fact} data-differs={claim.differences.includes(fact) || undefined} className={classes.fact}>
            <th scope="row" className={classes.name}>
              {t(`desk.fact.${fact}`)}
            </th>
            <td className={classes.value} data-name={t('desk.claimed')}>
              {claim.claimed[fact] ?? <span className="muted">{t('desk.notSaid')}</span>}
            </td>
            <td className={classes.value} data-name={t('desk.onFile')}>
              {claim.on_file[fact] ?? <span className="muted">{t('desk.notOnFile')}</span>}
            </td>
            <td className={table.wide}>
              <Outcome claim={claim} fact={fact} />
            </td>
          </tr>
        ))}
      </Table>
    </Panel>
  );
}

function Outcome({ claim, fact }: { claim: Claim; fact: (typeof FACTS)[number] }) {
  const t = useT();
  if (claim.claimed[fact] === null) {
    return (
      <Badge tone="quiet" icon={<IconMinus aria-hidden />}>
        {t('desk.nothingToCompare')}
      </Badge>
    );
  }
  if (claim.differences.includes(fact)) {
    return (
      <Badge tone={fact === 'email' ? 'attention' : 'refused'} icon={<IconAlertTriangle aria-hidden />}>
        {t(fact === 'email' ? 'desk.asksNew' : 'desk.differs')}
      </Badge>
    );
  }
  return (
    <Badge tone="good" icon={<IconCircleCheck aria-hidden />}>
      {t('desk.same')}
    </Badge>
  );
}
