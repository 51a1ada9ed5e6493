import { MOST_OF_REASON } from './delivery-free.domain';
import type { ScannedPack } from './delivery-packs.domain';
import { type Delivery, type Entry, REFUSALS, type Refused } from './delivery.types';

/* A delivery that is being counted, as it is kept in the tab until it is posted. */

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const id = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : undefined;
const listOf = <One>(value: unknown, read: (one: unknown) => One | undefined): One[] => {
  const some: unknown[] = Array.isArray(value) ? value : [];
  return some.map(read).filter((one) => one !== undefined);
};

function readPack(value: unknown): ScannedPack | undefined {
  if (!isRecord(value)) return undefined;
  const [serial, code] = [text(value['serial']), text(value['code'])];
  if (serial === '' || code === '') return undefined;
  const [units, lotNumber] = [text(value['units']), text(value['lotNumber'])];
  return { serial, code, units, lotNumber, expiryDate: text(value['expiryDate']) };
}

/** Reasons for free goods, of lines the order has. */
const readReasons = (value: unknown, itemIds: ReadonlySet<number>): Record<number, string> =>
  Object.fromEntries(
    Object.entries(isRecord(value) ? value : {})
      .map(([itemId, reason]) => [Number(itemId), text(reason).slice(0, MOST_OF_REASON)] as const)
      .filter(([itemId, reason]) => itemIds.has(itemId) && reason !== ''),
  );

function readEntry(value: unknown): Entry | undefined {
  if (!isRecord(value)) return undefined;
  const [key, purchaseOrderItemId] = [id(value['key']), id(value['purchaseOrderItemId'])];
  if (key === undefined || purchaseOrderItemId === undefined) return undefined;
  return {
    key,
    purchaseOrderItemId,
    lotNumber: text(value['lotNumber']),
    expiryDate: text(value['expiryDate']),
    hasNoExpiry: value['hasNoExpiry'] === true,
    isLotSaid: value['isLotSaid'] === true,
    quantity: text(value['quantity']),
    free: text(value['free']),
    inBaseUnits: value['inBaseUnits'] === true,
    packs: listOf(value['packs'], readPack),
    asksShort: value['asksShort'] === true,
    isShort: value['isShort'] === true,
    isRecalled: value['isRecalled'] === true,
  };
}

function readRefused(value: unknown): Refused | undefined {
  if (!isRecord(value)) return undefined;
  const [key, drugId] = [id(value['key']), id(value['drugId'])];
  const reason = REFUSALS.find((one) => one === value['reason']);
  if (key === undefined || drugId === undefined || reason === undefined) return undefined;
  return {
    key,
    drugId,
    reason,
    purchaseOrderItemId: id(value['purchaseOrderItemId']) ?? null,
    drugName: text(value['drugName']),
    quantity: text(value['quantity']),
    note: text(value['note']),
    lotNumber: text(value['lotNumber']),
    expiryDate: text(value['expiryDate']),
  };
}

/**
 * A delivery as it was written down, without lines the order does not have any more; undefined where the text is none, or of another
 * version of the program.
 */
export function readDelivery(written: string | null, itemIds: ReadonlySet<number>): Delivery | undefined {
  if (written === null) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(written);
  } catch {
    return undefined; // nothing of it can be used: the delivery begins empty
  }
  if (!isRecord(value)) return undefined;
  const entries = listOf(value['entries'], readEntry).filter((one) => itemIds.has(one.purchaseOrderItemId));
  const refused = listOf(value['refused'], readRefused).filter(
    ({ purchaseOrderItemId }) => purchaseOrderItemId === null || itemIds.has(purchaseOrderItemId),
  );
  const nextKey = Math.max(0, ...entries.map(({ key }) => key), ...refused.map(({ key }) => key)) + 1;
  const freeReasons = readReasons(value['freeReasons'], itemIds);
  return { entries, refused, last: null, nextKey, freeReasons };
}
