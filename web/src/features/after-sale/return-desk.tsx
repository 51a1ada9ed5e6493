import { Group, NativeSelect, Stack, Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { SaleDetail, SaleItem } from '../../api/types';
import { useSession } from '../../session/session';
import { type Column, DataTable } from '../../ui/data-table';
import { DateTimeText } from '../../ui/date-text';
import { DecimalInput } from '../../ui/decimal-input';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { MoneyText } from '../../ui/money-text';
import { formatDecimal, formatMoney } from '../../ui/money.domain';
import { Notice } from '../../ui/notice';
import { Card, Page } from '../../ui/page';
import { ProblemAlert } from '../../ui/problem-text';
import { toneIcons } from '../../ui/status-badge';
import { DrugPicker } from '../shared/drug-picker';
import { useUnitName } from '../shared/unit-text';
import { CartLines } from '../till/cart-lines';
import tillClasses from '../till/till.module.css';
import { isTooMuch, leftOf, usualDisposition } from './return-basket.domain';
import { ReturnDone } from './return-done';
import { type Desk, REASONS, REFUNDS, useReturnDesk } from './use-return-desk';

/** The desk of a return: lines of the receipt on one side, the money on the other. */
export function ReturnDesk({ sale }: { sale: SaleDetail }) {
  const { t } = useTranslation();
  const { can } = useSession();
  const navigate = useNavigate();
  const desk = useReturnDesk(sale);
  const title = t('takeBack.of', { number: sale.saleNumber });
  const columns = useColumns(desk);
  if (desk.done) return <ReturnDone done={desk.done} />;
  const mayReturn = can('Refund') && sale.saleType === 'sale';
  return (
    <Page
      title={title}
      hint={<DateTimeText value={sale.saleDate} />}
      actions={
        <Group gap="xs">
          <KeyButton
            combo="F9"
            label={t(desk.goesOut ? 'takeBack.scanBack' : 'takeBack.scanOut')}
            variant={desk.goesOut ? 'light' : 'default'}
            onPress={() => desk.setGoesOut(!desk.goesOut)}
          />
          <KeyButton
            combo="Escape"
            label={t('takeBack.toTill')}
            variant="default"
            onPress={() => void navigate({ to: '/till' })}
          />
        </Group>
      }
    >
      {!mayReturn && (
        <Notice tone="stop" title={t(can('Refund') ? 'takeBack.notASale' : 'takeBack.notAllowed')} />
      )}
      <div className={tillClasses['layout']}>
        <Stack gap={8}>
          <ScanLine desk={desk} />
          <Card flush label={t('takeBack.comesBack')}>
            <DataTable
              label={t('takeBack.comesBack')}
              columns={columns}
              rows={sale.items}
              rowKey={(item) => item.saleItemId}
            />
          </Card>
          {(desk.goesOut || desk.cart.lines.length > 0) && (
            <Card label={t('takeBack.goesOut')}>
              <Stack gap="sm">
                <DrugPicker
                  label={t('takeBack.goesOut')}
                  placeholder={t('till.itemPlaceholder')}
                  combo="/"
                  clearAfterPick
                  autoFocus
                  value={null}
                  onChange={(drug) => drug && desk.addById(drug.drugId, drug.name)}
                  onSubmitText={desk.lookUp}
                />
                <CartLines cart={desk.cart} change={desk.setCart} priced={desk.priced} />
              </Stack>
            </Card>
          )}
        </Stack>
        <MoneyCard desk={desk} mayReturn={mayReturn} />
      </div>
    </Page>
  );
}

function ScanLine({ desk }: { desk: Desk }) {
  const { t } = useTranslation();
  const shown = desk.status ?? { tone: 'neutral' as const, text: t('takeBack.scanItem') };
  const Icon = toneIcons[shown.tone];
  return (
    <div className={tillClasses['scan']} style={{ color: `var(--m-${shown.tone})` }} data-scan={shown.tone}>
      <Icon size={18} aria-hidden="true" />
      <bdi>{shown.text}</bdi>
    </div>
  );
}

function useColumns(desk: Desk): Column<SaleItem>[] {
  const { t } = useTranslation();
  const nameOfUnit = useUnitName();
  const { taken, setTaken } = desk;
  const set = (item: SaleItem, values: Partial<(typeof taken)[number]>) =>
    setTaken((before) => ({
      ...before,
      [item.saleItemId]: {
        quantity: '',
        disposition: usualDisposition(item),
        ...before[item.saleItemId],
        ...values,
      },
    }));
  return [
    { id: 'name', header: t('till.item'), cell: (item) => <bdi>{item.description}</bdi> },
    {
      id: 'left',
      header: t('takeBack.left'),
      numeric: true,
      cell: (item) => (
        <>
          <bdi dir="ltr">{formatDecimal(leftOf(item))}</bdi>{' '}
          <bdi>{nameOfUnit(item.baseUnit, formatDecimal(leftOf(item)))}</bdi>
        </>
      ),
    },
    {
      id: 'quantity',
      header: t('takeBack.quantity'),
      cell: (item) => (
        <DecimalInput
          aria-label={t('takeBack.quantityOf', { name: item.description })}
          value={taken[item.saleItemId]?.quantity ?? ''}
          onChange={(quantity) => set(item, { quantity })}
          error={isTooMuch(item, taken)}
          disabled={leftOf(item) <= 0n}
          placeholder="0"
          w={90}
          size="sm"
        />
      ),
    },
    {
      id: 'disposition',
      header: t('sales.disposition'),
      cell: (item) => (
        <NativeSelect
          aria-label={t('takeBack.dispositionOf', { name: item.description })}
          value={taken[item.saleItemId]?.disposition ?? usualDisposition(item)}
          onChange={(event) =>
            set(item, { disposition: event.currentTarget.value === 'restock' ? 'restock' : 'quarantine' })
          }
          data={(['restock', 'quarantine'] as const).map((value) => ({
            value,
            label: t(`disposition.${value}`),
          }))}
          disabled={leftOf(item) <= 0n}
          w={200}
          size="sm"
        />
      ),
    },
  ];
}

function MoneyCard({ desk, mayReturn }: { desk: Desk; mayReturn: boolean }) {
  const { t } = useTranslation();
  const { net, worth, due, settled } = desk;
  const pays = net > 0n;
  return (
    <Card label={t('takeBack.money')}>
      <Stack gap="sm">
        {due > 0n && (
          <>
            <Pair label={t('takeBack.worth')} value={worth} />
            <Pair label={t('takeBack.newOnes')} value={due} />
          </>
        )}
        <div className={tillClasses['total']}>
          <span>{t(pays ? 'takeBack.toPay' : 'takeBack.toGive')}</span>
          <span className={tillClasses['totalAmount']} data-testid="net">
            <MoneyText value={formatMoney(pays ? settled.due : -net)} />
          </span>
        </div>
        {desk.isBorne && <Notice tone="info" title={t('takeBack.borne')} />}
        <ProblemAlert problem={desk.post.error} notSaved={t('sales.notReturned')} />
        {pays ? (
          <>
            <DecimalInput
              label={t('pay.cash')}
              value={desk.cash}
              onChange={desk.setCash}
              placeholder={formatMoney(settled.due)}
            />
            <DecimalInput
              label={t('pay.card')}
              value={desk.card}
              onChange={desk.setCard}
              error={settled.isTooMuch ? t('pay.cardTooMuch') : undefined}
            />
            {settled.missing > 0n ? (
              <Pair label={t('pay.missing')} value={settled.missing} />
            ) : (
              <Pair label={t('pay.change')} value={settled.change} />
            )}
          </>
        ) : (
          <NativeSelect
            label={t('takeBack.refundAs')}
            value={desk.refundAs}
            onChange={(event) =>
              desk.setRefundAs(REFUNDS.find((one) => one === event.currentTarget.value) ?? 'original')
            }
            data={REFUNDS.map((value) => ({ value, label: t(`takeBack.refund.${value}`) }))}
          />
        )}
        <NativeSelect
          label={t('transition.reason')}
          value={desk.reason}
          onChange={(event) =>
            desk.setReason(REASONS.find((one) => one === event.currentTarget.value) ?? 'changedMind')
          }
          data={REASONS.map((value) => ({ value, label: t(`takeBack.reason.${value}`) }))}
        />
        <KeyButton
          combo="F4"
          label={t(due > 0n ? 'takeBack.exchange' : 'takeBack.submit')}
          size="lg"
          fullWidth
          disabled={!mayReturn || !desk.isReady}
          loading={desk.post.isPending}
          onPress={desk.submit}
        />
      </Stack>
    </Card>
  );
}

function Pair({ label, value }: { label: string; value: bigint }) {
  return (
    <div className={tillClasses['pair']}>
      <Text>{label}</Text>
      <Text fw={650}>
        <MoneyText value={formatMoney(value)} />
      </Text>
    </div>
  );
}
