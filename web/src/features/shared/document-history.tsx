import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type Column, DataTable } from '../../ui/data-table';
import { DateTimeText } from '../../ui/date-text';
import { Card } from '../../ui/page';

interface DocumentEvent {
  fromStatus: string | null;
  toStatus: string;
  reason: string | null;
  userName: string | null;
  occurredAt: string;
}

interface DocumentHistoryProps {
  events: readonly DocumentEvent[];
  statusText: (status: string) => ReactNode;
}

/** Every step of a document: when, where to, who, why; newest first. */
export function DocumentHistory({ events, statusText }: DocumentHistoryProps) {
  const { t } = useTranslation();
  const rows = events.map((event, index) => ({ ...event, no: index }));
  const columns: Column<(typeof rows)[number]>[] = [
    { id: 'when', header: t('history.when'), cell: (row) => <DateTimeText value={row.occurredAt} /> },
    { id: 'to', header: t('history.to'), cell: (row) => statusText(row.toStatus) },
    { id: 'who', header: t('history.who'), cell: (row) => <bdi>{row.userName ?? ''}</bdi> },
    { id: 'why', header: t('history.why'), cell: (row) => <bdi>{row.reason ?? ''}</bdi> },
  ];
  return (
    <Card flush label={t('history.title')}>
      <DataTable label={t('history.title')} columns={columns} rows={rows} rowKey={(row) => row.no} />
    </Card>
  );
}
