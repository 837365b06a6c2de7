import { Group, VisuallyHidden } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconFileText, IconGasStation } from '@tabler/icons-react';
import { getV1StationsOptions } from '@/api/@tanstack/react-query.gen';
import { useFormat, useProducts } from '@/format/useFormat';
import { useT } from '@/i18n/message';
import { EditStationButton } from '@/pages/catalogue/EditStationButton';
import { CatalogueLinks } from '@/pages/catalogue/CatalogueLinks';
import { useMay } from '@/session/may';
import inset from '@/ui/inset.module.css';
import { LinkButton } from '@/ui/LinkButton';
import { PageHead } from '@/ui/PageHead';
import { Panel } from '@/ui/Panel';
import { Empty, Failed, Loading } from '@/ui/states';
import { Table } from '@/ui/Table';
import table from '@/ui/table.module.css';
import { NewStationButton } from './NewStationButton';
import classes from './StationsPage.module.css';
import { TerminalsButton } from './TerminalsButton';

export function StationsPage() {
  const t = useT();
  const format = useFormat();
  const may = useMay();
  const { nameOf } = useProducts();
  const { data, error, refetch } = useQuery(getV1StationsOptions());
  const provision = may('provision');
  const content = may('content');

  return (
    <>
      <PageHead title={t('frame.stations')} actions={provision && <NewStationButton />} />
      <CatalogueLinks />
      <Panel flush>
        {data && data.items.length > 0 && (
          <Table
            label={t('frame.stations')}
            head={
              <>
                <th scope="col">{t('history.station')}</th>
                <th scope="col">{t('station.prices')}</th>
                {(provision || content) && (
                  <th scope="col">
                    <VisuallyHidden>{t('cards.act')}</VisuallyHidden>
                  </th>
                )}
              </>
            }
          >
            {data.items.map((station) => (
              <tr key={station.code}>
                <td>
                  {station.code} · {station.name}
                  <div className={table.under}>{station.address}</div>
                </td>
                <td className={table.wide}>
                  <ul className={classes.prices}>
                    {Object.entries(station.fuels).map(([code, price]) => (
                      <li key={code}>
                        {nameOf(code)} <strong>{format.roubles(price)}</strong>
                      </li>
                    ))}
                  </ul>
                </td>
                {(provision || content) && (
                  <td className={table.number}>
                    <Group gap="xs" justify="flex-end">
                      {provision && <EditStationButton code={station.code} />}
                      {provision && <TerminalsButton station={station} />}
                      {content && (
                        <LinkButton
                          to="/staff/stations/$code"
                          params={{ code: station.code }}
                          variant="default"
                          size="compact-sm"
                          leftSection={<IconFileText size={16} aria-hidden />}
                          aria-label={t('station.textNamed', { code: station.code })}
                        >
                          {t('station.text')}
                        </LinkButton>
                      )}
                    </Group>
                  </td>
                )}
              </tr>
            ))}
          </Table>
        )}
        {data?.items.length === 0 && (
          <Empty icon={<IconGasStation />} title={t('station.none')}>
            {t('station.noneNote')}
          </Empty>
        )}
        {!data && (
          <div className={inset.inset}>
            {error ? <Failed error={error} again={() => void refetch()} /> : <Loading words={t('station.loading')} />}
          </div>
        )}
      </Panel>
    </>
  );
}
