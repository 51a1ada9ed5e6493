import { Group } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Correction } from '../../api/types';
import { useSession } from '../../session/session';
import { type Column, rowLinkClass } from '../../ui/data-table';
import { DateTimeText } from '../../ui/date-text';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { ListScreen } from '../../ui/list-screen';
import { Ltr } from '../../ui/ltr';
import { MixedText } from '../../ui/mixed-text';
import { StatusBadge, type Tone } from '../../ui/status-badge';
import { StatusFilter } from '../shared/status-filter';
import { DifferenceText, WorthText } from '../stock-counts/count-texts';
import { useCorrections } from './correction-queries';
import { DecideDialog } from './decide-dialog';
import { StockPolicyDialog } from './stock-policy-dialog';

const route = getRouteApi('/inventory/corrections');
const STATUSES = ['pending', 'approved', 'rejected'] as const;
const TONES: Record<Correction['status'], Tone> = { pending: 'warn', approved: 'ok', rejected: 'neutral' };

/** Corrections that one person alone may not post: those that wait first. */
export function CorrectionsScreen() {
  const { t } = useTranslation();
  const { can } = useSession();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [chosen, setChosen] = useState<Correction>();
  const [isPolicyOpen, setIsPolicyOpen] = useState(false);
  const status =
    search.status === 'all' ? undefined : (STATUSES.find((one) => one === search.status) ?? 'pending');
  const list = useCorrections({ status, page: search.page ?? 1, limit: 20 });
  const columns = useColumns(setChosen);
  return (
    <>
      <ListScreen
        title={t('corrections.title')}
        hint={t('corrections.hint')}
        actions={
          can('CountStock') && (
            <KeyButton
              combo="F8"
              variant="default"
              label={t('stockPolicy.open')}
              onPress={() => setIsPolicyOpen(true)}
            />
          )
        }
        filters={
          <StatusFilter
            value={status}
            options={STATUSES.map((value) => ({ value, label: t(`corrections.status.${value}`) }))}
            onChange={(wanted) => void navigate({ search: { status: wanted ?? 'all' }, replace: true })}
          />
        }
        result={list}
        columns={columns}
        rowKey={(row) => row.adjustmentId}
        empty={{
          title: status === 'pending' ? t('corrections.noneWaits') : t('corrections.empty'),
          hint: t('corrections.emptyHint'),
        }}
        onPage={(page) => void navigate({ search: (previous) => ({ ...previous, page }) })}
      />
      <DecideDialog correction={chosen} onClose={() => setChosen(undefined)} />
      <StockPolicyDialog opened={isPolicyOpen} onClose={() => setIsPolicyOpen(false)} />
    </>
  );
}

function useColumns(onChoose: (correction: Correction) => void): Column<Correction>[] {
  const { t } = useTranslation();
  return [
    {
      id: 'drug',
      header: t('stock.drug'),
      cell: (row) => (
        <button type="button" className={rowLinkClass} data-row-link onClick={() => onChoose(row)}>
          <MixedText text={row.drugName} />
        </button>
      ),
    },
    {
      id: 'lot',
      header: t('stock.lot'),
      cell: (row) => (
        <Group gap={8} wrap="nowrap">
          <Ltr>{row.lotNumber}</Ltr>
          {row.isSetAside && <StatusBadge tone="warn">{t('corrections.setAside')}</StatusBadge>}
        </Group>
      ),
    },
    {
      id: 'quantity',
      header: t('stock.quantity'),
      numeric: true,
      cell: (row) => <DifferenceText value={row.quantity} />,
    },
    {
      id: 'value',
      header: t('counts.value'),
      numeric: true,
      cell: (row) => <WorthText value={row.value} />,
    },
    {
      id: 'why',
      header: t('history.why'),
      cell: (row) => (
        <span>
          {t(`reasonCode.${row.reasonCode}`)} · <bdi>{row.reason}</bdi>
        </span>
      ),
    },
    {
      id: 'by',
      header: t('corrections.askedBy'),
      cell: (row) => (
        <span>
          <bdi>{row.requestedBy}</bdi>, <DateTimeText value={row.requestedAt} />
        </span>
      ),
    },
    {
      id: 'status',
      header: t('stock.status'),
      cell: (row) => (
        <StatusBadge tone={TONES[row.status]}>{t(`corrections.status.${row.status}`)}</StatusBadge>
      ),
    },
  ];
}
