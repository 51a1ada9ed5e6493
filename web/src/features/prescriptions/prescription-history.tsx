import { Button, Group, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Fill, FillLot, PrescriptionEvent } from '../../api/types';
import { type Column, DataTable } from '../../ui/data-table';
import { DateText, DateTimeText } from '../../ui/date-text';
import { Ltr } from '../../ui/ltr';
import { MoneyText, QuantityText } from '../../ui/money-text';
import { Card } from '../../ui/page';
import { EmptyView } from '../../ui/states';
import { usePrint } from '../shared/print';
import { FillStatusBadge } from '../shared/clinical';

/** "20 of lot A1 (30 Nov 2026), 10 of lot B2 …": what left, in the order of expiry. */
export function LotsText({ lots }: { lots: readonly FillLot[] }) {
  const { t } = useTranslation();
  if (lots.length === 0) return <span>{t('common.none')}</span>;
  return (
    <>
      {lots.map((lot, index) => (
        <span key={lot.lotId}>
          {index > 0 && ' · '}
          <QuantityText value={lot.quantity} /> × <Ltr>{lot.lotNumber}</Ltr> (
          <DateText value={lot.expiryDate} />)
        </span>
      ))}
    </>
  );
}

/** Every dispensing under the prescription with the lots it took. */
export function Fills({ fills }: { fills: readonly Fill[] }) {
  const { t } = useTranslation();
  const { printLabel, printLeaflet } = usePrint();
  const columns: Column<Fill>[] = [
    { id: 'number', header: t('fills.number'), cell: (fill) => <Ltr>{fill.fillNumber + 1}</Ltr> },
    { id: 'drug', header: t('prescriptions.drug'), cell: (fill) => <bdi>{fill.drugName}</bdi> },
    {
      id: 'quantity',
      header: t('prescriptions.quantity'),
      numeric: true,
      cell: (fill) => <QuantityText value={fill.quantity} />,
    },
    { id: 'lots', header: t('fills.lots'), cell: (fill) => <LotsText lots={fill.lots} /> },
    {
      id: 'price',
      header: t('fills.price'),
      numeric: true,
      cell: (fill) => <MoneyText value={fill.price} />,
    },
    { id: 'when', header: t('fills.when'), cell: (fill) => <DateTimeText value={fill.filledAt} /> },
    {
      id: 'status',
      header: t('prescriptions.status'),
      cell: (fill) => <FillStatusBadge status={fill.status} />,
    },
    {
      id: 'label',
      header: t('fills.label'),
      hideHeader: true,
      cell: (fill) => (
        <Group gap={6} wrap="nowrap">
          <Button size="compact-sm" variant="default" onClick={() => printLabel(fill.fillId)}>
            {t('fills.label')}
          </Button>
          <Button size="compact-sm" variant="default" onClick={() => printLeaflet(fill.fillId)}>
            {t('fills.leaflet')}
          </Button>
        </Group>
      ),
    },
  ];
  return (
    <Card flush label={t('fills.title')}>
      <Title order={2} px="md" pt={12} pb={4}>
        {t('fills.title')}
      </Title>
      {fills.length === 0 ? (
        <EmptyView title={t('fills.empty')} hint={t('fills.emptyHint')} />
      ) : (
        <DataTable label={t('fills.title')} columns={columns} rows={fills} rowKey={(fill) => fill.fillId} />
      )}
    </Card>
  );
}

/** Every transition: who, when, why. */
export function History({ events }: { events: readonly PrescriptionEvent[] }) {
  const { t } = useTranslation();
  const columns: Column<PrescriptionEvent>[] = [
    { id: 'when', header: t('history.when'), cell: (event) => <DateTimeText value={event.occurredAt} /> },
    { id: 'status', header: t('history.to'), cell: (event) => <EventStatus status={event.toStatus} /> },
    { id: 'who', header: t('history.who'), cell: (event) => <bdi>{event.userName}</bdi> },
    { id: 'why', header: t('history.why'), cell: (event) => <bdi>{event.reason}</bdi> },
  ];
  return (
    <Card flush label={t('history.title')}>
      <Title order={2} px="md" pt={12} pb={4}>
        {t('history.title')}
      </Title>
      <DataTable
        label={t('history.title')}
        columns={columns}
        rows={events}
        rowKey={(event) => event.eventId}
      />
    </Card>
  );
}

const STATUSES = [
  'draft',
  'pending',
  'filled',
  'completed',
  'on_hold',
  'cancelled',
  'transferred',
  'in_progress',
  'verified',
  'ready',
  'dispensed',
  'returned_to_stock',
  'reversed',
] as const;

function EventStatus({ status }: { status: string }) {
  const { t } = useTranslation();
  const known = STATUSES.find((one) => one === status);
  return <Text size="sm">{known === undefined ? status : t(`eventStatus.${known}`)}</Text>;
}
