import { TextInput } from '@mantine/core';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Payables } from '../../api/types';
import { type Column, rowLinkClass } from '../../ui/data-table';
import { Ltr } from '../../ui/ltr';
import { MoneyText } from '../../ui/money-text';
import { Page } from '../../ui/page';
import { moveThroughRows } from '../../ui/row-keys';
import { ReportFrame, useReport } from '../stock-reports/report-frame';

const route = getRouteApi('/inventory/payables');
const PATH = '/reports/payables';
const AGES = ['notDue', 'days1to30', 'days31to60', 'days61to90', 'daysOver90', 'credits', 'total'] as const;

/** A calendar day as the address says it; anything else is today. */
const dayOf = (text: string | undefined): string | undefined =>
  text !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(text) ? text : undefined;

/** What was owed to suppliers at the end of a day, by how long it was overdue. */
export function PayablesScreen() {
  const { t } = useTranslation();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const at = dayOf(search.at);
  const report = useReport<Payables>(PATH, { at }, search.page);
  const columns: Column<Payables['data'][number]>[] = [
    {
      id: 'supplier',
      header: t('invoices.supplier'),
      cell: (row) => (
        <Link
          to="/inventory/invoices"
          search={{ view: 'toPay', supplierId: row.supplierId }}
          className={rowLinkClass}
          data-row-link
        >
          <bdi>{row.supplierName}</bdi>
        </Link>
      ),
    },
    {
      id: 'invoices',
      header: t('payables.invoices'),
      numeric: true,
      cell: (row) => <Ltr>{row.invoices}</Ltr>,
    },
    ...AGES.map((age): Column<Payables['data'][number]> => ({
      id: age,
      header: t(`payables.age.${age}`),
      numeric: true,
      cell: (row) => <MoneyText value={row[age]} strong={age === 'total'} />,
    })),
  ];
  const totals = report.data?.totals;
  return (
    <Page title={t('payables.title')} hint={t('payables.hint')}>
      <div onKeyDown={moveThroughRows} style={{ display: 'contents' }}>
        <ReportFrame
          label={t('payables.title')}
          path={PATH}
          query={{ at }}
          result={report}
          columns={columns}
          rowKey={(row) => row.supplierId}
          onPage={(page) => void navigate({ search: (previous) => ({ ...previous, page }) })}
          sums={totals ? AGES.map((age) => ({ label: t(`payables.age.${age}`), value: totals[age] })) : []}
          empty={{ title: t('payables.empty'), hint: t('payables.emptyHint') }}
          filters={
            <TextInput
              type="date"
              label={t('payables.at')}
              autoFocus
              value={at ?? report.data?.at ?? ''}
              onChange={(event) =>
                void navigate({ search: { at: event.currentTarget.value || undefined }, replace: true })
              }
            />
          }
        />
      </div>
    </Page>
  );
}
