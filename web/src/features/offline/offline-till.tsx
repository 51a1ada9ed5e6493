import { Group, Stack, Text } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { holdOffline } from '../../api/reach';
import type { OfflineSeller } from '../../session/offline-seller';
import { DateTimeText } from '../../ui/date-text';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { useKeys } from '../../ui/hotkeys/hotkeys';
import { formatMoney } from '../../ui/money.domain';
import { MoneyText } from '../../ui/money-text';
import { Notice } from '../../ui/notice';
import { Card, Page } from '../../ui/page';
import { EmptyView, LoadingRows } from '../../ui/states';
import { CartLines } from '../till/cart-lines';
import {
  type Cart,
  type CartLine,
  cartTotal,
  changeQuantity,
  cycleUnit,
  emptyCart,
  moveActive,
  removeLine,
} from '../till/cart.domain';
import { useCart } from '../till/cart-store';
import { ScanLine } from '../till/scan-line';
import tillClasses from '../till/till.module.css';
import { OfflinePay } from './offline-pay';
import { OfflinePicker } from './offline-picker';
import { OfflineQueue } from './offline-queue';
import { lineRefusal } from './offline-sale.domain';
import { type OfflineCatalogue, startOffline, useOffline } from './offline-store';
import { countsOf } from './queue.domain';
import { useOfflineBasket } from './use-offline-basket';
import { usePrintOffline } from './use-print-offline';
import { useSeller } from './use-seller';

interface PatientChosen {
  /** A patient was chosen while the server was there: nothing screens what he buys now. */
  hasPatient?: boolean;
  /** The basket is to be sold to nobody in particular. */
  onWithoutPatient?: () => void;
}

/** The till while the server cannot be reached: what needs no prescription, in cash. */
export function OfflineTill(patient: PatientChosen) {
  const { t } = useTranslation();
  const { isReady, isBroken, catalogue } = useOffline();
  const seller = useSeller();
  const branchId = seller?.branchId;
  useEffect(() => {
    if (branchId !== undefined) void startOffline(branchId);
  }, [branchId]);
  if (seller === undefined) return <LoadingRows />;
  if (seller === null) return <EmptyView title={t('offline.nobody')} hint={t('offline.nobodyHint')} />;
  if (!isReady) return <LoadingRows />;
  if (isBroken || catalogue?.branch.branchId !== seller.branchId)
    return <EmptyView title={t('offline.noList')} hint={t('offline.noListHint')} />;
  return <OfflineCounter catalogue={catalogue} seller={seller} {...patient} />;
}

interface OfflineCounterProps extends PatientChosen {
  catalogue: OfflineCatalogue;
  seller: OfflineSeller;
}

function OfflineCounter({ catalogue, seller, hasPatient = false, onWithoutPatient }: OfflineCounterProps) {
  const { t } = useTranslation();
  const { branch, index } = catalogue;
  const [cart, change] = useCart(branch.branchId, branch.currencyDecimals);
  const [dialog, setDialog] = useState<'pay' | 'queue'>();
  const itemField = useRef<HTMLInputElement>(null);
  const basket = useOfflineBasket(catalogue, change);
  const { sales } = useOffline();
  const print = usePrintOffline();
  const last = sales.at(-1);
  const { active } = cart;
  const refused = cart.lines.flatMap((line) => {
    const refusal = lineRefusal(line, cart, index);
    return refusal === undefined ? [] : [{ line, refusal }];
  });
  const isPaying = dialog === 'pay';
  useEffect(() => {
    holdOffline(isPaying);
    return () => holdOffline(false);
  }, [isPaying]);

  /** Keys of the empty item field act on the active line, so that the hands stay where they are. */
  function onEmptyKey(key: string): boolean {
    const act = active === undefined ? undefined : LINE_KEYS[key];
    if (active === undefined || act === undefined) return false;
    change((before) => act(before, active));
    return true;
  }

  useKeys([
    { combo: '/', label: t('till.focusItem'), run: () => itemField.current?.focus() },
    { combo: 'F3', label: t('till.focusItem'), run: () => itemField.current?.focus() },
    { combo: '+', label: t('till.more'), run: () => void onEmptyKey('+') },
    { combo: '-', label: t('till.fewer'), run: () => void onEmptyKey('-') },
    { combo: 'Delete', label: t('till.removeLine'), run: () => void onEmptyKey('Delete') },
    {
      combo: 'Alt+U',
      label: t('till.changeUnit'),
      run: () => active !== undefined && change((before) => cycleUnit(before, active)),
    },
  ]);

  return (
    <Page
      title={t('offline.title')}
      hint={
        <>
          {t('offline.pricesOf')} <DateTimeText value={new Date(catalogue.fetchedAt).toISOString()} />
        </>
      }
      actions={
        <Group gap="xs">
          <KeyButton
            combo="F8"
            label={t('till.reprint')}
            variant="default"
            disabled={last === undefined}
            onPress={() => last && print(last, true)}
          />
          <KeyButton
            combo="Alt+P"
            label={t('offline.priceCheck')}
            variant={basket.isPriceCheck ? 'filled' : 'default'}
            onPress={basket.togglePriceCheck}
          />
          <KeyButton
            combo="F6"
            label={t('offline.queue', { count: countsOf(sales).unsent })}
            variant="default"
            onPress={() => setDialog('queue')}
          />
        </Group>
      }
    >
      <div className={tillClasses['layout']}>
        <Stack gap={8}>
          <OfflinePicker
            ref={itemField}
            index={index}
            onPick={basket.add}
            onSubmitText={basket.lookUp}
            onEmptyKey={onEmptyKey}
          />
          <ScanLine status={basket.status} />
          {hasPatient && (
            <Notice tone="stop" role="alert" title={t('offline.patient')}>
              <p>{t('offline.patientHint')}</p>
              <KeyButton
                combo="F2"
                label={t('offline.withoutPatient')}
                size="compact-md"
                variant="default"
                onPress={() => onWithoutPatient?.()}
              />
            </Notice>
          )}
          {refused.length > 0 && (
            <Notice tone="stop" role="alert" title={t('offline.cannotPay')}>
              <ul style={{ margin: 0, paddingInlineStart: 20 }}>
                {refused.map(({ line, refusal }) => (
                  <li key={line.id}>{t(`offline.refused.${refusal}`, { name: nameOf(line) })}</li>
                ))}
              </ul>
            </Notice>
          )}
          <Card flush label={t('till.lines')}>
            <CartLines cart={cart} change={change} priced={undefined} />
          </Card>
        </Stack>
        <Stack gap={12}>
          <Card label={t('till.toPay')}>
            <Stack gap="sm">
              <div className={tillClasses['total']}>
                <span>{t('till.total')}</span>
                <span className={tillClasses['totalAmount']} data-testid="till-total">
                  <MoneyText value={formatMoney(cartTotal(cart))} />
                </span>
              </div>
              <KeyButton
                combo="F4"
                label={t('offline.payCash')}
                size="lg"
                fullWidth
                disabled={cart.lines.length === 0 || refused.length > 0 || hasPatient}
                onPress={() => setDialog('pay')}
              />
              {last && (
                <Text size="sm" c="dimmed">
                  {t('till.lastSale')} <bdi>{last.number}</bdi> · <MoneyText value={last.total} />
                </Text>
              )}
            </Stack>
          </Card>
          <Card label={t('offline.rulesTitle')}>
            <Text size="sm" fw={600}>
              {t('offline.rulesTitle')}
            </Text>
            <Text size="sm">{t('offline.rules')}</Text>
          </Card>
        </Stack>
      </div>
      <OfflinePay
        opened={isPaying}
        cart={cart}
        catalogue={catalogue}
        seller={seller}
        onSold={() => change(() => emptyCart(branch.currencyDecimals))}
        onClose={() => {
          setDialog(undefined);
          itemField.current?.focus();
        }}
      />
      <OfflineQueue
        opened={dialog === 'queue'}
        onClose={() => {
          setDialog(undefined);
          itemField.current?.focus();
        }}
      />
    </Page>
  );
}

const nameOf = (line: CartLine): string => (line.kind === 'fill' ? line.name : line.drug.name);

const LINE_KEYS: Readonly<Record<string, (cart: Cart, line: number) => Cart>> = {
  '+': (cart, line) => changeQuantity(cart, line, 1000n),
  '-': (cart, line) => changeQuantity(cart, line, -1000n),
  Delete: removeLine,
  ArrowDown: (cart) => moveActive(cart, 1),
  ArrowUp: (cart) => moveActive(cart, -1),
};
