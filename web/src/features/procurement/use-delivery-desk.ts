import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { asProblem, type Problem } from '../../api/problem';
import type { DeliveryScanned, OrderLine, PurchaseOrder } from '../../api/types';
import { draftKey, writeDraft } from '../../session/drafts';
import { useSession } from '../../session/session';
import { announce } from '../../ui/announcer';
import { beep } from '../../ui/scan/beep';
import { useScan } from '../../ui/scan/scan';
import { readDelivery } from './delivery-draft.domain';
import { giveFreeReason } from './delivery-free.domain';
import {
  changeEntry,
  isCountedTwice,
  isEmptyDelivery,
  isLotFull,
  multiplied,
  NO_DELIVERY,
  takePack,
} from './delivery.domain';
import type { Delivery, Entry } from './delivery.types';
import { readPack } from './procurement-queries';

/** Why a scan was not counted, or what it asks. */
export type Stop =
  | {
      readonly kind: 'unknown' | 'not-ordered' | 'expired' | 'twice' | 'full';
      readonly scanned: DeliveryScanned;
    }
  | { readonly kind: 'short'; readonly scanned: DeliveryScanned; readonly key: number }
  | { readonly kind: 'no-multiple' };

interface Desk {
  readonly now: Delivery;
  /** As it was before each scan, the last one last. */
  readonly past: readonly Delivery[];
}

/** Steps that can be taken back. */
const MOST_STEPS = 100;

export const fieldId = (field: 'lot' | 'expiry' | 'quantity' | 'free' | 'free-reason', key: number): string =>
  `${field}-of-${key}`;
export const SCAN_FIELD = 'scan-field';

/** Puts the cursor into a field, and what stands there under it. */
export function focusOn(id: string): void {
  const field = document.getElementById(id);
  field?.focus();
  if (field instanceof HTMLInputElement && field.type !== 'date') field.select();
}

/**
 * The place where a delivery is counted against its order: what a scan, a multiplication or a hand does to it. It is kept in the tab
 * until it is posted.
 */
export function useDeliveryDesk(order: PurchaseOrder) {
  const { t } = useTranslation();
  const { me, branch } = useSession();
  const draft = draftKey(me.userId, `delivery-${order.purchaseOrderId}`, branch?.branchId ?? 0);
  const [desk, setDesk] = useState<Desk>(() => {
    const ids = new Set(order.lines.map(({ purchaseOrderItemId }) => purchaseOrderItemId));
    return { now: readDelivery(sessionStorage.getItem(draft), ids) ?? NO_DELIVERY, past: [] };
  });
  const [stop, setStop] = useState<Stop>();
  const [problem, setProblem] = useState<Problem>();
  const [shown, setShown] = useState<DeliveryScanned>();
  const [reading, setReading] = useState(0);
  const isPosted = useRef(false);

  useEffect(() => {
    if (isPosted.current) return;
    if (isEmptyDelivery(desk.now)) sessionStorage.removeItem(draft);
    else writeDraft(draft, JSON.stringify(desk.now));
  }, [desk.now, draft]);

  const latest = useRef(desk);
  useLayoutEffect(() => {
    latest.current = desk;
  });

  /** At once, not at the next render: the scan after this one is judged by it. */
  function step(next: Delivery): void {
    flushSync(() => setDesk(({ now, past }) => ({ now: next, past: [...past.slice(1 - MOST_STEPS), now] })));
  }

  function halt(why: Stop): void {
    beep('refused');
    flushSync(() => setStop(why));
  }

  function count(scanned: DeliveryScanned, code: string): void {
    setProblem(undefined);
    setShown(scanned);
    const line = order.lines.find((one) => one.purchaseOrderItemId === scanned.purchaseOrderItemId);
    const warned = (code: DeliveryScanned['warnings'][number]) => scanned.warnings.includes(code);
    if (!line) return halt({ kind: scanned.drugId === null ? 'unknown' : 'not-ordered', scanned });
    if (warned('expired')) return halt({ kind: 'expired', scanned });
    const said = { ...scanned, code, isShort: warned('short-expiry'), isRecalled: warned('recalled') };
    const { now } = latest.current;
    if (isCountedTwice(now, line, said)) return halt({ kind: 'twice', scanned });
    if (isLotFull(now, line, said)) return halt({ kind: 'full', scanned });
    const next = takePack(now, line, said);
    step(next);
    const entry = next.entries.find(({ key }) => key === next.last?.key);
    if (entry?.asksShort) return halt({ kind: 'short', scanned, key: entry.key });
    flushSync(() => setStop(undefined));
    beep('ok');
    announce(`${line.drugName} ${entry?.quantity ?? ''}`);
    if (entry?.lotNumber === '') focusOn(fieldId('lot', entry.key));
    else if (entry?.expiryDate === '') focusOn(fieldId('expiry', entry.key));
  }

  // The second pack of a code is counted without asking again; a code with a serial number is another one each time.
  const known = useRef(new Map<string, DeliveryScanned>());
  async function takeScan(code: string): Promise<void> {
    const before = known.current.get(code);
    if (before) return count(before, code);
    setReading((so) => so + 1);
    try {
      const scanned = await readPack(order.purchaseOrderId, code);
      if (scanned.serialNumber === null && scanned.purchaseOrderItemId !== null)
        known.current.set(code, scanned);
      count(scanned, code);
    } catch (error) {
      beep('refused');
      setStop(undefined);
      setProblem(asProblem(error));
    } finally {
      setReading((so) => so - 1);
    }
  }

  // One after the other: a scanner is faster than the answers.
  const scans = useRef(Promise.resolve());
  function scan(code: string): void {
    scans.current = scans.current.then(() => takeScan(code));
  }
  useScan(scan);

  return {
    delivery: desk.now,
    stop,
    problem,
    /** What the last scan said. */
    shown,
    isReading: reading > 0,
    canUndo: desk.past.length > 0,
    scan,
    step,
    letGo: () => setStop(undefined),
    /** "*24", or a code typed by hand. */
    enter: (text: string) => {
      if (!text.startsWith('*')) return scan(text);
      // After the scans that are still being read: it is the last of them that is meant.
      scans.current = scans.current.then(() => {
        const next = multiplied(latest.current.now, text, order.lines);
        if (!next) return halt({ kind: 'no-multiple' });
        flushSync(() => setStop(undefined));
        step(next);
        announce(t('procurement.multiplied', { times: text.slice(1) }));
      });
    },
    /** What is typed belongs to the entry, before the last scan as well as after it. */
    change: (key: number, change: Partial<Entry>) =>
      setDesk(({ now, past }) => ({
        now: changeEntry(now, key, change),
        past: past.map((one) => changeEntry(one, key, change)),
      })),
    /** Why more of a line comes free than was ordered. */
    giveReason: (itemId: number, reason: string) =>
      setDesk(({ now, past }) => ({
        now: giveFreeReason(now, itemId, reason),
        past: past.map((one) => giveFreeReason(one, itemId, reason)),
      })),
    undo: () => {
      setStop(undefined);
      setDesk(({ now, past }) => ({ now: past.at(-1) ?? now, past: past.slice(0, -1) }));
      announce(t('procurement.undone'));
    },
    /** It is posted: nothing of it is kept any more. */
    forget: () => {
      isPosted.current = true;
      sessionStorage.removeItem(draft);
    },
  };
}

export type DeliveryDesk = ReturnType<typeof useDeliveryDesk>;

/** The line of an order an entry is of. */
export const lineOf = (order: PurchaseOrder, purchaseOrderItemId: number | null): OrderLine | undefined =>
  order.lines.find((line) => line.purchaseOrderItemId === purchaseOrderItemId);
