import { useQuery } from '@tanstack/react-query';
import { IconAdjustments } from '@tabler/icons-react';
import { useT } from '@/i18n/message';
import type { CardDetails } from '@/model';
import { useMay } from '@/session/may';
import { Panel } from '@/ui/Panel';
import { Failed, Loading } from '@/ui/states';
import { RulesInForce } from './RulesInForce';
import { rulesQuery } from './useCard';
import { LinkButton } from '@/ui/LinkButton';

/** The card's rules, and the way to change them. */
export function CardRules({ card: { number, status } }: { card: CardDetails }) {
  const t = useT();
  const may = useMay();
  const { data, error, refetch } = useQuery(rulesQuery(number));
  const edit = may('editRules') && status !== 'closed' && (
    <LinkButton
      to="/cards/$number/rules"
      params={{ number }}
      variant="light"
      size="compact-md"
      leftSection={<IconAdjustments size={17} />}
    >
      {t('rules.edit')}
    </LinkButton>
  );

  if (!data) {
    return (
      <Panel title={t('rules.title')}>
        {error ? <Failed error={error} again={() => void refetch()} /> : <Loading words={t('rules.loading')} />}
      </Panel>
    );
  }

  return (
    <Panel title={t('rules.title')} actions={edit}>
      <RulesInForce rules={data.rules} />
    </Panel>
  );
}
