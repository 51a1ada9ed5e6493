/** What a plan pays for some medicines. Amounts and quantities are decimal strings; null: no such limit. */
export interface CoverageRule {
  /** Null: the percentage on the cover itself, where no plan is on record. */
  readonly ruleId: number | null;
  readonly drugId: number | null;
  readonly ingredientId: number | null;
  readonly atcPrefix: string | null;
  /** False: excluded. */
  readonly covered: boolean;
  /** Share the payer takes, in percent; null where the member pays a fixed copay. */
  readonly payerPercent: string | null;
  readonly copay: string | null;
  readonly claimCap: string | null;
  /** Highest price of a base unit that is counted. */
  readonly maxUnitPrice: string | null;
  readonly maxQuantity: string | null;
  readonly maxDaysSupply: number | null;
  /** Share of the days' supply of the last claim that must have passed, 0 to 1. */
  readonly refillAfterShare: string | null;
  readonly needsAuthorisation: boolean;
}

/** What a medicine is to a rule. */
export interface Medicine {
  readonly drugId: number;
  readonly ingredientIds: readonly number[];
  /** ATC codes of the product or its ingredients, in full. */
  readonly atcCodes: readonly string[];
}

/** What a rule or an authorisation is about; all null: everything. */
type Subject = Pick<CoverageRule, 'drugId' | 'ingredientId' | 'atcPrefix'>;

/**
 * How much a subject says about a medicine: 0 it is not about it, 1 it is about everything, 2 to 8 its ATC class by the length of
 * the code, 20 its ingredient, 30 the product itself.
 */
export function specificity({ drugId, ingredientId, atcPrefix }: Subject, medicine: Medicine): number {
  if (drugId !== null) return drugId === medicine.drugId ? 30 : 0;
  if (ingredientId !== null) return medicine.ingredientIds.includes(ingredientId) ? 20 : 0;
  if (atcPrefix === null) return 1;
  return medicine.atcCodes.some((code) => code.startsWith(atcPrefix)) ? 1 + atcPrefix.length : 0;
}

/**
 * The rule that decides about a medicine: the one that says most about it. Where two say as much (two ingredients of one product,
 * two classes of one length) an exclusion wins, then one that asks for an authorisation, then the older one.
 */
export function ruleFor(rules: readonly CoverageRule[], medicine: Medicine): CoverageRule | undefined {
  const about = rules
    .map((rule) => ({ rule, says: specificity(rule, medicine) }))
    .filter(({ says }) => says > 0);
  about.sort(
    (a, b) =>
      b.says - a.says ||
      Number(a.rule.covered) - Number(b.rule.covered) ||
      Number(b.rule.needsAuthorisation) - Number(a.rule.needsAuthorisation) ||
      (a.rule.ruleId ?? 0) - (b.rule.ruleId ?? 0),
  );
  return about[0]?.rule;
}

/** What a payer allowed beforehand. */
export interface Authorisation extends Subject {
  readonly authorisationId: number;
  readonly validFrom: string;
  readonly validTo: string;
  /** Most base units of all its claims; null: any. */
  readonly quantity: string | null;
  /** Base units of its standing claims. */
  readonly used: string;
}

/**
 * True when a member number looks as the payer's do: in `format` 9 is a digit, A a letter, X either, anything else itself. Letters
 * count in either case. No format: any number does.
 */
export function fitsFormat(memberNumber: string, format: string | null): boolean {
  if (format === null) return true;
  const [number, mask] = [memberNumber.trim().toUpperCase(), format.toUpperCase()];
  return (
    number.length === mask.length &&
    [...mask].every((wanted, index) => {
      const is = number[index] ?? '';
      if (wanted === '9') return /^[0-9]$/.test(is);
      if (wanted === 'A') return /^[A-Z]$/.test(is);
      if (wanted === 'X') return /^[0-9A-Z]$/.test(is);
      return is === wanted;
    })
  );
}

/** First day of the calendar period a day is in. */
export const periodOf = (day: string, period: 'year' | 'month'): string =>
  period === 'year' ? `${day.slice(0, 4)}-01-01` : `${day.slice(0, 7)}-01`;
