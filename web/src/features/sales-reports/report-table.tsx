import { useTranslation } from 'react-i18next';
import { type Column, DataTable } from '../../ui/data-table';
import { MixedText } from '../../ui/mixed-text';
import { ChangeText, FigureText } from './figure-text';
import { type Figure, type Figures, figureOf, type GroupBy, type ReportId, reportKind } from './reports';
import { useRowName } from './row-name';
import type { Report } from './use-report';

interface Line {
  readonly id: string;
  readonly name: string;
  readonly isTotal: boolean;
  readonly figures: Figures;
  readonly compared: Figures | null;
}

/** More of these is not better. */
const WORSE = new Set<string>(['discount', 'givenBack']);

interface ReportTableProps {
  id: ReportId;
  by: GroupBy;
  /** What is compared. */
  main: Figure;
  report: Report;
  isCompared: boolean;
}

/** All figures of a report, the totals of all pages first. */
export function ReportTable({ id, by, main, report, isCompared }: ReportTableProps) {
  const { t } = useTranslation();
  const nameOf = useRowName(by);
  const { figures } = reportKind(id);
  const isWorse = WORSE.has(main.word ?? main.id);
  const lines: Line[] = [
    {
      id: 'total',
      name: t('salesReports.total'),
      isTotal: true,
      figures: report.totals,
      compared: report.comparedTotals,
    },
    ...report.data.map((row) => ({ id: `row:${row.key ?? ''}`, name: nameOf(row), isTotal: false, figures: row.figures, compared: row.compared })), // prettier-ignore
  ];
  const strong = (line: Line, text: React.ReactNode) => (line.isTotal ? <strong>{text}</strong> : text);
  const columns: Column<Line>[] = [
    {
      id: 'name',
      header: t(`salesReports.groupBy.${by}`),
      cell: (line) => strong(line, <MixedText text={line.name} />),
    },
    ...figures.map((figure): Column<Line> => ({
      id: figure.id,
      header: headerOf(figure),
      numeric: true,
      cell: (line) => strong(line, <FigureText figure={figure} of={line.figures} />),
    })),
  ];
  function headerOf({ id: figure, word }: Figure): string {
    // Receipts by time and cashier, lines by product; of fills they are fills.
    if (figure !== 'sales' && figure !== 'returns') return t(`salesReports.figure.${word ?? figure}`);
    if (by === 'prescriber') return t(`salesReports.figure.${figure}OfFills`);
    const isLines = by === 'drug' || by === 'category' || by === 'taxRate';
    return t(isLines ? `salesReports.figure.${figure}OfLines` : `salesReports.figure.${figure}`);
  }
  if (isCompared)
    columns.push(
      {
        id: 'before',
        header: t('salesReports.beforeOf', { figure: headerOf(main) }),
        numeric: true,
        cell: (line) => line.compared && <FigureText figure={main} of={line.compared} />,
      },
      {
        id: 'change',
        header: t('salesReports.change'),
        numeric: true,
        cell: (line) =>
          line.compared && (
            <ChangeText
              value={Number(figureOf(line.figures, main.id))}
              before={Number(figureOf(line.compared, main.id))}
              isWorse={isWorse}
            />
          ),
      },
    );
  return (
    <DataTable
      label={t(`salesReports.report.${id}`)}
      columns={columns}
      rows={lines}
      rowKey={(line) => line.id}
      selectedKey="total"
    />
  );
}
