import { Group, Stack, Text } from '@mantine/core';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OfflineSaleDetail } from '../../api/types';
import { useSession } from '../../session/session';
import { type Column, DataTable } from '../../ui/data-table';
import { DateTimeText } from '../../ui/date-text';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { useKeys } from '../../ui/hotkeys/hotkeys';
import { Ltr } from '../../ui/ltr';
import { MixedText } from '../../ui/mixed-text';
import { decimalOrZero } from '../../ui/money.domain';
import { MoneyText, QuantityText } from '../../ui/money-text';
import { Notice } from '../../ui/notice';
import { Card, Page } from '../../ui/page';
import { ErrorView, LoadingRows } from '../../ui/states';
import { StatusBadge } from '../../ui/status-badge';
import { OfflineDecision } from './offline-decision';
import { useOfflineSale } from './offline-queries';
import { OfflineStatus, RefusalText } from './offline-texts';

const route = getRouteApi('/sales/offline/$offlineSaleId');

/** One sale made without the server: what was sold, why it could not be posted, and the decision. */
export function OfflineSaleScreen() {
  const { offlineSaleId } = route.useParams();
  const sale = useOfflineSale(Number(offlineSaleId));
  if (sale.isError) return <ErrorView error={sale.error} retry={() => void sale.refetch()} />;
  if (!sale.data) return <LoadingRows />;
  return <Shown sale={sale.data} />;
}

function Shown({ sale }: { sale: OfflineSaleDetail }) {
  const { t } = useTranslation();
  const { can } = useSession();
  const navigate = useNavigate();
  const [decision, setDecision] = useState<'post' | 'reject'>();
  const lineColumns = useLineColumns(sale);
  const stepColumns = useStepColumns();
  const isOpen = sale.status === 'conflict';
  const mayDecide = isOpen && can('Refund');
  useKeys([
    {
      combo: 'Escape',
      label: t('common.back'),
      run: () => void navigate({ to: '/sales/offline' }),
    },
  ]);
  return (
    <Page
      title={t('offline.saleTitle', { number: sale.receiptNumber })}
      hint={<OfflineStatus status={sale.status} />}
      actions={
        mayDecide && (
          <Group gap="xs">
            <KeyButton combo="F4" label={t('offline.post')} onPress={() => setDecision('post')} />
            <KeyButton
              combo="F7"
              label={t('offline.reject')}
              variant="default"
              onPress={() => setDecision('reject')}
            />
          </Group>
        )
      }
    >
      <Stack gap={12}>
        {sale.conflictCode !== null && isOpen && (
          <Notice tone="warn" title={t('offline.whyNot')}>
            <RefusalText code={sale.conflictCode} />
            {sale.conflictCode === 'insufficient-stock' && <p>{t('offline.stockHint')}</p>}
          </Notice>
        )}
        <Card label={t('offline.facts')}>
          <Group gap="xl">
            <Text size="sm">
              {t('offline.soldAt')} <DateTimeText value={sale.soldAt} />
            </Text>
            <Text size="sm">
              {t('sales.cashier')} <bdi>{sale.sellerName}</bdi>
            </Text>
            <Text size="sm">
              {t('till.total')} <MoneyText value={sale.total} strong />
            </Text>
            <Text size="sm">
              {t('pay.cash')} <MoneyText value={sale.cash} />
            </Text>
            {sale.saleId !== null && (
              <Link to="/sales/$saleId" params={{ saleId: String(sale.saleId) }}>
                {t('offline.postedAs')} <Ltr>{sale.saleNumber}</Ltr>
              </Link>
            )}
          </Group>
        </Card>
        <Card flush label={t('till.lines')}>
          <DataTable
            label={t('till.lines')}
            columns={lineColumns}
            rows={sale.items.map((item, no) => ({ ...item, no }))}
            rowKey={(row) => row.no}
          />
        </Card>
        {sale.steps.length > 0 && (
          <Card flush label={t('offline.steps')}>
            <DataTable
              label={t('offline.steps')}
              columns={stepColumns}
              rows={sale.steps.map((step, no) => ({ ...step, no }))}
              rowKey={(row) => row.no}
            />
          </Card>
        )}
      </Stack>
      <OfflineDecision sale={sale} decision={decision} onClose={() => setDecision(undefined)} />
    </Page>
  );
}

type Line = OfflineSaleDetail['items'][number] & { no: number };

function useLineColumns({ status, priceDifferences }: OfflineSaleDetail): Column<Line>[] {
  const { t, i18n } = useTranslation();
  const columns: Column<Line>[] = [
    {
      id: 'item',
      header: t('till.item'),
      cell: (line) => (
        <MixedText text={i18n.language === 'ar' ? (line.nameAr ?? line.description) : line.description} />
      ),
    },
    {
      id: 'quantity',
      header: t('till.quantity'),
      numeric: true,
      cell: (line) => (
        <>
          <QuantityText value={line.quantity} /> {t(`unit.${line.unit}`)}
        </>
      ),
    },
    {
      id: 'price',
      header: t('offline.packPrice'),
      numeric: true,
      cell: (line) => <MoneyText value={line.packPrice} />,
    },
    {
      id: 'discount',
      header: t('till.discount'),
      numeric: true,
      cell: (line) => <MoneyText value={line.discount} />,
    },
  ];
  if (priceDifferences.length > 0)
    columns.push({
      id: 'now',
      header: t('offline.priceNow'),
      numeric: true,
      cell: (line) => (
        <MoneyText
          value={priceDifferences.find(({ drugId }) => drugId === line.drugId)?.price ?? line.packPrice}
        />
      ),
    });
  if (status === 'conflict')
    columns.push({
      id: 'stock',
      header: t('offline.wantedAndThere'),
      numeric: true,
      cell: (line) => {
        const isThere = decimalOrZero(line.available) >= decimalOrZero(line.wanted);
        return (
          <StatusBadge tone={isThere ? 'ok' : 'warn'}>
            <QuantityText value={line.wanted} /> / <QuantityText value={line.available} />
          </StatusBadge>
        );
      },
    });
  return columns;
}

type Step = OfflineSaleDetail['steps'][number] & { no: number };

function useStepColumns(): Column<Step>[] {
  const { t } = useTranslation();
  return [
    { id: 'when', header: t('sales.when'), cell: (step) => <DateTimeText value={step.recordedAt} /> },
    { id: 'step', header: t('offline.step'), cell: (step) => t(`offline.stepName.${step.step}`) },
    { id: 'who', header: t('offline.who'), cell: (step) => <bdi>{step.userName ?? ''}</bdi> },
    {
      id: 'why',
      header: t('offline.why'),
      cell: (step) => (
        <>
          {step.code !== null && <RefusalText code={step.code} />}
          {step.cash !== null && <span>{t(`offline.cash.${step.cash}`)}</span>}{' '}
          {step.note !== null && <bdi>{step.note}</bdi>}
        </>
      ),
    },
  ];
}
