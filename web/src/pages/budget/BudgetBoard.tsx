import { useQuery } from '@tanstack/react-query';
import { IconChartPie } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useT } from '@/i18n/message';
import { JobNote } from '@/pages/fleet/JobNote';
import { useMay } from '@/session/may';
import { usePlanSource } from '@/source/plan';
import { own, useSource } from '@/source/source';
import { Note } from '@/ui/Note';
import { Panel } from '@/ui/Panel';
import { Empty, Failed, Loading } from '@/ui/states';
import classes from './budget.module.css';
import { Plan } from './Plan';
import { PlanButton } from './PlanButton';
import { planned } from './share';
import { Shares } from './Shares';

/** The plan, what is shared of it among cards and what is not; whoever may not change it only sees it. */
export function BudgetBoard() {
  const t = useT();
  const may = useMay();
  const { job } = useSearch({ strict: false });
  const navigate = useNavigate();
  const { reading } = useSource();
  const { data, error, refetch } = useQuery(usePlanSource().budget());

  if (!data) {
    return (
      <Panel>{error ? <Failed error={error} again={() => void refetch()} /> : <Loading words={t('budget.loading')} lines={6} />}</Panel>
    );
  }
  const { budget, edition } = data;
  const show = (id: string | undefined) => void navigate({ to: '.', search: (old) => ({ ...old, job: id }), replace: true });
  return (
    <div className={classes.page}>
      {job && <JobNote key={job} id={job} nameOf={() => undefined} onClose={() => show(undefined)} onJob={show} />}
      {budget.running && !job && <Note title={t('budget.running')}>{t('budget.runningNote')}</Note>}
      {planned(budget).length === 0 ? (
        <Panel>
          <Empty
            icon={<IconChartPie />}
            title={t('budget.none')}
            action={may('editRules') && <PlanButton budget={budget} edition={edition} />}
          >
            {t(reading.whose === own.whose ? 'budget.noneNote' : 'budget.noneOfClient')}
          </Empty>
        </Panel>
      ) : (
        <>
          <Plan budget={budget} edition={edition} />
          <Shares budget={budget} edition={edition} onJob={show} />
        </>
      )}
    </div>
  );
}
