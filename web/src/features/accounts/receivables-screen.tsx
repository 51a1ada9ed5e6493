import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Receivables } from '../../api/types';
import { type Column, rowLinkClass } from '../../ui/data-table';
import { MoneyText } from '../../ui/money-text';
import { Page } from '../../ui/page';
import { moveThroughRows } from '../../ui/row-keys';
import { useAccountName } from '../shared/account-picker';
import { ReportFrame, useReport } from '../stock-reports/report-frame';

const route = getRouteApi('/receivables');
const PATH = '/reports/receivables';
const AGES = ['days0to30', 'days31to60', 'days61to90', 'daysOver90', 'paidAhead', 'total'] as const;

/** What customers owe, by how long they have owed it. */
export function ReceivablesScreen() {
  const { t } = useTranslation();
  const nameOf = useAccountName();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const report = useReport<Receivables>(PATH, {}, search.page);
  const columns: Column<Receivables['data'][number]>[] = [
    {
      id: 'name',
      header: t('accounts.name'),
      cell: (row) => (
        <Link
          to="/accounts/$accountId"
          params={{ accountId: String(row.accountId) }}
          search={{ show: 'open' }}
          className={rowLinkClass}
          data-row-link
        >
          <bdi>{nameOf(row)}</bdi>
        </Link>
      ),
    },
    ...AGES.map((age): Column<Receivables['data'][number]> => ({
      id: age,
      header: t(`receivables.age.${age}`),
      numeric: true,
      cell: (row) => <MoneyText value={row[age]} strong={age === 'total'} />,
    })),
  ];
  const totals = report.data?.totals;
  return (
    <Page title={t('receivables.title')} hint={t('receivables.hint')}>
      <div onKeyDown={moveThroughRows} style={{ display: 'contents' }}>
        <ReportFrame
          label={t('receivables.title')}
          path={PATH}
          query={{}}
          result={report}
          columns={columns}
          rowKey={(row) => row.accountId}
          onPage={(page) => void navigate({ search: (previous) => ({ ...previous, page }) })}
          sums={totals ? AGES.map((age) => ({ label: t(`receivables.age.${age}`), value: totals[age] })) : []}
          empty={{ title: t('receivables.empty'), hint: t('receivables.emptyHint') }}
          filters={null}
        />
      </div>
    </Page>
  );
}
