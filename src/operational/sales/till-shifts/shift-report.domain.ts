import { Money } from '../../../platform/money/money.js';
import type {
  CashMovementRow,
  CountedMethod,
  Report,
  SaleCounts,
  Shift,
  TenderReport,
  TenderTotal,
  TillCount,
} from './till-shifts.types.js';

const METHODS: readonly CountedMethod[] = [
  'cash',
  'card',
  'mobile',
  'credit_note',
  'exchange',
  'insurance',
  'account',
  'deposit',
  'points',
];

const sumOf = (amounts: readonly string[]): Money => Money.sum(amounts.map((amount) => Money.of(amount)));

/** What should be in the drawer or on the slips for each tender; cash begins with the float. */
export function expectedByMethod(
  openingFloat: string,
  tenders: readonly TenderTotal[],
  movements: readonly Pick<CashMovementRow, 'amount'>[],
): Map<CountedMethod, Money> {
  const expected = new Map<CountedMethod, Money>([
    ['cash', Money.of(openingFloat).plus(sumOf(movements.map((movement) => movement.amount)))],
  ]);
  for (const { method, taken, refunded } of tenders)
    expected.set(
      method,
      (expected.get(method) ?? Money.zero).plus(Money.of(taken)).minus(Money.of(refunded)),
    );
  return expected;
}

/** What payers bear and credit and what goes by the account of a customer is on no slip in the drawer: it is reported, and never counted. */
const isCounted = (method: CountedMethod): boolean =>
  method === 'cash' || method === 'card' || method === 'mobile';

/** The rows to write at closing: every tender counted or expected, a tender nobody counted as counted zero. */
export function countsToWrite(
  counted: ReadonlyMap<CountedMethod, string>,
  expected: ReadonlyMap<CountedMethod, Money>,
): TillCount[] {
  return METHODS.filter(isCounted).flatMap((method) => {
    const should = expected.get(method) ?? Money.zero;
    const is = counted.get(method);
    if (is === undefined && should.isZero()) return [];
    return [{ method, counted: is ?? '0', expected: should.toString() }];
  });
}

/** Puts the report together: from the payments while the shift is open, with the counts once it is closed. */
export function shiftReport(
  shift: Shift,
  sales: SaleCounts,
  tenders: readonly TenderTotal[],
  movements: readonly CashMovementRow[],
  counts: readonly TillCount[],
): Report {
  const expected = expectedByMethod(shift.openingFloat, tenders, movements);
  const closed = shift.status === 'closed';
  const rows = METHODS.filter(
    (method) => expected.has(method) || counts.some((count) => count.method === method),
  ).map((method): TenderReport => {
    const total = tenders.find((tender) => tender.method === method);
    const [taken, refunded] = [Money.of(total?.taken ?? '0'), Money.of(total?.refunded ?? '0')];
    const count = counts.find((one) => one.method === method);
    const should = expected.get(method) ?? Money.zero;
    const counted = closed && isCounted(method) ? Money.of(count?.counted ?? '0') : null;
    return {
      method,
      taken: taken.toString(),
      refunded: refunded.toString(),
      net: taken.minus(refunded).toString(),
      expected: should.toString(),
      counted: counted?.toString() ?? null,
      overShort: counted?.minus(should).toString() ?? null,
    };
  });
  const [ins, outs] = [movements.filter(isIn), movements.filter((movement) => !isIn(movement))];
  return {
    ...shift,
    kind: closed ? 'Z' : 'X',
    ...sales,
    openingFloat: Money.of(shift.openingFloat).toString(),
    salesTotal: Money.of(sales.salesTotal).toString(),
    refundsTotal: Money.of(sales.refundsTotal).toString(),
    netTotal: Money.of(sales.salesTotal).minus(Money.of(sales.refundsTotal)).toString(),
    tenders: rows,
    paidIn: sumOf(ins.map((movement) => movement.amount)).toString(),
    paidOut: sumOf(outs.map((movement) => movement.amount))
      .negated()
      .toString(),
    expectedCash: (expected.get('cash') ?? Money.zero).toString(),
    overShort: closed ? sumOf(rows.map((row) => row.overShort ?? '0')).toString() : null,
    cashMovements: movements.map((movement) => ({
      ...movement,
      amount: Money.of(movement.amount).toString(),
    })),
  };
}

const isIn = (movement: Pick<CashMovementRow, 'amount'>): boolean => !Money.of(movement.amount).isNegative();
