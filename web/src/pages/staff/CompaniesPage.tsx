import { useInfiniteQuery } from '@tanstack/react-query';
import { IconBuilding, IconPlus, IconSearchOff } from '@tabler/icons-react';
import { getRouteApi, Link } from '@tanstack/react-router';
import { getV1StaffCompaniesInfiniteOptions } from '@/api/@tanstack/react-query.gen';
import { useFormat } from '@/format/useFormat';
import { livePages } from '@/http/live';
import { useT } from '@/i18n/message';
import { useMay } from '@/session/may';
import filters from '@/ui/filters.module.css';
import inset from '@/ui/inset.module.css';
import { MoreButton } from '@/ui/MoreButton';
import { PageHead } from '@/ui/PageHead';
import { Panel } from '@/ui/Panel';
import { SearchField } from '@/ui/SearchField';
import { Empty, Failed, Loading } from '@/ui/states';
import { Table } from '@/ui/Table';
import table from '@/ui/table.module.css';
import { CompanyStatus } from './CompanyStatus';
import { LinkButton } from '@/ui/LinkButton';

const route = getRouteApi('/cabinet/staff/companies');

export function CompaniesPage() {
  const t = useT();
  const format = useFormat();
  const may = useMay();
  const { q } = route.useSearch();
  const navigate = route.useNavigate();
  const list = useInfiniteQuery({ ...getV1StaffCompaniesInfiniteOptions({ query: { q } }), ...livePages, refetchInterval: false });
  const companies = list.data?.pages.flatMap((page) => page.items);

  return (
    <>
      <PageHead
        title={t('frame.companies')}
        actions={
          may('provision') && (
            <LinkButton to="/staff/companies/new" leftSection={<IconPlus size={18} />}>
              {t('staff.newCompany')}
            </LinkButton>
          )
        }
      />
      <div className={filters.bar} role="search">
        <SearchField
          className={filters.search}
          label={t('staff.searchCompanies')}
          value={q}
          onChange={(next) => void navigate({ search: { q: next }, replace: true })}
        />
      </div>
      <Panel flush>
        {companies && companies.length > 0 && (
          <Table
            label={t('frame.companies')}
            head={
              <>
                <th scope="col">{t('staff.company')}</th>
                <th scope="col">{t('cards.status')}</th>
                <th scope="col" className={table.spare}>{t('staff.contract')}</th>
                <th scope="col" className={table.number}>
                  {t('overview.available')}
                </th>
              </>
            }
          >
            {companies.map((company) => (
              <tr key={company.id}>
                <td>
                  <Link data-row to="/staff/companies/$id" params={{ id: company.id }} className={table.main}>
                    {company.name}
                  </Link>
                  <div className={table.under}>{t('staff.innValue', { inn: company.inn })}</div>
                </td>
                <td>
                  <CompanyStatus status={company.status} />
                </td>
                <td className={table.spare}>{company.contract_number}</td>
                <td className={table.number}>{format.roubles(company.available)}</td>
              </tr>
            ))}
          </Table>
        )}
        {companies?.length === 0 && (
          <Empty icon={q ? <IconSearchOff /> : <IconBuilding />} title={t(q ? 'staff.companyNotFound' : 'staff.noCompanies')}>
            {t(q ? 'staff.companyNotFoundNote' : 'staff.noCompaniesNote')}
          </Empty>
        )}
        {!companies && (
          <div className={inset.inset}>
            {list.isError ? (
              <Failed error={list.error} again={() => void list.refetch()} />
            ) : (
              <Loading words={t('staff.loadingCompanies')} lines={6} />
            )}
          </div>
        )}
        <MoreButton list={list} />
      </Panel>
    </>
  );
}
