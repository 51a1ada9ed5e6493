import { Button, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ShiftReport, TillShift } from '../../api/types';
import { type Column, DataTable } from '../../ui/data-table';
import { DateTimeText } from '../../ui/date-text';
import { DecimalInput } from '../../ui/decimal-input';
import { Dialog } from '../../ui/dialog';
import { Ltr } from '../../ui/ltr';
import { formatMoney, parseDecimal } from '../../ui/money.domain';
import { MoneyText } from '../../ui/money-text';
import { ProblemAlert } from '../../ui/problem-text';
import { ErrorView, LoadingRows } from '../../ui/states';
import { useCloseShift, useForgetShift, useShiftReport } from './till-queries';
import classes from './till.module.css';

interface ShiftDialogProps {
  opened: boolean;
  shift: TillShift;
  onClose: () => void;
}

/** X report of the running shift, and its close with a blind count of each tender. */
export function ShiftDialog({ opened, shift, onClose }: ShiftDialogProps) {
  const { t } = useTranslation();
  const [view, setView] = useState<'report' | 'close'>('report');
  const [closed, setClosed] = useState<ShiftReport>();
  const forgetShift = useForgetShift();
  const leave = () => {
    setView('report');
    onClose();
    if (closed) forgetShift();
    setClosed(undefined);
  };
  return (
    <Dialog opened={opened} onClose={leave} size="lg" title={t('till.shift')}>
      {closed ? (
        <Stack gap="md">
          <Text role="status" fw={600}>
            {t('shift.closed')}
          </Text>
          <Report report={closed} />
          <Group justify="flex-end">
            <Button onClick={leave} autoFocus>
              {t('common.close')}
            </Button>
          </Group>
        </Stack>
      ) : (
        <Stack gap="md">
          <SegmentedControl
            aria-label={t('till.shift')}
            value={view}
            onChange={(value) => setView(value === 'close' ? 'close' : 'report')}
            data={[
              { value: 'report', label: t('shift.xReport') },
              { value: 'close', label: t('shift.close') },
            ]}
          />
          {view === 'report' ? (
            <RunningReport shiftId={shift.shiftId} />
          ) : (
            <CloseForm shiftId={shift.shiftId} onClosed={setClosed} />
          )}
        </Stack>
      )}
    </Dialog>
  );
}

function RunningReport({ shiftId }: { shiftId: number }) {
  const report = useShiftReport(shiftId, true);
  if (report.isPending) return <LoadingRows rows={4} />;
  if (report.isError) return <ErrorView error={report.error} retry={() => void report.refetch()} />;
  return <Report report={report.data} />;
}

function Report({ report }: { report: ShiftReport }) {
  const { t } = useTranslation();
  const isCounted = report.closedAt !== null;
  const columns: Column<ShiftReport['tenders'][number]>[] = [
    { id: 'method', header: t('shift.tender'), cell: (row) => t(`tender.${row.method}`) },
    {
      id: 'expected',
      header: t('shift.expected'),
      numeric: true,
      cell: (row) => <MoneyText value={row.expected} />,
    },
    ...(isCounted
      ? [
          {
            id: 'counted',
            header: t('shift.counted'),
            numeric: true,
            cell: (row: ShiftReport['tenders'][number]) => <MoneyText value={row.counted} />,
          },
          {
            id: 'difference',
            header: t('shift.overShort'),
            numeric: true,
            cell: (row: ShiftReport['tenders'][number]) => <MoneyText value={row.overShort} strong />,
          },
        ]
      : []),
  ];
  return (
    <Stack gap="sm">
      <div className={classes['pair']}>
        <span>{t('shift.openedAt')}</span>
        <DateTimeText value={report.openedAt} />
      </div>
      <div className={classes['pair']}>
        <span>{t('till.openingFloat')}</span>
        <MoneyText value={report.openingFloat} />
      </div>
      <div className={classes['pair']}>
        <span>{t('shift.sales')}</span>
        <span>
          <Ltr>{report.salesCount}</Ltr> · <MoneyText value={report.salesTotal} />
        </span>
      </div>
      <div className={classes['pair']}>
        <span>{t('shift.returns')}</span>
        <MoneyText value={report.refundsTotal} />
      </div>
      <DataTable
        label={t('shift.tenders')}
        columns={columns}
        rows={report.tenders}
        rowKey={(row) => row.method}
      />
    </Stack>
  );
}

function CloseForm({ shiftId, onClosed }: { shiftId: number; onClosed: (report: ShiftReport) => void }) {
  const { t } = useTranslation();
  const [cash, setCash] = useState('');
  const [card, setCard] = useState('');
  const close = useCloseShift(shiftId, onClosed);

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    const money = (text: string) => formatMoney(parseDecimal(text === '' ? '0' : text) ?? 0n);
    close.mutate({
      counts: [
        { method: 'cash', counted: money(cash) },
        { method: 'card', counted: money(card) },
      ],
    });
  }

  return (
    <form onSubmit={onSubmit}>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {t('shift.blindHint')}
        </Text>
        <ProblemAlert problem={close.error} notSaved={t('shift.notClosed')} />
        <DecimalInput label={t('shift.countedCash')} value={cash} onChange={setCash} required autoFocus />
        <DecimalInput label={t('shift.countedCard')} value={card} onChange={setCard} placeholder="0.00" />
        <Group justify="flex-end">
          <Button type="submit" loading={close.isPending}>
            {t('shift.close')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
