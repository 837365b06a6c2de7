import { VisuallyHidden } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { IconCreditCard } from '@tabler/icons-react';
import { getV1StaffCompaniesByIdCardsInfiniteOptions } from '@/api/@tanstack/react-query.gen';
import { groupedNumber } from '@/format/cardNumber';
import { useFormat } from '@/format/useFormat';
import { livePages } from '@/http/live';
import { useT } from '@/i18n/message';
import type { Company } from '@/model';
import { useMay } from '@/session/may';
import { CopyText } from '@/ui/CopyText';
import inset from '@/ui/inset.module.css';
import { MoreButton } from '@/ui/MoreButton';
import { Panel } from '@/ui/Panel';
import { Empty, Failed, Loading } from '@/ui/states';
import { Table } from '@/ui/Table';
import table from '@/ui/table.module.css';
import { CardStatus } from '@/ui/trade/CardStatus';
import { IssueButton } from './IssueButton';
import { StaffBlockButton } from './StaffBlockButton';

export function CompanyCards({ company }: { company: Company }) {
  const t = useT();
  const format = useFormat();
  const may = useMay();
  const list = useInfiniteQuery({
    ...getV1StaffCompaniesByIdCardsInfiniteOptions({ path: { id: company.id } }),
    ...livePages,
    initialPageParam: { path: { id: company.id } },
  });
  const cards = list.data?.pages.flatMap((page) => page.items);
  const blocking = may('provision');

  return (
    <Panel flush title={t('frame.cards')} actions={may('provision') && company.status !== 'closed' && <IssueButton company={company} />}>
      {cards && cards.length > 0 && (
        <Table
          label={t('frame.cards')}
          head={
            <>
                <th scope="col">{t('cards.card')}</th>
                <th scope="col">{t('cards.status')}</th>
                <th scope="col" className={table.spare}>{t('cards.group')}</th>
                <th scope="col" className={table.spare}>{t('cards.validUntil')}</th>
                <th scope="col" className={table.number}>
                  {t('cards.spentMonth')}
                </th>
                {blocking && (
                <th scope="col">
                  <VisuallyHidden>{t('cards.act')}</VisuallyHidden>
                </th>
              )}
            </>
          }
        >
          {cards.map((card) => (
            <tr key={card.number}>
              <td className={table.wide}>
                {card.label || t('cards.noLabel')}
                <div className={`${table.under} nowrap`}>
                  {groupedNumber(card.number)} <CopyText value={card.number} label={t('cards.copyNumber')} />
                </div>
              </td>
              <td>
                <CardStatus status={card.status} />
              </td>
              <td className={table.spare}>{card.group}</td>
              <td className={`${table.spare} nowrap`}>{format.date(card.valid_until)}</td>
              <td className={table.number} data-name={t('cards.spentMonth')}>
                {format.roubles(card.spent_this_month)}
              </td>
              {blocking && (
                <td className={table.number}>
                  <StaffBlockButton card={card} />
                </td>
              )}
            </tr>
          ))}
        </Table>
      )}
      {cards?.length === 0 && (
        <Empty icon={<IconCreditCard />} title={t('staff.noCards')}>
          {t('staff.noCardsNote')}
        </Empty>
      )}
      {!cards && (
        <div className={inset.inset}>
          {list.isError ? (
            <Failed error={list.error} again={() => void list.refetch()} />
          ) : (
            <Loading words={t('cards.loading')} />
          )}
        </div>
      )}
      <MoreButton list={list} />
    </Panel>
  );
}
