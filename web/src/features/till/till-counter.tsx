import { Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { keys } from '../../api/keys';
import type { Patient, PostedSale, TillShift } from '../../api/types';
import { withTexts } from '../../i18n/i18n';
import { DateTimeText } from '../../ui/date-text';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { useKeys } from '../../ui/hotkeys/hotkeys';
import { decimalOrZero, formatMoney } from '../../ui/money.domain';
import { MoneyText } from '../../ui/money-text';
import { lazyPart } from '../../ui/lazy-part';
import { Card, Page } from '../../ui/page';
import { DrugPicker } from '../shared/drug-picker';
import { PatientPicker } from '../shared/patient-picker';
import { usePrint } from '../shared/print';
import { CartLines } from './cart-lines';
import {
  addFill,
  cartBorne,
  changeQuantity,
  cycleUnit,
  emptyCart,
  type FillLine,
  lineFault,
  moveActive,
  removeLine,
} from './cart.domain';
import { useCart } from './cart-store';
import { ScanLine } from './scan-line';
import { type UnsoldFill, useUnsoldFills } from './till-queries';
import { PricedSums } from './priced-parts';
import classes from './till.module.css';
import { UnsoldFills } from './unsold-fills';
import { useBasket } from './use-basket';
import { useBasketPrice } from './use-basket-price';

const PayDialog = lazyPart(() =>
  withTexts(['accounts', 'after-sale', 'clinical'], () => import('./pay-dialog')).then(
    (module) => module.PayDialog,
  ),
);
const TillPapers = lazyPart(() =>
  withTexts('after-sale', () => import('../held-baskets/till-papers')).then((module) => module.TillPapers),
);

interface TillCounterProps {
  branchId: number;
  decimals: number;
  shift: TillShift;
  patientId: number | undefined;
  fillId: number | number[] | undefined;
  /** Opens the payment when the fills are in the basket. */
  pay: boolean | undefined;
}

type OpenDialog = 'pay';

/** The counter with an open shift: lines on one side, patient, fills, total and payment on the other. */
export function TillCounter({ branchId, decimals, shift, patientId, fillId, pay }: TillCounterProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [cart, change] = useCart(branchId, decimals);
  const [dialog, setDialog] = useState<OpenDialog>();
  const [lastSale, setLastSale] = useState<PostedSale>();
  const itemField = useRef<HTMLInputElement>(null);
  const patientField = useRef<HTMLInputElement>(null);
  const basket = useBasket(change);
  const { printReceipt } = usePrint();
  const patient = useQuery({
    queryKey: keys.patient(patientId ?? 0),
    queryFn: ({ signal }) => api.get<Patient>(`/patients/${patientId ?? 0}`, undefined, signal),
    enabled: patientId !== undefined,
  });
  const fills = useUnsoldFills(patientId);
  const active = cart.active;
  const borne = cartBorne(cart);
  const price = useBasketPrice(cart, patientId);
  // A basket that holds something else too is looked at first.
  const paysAtOnce = pay === true && fillId === undefined && cart.lines.every((line) => line.kind === 'fill');
  const canPay = cart.lines.length > 0 && cart.lines.every((line) => lineFault(line, cart) === undefined);

  // "To till" names its fills: they go into the basket as soon as their prices are known.
  useEffect(() => {
    const ids = [fillId ?? []].flat();
    const wanted = fills.data?.filter((fill) => ids.includes(fill.fillId) && fill.isSettled) ?? [];
    if (wanted.length === 0 || wanted.length < ids.length) return;
    change((before) => wanted.reduce((cart, fill) => addFill(cart, toFillLine(fill)), before));
    void navigate({ to: '/till', search: { patientId, pay }, replace: true });
  }, [fills.data, fillId, pay, patientId, change, navigate]);

  function setPatient(next: Patient | null): void {
    void navigate({ to: '/till', search: { patientId: next?.patientId, fillId: undefined }, replace: true });
  }

  /** Keys of the empty item field act on the active line, so that the hands stay where they are. */
  function onEmptyKey(key: string): boolean {
    if (active === undefined) return false;
    const act = {
      '+': () => change((before) => changeQuantity(before, active, 1000n)),
      '-': () => change((before) => changeQuantity(before, active, -1000n)),
      Delete: () => change((before) => removeLine(before, active)),
      ArrowDown: () => change((before) => moveActive(before, 1)),
      ArrowUp: () => change((before) => moveActive(before, -1)),
    }[key];
    act?.();
    return act !== undefined;
  }

  useKeys([
    { combo: '/', label: t('till.focusItem'), run: () => itemField.current?.focus() },
    { combo: 'F3', label: t('till.focusItem'), run: () => itemField.current?.focus() },
    { combo: 'F2', label: t('till.focusPatient'), run: () => patientField.current?.focus() },
    { combo: '+', label: t('till.more'), run: () => void onEmptyKey('+') },
    { combo: '-', label: t('till.fewer'), run: () => void onEmptyKey('-') },
    { combo: 'Delete', label: t('till.removeLine'), run: () => void onEmptyKey('Delete') },
    {
      combo: 'Alt+U',
      label: t('till.changeUnit'),
      run: () => active !== undefined && change((before) => cycleUnit(before, active)),
    },
    { combo: 'Alt+Q', label: t('till.focusQuantity'), run: () => focusLineField(active, 'quantity') },
    { combo: 'Alt+D', label: t('till.focusDiscount'), run: () => focusLineField(active, 'discount') },
  ]);

  function onPaid(sale: PostedSale): void {
    setDialog('pay');
    setLastSale(sale);
    change(() => emptyCart(decimals));
    setPatient(null);
  }

  return (
    <Page
      title={t('till.title')}
      hint={
        <>
          {t('till.shiftSince')} <DateTimeText value={shift.openedAt} />
        </>
      }
      actions={
        <Group gap="xs">
          <TillPapers
            opened
            {...{ branchId, cart, change, patientId, lastSale }}
            onClosed={() => itemField.current?.focus()}
          />
          <KeyButton
            combo="F8"
            label={t('till.reprint')}
            variant="default"
            disabled={!lastSale}
            onPress={() => lastSale && printReceipt(lastSale.saleId)}
          />
          <KeyButton
            combo="F6"
            label={t('till.shift')}
            variant="default"
            onPress={() => void navigate({ to: '/till/shift' })}
          />
        </Group>
      }
    >
      <div className={classes['layout']}>
        <Stack gap={8}>
          <DrugPicker
            ref={itemField}
            label={t('till.item')}
            placeholder={t('till.itemPlaceholder')}
            combo="/"
            autoFocus
            clearAfterPick
            value={null}
            onChange={(drug) => drug && basket.addById(drug.drugId, drug.name)}
            onEmptyKey={onEmptyKey}
            onSubmitText={basket.lookUp}
          />
          <ScanLine status={basket.status} />
          <Card flush label={t('till.lines')}>
            <CartLines cart={cart} change={change} priced={price.priced} />
          </Card>
        </Stack>
        <Stack gap={12}>
          <Card label={t('till.customer')}>
            <Stack gap="sm">
              <PatientPicker
                ref={patientField}
                label={t('till.patient')}
                combo="F2"
                value={patient.data ?? null}
                onChange={setPatient}
              />
              {patientId !== undefined && (
                <UnsoldFills
                  query={fills}
                  inCart={cart.lines.flatMap((line) => (line.kind === 'fill' ? [line.fillId] : []))}
                  onAdd={(fill) => change((before) => addFill(before, toFillLine(fill)))}
                />
              )}
            </Stack>
          </Card>
          <Card label={t('till.toPay')}>
            <Stack gap="sm">
              <div className={classes['total']}>
                <span>{t(borne > 0n ? 'till.collect' : 'till.total')}</span>
                <span className={classes['totalAmount']} data-testid="till-total">
                  <MoneyText value={formatMoney(price.total - borne)} />
                </span>
              </div>
              {borne > 0n && (
                <Text size="sm" c="dimmed" ta="end">
                  {t('till.total')} <MoneyText value={formatMoney(price.total)} /> · {t('tender.insurance')}{' '}
                  <MoneyText value={formatMoney(borne)} />
                </Text>
              )}
              {price.priced &&
                (decimalOrZero(price.priced.discountTotal) > 0n || price.priced.taxes.length > 0) && (
                  <PricedSums opened priced={price.priced} />
                )}
              <KeyButton
                combo="F4"
                label={t('till.pay')}
                size="lg"
                fullWidth
                disabled={!canPay}
                onPress={() => setDialog('pay')}
              />
              {lastSale && (
                <Text size="sm" c="dimmed">
                  {t('till.lastSale')} <bdi>{lastSale.saleNumber}</bdi> · <MoneyText value={lastSale.total} />
                </Text>
              )}
            </Stack>
          </Card>
        </Stack>
      </div>
      <PayDialog
        opened={dialog === 'pay' || paysAtOnce}
        cart={cart}
        patientId={patientId}
        onPaid={onPaid}
        onSwap={basket.replace}
        onClose={() => {
          setDialog(undefined);
          if (pay) void navigate({ to: '/till', search: { patientId }, replace: true });
          itemField.current?.focus();
        }}
      />
    </Page>
  );
}

function toFillLine(fill: UnsoldFill): Omit<FillLine, 'kind' | 'id'> {
  const { fillId, drugName, quantity, baseUnit, price, patientShare, payerNames } = fill;
  return { fillId, name: drugName, quantity, baseUnit, price, patientShare, payerNames };
}

function focusLineField(lineId: number | undefined, field: 'quantity' | 'discount'): void {
  const input = document.querySelector<HTMLInputElement>(
    `[data-line="${lineId ?? 0}"][data-field="${field}"]`,
  );
  input?.focus();
  input?.select();
}
