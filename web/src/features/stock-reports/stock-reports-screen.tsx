import { Group, NativeSelect } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Page } from '../../ui/page';
import { AsOfReport } from './as-of-report';
import { ExpiryBandsReport } from './expiry-bands-report';
import { MonthsReport } from './months-report';
import { ValuationReport } from './valuation-report';

const route = getRouteApi('/inventory/reports');
const REPORTS = {
  expiry: ExpiryBandsReport,
  valuation: ValuationReport,
  asOf: AsOfReport,
  months: MonthsReport,
} as const;
const VIEWS = ['expiry', 'valuation', 'asOf', 'months'] as const;

/** What expires, what the stock is worth, what it was at any moment, and what moved by month. */
export function StockReportsScreen() {
  const { t } = useTranslation();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const view = VIEWS.find((one) => one === search.view) ?? 'expiry';
  const Report = REPORTS[view];
  return (
    <Page title={t('stockReports.title')}>
      <Group align="flex-end">
        <NativeSelect
          label={t('stockReports.which')}
          value={view}
          autoFocus
          onChange={(event) =>
            void navigate({
              search: { view: VIEWS.find((one) => one === event.currentTarget.value) },
              replace: true,
            })
          }
          data={VIEWS.map((value) => ({ value, label: t(`stockReports.view.${value}`) }))}
        />
      </Group>
      <Report
        search={search}
        narrow={(change) =>
          void navigate({ search: (previous) => ({ ...previous, ...change }), replace: true })
        }
      />
    </Page>
  );
}
