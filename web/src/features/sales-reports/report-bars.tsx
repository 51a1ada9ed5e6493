import { useTranslation } from 'react-i18next';
import { ReportChart } from './report-chart';
import { figureOf, type GroupBy, isInTime, type ReportId, reportKind } from './reports';
import { useRowName } from './row-name';
import type { Report } from './use-report';

/** Names that fit under the bars; the table has all. */
const MOST_NAMES = 12;

interface ReportPartProps {
  id: ReportId;
  by: GroupBy;
  report: Report;
  isCompared: boolean;
}

/** The main figure of a report as bars. */
export function ReportBars({ id, by, report, isCompared }: ReportPartProps) {
  const { t } = useTranslation();
  const nameOf = useRowName(by);
  const { main } = reportKind(id);
  const rows = isInTime(by) ? report.data : report.data.slice(0, MOST_NAMES);
  const figure = t(`salesReports.figure.${main}`);
  return (
    <ReportChart
      label={t('salesReports.chartOf', { figure, by: t(`salesReports.groupBy.${by}`) })}
      series={{ value: figure, before: t('salesReports.before') }}
      bars={rows.map((row) => ({
        label: nameOf(row),
        value: Number(figureOf(row.figures, main)),
        ...(isCompared && { before: Number(row.compared ? figureOf(row.compared, main) : 0) }),
      }))}
    />
  );
}
