import { useInfiniteQuery } from '@tanstack/react-query';
import { IconPlus, IconSpeakerphone } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { getV1StaffPromotionsInfiniteOptions } from '@/api/@tanstack/react-query.gen';
import { livePages } from '@/http/live';
import { useT } from '@/i18n/message';
import { OfferState } from '@/pages/offers/OfferState';
import { useTermsWords } from '@/pages/offers/useTermsWords';
import inset from '@/ui/inset.module.css';
import { LinkButton } from '@/ui/LinkButton';
import { MoreButton } from '@/ui/MoreButton';
import { PageHead } from '@/ui/PageHead';
import { Panel } from '@/ui/Panel';
import { Empty, Failed, Loading } from '@/ui/states';
import { Table } from '@/ui/Table';
import table from '@/ui/table.module.css';

/** Promotions, drafts too, newest first. */
export function PromotionsPage() {
  const t = useT();
  const words = useTermsWords();
  const list = useInfiniteQuery({ ...getV1StaffPromotionsInfiniteOptions(), ...livePages, refetchInterval: false });
  const promotions = list.data?.pages.flatMap((page) => page.items);
  return (
    <>
      <PageHead
        title={t('promotions.title')}
        note={t('promotions.note')}
        actions={
          <LinkButton to="/staff/promotions/new" leftSection={<IconPlus size={18} />}>
            {t('promotions.new')}
          </LinkButton>
        }
      />
      <Panel flush>
        {promotions && promotions.length > 0 && (
          <Table
            label={t('promotions.title')}
            head={
              <>
                <th scope="col">{t('promotions.what')}</th>
                <th scope="col">{t('cards.status')}</th>
                <th scope="col">{t('promotions.forWhom')}</th>
                <th scope="col" className={table.number}>
                  {t('promotions.participants')}
                </th>
              </>
            }
          >
            {promotions.map((one) => (
              <tr key={one.id}>
                <td className={table.wide}>
                  <Link data-row to="/staff/promotions/$id" params={{ id: one.id }} className={table.main}>
                    {one.title}
                  </Link>
                  <div className={table.under}>{words(one)}</div>
                </td>
                <td>
                  <OfferState state={one.state} />
                </td>
                <td className={table.spare}>
                  {one.companies.length === 0 ? t('promotions.all') : t('promotions.some', { count: one.companies.length })}
                </td>
                <td className={table.number} data-name={t('promotions.participants')}>
                  {one.participants}
                </td>
              </tr>
            ))}
          </Table>
        )}
        {promotions?.length === 0 && (
          <Empty icon={<IconSpeakerphone />} title={t('promotions.none')}>
            {t('promotions.noneNote')}
          </Empty>
        )}
        {!promotions && (
          <div className={inset.inset}>
            {list.isError ? <Failed error={list.error} again={() => void list.refetch()} /> : <Loading words={t('offers.loading')} />}
          </div>
        )}
        <MoreButton list={list} />
      </Panel>
    </>
  );
}
