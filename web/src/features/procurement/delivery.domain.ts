import { decimalOrZero, formatDecimal, parseDecimal, type Thousandths } from '../../ui/money.domain';
import { freeBeyond, freeReasonOf } from './delivery-free.domain';
import { codesOf, MOST_CODES, saysOtherwise, type ScannedPack, unitsOf } from './delivery-packs.domain';
import type { OrderedLine, Entry, Refused, Delivery, PackSaid, Counted } from './delivery.types';

export const NO_DELIVERY: Delivery = { entries: [], refused: [], last: null, nextKey: 1, freeReasons: {} };

/** Base units of so much of an entry. */
export const baseOf = (
  { inBaseUnits }: Pick<Entry, 'inBaseUnits'>,
  quantity: string,
  unitBaseUnits: string,
): Thousandths =>
  inBaseUnits ? decimalOrZero(quantity) : (decimalOrZero(quantity) * decimalOrZero(unitBaseUnits)) / 1000n;

/** Base units as text in the unit where that is a whole number of it; undefined where it is not. */
export function inUnit(base: Thousandths, unitBaseUnits: string): string | undefined {
  const unit = decimalOrZero(unitBaseUnits);
  return unit > 0n && base % unit === 0n ? String(base / unit) : undefined;
}

/** The entry holding so many base units: in the unit of the line where that is whole. */
function holding(entry: Entry, base: Thousandths, unitBaseUnits: string): Entry {
  const whole = inUnit(base, unitBaseUnits);
  const free = baseOf(entry, entry.free, unitBaseUnits);
  const freeWhole = inUnit(free, unitBaseUnits);
  const inBaseUnits = whole === undefined || freeWhole === undefined;
  return {
    ...entry,
    inBaseUnits,
    quantity: inBaseUnits ? formatDecimal(base) : whole,
    free: entry.free === '' ? '' : inBaseUnits ? formatDecimal(free) : freeWhole,
  };
}

function isSameLot(entry: Entry, said: PackSaid, last: Delivery['last']): boolean {
  // A code without a lot is one more of what is in hand; which lot else it is, nobody can tell.
  if (said.lotNumber === null) return !entry.isLotSaid && entry.key === last?.key;
  return (
    entry.lotNumber === said.lotNumber &&
    (said.expiryDate === null || entry.expiryDate === '' || entry.expiryDate === said.expiryDate)
  );
}

/** True: this very pack was counted already. */
export const isCountedTwice = (delivery: Delivery, line: OrderedLine, said: PackSaid): boolean =>
  said.serialNumber !== null &&
  delivery.entries.some(
    (entry) =>
      entry.purchaseOrderItemId === line.purchaseOrderItemId &&
      entry.packs.some(({ serial }) => serial === said.serialNumber),
  );

/** True: the lot it belongs to holds as many packs with codes as a delivery takes of one lot. */
export const isLotFull = (delivery: Delivery, line: OrderedLine, said: PackSaid): boolean =>
  said.serialNumber !== null && (lotInHand(delivery, line, said)?.packs.length ?? 0) >= MOST_CODES;

const lotInHand = (delivery: Delivery, line: OrderedLine, said: PackSaid): Entry | undefined =>
  delivery.entries.find(
    (entry) =>
      entry.purchaseOrderItemId === line.purchaseOrderItemId && isSameLot(entry, said, delivery.last),
  );

/** The pack of a scan, where its code has a serial number. */
function packSaid({ serialNumber, code, packUnits, lotNumber, expiryDate }: PackSaid): ScannedPack[] {
  if (serialNumber === null) return [];
  const said = { lotNumber: lotNumber ?? '', expiryDate: expiryDate ?? '' };
  return [{ serial: serialNumber, code, units: packUnits ?? '', ...said }];
}

/** One more pack: of a lot that is there already, or of a new one. */
export function takePack(delivery: Delivery, line: OrderedLine, said: PackSaid): Delivery {
  const packUnits = said.packUnits ?? line.unitBaseUnits;
  const found = lotInHand(delivery, line, said);
  const before: Entry = found ?? {
    key: delivery.nextKey,
    purchaseOrderItemId: line.purchaseOrderItemId,
    lotNumber: said.lotNumber ?? '',
    expiryDate: said.expiryDate ?? '',
    hasNoExpiry: false,
    isLotSaid: said.lotNumber !== null,
    quantity: '',
    free: '',
    inBaseUnits: false,
    packs: [],
    asksShort: said.isShort,
    isShort: said.isShort,
    isRecalled: said.isRecalled,
  };
  const base = baseOf(before, before.quantity, line.unitBaseUnits) + decimalOrZero(packUnits);
  const after: Entry = {
    ...holding(before, base, line.unitBaseUnits),
    expiryDate: before.expiryDate === '' ? (said.expiryDate ?? '') : before.expiryDate,
    packs: [...before.packs, ...packSaid(said)],
  };
  return {
    ...delivery,
    entries: found
      ? delivery.entries.map((entry) => (entry === found ? after : entry))
      : [...delivery.entries, after],
    last: { key: after.key, packUnits },
    nextKey: found ? delivery.nextKey : delivery.nextKey + 1,
  };
}

/** Most packs one multiplication makes: what a pallet holds, and no mistyped barcode. */
export const MOST_TIMES = 9_999;

/** "*24" makes 24 packs of the last scan; undefined where the text is none or nothing was scanned. */
export function multiplied(
  delivery: Delivery,
  text: string,
  lines: readonly OrderedLine[],
): Delivery | undefined {
  const times = Number(/^\*(\d{1,4})$/.exec(text.trim())?.[1] ?? '0');
  const { last } = delivery;
  const entry = delivery.entries.find(({ key }) => key === last?.key);
  const line = lines.find((one) => one.purchaseOrderItemId === entry?.purchaseOrderItemId);
  if (times < 1 || times > MOST_TIMES || !last || !entry || !line) return undefined;
  const base =
    baseOf(entry, entry.quantity, line.unitBaseUnits) + decimalOrZero(last.packUnits) * BigInt(times - 1);
  const after = holding(entry, base, line.unitBaseUnits);
  return {
    ...delivery,
    entries: delivery.entries.map((one) => (one === entry ? after : one)),
    // What was multiplied is what came: another multiplication would count it again.
    last: null,
  };
}

/** A line of the order that is written down by hand, or read from a notice of the supplier. */
export function addEntry(
  delivery: Delivery,
  purchaseOrderItemId: number,
  given: Partial<Omit<Entry, 'key' | 'purchaseOrderItemId'>> = {},
): Delivery {
  const entry: Entry = {
    key: delivery.nextKey,
    purchaseOrderItemId,
    lotNumber: '',
    expiryDate: '',
    hasNoExpiry: false,
    isLotSaid: (given.lotNumber ?? '') !== '',
    quantity: '',
    free: '',
    inBaseUnits: false,
    packs: [],
    asksShort: false,
    isShort: false,
    isRecalled: false,
    ...given,
  };
  return { ...delivery, entries: [...delivery.entries, entry], nextKey: delivery.nextKey + 1 };
}

export const changeEntry = (delivery: Delivery, key: number, change: Partial<Entry>): Delivery => ({
  ...delivery,
  entries: delivery.entries.map((entry) => (entry.key === key ? { ...entry, ...change } : entry)),
});

export const dropEntry = (delivery: Delivery, key: number): Delivery => ({
  ...delivery,
  entries: delivery.entries.filter((entry) => entry.key !== key),
  last: delivery.last?.key === key ? null : delivery.last,
});

export const refuseGoods = (delivery: Delivery, goods: Omit<Refused, 'key'>): Delivery => ({
  ...delivery,
  refused: [...delivery.refused, { ...goods, key: delivery.nextKey }],
  nextKey: delivery.nextKey + 1,
});

export const dropRefused = (delivery: Delivery, key: number): Delivery => ({
  ...delivery,
  refused: delivery.refused.filter((one) => one.key !== key),
});

const least = (a: Thousandths, b: Thousandths): Thousandths => (a < b ? a : b);
const notBelowZero = (value: Thousandths): Thousandths => (value > 0n ? value : 0n);

/**
 * What is paid for and what is free, entry by entry. What somebody typed as free is; else a line first takes what is paid for, then
 * what was promised free; what comes above both is paid for, and the tolerance of the supplier says whether it may come.
 */
export function splitFree(
  entries: readonly Entry[],
  lines: readonly OrderedLine[],
): ReadonlyMap<number, Counted> {
  const counted = new Map<number, Counted>();
  for (const line of lines) {
    const own = entries.filter((entry) => entry.purchaseOrderItemId === line.purchaseOrderItemId);
    const total = (entry: Entry) => baseOf(entry, entry.quantity, line.unitBaseUnits);
    let open = decimalOrZero(line.quantityOpen);
    let promised = notBelowZero(
      decimalOrZero(line.quantityBonus) - decimalOrZero(line.quantityBonusReceived),
    );
    for (const entry of own.filter(({ free }) => free !== '')) {
      const free = least(baseOf(entry, entry.free, line.unitBaseUnits), total(entry));
      counted.set(entry.key, { free, paid: total(entry) - free });
      promised = notBelowZero(promised - free);
      open = notBelowZero(open - (total(entry) - free));
    }
    for (const entry of own.filter(({ free }) => free === '')) {
      const within = least(total(entry), open);
      const free = least(total(entry) - within, promised);
      counted.set(entry.key, { free, paid: total(entry) - free });
      open -= within;
      promised -= free;
    }
  }
  return counted;
}

/** What still keeps an entry from being posted. */
export type Lacking = 'lot' | 'expiry' | 'expired' | 'quantity' | 'fewer' | 'other-pack' | 'short';

/**
 * The first thing that is missing or wrong; undefined: it can be posted. `today` as YYYY-MM-DD. `fewer`: less is written down than the
 * scanned packs hold; `other-pack`: a scanned pack says another lot or expiry.
 */
export function lackingOf(entry: Entry, today: string, unitBaseUnits: string): Lacking | undefined {
  if (entry.lotNumber.trim() === '') return 'lot';
  if (entry.expiryDate === '' && !entry.hasNoExpiry) return 'expiry';
  if (entry.expiryDate !== '' && entry.expiryDate < today) return 'expired';
  if ((parseDecimal(entry.quantity) ?? 0n) <= 0n) return 'quantity';
  if (baseOf(entry, entry.quantity, unitBaseUnits) < unitsOf(entry.packs)) return 'fewer';
  if (saysOtherwise(entry.packs, entry)) return 'other-pack';
  return entry.asksShort ? 'short' : undefined;
}

/** A delivery as it is posted; lines in base units, so that no unit has to be whole. */
export function deliveryBody(
  delivery: Delivery,
  lines: readonly OrderedLine[],
  {
    supplierDocument,
    landedCost,
    tolerance,
  }: {
    supplierDocument: string;
    landedCost: string;
    /** Of the order: 0.1 is ten of a hundred. */ tolerance: string;
  },
) {
  const counted = splitFree(delivery.entries, lines);
  const beyond = new Set(
    lines
      .filter((line) => freeBeyond(delivery, line, counted, tolerance) > 0n)
      .map(({ purchaseOrderItemId }) => purchaseOrderItemId),
  );
  const more = ({ key, purchaseOrderItemId, packs }: Entry) => {
    const reason = freeReasonOf(delivery, purchaseOrderItemId).trim();
    const isFree = (counted.get(key)?.free ?? 0n) > 0n;
    const codes = codesOf(packs);
    return {
      ...(isFree && reason !== '' && beyond.has(purchaseOrderItemId) ? { bonusReason: reason } : {}),
      ...(codes.length > 0 ? { packs: codes } : {}),
    };
  };
  return {
    ...(supplierDocument.trim() === '' ? {} : { supplierDocument: supplierDocument.trim() }),
    landedCost: landedCost === '' ? '0' : landedCost,
    lines: delivery.entries.map((entry) => ({
      purchaseOrderItemId: entry.purchaseOrderItemId,
      lotNumber: entry.lotNumber.trim(),
      expiryDate: entry.hasNoExpiry ? null : entry.expiryDate,
      quantity: formatDecimal(counted.get(entry.key)?.paid ?? 0n),
      bonus: formatDecimal(counted.get(entry.key)?.free ?? 0n),
      inBaseUnits: true,
      ...more(entry),
    })),
    refused: delivery.refused.map((one) => ({
      ...(one.purchaseOrderItemId === null
        ? { drugId: one.drugId }
        : { purchaseOrderItemId: one.purchaseOrderItemId }),
      quantity: one.quantity,
      reason: one.reason,
      ...(one.note.trim() === '' ? {} : { note: one.note.trim() }),
      ...(one.lotNumber.trim() === '' ? {} : { lotNumber: one.lotNumber.trim() }),
      ...(one.expiryDate === '' ? {} : { expiryDate: one.expiryDate }),
    })),
  };
}

/** Base units of a line in this delivery, and what is then missing of what is paid for. */
export function lineSums(
  line: OrderedLine,
  entries: readonly Entry[],
  counted: ReadonlyMap<number, Counted>,
): { now: Thousandths; free: Thousandths; short: Thousandths; over: Thousandths } {
  const own = entries.filter((entry) => entry.purchaseOrderItemId === line.purchaseOrderItemId);
  const sum = (of: (one: Counted) => Thousandths): Thousandths =>
    own.reduce((so, { key }) => so + of(counted.get(key) ?? { paid: 0n, free: 0n }), 0n);
  const paid = sum((one) => one.paid);
  const open = decimalOrZero(line.quantityOpen);
  return {
    now: paid + sum((one) => one.free),
    free: sum((one) => one.free),
    short: notBelowZero(open - paid),
    over: notBelowZero(paid - open),
  };
}

/** True where nothing was counted yet that is worth keeping. */
export const isEmptyDelivery = ({ entries, refused }: Delivery): boolean =>
  entries.length === 0 && refused.length === 0;
