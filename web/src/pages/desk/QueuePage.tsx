import { NativeSelect } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useT } from '@/i18n/message';
import { CARES, TICKET_STATES } from '@/search';
import { ChoiceLinks } from '@/ui/ChoiceLinks';
import filters from '@/ui/filters.module.css';
import { PageHead } from '@/ui/PageHead';
import { CompanyPicker } from './CompanyPicker';
import { DeskLinks } from './DeskLinks';
import { StaffTickets } from './StaffTickets';

const route = getRouteApi('/cabinet/staff/tickets');

/** The staff's queue: who waits longest stands first. */
export function QueuePage() {
  const t = useT();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { state, assigned, company } = search;
  // A company's are all shown unless said; of everybody's those that wait.
  const waiting = (state ?? (company ? undefined : 'waiting')) === 'waiting';
  const plain = waiting && !assigned && !company;
  return (
    <>
      <PageHead title={t('frame.staffTickets')} note={t('queue.note')} />
      <DeskLinks />
      <div className={filters.bar} role="search">
        <CompanyPicker
          value={company}
          onChange={(id) => void navigate({ search: (old) => ({ ...old, company: id }), replace: true })}
        />
        <NativeSelect
          aria-label={t('queue.care')}
          value={assigned ?? ''}
          onChange={(event) => {
            const chosen = CARES.find((one) => one === event.currentTarget.value);
            void navigate({ search: (old) => ({ ...old, assigned: chosen }), replace: true });
          }}
          data={[
            { value: '', label: t('queue.anyone') },
            { value: 'me', label: t('queue.mine') },
            { value: 'nobody', label: t('queue.nobodys') },
          ]}
        />
      </div>
      <ChoiceLinks
        label={t('tickets.which')}
        links={[
          ...(company
            ? [{ label: t('tickets.all'), to: { to: '/staff/tickets' as const, search: { ...search, state: undefined } }, current: !state }]
            : []),
          ...TICKET_STATES.map((one) => ({
            label: t(`ticketStates.${one}`),
            to: { to: '/staff/tickets' as const, search: { ...search, state: !company && one === 'waiting' ? undefined : one } },
            current: state === one || (one === 'waiting' && waiting),
          })),
        ]}
      />
      <StaffTickets
        query={{ state, assigned, company_id: company }}
        waiting={waiting}
        none={
          plain
            ? { title: t('queue.none'), note: t('queue.noneNote'), found: false }
            : { title: t('tickets.noneSuch'), found: true }
        }
      />
    </>
  );
}
