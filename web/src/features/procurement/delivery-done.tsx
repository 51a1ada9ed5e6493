import { Group, Stack, Text } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { OwedFill, PurchaseOrderReceived } from '../../api/types';
import { type Column, DataTable, rowLinkClass } from '../../ui/data-table';
import { EnterButton } from '../../ui/hotkeys/enter-button';
import { Ltr } from '../../ui/ltr';
import { MixedText } from '../../ui/mixed-text';
import { MoneyText } from '../../ui/money-text';
import { Notice } from '../../ui/notice';
import { Card, Page } from '../../ui/page';
import { localName } from '../shared/names';
import { QuantityIn } from '../shared/unit-text';

/** What a delivery did: its receipt, what expires soon, and which rests owed to patients can be completed now. */
export function DeliveryDone({ received }: { received: PurchaseOrderReceived }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { receipt, warnings, packs } = received;
  const doubled = packs.filter(({ isDuplicate }) => isDuplicate);
  const nameOf = (itemId: number): string =>
    receipt.items.find(({ goodsReceiptItemId }) => goodsReceiptItemId === itemId)?.drugName ?? '';
  const params = { receiptId: String(receipt.goodsReceiptId) };
  return (
    <Page
      title={t('procurement.posted', { no: receipt.goodsReceiptId })}
      hint={t(`procurement.status.${received.orderStatus}`)}
      actions={
        <EnterButton label={t('procurement.toOrders')} onPress={() => void navigate({ to: '/purchasing' })} />
      }
    >
      <Card>
        <Group gap="lg">
          <Link to="/purchasing/receipts/$receiptId" params={params}>
            {t('procurement.receiptNo', { no: receipt.goodsReceiptId })}
          </Link>
          <Text>{t('procurement.lotsCounted', { count: receipt.items.length })}</Text>
          {packs.length > 0 && <Text>{t('procurement.serialsOf', { count: packs.length })}</Text>}
          <Text>
            {t('procurement.value')} <MoneyText value={receipt.value} strong />
          </Text>
        </Group>
      </Card>
      {doubled.length > 0 && (
        <Notice tone="stop" role="alert" title={t('procurement.seenTwice', { count: doubled.length })}>
          <Text size="sm">{t('procurement.seenTwiceHint')}</Text>
          {doubled.map((pack) => (
            <Text size="sm" key={pack.packSerialId}>
              <MixedText text={nameOf(pack.goodsReceiptItemId ?? 0)} />: {t('procurement.serial')}{' '}
              <strong>
                <Ltr>{pack.serial}</Ltr>
              </strong>
            </Text>
          ))}
        </Notice>
      )}
      {warnings.length > 0 && (
        <Notice tone="warn" title={t('procurement.expireSoon')}>
          {warnings.map(({ goodsReceiptItemId, daysToExpiry }) => (
            <Text size="sm" key={goodsReceiptItemId}>
              <MixedText text={nameOf(goodsReceiptItemId)} />:{' '}
              {t('procurement.inDays', { count: daysToExpiry })}
            </Text>
          ))}
        </Notice>
      )}
      {received.owedCompletable > 0 && (
        <Stack gap="xs">
          <Notice tone="ok" title={t('procurement.owedNow', { count: received.owedCompletable })} />
          {received.owedFills.length > 0 && <Owed rows={received.owedFills} />}
        </Stack>
      )}
    </Page>
  );
}

function Owed({ rows }: { rows: readonly OwedFill[] }) {
  const { t, i18n } = useTranslation();
  const columns: Column<OwedFill>[] = [
    {
      id: 'go',
      header: t('prescriptions.number'),
      cell: (row) => (
        <Link
          className={rowLinkClass}
          data-row-link
          to="/dispensing/start/$prescriptionId"
          params={{ prescriptionId: String(row.prescriptionId) }}
        >
          <Ltr>{row.rxNumber}</Ltr>
        </Link>
      ),
    },
    {
      id: 'patient',
      header: t('prescriptions.patient'),
      cell: (row) => (
        <bdi>{localName({ name: row.patientName, nameAr: row.patientNameAr }, i18n.language)}</bdi>
      ),
    },
    { id: 'drug', header: t('prescriptions.drug'), cell: (row) => <MixedText text={row.drugName} /> },
    {
      id: 'owed',
      header: t('procurement.owed'),
      cell: (row) => <QuantityIn value={row.quantityOwed} unit={row.baseUnit} />,
    },
  ];
  return (
    <Card flush label={t('procurement.owed')}>
      <DataTable
        label={t('procurement.owed')}
        columns={columns}
        rows={rows}
        rowKey={(row) => row.prescriptionId}
      />
    </Card>
  );
}
