import { Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Transfer } from '../../api/types';
import { type Column, DataTable } from '../../ui/data-table';
import { DecimalInput } from '../../ui/decimal-input';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { cleanZeros } from '../../ui/money.domain';
import { MixedText } from '../../ui/mixed-text';
import { Card } from '../../ui/page';
import { ProblemAlert } from '../../ui/problem-text';
import { toastDone } from '../../ui/toasts';
import { QuantityIn } from '../shared/unit-text';
import { useTransferCommand } from './transfer-queries';

/** What another branch asks for is agreed to line by line; 0 for nothing of it. */
export function ApproveForm({ transfer }: { transfer: Transfer }) {
  const { t } = useTranslation();
  const [agreed, setAgreed] = useState<Readonly<Record<number, string>>>({});
  const approve = useTransferCommand<{ lines: { transferLineId: number; quantity: string }[] }>(
    transfer.transferId,
    'approve',
    () => toastDone(t('transfers.approved')),
  );
  const valueOf = (line: Transfer['lines'][number]): string => agreed[line.transferLineId] ?? line.quantity;
  const columns: Column<Transfer['lines'][number]>[] = [
    { id: 'drug', header: t('stock.drug'), cell: (row) => <MixedText text={row.drugName} /> },
    {
      id: 'asked',
      header: t('transfers.wanted'),
      numeric: true,
      cell: (row) => <QuantityIn value={row.quantity} unit={row.baseUnit} />,
    },
    {
      id: 'agreed',
      header: t('transfers.agreed'),
      cell: (row) => (
        <DecimalInput
          aria-label={t('transfers.agreedOf', { name: row.drugName })}
          w={140}
          value={valueOf(row)}
          autoFocus={row === transfer.lines[0]}
          onFocus={(event) => event.currentTarget.select()}
          onChange={(value) => setAgreed((before) => ({ ...before, [row.transferLineId]: value }))}
        />
      ),
    },
  ];
  return (
    <Card flush label={t('transfers.approve')}>
      <DataTable
        label={t('transfers.approve')}
        columns={columns}
        rows={transfer.lines}
        rowKey={(row) => row.transferLineId}
      />
      <Stack gap="sm" p="sm">
        <ProblemAlert problem={approve.error} notSaved={t('transfers.notApproved')} />
        <Group justify="space-between">
          <Text size="sm" c="dimmed">
            {t('transfers.approveHint')}
          </Text>
          <KeyButton
            combo="F9"
            label={t('transfers.approve')}
            disabled={transfer.lines.some((line) => valueOf(line) === '')}
            loading={approve.isPending}
            onPress={() =>
              approve.mutate({
                lines: transfer.lines.map((line) => ({
                  transferLineId: line.transferLineId,
                  quantity: cleanZeros(valueOf(line)),
                })),
              })
            }
          />
        </Group>
      </Stack>
    </Card>
  );
}
