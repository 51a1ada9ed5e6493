import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BarcodeAnswer, DrugDetail, SaleDetail } from '../../api/types';
import { useSession } from '../../session/session';
import { announce } from '../../ui/announcer';
import { decimalOrZero, type Thousandths } from '../../ui/money.domain';
import { beep } from '../../ui/scan/beep';
import { useScan } from '../../ui/scan/scan';
import { addDrug, type Cart, emptyCart, lineFault, settle, toItems } from '../till/cart.domain';
import { useBarcodeLookup, useDrugLookup } from '../till/till-queries';
import { useBasketPrice } from '../till/use-basket-price';
import { type TakenBack, useTakeBack } from './after-sale-queries';
import { isTooMuch, returnItems, scanned, type Taken, worthOf } from './return-basket.domain';

export const REASONS = ['changedMind', 'wrongItem', 'damaged', 'doctor'] as const;
export type Reason = (typeof REASONS)[number];
export const REFUNDS = ['original', 'cash', 'credit_note'] as const;
export type RefundAs = (typeof REFUNDS)[number];

/** What became of the last scan; colour, word and sound say the same. */
export interface DeskStatus {
  tone: 'ok' | 'stop' | 'neutral';
  text: string;
}

/** What stands on the desk of a return: what comes back, what goes out for it, and the money between. */
export function useReturnDesk(sale: SaleDetail) {
  const { t } = useTranslation();
  const { branch } = useSession();
  const decimals = branch?.currencyDecimals ?? 2;
  const [taken, setTaken] = useState<Taken>({});
  const [cart, setCart] = useState<Cart>(() => emptyCart(decimals));
  const [goesOut, setGoesOut] = useState(false);
  const [status, setStatus] = useState<DeskStatus>();
  const [reason, setReason] = useState<Reason>('changedMind');
  const [refundAs, setRefundAs] = useState<RefundAs>('original');
  const [cash, setCash] = useState('');
  const [card, setCard] = useState('');
  const [done, setDone] = useState<TakenBack>();
  const lookup = useBarcodeLookup();
  const drugLookup = useDrugLookup();
  const post = useTakeBack(sale.saleId);

  function say(tone: DeskStatus['tone'], text: string): void {
    setStatus({ tone, text });
    announce(text);
    if (tone !== 'neutral') beep(tone === 'ok' ? 'ok' : 'refused');
  }

  function sell(drug: DrugDetail, unit: 'unit' | 'strip' | 'pack'): void {
    if (drug.rxOnly || drug.controlledSchedule !== null)
      return say('stop', t('till.rxOnly', { name: drug.name }));
    setCart((before) => addDrug(before, drug, unit));
    say('ok', t('takeBack.goingOut', { name: drug.name }));
  }

  function found({ drug, barcode }: BarcodeAnswer): void {
    const next = goesOut ? undefined : scanned(sale.items, taken, drug.drugId);
    if (next) {
      setTaken(next);
      return say('ok', t('takeBack.comingBack', { name: drug.name }));
    }
    if (!goesOut) return say('stop', t('takeBack.notOnReceipt', { name: drug.name }));
    sell(drug, barcode.packLevel === 'case' ? 'pack' : barcode.packLevel);
  }

  function lookUp(code: string): void {
    say('neutral', t('till.lookingUp', { code }));
    lookup.mutate(code, {
      onSuccess: found,
      onError: (problem) =>
        say(
          'stop',
          problem.status === 404 ? t('till.unknownCode', { code }) : t('till.lookupFailed', { code }),
        ),
    });
  }
  useScan(lookUp);

  function addById(drugId: number, name: string): void {
    drugLookup.mutate(drugId, {
      onSuccess: (drug) => sell(drug, 'pack'),
      onError: () => say('stop', t('till.lookupFailed', { code: name })),
    });
  }

  const worth = worthOf(sale.items, taken, decimals);
  const price = useBasketPrice(cart, sale.patientId ?? undefined);
  const due = price.total;
  const net: Thousandths = due - worth;
  const step = decimalOrZero(branch?.cashRounding ?? '0');
  const settled = settle(net > 0n ? net : 0n, cash, { card }, step);
  const items = returnItems(taken);
  // What payers bore of a line the server alone knows.
  const isBorne = sale.payments.some(({ method }) => method === 'insurance');
  const isPaid = net <= 0n || (settled.missing === 0n && !settled.isTooMuch);
  const isReady =
    items.length > 0 &&
    !sale.items.some((line) => isTooMuch(line, taken)) &&
    cart.lines.every((line) => lineFault(line, cart) === undefined) &&
    isPaid;

  function submit(): void {
    if (!isReady || post.isPending) return;
    const returned = {
      ...{ items, reason: t(`takeBack.reason.${reason}`) },
      ...(refundAs === 'original' ? {} : { refundAs }),
    };
    const sold =
      cart.lines.length === 0
        ? undefined
        : {
            ...(sale.patientId === null ? {} : { patientId: sale.patientId }),
            items: toItems(cart),
            payments: net > 0n ? settled.tenders : [],
          };
    post.mutate(
      { returned, ...(sold ? { sold } : {}) },
      {
        onSuccess: (posted) => {
          announce(t('takeBack.done', { number: posted.returned.saleNumber }));
          setDone(posted);
        },
      },
    );
  }

  return {
    ...{
      taken,
      setTaken,
      cart,
      setCart,
      priced: price.priced,
      goesOut,
      setGoesOut,
      status,
      reason,
      setReason,
      refundAs,
      setRefundAs,
    },
    ...{
      cash,
      setCash,
      card,
      setCard,
      settled,
      worth,
      due,
      net,
      isBorne,
      isReady,
      addById,
      lookUp,
      submit,
      post,
      done,
    },
  };
}
export type Desk = ReturnType<typeof useReturnDesk>;
