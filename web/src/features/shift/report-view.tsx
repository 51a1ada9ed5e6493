import { Group, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { openPrintable } from '../../api/printable';
import { asProblem } from '../../api/problem';
import type { ShiftReport } from '../../api/types';
import { currentLanguage } from '../../i18n/i18n';
import { type Column, DataTable } from '../../ui/data-table';
import { DateText, DateTimeText } from '../../ui/date-text';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { Ltr } from '../../ui/ltr';
import { MoneyText } from '../../ui/money-text';
import { Card } from '../../ui/page';
import { toastRefused } from '../../ui/toasts';
import classes from './shift.module.css';
import { MovementTable } from './movement-table';
import { OverShortText } from './over-short-text';
import { useTenderName } from './tender-name';

type Tender = ShiftReport['tenders'][number];

function usePrintReport(shiftId: number) {
  const { t } = useTranslation();
  return (paper: '80mm' | 'a4') => {
    openPrintable(`/till-shifts/${shiftId}/report`, { format: 'html', paper, lang: currentLanguage() }).catch(
      (error: unknown) => {
        const problem = asProblem(error);
        toastRefused(t('print.failed'), problem.code === 'window-blocked' ? t('print.blocked') : problem);
      },
    );
  };
}

/** F8 prints it on the roll, Shift+F8 on A4. */
export function PrintKeys({ shiftId, isPrimary = false }: { shiftId: number; isPrimary?: boolean }) {
  const { t } = useTranslation();
  const print = usePrintReport(shiftId);
  return (
    <Group gap="xs">
      <KeyButton
        combo="F8"
        label={t('shift.print')}
        variant={isPrimary ? 'filled' : 'default'}
        autoFocus={isPrimary}
        onPress={() => print('80mm')}
      />
      <KeyButton combo="Shift+F8" label={t('shift.printA4')} variant="default" onPress={() => print('a4')} />
    </Group>
  );
}

/** X or Z report: sales, tenders with what is over or short, what was moved, and the seal of a Z. */
export function ReportView({ report }: { report: ShiftReport }) {
  const { t } = useTranslation();
  const tenderName = useTenderName();
  const columns: Column<Tender>[] = [
    { id: 'method', header: t('shift.tender'), cell: (row) => tenderName(row.method) },
    ...(['taken', 'refunded', 'expected'] as const).map((id) => ({
      id,
      header: t(`shift.${id}`),
      numeric: true,
      cell: (row: Tender) => <MoneyText value={row[id]} />,
    })),
    ...(report.kind === 'Z'
      ? (['counted', 'overShort'] as const).map((id) => ({
          id,
          header: t(`shift.${id}`),
          numeric: true,
          cell: (row: Tender) =>
            id === 'overShort' ? <OverShortText value={row[id]} /> : <MoneyText value={row[id]} />,
        }))
      : []),
  ];
  const sums = [
    ['openingFloat', report.openingFloat],
    ['paidIn', report.paidIn],
    ['paidOut', report.paidOut],
    ['dropped', report.dropped],
    ['expectedCash', report.expectedCash],
    ['overShort', report.overShort],
  ] as const;
  return (
    <div className={classes['layout']}>
      <Card label={t('shift.figures')}>
        <Stack gap="xs">
          <Pair label={t('shift.cashier')}>
            <bdi>{report.cashierName}</bdi>
          </Pair>
          <Pair label={t('shift.businessDate')}>
            <DateText value={report.businessDate} />
          </Pair>
          <Pair label={t('shift.openedAt')}>
            <DateTimeText value={report.openedAt} />
          </Pair>
          {report.closedAt !== null && (
            <Pair label={t('shift.closedAt')}>
              <DateTimeText value={report.closedAt} />
            </Pair>
          )}
          <Pair label={`${t('shift.sales')} (${report.salesCount})`}>
            <MoneyText value={report.salesTotal} />
          </Pair>
          <Pair label={`${t('shift.returns')} (${report.returnsCount})`}>
            <MoneyText value={report.refundsTotal} />
          </Pair>
          <Pair label={t('shift.netTotal')}>
            <MoneyText value={report.netTotal} strong />
          </Pair>
          <Pair label={t('shift.discountTotal')}>
            <MoneyText value={report.discountTotal} />
          </Pair>
          <Pair label={t('shift.taxTotal')}>
            <MoneyText value={report.taxTotal} />
          </Pair>
          {report.recountReason !== null && (
            <Pair label={t('shift.recountReason')}>
              <bdi>{report.recountReason}</bdi>
            </Pair>
          )}
          {report.hash !== null && (
            <div>
              <Text size="sm" c="dimmed">
                {t('shift.hash')}
              </Text>
              <div className={classes['hash']}>
                <Ltr>{report.hash}</Ltr>
              </div>
            </div>
          )}
          {report.auditSealHash !== null && (
            <div>
              <Text size="sm" c="dimmed">
                {t('shift.auditSeal', { number: report.auditSealNo ?? 0 })}
              </Text>
              <div className={classes['hash']}>
                <Ltr>{report.auditSealHash.slice(0, 16)}…</Ltr>
              </div>
            </div>
          )}
        </Stack>
      </Card>
      <Stack gap={12}>
        <Card flush label={t('shift.tenders')}>
          <DataTable
            label={t('shift.tenders')}
            columns={columns}
            rows={report.tenders}
            rowKey={(row) => row.method}
          />
        </Card>
        <Card label={t('shift.cash')}>
          <Stack gap="xs">
            {sums.map(([id, value]) =>
              value === null ? null : (
                <Pair key={id} label={t(`shift.${id}`)}>
                  {id === 'overShort' ? (
                    <OverShortText value={value} />
                  ) : (
                    <MoneyText value={value} strong={id === 'expectedCash'} />
                  )}
                </Pair>
              ),
            )}
          </Stack>
        </Card>
        {report.cashMovements.length > 0 && (
          <Card flush label={t('shift.movements')}>
            <MovementTable rows={report.cashMovements} />
          </Card>
        )}
      </Stack>
    </div>
  );
}

function Pair({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div className={classes['pair']}>
      <span>{label}</span>
      <span>{children}</span>
    </div>
  );
}

/** "Z report 17", or that it is an X report. */
export function useReportTitle() {
  const { t } = useTranslation();
  return (report: Pick<ShiftReport, 'kind' | 'zNumber'>): string =>
    report.kind === 'Z' ? t('shift.zReport', { number: report.zNumber ?? '' }) : t('shift.xReport');
}

/** The heading over a report inside another screen. */
export function ReportHeading({ report }: { report: ShiftReport }) {
  return <Title order={2}>{useReportTitle()(report)}</Title>;
}
