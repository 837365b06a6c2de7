import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconCashBanknoteOff, IconFileImport, IconPlus } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { getV1StaffPaymentsUnmatchedInfiniteOptions } from '@/api/@tanstack/react-query.gen';
import type { GetV1StaffPaymentsUnmatchedResponse } from '@/api/types.gen';
import { useFormat } from '@/format/useFormat';
import { livePages } from '@/http/live';
import { useT } from '@/i18n/message';
import { ChoiceLinks } from '@/ui/ChoiceLinks';
import inset from '@/ui/inset.module.css';
import { LinkButton } from '@/ui/LinkButton';
import { MoreButton } from '@/ui/MoreButton';
import { PageHead } from '@/ui/PageHead';
import { Panel } from '@/ui/Panel';
import { Empty, Failed, Loading } from '@/ui/states';
import { Table } from '@/ui/Table';
import table from '@/ui/table.module.css';
import { AssignDialog } from './AssignDialog';
import { Proposal } from './Proposal';
import { RecordUnmatched } from './RecordUnmatched';

const route = getRouteApi('/cabinet/staff/payments');

export type UnmatchedPayment = GetV1StaffPaymentsUnmatchedResponse['items'][number];

/** Payments whose payer is not known, until somebody says whose they are. */
export function UnmatchedPage() {
  const t = useT();
  const format = useFormat();
  const state = route.useSearch().state === 'closed' ? 'assigned' : 'open';
  const [recording, dialog] = useDisclosure(false);
  const [chosen, setChosen] = useState<UnmatchedPayment | null>(null);
  const list = useInfiniteQuery({ ...getV1StaffPaymentsUnmatchedInfiniteOptions({ query: { state } }), ...livePages, refetchInterval: false });
  const payments = list.data?.pages.flatMap((page) => page.items);

  return (
    <>
      <PageHead
        title={t('unmatched.title')}
        note={t('unmatched.note')}
        actions={
          <>
            <LinkButton to="/staff/payments/import" leftSection={<IconFileImport size={18} />}>
              {t('bank.open')}
            </LinkButton>
            <Button variant="default" leftSection={<IconPlus size={18} />} onClick={dialog.open}>
              {t('unmatched.record')}
            </Button>
          </>
        }
      />
      <ChoiceLinks
        label={t('unmatched.which')}
        links={[
          { label: t('unmatched.open'), to: { to: '/staff/payments', search: {} }, current: state === 'open' },
          { label: t('unmatched.assigned'), to: { to: '/staff/payments', search: { state: 'closed' } }, current: state === 'assigned' },
        ]}
      />
      <Panel flush>
        {payments && payments.length > 0 && (
          <Table
            label={t('unmatched.title')}
            head={
              <>
                <th scope="col">{t('unmatched.payer')}</th>
                <th scope="col">{t('unmatched.document')}</th>
                <th scope="col" className={table.spare}>{t('unmatched.purpose')}</th>
                <th scope="col" className={table.number}>{t('unmatched.amount')}</th>
                <th scope="col">{t('unmatched.assign')}</th>
              </>
            }
          >
            {payments.map((payment) => (
              <tr key={payment.id}>
                <td>
                  {payment.payer_name}
                  {payment.payer_inn && <div className={table.under}>{t('staff.innValue', { inn: payment.payer_inn })}</div>}
                </td>
                <td data-name={t('unmatched.document')}>
                  {t('unmatched.documentOf', { number: payment.document_number, date: format.date(payment.date) })}
                  {payment.from_bank && <div className={table.under}>{t('unmatched.fromBank')}</div>}
                </td>
                <td className={table.spare}>{payment.purpose}</td>
                <td className={table.number} data-name={t('unmatched.amount')}>{format.roubles(payment.amount)}</td>
                <td>
                  {payment.company_id ? (
                    <Link data-row to="/staff/companies/$id" params={{ id: payment.company_id }} className={table.main}>
                      {t('unmatched.toCompany')}
                    </Link>
                  ) : (
                    <>
                      {payment.proposed && <Proposal payment={payment} company={payment.proposed} onAlike={() => setChosen(payment)} />}
                      <Button
                        data-row={payment.proposed ? undefined : true}
                        variant={payment.proposed ? 'subtle' : 'light'}
                        size="compact-md"
                        aria-label={t(payment.proposed ? 'unmatched.anotherNamed' : 'unmatched.assignNamed', { amount: format.roubles(payment.amount), payer: payment.payer_name })}
                        onClick={() => setChosen(payment)}
                      >
                        {t(payment.proposed ? 'unmatched.another' : 'unmatched.assign')}
                      </Button>
                    </>
                  )}
                </td>
              </tr>
            ))}
          </Table>
        )}
        {payments?.length === 0 && !list.hasNextPage && (
          <Empty icon={<IconCashBanknoteOff />} title={t(state === 'open' ? 'unmatched.none' : 'unmatched.noneAssigned')}>
            {t('unmatched.noneNote')}
          </Empty>
        )}
        {!payments && (
          <div className={inset.inset}>
            {list.isError ? (
              <Failed error={list.error} again={() => void list.refetch()} />
            ) : (
              <Loading words={t('unmatched.loading')} lines={4} />
            )}
          </div>
        )}
        <MoreButton list={list} />
      </Panel>
      {recording && <RecordUnmatched onClose={dialog.close} />}
      {chosen && <AssignDialog payment={chosen} onClose={() => setChosen(null)} />}
    </>
  );
}
