import { Button, Group, Stack, Text } from '@mantine/core';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Quotation } from '../../api/after-sale-types';
import type { CreatedSale } from '../../api/types';
import { type Column, DataTable } from '../../ui/data-table';
import { DateText } from '../../ui/date-text';
import { DecimalInput } from '../../ui/decimal-input';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { useKeys } from '../../ui/hotkeys/hotkeys';
import { Ltr } from '../../ui/ltr';
import { MoneyText, QuantityText } from '../../ui/money-text';
import { decimalOrZero, formatMoney } from '../../ui/money.domain';
import { Notice } from '../../ui/notice';
import { Card, Page } from '../../ui/page';
import { ProblemAlert } from '../../ui/problem-text';
import { ErrorView, LoadingRows } from '../../ui/states';
import { StatusBadge } from '../../ui/status-badge';
import { useSession } from '../../session/session';
import { usePrint } from '../shared/print';
import { settle } from '../till/cart.domain';
import tillClasses from '../till/till.module.css';
import { useQuotation, useSellQuotation } from './after-sale-queries';
import { QuotationStatus } from './quotations-screen';

const route = getRouteApi('/quotations/$quotationId');

/** One quotation beside the prices of today; it is sold here. */
export function QuotationScreen() {
  const { quotationId } = route.useParams();
  const found = useQuotation(Number(quotationId));
  if (found.isError) return <ErrorView error={found.error} retry={() => void found.refetch()} />;
  if (!found.data) return <LoadingRows />;
  return <QuotationPage quotation={found.data} />;
}

function QuotationPage({ quotation }: { quotation: Quotation }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { printPage } = usePrint();
  useKeys([
    {
      combo: 'Escape',
      label: t('common.back'),
      run: () => void navigate({ to: '/quotations' }),
      whileTyping: false,
    },
  ]);
  const columns: Column<Quotation['lines'][number]>[] = [
    { id: 'name', header: t('till.item'), cell: (line) => <bdi>{line.description}</bdi> },
    {
      id: 'quantity',
      header: t('till.quantity'),
      cell: (line) => (
        <>
          <QuantityText value={line.unitQuantity} /> {line.unit === 'unit' ? '' : t(`unit.${line.unit}`)}
        </>
      ),
    },
    {
      id: 'discount',
      header: t('till.discount'),
      numeric: true,
      cell: (line) => <MoneyText value={line.discount} />,
    },
    {
      id: 'quoted',
      header: t('quotations.quoted'),
      numeric: true,
      cell: (line) => <MoneyText value={line.lineTotal} strong />,
    },
    {
      id: 'today',
      header: t('quotations.today'),
      numeric: true,
      cell: (line) => <Today quoted={line.lineTotal} today={line.currentTotal} />,
    },
  ];
  return (
    <Page
      title={t('quotations.of', { number: quotation.quotationNumber })}
      hint={
        <>
          <bdi>{quotation.customerName}</bdi> {t('quotations.until')}{' '}
          <DateText value={quotation.validUntil} />
        </>
      }
      actions={
        <Group gap="xs">
          <QuotationStatus status={quotation.status} />
          <KeyButton
            combo="F8"
            label={t('quotations.print')}
            variant="default"
            onPress={() => printPage(`/quotations/${quotation.quotationId}/print`)}
          />
        </Group>
      }
    >
      <div className={tillClasses['layout']}>
        <Card flush label={t('till.lines')}>
          <DataTable
            label={t('till.lines')}
            columns={columns}
            rows={quotation.lines}
            rowKey={(line) => line.lineNo}
          />
        </Card>
        <Card label={t('till.toPay')}>
          {quotation.saleId === null ? (
            <SellForm quotation={quotation} />
          ) : (
            <Link to="/sales/$saleId" params={{ saleId: String(quotation.saleId) }}>
              {t('quotations.toSale')}
            </Link>
          )}
        </Card>
      </div>
    </Page>
  );
}

/** A price of today, marked where it differs. */
function Today({ quoted, today }: { quoted: string; today: string | null }) {
  const { t } = useTranslation();
  if (today === null) return <StatusBadge tone="stop">{t('quotations.notToday')}</StatusBadge>;
  const difference = decimalOrZero(today) - decimalOrZero(quoted);
  return (
    <>
      <MoneyText value={today} />
      {difference !== 0n && (
        <Text size="sm" c="dimmed">
          <Ltr>
            {difference > 0n ? '+' : '−'}
            {formatMoney(difference > 0n ? difference : -difference)}
          </Ltr>
        </Text>
      )}
    </>
  );
}

function SellForm({ quotation }: { quotation: Quotation }) {
  const { t } = useTranslation();
  const { branch } = useSession();
  const { printReceipt } = usePrint();
  const [cash, setCash] = useState('');
  const [card, setCard] = useState('');
  const [sold, setSold] = useState<CreatedSale>();
  const sell = useSellQuotation(quotation.quotationId);
  const total = quotation.keepsPrices ? quotation.total : quotation.currentTotal;
  const settled = settle(decimalOrZero(total), cash, { card }, decimalOrZero(branch?.cashRounding ?? '0'));
  const isReady = total !== null && settled.missing === 0n && !settled.isTooMuch;
  if (sold)
    return (
      <Stack gap="sm">
        <StatusBadge tone="ok">
          {t('pay.saleNumber')} <Ltr>{sold.saleNumber}</Ltr>
        </StatusBadge>
        <div className={tillClasses['pair']}>
          <Text fw={600}>{t('pay.change')}</Text>
          <span className={tillClasses['big']}>
            <MoneyText value={sold.change} />
          </span>
        </div>
        <Button autoFocus onClick={() => printReceipt(sold.saleId)}>
          {t('pay.receipt')}
        </Button>
      </Stack>
    );
  return (
    <Stack gap="sm">
      {!quotation.keepsPrices && <Notice tone="warn" title={t('quotations.reprice')} />}
      <div className={tillClasses['total']}>
        <span>{t('till.total')}</span>
        <span className={tillClasses['totalAmount']} data-testid="quotation-total">
          {total === null ? '–' : <MoneyText value={formatMoney(settled.due)} />}
        </span>
      </div>
      <ProblemAlert problem={sell.error} notSaved={t('pay.notPosted')} />
      <DecimalInput
        label={t('pay.cash')}
        value={cash}
        onChange={setCash}
        placeholder={formatMoney(settled.due)}
        autoFocus
      />
      <DecimalInput
        label={t('pay.card')}
        value={card}
        onChange={setCard}
        error={settled.isTooMuch ? t('pay.cardTooMuch') : undefined}
      />
      <KeyButton
        combo="F4"
        label={t('quotations.sell')}
        size="lg"
        fullWidth
        disabled={!isReady}
        loading={sell.isPending}
        onPress={() =>
          sell.mutate(
            { prices: quotation.keepsPrices ? 'quoted' : 'current', payments: settled.tenders },
            { onSuccess: setSold },
          )
        }
      />
    </Stack>
  );
}
