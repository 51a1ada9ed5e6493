import { own } from '../../platform/text/own.js';
import type { CompositionLine } from './screening-knowledge.domain.js';

/** An exact non-negative fraction: doses are multiplied, divided by "per 5 ml" and compared without rounding. */
export interface Exact {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

const DECIMAL = /^(\d{1,18})(?:\.(\d{1,9}))?$/;

/** Reads a decimal string such as "2.5"; throws RangeError for anything else. */
export function exact(text: string): Exact {
  const match = DECIMAL.exec(text);
  if (!match) throw new RangeError(`not a dose: ${text.slice(0, 40)}`);
  const fraction = match[2] ?? '';
  return {
    numerator: BigInt((match[1] ?? '0') + fraction),
    denominator: 10n ** BigInt(fraction.length),
  };
}

export const ZERO: Exact = { numerator: 0n, denominator: 1n };

export const times = (a: Exact, b: Exact): Exact => ({
  numerator: a.numerator * b.numerator,
  denominator: a.denominator * b.denominator,
});

/** Quotient; undefined when the divisor is zero. */
export const over = (a: Exact, b: Exact): Exact | undefined =>
  b.numerator === 0n
    ? undefined
    : { numerator: a.numerator * b.denominator, denominator: a.denominator * b.numerator };

export const plus = (a: Exact, b: Exact): Exact => ({
  numerator: a.numerator * b.denominator + b.numerator * a.denominator,
  denominator: a.denominator * b.denominator,
});

export const isMore = (a: Exact, b: Exact): boolean =>
  a.numerator * b.denominator > b.numerator * a.denominator;

/** True from the lower end on and below the upper one; an end that is null is open. */
export const isWithin = (value: string, from: string | null, below: string | null): boolean =>
  (from === null || !isMore(exact(from), exact(value))) &&
  (below === null || isMore(exact(below), exact(value)));

export const larger = (a: Exact, b: Exact): Exact => (isMore(b, a) ? b : a);

/** Decimal text for people, rounded half up to a thousandth. */
export function show(value: Exact): string {
  const thousandths = (2000n * value.numerator + value.denominator) / (2n * value.denominator);
  const fraction = (thousandths % 1000n).toString().padStart(3, '0').replace(/0+$/, '');
  return `${thousandths / 1000n}${fraction ? `.${fraction}` : ''}`;
}

/** Units that measure the same thing, each by how many of the smallest make one. */
const SCALES: Readonly<Record<string, readonly [dimension: string, size: bigint]>> = {
  mcg: ['mass', 1n],
  mg: ['mass', 1000n],
  g: ['mass', 1_000_000n],
  iu: ['activity', 1n],
  ml: ['volume', 1n],
  l: ['volume', 1000n],
};

const SPELLINGS: Readonly<Record<string, string>> = {
  ug: 'mcg',
  µg: 'mcg',
  μg: 'mcg',
  microgram: 'mcg',
  micrograms: 'mcg',
  milligram: 'mg',
  milligrams: 'mg',
  gram: 'g',
  grams: 'g',
  gm: 'g',
  'i.u.': 'iu',
  'i.u': 'iu',
  unit: 'iu',
  units: 'iu',
  millilitre: 'ml',
  milliliter: 'ml',
  cc: 'ml',
  tab: 'tablet',
  tabs: 'tablet',
  tablets: 'tablet',
  cap: 'capsule',
  caps: 'capsule',
  capsules: 'capsule',
};

/** Things that are counted: a composition without a denominator is the content of one of them. */
const COUNTED = new Set(
  'tablet capsule piece sachet suppository ampoule vial puff patch lozenge pessary dose'.split(' '),
);

/** One spelling for each unit: 'Tabs' and 'tablet' are the same, so are 'µg' and 'mcg'. */
export function canonicalUnit(unit: string): string {
  const lower = unit.trim().toLowerCase();
  return own(SPELLINGS, lower) ?? lower;
}

/** The amount in another unit, exactly; undefined when the two do not measure the same thing. */
export function convert(amount: Exact, from: string, to: string): Exact | undefined {
  const source = own(SCALES, canonicalUnit(from));
  const target = own(SCALES, canonicalUnit(to));
  if (!source || !target || source[0] !== target[0]) return undefined;
  return { numerator: amount.numerator * source[1], denominator: amount.denominator * target[1] };
}

/** What a stated dose is taken from. */
interface DoseSource {
  readonly baseUnit: string | null;
  /** True when the medicine has this one ingredient alone, so that "500 mg" can mean nothing else. */
  readonly onlyIngredient: boolean;
  /** Lines of the product that hold the ingredient; none for a bare ingredient. */
  readonly lines: readonly CompositionLine[];
}

/**
 * How much of the ingredient one stated dose gives, in `unit`: counted units and millilitres go through the product's
 * strength, milligrams are taken as they are where there is a single ingredient. Undefined when that cannot be told.
 */
export function ingredientDose(
  dose: { readonly amount: string; readonly unit: string },
  source: DoseSource,
  unit: string,
): Exact | undefined {
  const amount = exact(dose.amount);
  const stated = canonicalUnit(dose.unit);
  const parts = source.lines.map((line) => throughStrength(amount, stated, source, line, unit));
  if (parts.length > 0 && parts.every((part) => part !== undefined)) return parts.reduce(plus, ZERO);
  return source.onlyIngredient && !isCounted(stated, source) ? convert(amount, stated, unit) : undefined;
}

const isCounted = (unit: string, source: DoseSource): boolean =>
  COUNTED.has(unit) ||
  (source.baseUnit !== null && canonicalUnit(source.baseUnit) === unit && own(SCALES, unit) === undefined);

function throughStrength(
  amount: Exact,
  stated: string,
  source: DoseSource,
  line: CompositionLine,
  unit: string,
): Exact | undefined {
  if (line.amount === null || line.unit === null) return undefined;
  const content = convert(exact(line.amount), line.unit, unit);
  if (!content) return undefined;
  if (line.perUnit === null) {
    // Without a denominator the amount is that of one counted unit; of a bottle it would say nothing about a spoonful.
    return isCounted(stated, source) ? times(amount, content) : undefined;
  }
  const per = exact(line.perAmount ?? '1');
  const perUnit = canonicalUnit(line.perUnit);
  const inPerUnit = perUnit === stated ? amount : convert(amount, stated, perUnit);
  const share = inPerUnit && over(inPerUnit, per);
  return share && times(share, content);
}
