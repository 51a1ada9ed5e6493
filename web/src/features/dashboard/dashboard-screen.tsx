import { useTranslation } from 'react-i18next';
import { useSession } from '../../session/session';
import { DataAge } from '../../ui/data-age';
import { todayLocal } from '../../ui/date-text';
import { Page } from '../../ui/page';
import { ErrorView, LoadingRows } from '../../ui/states';
import { localName } from '../shared/names';
import { OtherReports } from '../sales-reports/other-reports';
import { comparedWith } from '../sales-reports/periods.domain';
import { askedOf, useSalesReport } from '../sales-reports/use-report';
import { HoursPart, RefundsPart, TendersPart, TopProductsPart } from './dashboard-parts';
import { StockPart, WorkPart } from './standing-parts';
import { TodayTiles } from './today-tiles';
import classes from './dashboard.module.css';

/** How often today is asked again while the screen is open, ms. */
const REFRESH_MS = 60_000;

/** How today goes, beside the same weekday of last week; what stock is worth, what of it expires, and what waits. */
export function DashboardScreen() {
  const { t, i18n } = useTranslation();
  const { branch, can } = useSession();
  const today = todayLocal();
  const period = { from: today, to: today };
  const asked = askedOf(period, comparedWith('before', period), {});
  const hours = useSalesReport('/reports/sales', { ...asked, by: 'hour', limit: 24 }, REFRESH_MS);
  return (
    <Page
      title={t('dashboard.title')}
      hint={branch && t('dashboard.hint', { branch: localName(branch, i18n.language) })}
    >
      <DataAge path="/reports/sales" />
      {hours.isPending && <LoadingRows />}
      {hours.isError && <ErrorView error={hours.error} retry={() => void hours.refetch()} />}
      {hours.data && <TodayTiles report={hours.data} />}
      <div className={classes['grid']}>
        {hours.data && <HoursPart report={hours.data} />}
        <TopProductsPart asked={asked} />
        <TendersPart asked={asked} />
        <RefundsPart asked={asked} />
        <StockPart />
        {can('ReadPrescription') && <WorkPart />}
      </div>
      <OtherReports />
    </Page>
  );
}
