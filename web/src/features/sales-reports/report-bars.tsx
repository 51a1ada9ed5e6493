import { useTranslation } from 'react-i18next';
import { ReportChart } from './report-chart';
import { type Figure, figureOf, type GroupBy, isInTime } from './reports';
import { useRowName } from './row-name';
import type { Report } from './use-report';

/** Names that fit under the bars; the table has all. */
const MOST_NAMES = 12;

interface ReportBarsProps {
  by: GroupBy;
  /** What is drawn. */
  main: Figure;
  report: Report;
  isCompared: boolean;
}

/** The main figure of a report as bars. */
export function ReportBars({ by, main, report, isCompared }: ReportBarsProps) {
  const { t } = useTranslation();
  const nameOf = useRowName(by);
  const rows = isInTime(by) ? report.data : report.data.slice(0, MOST_NAMES);
  const figure = t(`salesReports.figure.${main.word ?? main.id}`);
  return (
    <ReportChart
      label={t('salesReports.chartOf', { figure, by: t(`salesReports.groupBy.${by}`) })}
      series={{ value: figure, before: t('salesReports.before') }}
      bars={rows.map((row) => ({
        label: nameOf(row),
        value: Number(figureOf(row.figures, main.id)),
        ...(isCompared && { before: Number(row.compared ? figureOf(row.compared, main.id) : 0) }),
      }))}
    />
  );
}
