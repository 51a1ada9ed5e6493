import { NativeSelect, TextInput } from '@mantine/core';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { ShiftPage } from '../../api/types';
import { type Column, rowLinkClass } from '../../ui/data-table';
import { DateText, DateTimeText } from '../../ui/date-text';
import { ListScreen } from '../../ui/list-screen';
import { MoneyText } from '../../ui/money-text';
import { StatusBadge } from '../../ui/status-badge';
import { OverShortText } from './over-short-text';
import { useShifts } from './shift-queries';

const route = getRouteApi('/till/shifts');
type Row = ShiftPage['data'][number];
const STATES = ['closed', 'open'] as const;

/** Shifts of the branch with their Z reports; Enter opens one. */
export function ShiftsScreen() {
  const { t } = useTranslation();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const narrow = (change: Partial<typeof search>) =>
    void navigate({ search: (before) => ({ ...before, page: undefined, ...change }), replace: true });
  const result = useShifts({
    status: search.status,
    from: search.from,
    to: search.to,
    page: search.page ?? 1,
    limit: 20,
  });
  const columns: Column<Row>[] = [
    {
      id: 'number',
      header: t('shift.number'),
      cell: (row) => (
        <Link
          to="/till/shifts/$shiftId"
          params={{ shiftId: String(row.shiftId) }}
          className={rowLinkClass}
          data-row-link
        >
          {row.zNumber === null ? t('shift.xReport') : t('shift.zReport', { number: row.zNumber })}
        </Link>
      ),
    },
    { id: 'day', header: t('shift.businessDate'), cell: (row) => <DateText value={row.businessDate} /> },
    { id: 'cashier', header: t('shift.cashier'), cell: (row) => <bdi>{row.cashierName}</bdi> },
    { id: 'opened', header: t('shift.openedAt'), cell: (row) => <DateTimeText value={row.openedAt} /> },
    {
      id: 'status',
      header: t('shift.state'),
      cell: (row) => (
        <StatusBadge tone={row.status === 'open' ? 'info' : 'neutral'}>
          {t(`shift.status.${row.status}`)}
        </StatusBadge>
      ),
    },
    {
      id: 'net',
      header: t('shift.netTotal'),
      numeric: true,
      cell: (row) => <MoneyText value={row.netTotal} />,
    },
    {
      id: 'overShort',
      header: t('shift.overShort'),
      numeric: true,
      cell: (row) => <OverShortText value={row.overShort} />,
    },
  ];
  return (
    <ListScreen
      title={t('nav.shifts')}
      hint={t('shift.listHint')}
      filters={
        <>
          <NativeSelect
            label={t('shift.state')}
            value={search.status ?? ''}
            autoFocus
            onChange={(event) => narrow({ status: event.currentTarget.value || undefined })}
            data={[
              { value: '', label: t('shift.anyState') },
              ...STATES.map((value) => ({ value, label: t(`shift.status.${value}`) })),
            ]}
          />
          {(['from', 'to'] as const).map((name) => (
            <TextInput
              key={name}
              type="date"
              label={t(`journal.${name}`)}
              value={search[name] ?? ''}
              onChange={(event) => narrow({ [name]: event.currentTarget.value || undefined })}
            />
          ))}
        </>
      }
      result={result}
      columns={columns}
      rowKey={(row) => row.shiftId}
      empty={{ title: t('shift.noShifts'), hint: t('shift.noShiftsHint') }}
      onPage={(page) => narrow({ page })}
    />
  );
}
