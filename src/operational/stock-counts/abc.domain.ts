export type AbcClass = 'A' | 'B' | 'C';

/** What a product was worth to the branch in a period: what left to patients, at cost, in thousandths of the smallest unit or any other exact whole number. */
export interface Consumption {
  readonly drugId: number;
  readonly value: bigint;
}

/** Up to which share of all consumption, in per cent, the products used most are of class A, and with the next ones of B. */
const UP_TO_A = 80n;
const UP_TO_B = 95n;

/**
 * Classes by value of consumption: the products used most that make four fifths of it are A, the next to nineteen twentieths B, all
 * others C. The product that crosses a border is of the better class, so that a single product is A. What is not used is C.
 */
export function classify(products: readonly Consumption[]): Map<number, AbcClass> {
  const ranked = [...products].sort((a, b) =>
    a.value === b.value ? a.drugId - b.drugId : a.value > b.value ? -1 : 1,
  );
  const total = ranked.reduce((sum, { value }) => (value > 0n ? sum + value : sum), 0n);
  const classes = new Map<number, AbcClass>();
  let before = 0n;
  for (const { drugId, value } of ranked) {
    classes.set(drugId, value <= 0n ? 'C' : classOf(before * 100n, total));
    if (value > 0n) before += value;
  }
  return classes;
}

const classOf = (before: bigint, total: bigint): AbcClass =>
  before < total * UP_TO_A ? 'A' : before < total * UP_TO_B ? 'B' : 'C';
