import { useInfiniteQuery } from '@tanstack/react-query';
import { NativeSelect } from '@mantine/core';
import { IconAlertTriangle, IconBuilding, IconFileSpreadsheet, IconPlus, IconSearchOff } from '@tabler/icons-react';
import { getRouteApi, Link } from '@tanstack/react-router';
import { getV1StaffCompaniesInfiniteOptions } from '@/api/@tanstack/react-query.gen';
import { isNegative, isZero } from '@/format/amounts';
import { useFormat } from '@/format/useFormat';
import { livePages } from '@/http/live';
import { useT } from '@/i18n/message';
import { useMay } from '@/session/may';
import { COMPANY_STATUSES } from '@/search';
import filters from '@/ui/filters.module.css';
import inset from '@/ui/inset.module.css';
import { MoreButton } from '@/ui/MoreButton';
import { PageHead } from '@/ui/PageHead';
import { Panel } from '@/ui/Panel';
import { SearchField } from '@/ui/SearchField';
import { Empty, Failed, Loading } from '@/ui/states';
import { Table } from '@/ui/Table';
import table from '@/ui/table.module.css';
import classes from './CompaniesPage.module.css';
import { CompanyStatus } from './CompanyStatus';
import { LinkButton } from '@/ui/LinkButton';

const route = getRouteApi('/cabinet/staff/companies');

const spent = (available: string) => isNegative(available) || isZero(available);

/** Every company, by name; who cannot pay for a fill stands out. */
export function CompaniesPage() {
  const t = useT();
  const format = useFormat();
  const may = useMay();
  const { q, status } = route.useSearch();
  const filtered = Boolean(q || status);
  const navigate = route.useNavigate();
  const list = useInfiniteQuery({ ...getV1StaffCompaniesInfiniteOptions({ query: { q, status } }), ...livePages, refetchInterval: false });
  const companies = list.data?.pages.flatMap((page) => page.items);

  return (
    <>
      <PageHead
        title={t('frame.companies')}
        actions={
          may('provision') && (
            <>
              <LinkButton to="/staff/companies/import" variant="default" leftSection={<IconFileSpreadsheet size={18} />}>
                {t('register.open')}
              </LinkButton>
              <LinkButton to="/staff/companies/new" leftSection={<IconPlus size={18} />}>
                {t('staff.newCompany')}
              </LinkButton>
            </>
          )
        }
      />
      <div className={filters.bar} role="search">
        <SearchField
          className={filters.search}
          label={t('staff.searchCompanies')}
          value={q}
          onChange={(next) => void navigate({ search: (old) => ({ ...old, q: next }), replace: true })}
        />
        <NativeSelect
          aria-label={t('companies.status')}
          value={status ?? ''}
          onChange={(event) => {
            const chosen = COMPANY_STATUSES.find((one) => one === event.currentTarget.value);
            void navigate({ search: (old) => ({ ...old, status: chosen }), replace: true });
          }}
          data={[
            { value: '', label: t('companies.any') },
            { value: 'active', label: t('companies.inService') },
            { value: 'suspended', label: t('companies.suspended') },
            { value: 'closed', label: t('companies.closed') },
          ]}
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
                <td className={table.number} data-name={t('overview.available')}>
                  <span className={spent(company.available) ? classes.spent : undefined}>{format.roubles(company.available)}</span>
                  {spent(company.available) && company.status === 'active' && (
                    <div className={classes.spent}>
                      <IconAlertTriangle aria-hidden size={14} /> {t('companies.noMoney')}
                    </div>
                  )}
                </td>
              </tr>
            ))}
          </Table>
        )}
        {companies?.length === 0 && !list.hasNextPage && (
          <Empty icon={filtered ? <IconSearchOff /> : <IconBuilding />} title={t(filtered ? 'staff.companyNotFound' : 'staff.noCompanies')}>
            {t(filtered ? 'staff.companyNotFoundNote' : 'staff.noCompaniesNote')}
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
