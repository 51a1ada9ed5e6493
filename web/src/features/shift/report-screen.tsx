import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Page } from '../../ui/page';
import { ErrorView, LoadingRows } from '../../ui/states';
import { PrintKeys, ReportView, useReportTitle } from './report-view';
import { useShiftReport } from './shift-queries';

const route = getRouteApi('/till/shifts/$shiftId');

/** One X or Z report, to be read and printed. */
export function ShiftReportScreen() {
  const { t } = useTranslation();
  const { shiftId } = route.useParams();
  const id = Number.parseInt(shiftId, 10);
  const report = useShiftReport(id);
  const titleOf = useReportTitle();
  if (report.isPending) return <LoadingRows />;
  if (report.isError) return <ErrorView error={report.error} retry={() => void report.refetch()} />;
  return (
    <Page
      title={titleOf(report.data)}
      hint={report.data.kind === 'X' ? t('shift.runningHint') : undefined}
      actions={<PrintKeys shiftId={id} />}
    >
      <ReportView report={report.data} />
    </Page>
  );
}
