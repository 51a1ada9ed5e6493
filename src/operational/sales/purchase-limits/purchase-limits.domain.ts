import { parseThousandths } from '../../../platform/money/decimal.js';
import { ageInMonths } from '../../../platform/time/local-date.js';

/** Documents a seller may look at. */
export const DOCUMENT_KINDS = [
  'national_id',
  'passport',
  'driving_licence',
  'residence_permit',
  'other',
] as const;

/** A limit with what is about to be bought under it and what was bought before. Amounts are decimal strings, base units or mg. */
export interface LimitUsage {
  readonly limitId: number;
  readonly drugId: number | null;
  readonly ingredientId: number | null;
  /** The product or the ingredient. */
  readonly name: string;
  readonly nameAr: string | null;
  /** Unit of the amounts: the base unit of the product, or mg. */
  readonly unit: string;
  readonly maxPerSale: string | null;
  readonly maxPerPeriod: string | null;
  readonly periodDays: number | null;
  readonly minimumAge: number | null;
  readonly idRequired: boolean;
  /** The rule it comes from. */
  readonly reason: string;
  /** In this sale; null: how much of the ingredient a unit holds is not known. */
  readonly inSale: string | null;
  /** Bought by this person in the days of the limit, less what he brought back. */
  readonly boughtBefore: string;
}

/** Who buys, as far as it is known. */
export interface Buyer {
  /** True: what he bought before can be found. */
  readonly isKnown: boolean;
  /** Full years; null: not known. */
  readonly ageYears: number | null;
  /** True: the seller looked at a document. */
  readonly hasShownDocument: boolean;
}

/**
 * What stands in the way of a sale under a limit. `too-young` is final; `age-unknown`, `document-needed` and `person-needed` are
 * answered by looking at a document; the rest by less of it, or by somebody with the right and a reason.
 */
export type LimitFinding =
  | 'too-young'
  | 'age-unknown'
  | 'document-needed'
  | 'person-needed'
  | 'amount-unknown'
  | 'over-sale'
  | 'over-period';

const ABOUT_BUYER: ReadonlySet<LimitFinding> = new Set(['age-unknown', 'document-needed', 'person-needed']);

/** True for what is answered by looking at who buys. */
export const isAboutBuyer = (finding: LimitFinding): boolean => ABOUT_BUYER.has(finding);

/** True for what somebody with the right may let pass. */
export const mayPass = (finding: LimitFinding): boolean =>
  finding !== 'too-young' && !ABOUT_BUYER.has(finding);

/** Full years of age on a day. */
export const ageOn = (birthDate: string, today: string): number =>
  Math.floor(ageInMonths(birthDate, today) / 12);

/** Everything that stands in the way under one limit; nothing: it may be sold. The database judges the same at commit. */
export function judgeLimit(usage: LimitUsage, buyer: Buyer): LimitFinding[] {
  const findings: LimitFinding[] = [];
  if (usage.minimumAge !== null) {
    if (buyer.ageYears === null) findings.push('age-unknown');
    else if (buyer.ageYears < usage.minimumAge) findings.push('too-young');
  }
  if (usage.idRequired && !buyer.hasShownDocument) findings.push('document-needed');
  if (usage.maxPerPeriod !== null && !buyer.isKnown) findings.push('person-needed');
  return [...findings, ...overLimit(usage)];
}

function overLimit({ inSale, boughtBefore, maxPerSale, maxPerPeriod }: LimitUsage): LimitFinding[] {
  if (maxPerSale === null && maxPerPeriod === null) return [];
  if (inSale === null) return ['amount-unknown'];
  const now = parseThousandths(inSale);
  const findings: LimitFinding[] = [];
  if (maxPerSale !== null && now > parseThousandths(maxPerSale)) findings.push('over-sale');
  if (maxPerPeriod !== null && now + parseThousandths(boughtBefore) > parseThousandths(maxPerPeriod))
    findings.push('over-period');
  return findings;
}
