import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { groupedNumber } from '@/format/cardNumber';
import { useT } from '@/i18n/message';
import { cardQuery, rulesQuery } from '@/pages/card/useCard';
import { useMay } from '@/session/may';
import { BackLink } from '@/ui/BackLink';
import { Note } from '@/ui/Note';
import { PageHead } from '@/ui/PageHead';
import { Panel } from '@/ui/Panel';
import { Failed, Loading } from '@/ui/states';
import { RestoreRules } from '@/ui/trade/RestoreRules';
import { RulesEditor } from './RulesEditor';

const route = getRouteApi('/cabinet/client/cards/$number/rules');

export function RulesPage() {
  const t = useT();
  const may = useMay();
  const { number } = route.useParams();
  const card = useQuery(cardQuery(number));
  const rules = useQuery(rulesQuery(number));

  return (
    <>
      <PageHead
        title={t('rules.editTitle')}
        back={
          <BackLink to="/cards/$number" params={{ number }}>{card.data?.card.label || groupedNumber(number)}</BackLink>
        }
        note={
          <>
            {t('rules.allMustPass')} {t('budget.three')}
          </>
        }
        actions={may('editRules') && <RestoreRules number={number} label={card.data?.card.label} />}
      />
      {!may('editRules') ? (
        <Note tone="attention">{t('rules.mayNot')}</Note>
      ) : rules.data ? (
        <RulesEditor key={number} number={number} latest={rules.data} />
      ) : (
        <Panel>
          {rules.isError ? (
            <Failed error={rules.error} again={() => void rules.refetch()} />
          ) : (
            <Loading words={t('rules.loading')} lines={8} />
          )}
        </Panel>
      )}
    </>
  );
}
