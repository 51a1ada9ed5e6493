import { Button, Group, Text, Title } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SaleDetail, SaleItem } from '../../api/types';
import { useSession } from '../../session/session';
import { type Column, DataTable } from '../../ui/data-table';
import { DateText, DateTimeText } from '../../ui/date-text';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { useKeys } from '../../ui/hotkeys/hotkeys';
import { Ltr } from '../../ui/ltr';
import { MoneyText, QuantityText } from '../../ui/money-text';
import { decimalOrZero } from '../../ui/money.domain';
import { percentOfShare } from '../../ui/percent.domain';
import { Card, Page } from '../../ui/page';
import { ErrorView, LoadingRows } from '../../ui/states';
import { StatusBadge } from '../../ui/status-badge';
import { localName } from '../shared/names';
import { usePrint } from '../shared/print';
import { useUnitName } from '../shared/unit-text';
import { ReturnDialog } from './return-dialog';
import { useSale } from './sale-queries';
import classes from './till.module.css';

const route = getRouteApi('/sales/$saleId');

/** One posted sale: lines with their lots, tenders, receipt, and the return of a line. */
export function SaleScreen() {
  const { saleId } = route.useParams();
  const sale = useSale(Number.parseInt(saleId, 10));
  if (sale.isPending) return <LoadingRows />;
  if (sale.isError) return <ErrorView error={sale.error} retry={() => void sale.refetch()} />;
  return <SalePage sale={sale.data} />;
}

/** Base units of a line that were not returned yet. */
export function returnable(item: SaleItem): bigint {
  return decimalOrZero(item.quantity) - decimalOrZero(item.returnedQuantity);
}

function SalePage({ sale }: { sale: SaleDetail }) {
  const { t, i18n } = useTranslation();
  const nameOfUnit = useUnitName();
  const { can } = useSession();
  const { printReceipt } = usePrint();
  const navigate = useNavigate();
  const [returning, setReturning] = useState<SaleItem>();
  const mayReturn = can('Refund') && sale.saleType === 'sale';
  useKeys([
    {
      combo: 'Escape',
      label: t('common.back'),
      run: () => void navigate({ to: '/sales' }),
      whileTyping: false,
    },
  ]);
  const columns: Column<SaleItem>[] = [
    { id: 'name', header: t('till.item'), cell: (item) => <bdi>{item.description}</bdi> },
    {
      id: 'quantity',
      header: t('till.quantity'),
      cell: (item) => (
        <>
          <QuantityText value={item.unitQuantity} />{' '}
          {item.unit === 'unit' ? (
            <bdi>{nameOfUnit(item.baseUnit, item.unitQuantity)}</bdi>
          ) : (
            t(`unit.${item.unit}`)
          )}
        </>
      ),
    },
    {
      id: 'lots',
      header: t('fills.lots'),
      cell: (item) =>
        item.lots.map((lot) => (
          <Text key={lot.lotId} size="sm">
            <QuantityText value={lot.quantity} /> × <Ltr>{lot.lotNumber}</Ltr> (
            <DateText value={lot.expiryDate} />)
          </Text>
        )),
    },
    {
      id: 'discount',
      header: t('till.discount'),
      numeric: true,
      cell: (item) => (
        <>
          <MoneyText value={item.discount} />
          {item.promotions.map((promotion) => (
            <Text key={promotion.promotionId} size="xs" c="dimmed">
              <bdi>{localName(promotion, i18n.language)}</bdi> <MoneyText value={promotion.amount} />
            </Text>
          ))}
        </>
      ),
    },
    {
      id: 'total',
      header: t('till.amount'),
      numeric: true,
      cell: (item) => <MoneyText value={item.lineTotal} />,
    },
    ...(mayReturn
      ? [
          {
            id: 'return',
            header: t('sales.return'),
            hideHeader: true,
            cell: (item: SaleItem) =>
              returnable(item) > 0n ? (
                <Button
                  size="compact-sm"
                  variant="default"
                  aria-label={t('sales.returnNamed', { name: item.description })}
                  onClick={() => setReturning(item)}
                >
                  {t('sales.return')}
                </Button>
              ) : (
                <StatusBadge tone="neutral">{t('sales.returned')}</StatusBadge>
              ),
          },
        ]
      : []),
  ];
  return (
    <Page
      title={t('sales.pageTitle', { number: sale.saleNumber })}
      hint={
        <>
          <DateTimeText value={sale.saleDate} /> · {t(`saleType.${sale.saleType}`)}
        </>
      }
      actions={
        <KeyButton
          combo="F8"
          label={t('pay.receipt')}
          leftSection={<IconPrinter size={18} />}
          onPress={() => printReceipt(sale.saleId)}
        />
      }
    >
      <Card flush label={t('till.lines')}>
        <DataTable
          label={t('till.lines')}
          columns={columns}
          rows={sale.items}
          rowKey={(item) => item.saleItemId}
        />
      </Card>
      <Card label={t('till.toPay')}>
        <Title order={2} mb={8}>
          {t('sales.tenders')}
        </Title>
        {sale.payments.map((payment, index) => (
          <div className={classes['pair']} key={`${payment.method}:${index}`}>
            <span>
              {t(`tender.${payment.method}`)}
              {payment.payerName !== null && (
                <>
                  {' · '}
                  <bdi>{payment.payerName}</bdi> <Ltr>{payment.reference}</Ltr>
                </>
              )}
            </span>
            <span>
              <MoneyText value={payment.amount} />
              {decimalOrZero(payment.change) > 0n && (
                <Text span size="sm" c="dimmed">
                  {' '}
                  ({t('pay.change')} <MoneyText value={payment.change} />)
                </Text>
              )}
            </span>
          </div>
        ))}
        {sale.taxes.map((one) => (
          <div className={classes['pair']} key={`${one.taxClassId} ${one.rate}`}>
            <span>
              {t('sales.tax')} <Ltr>{`${one.code} ${percentOfShare(one.rate)}%`}</Ltr>
              {one.isIncluded && ` (${t('sales.taxIncluded')})`}
            </span>
            <MoneyText value={one.tax} />
          </div>
        ))}
        <Group justify="space-between" mt="sm">
          <Text fw={650}>{t('till.total')}</Text>
          <Text fw={650}>
            <MoneyText value={sale.total} strong />
          </Text>
        </Group>
      </Card>
      <ReturnDialog
        key={returning?.saleItemId}
        saleId={sale.saleId}
        item={returning}
        onClose={() => setReturning(undefined)}
      />
    </Page>
  );
}
