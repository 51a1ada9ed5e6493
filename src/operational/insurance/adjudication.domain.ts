import { Money } from '../../platform/money/money.js';
import { Quantity } from '../../platform/money/quantity.js';
import { addDays } from '../../platform/time/local-date.js';
import {
  fitsFormat,
  periodOf,
  ruleFor,
  specificity,
  type Authorisation,
  type CoverageRule,
  type Medicine,
} from './coverage.domain.js';

/** Why a payer refuses a claim. */
export const REJECT_CODES = [
  'cover_ended',
  'member_unknown',
  'not_covered',
  'plan_limit',
  'prior_authorisation',
  'refill_too_soon',
] as const;
export type RejectCode = (typeof REJECT_CODES)[number];

/** What is claimed. `amount` is what earlier payers left of the price; amounts and quantities are decimal strings. */
export interface ClaimFacts {
  readonly amount: string;
  readonly quantity: string;
  readonly daysSupply: number;
  /** Day of service at the branch. */
  readonly serviceDate: string;
  readonly medicine: Medicine;
  /** Decimals of the branch's currency. */
  readonly currencyDecimals: number;
}

/** The plan as far as it limits what a member is paid. */
export interface PlanTerms {
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly period: 'year' | 'month';
  readonly deductible: string;
  readonly periodCap: string | null;
  readonly claimCap: string | null;
  /** False: plan or payer is no longer used. */
  readonly active: boolean;
}

/** What is known of the member and what his cover has had. */
export interface CoverFacts {
  readonly memberNumber: string;
  readonly memberFormat: string | null;
  readonly validFrom: string | null;
  readonly validTo: string | null;
  readonly plan: PlanTerms;
  readonly rules: readonly CoverageRule[];
  readonly authorisations: readonly Authorisation[];
  /** Of the period the day of service is in. */
  readonly used: { readonly deductible: string; readonly payer: string };
  /** The last answered claim for the same product, if any. */
  readonly lastSupply: { readonly serviceDate: string; readonly daysSupply: number } | null;
}

/** How a share came about; decimal strings. */
export interface Breakdown {
  /** What is counted of the amount claimed, by the payer's highest price. */
  readonly eligible: string;
  /** What went into the deductible. */
  readonly deductible: string;
  /** What the rule leaves to the member of the rest. */
  readonly memberPart: string;
  /** What caps cut off the payer's part. */
  readonly capped: string;
}

export interface Rejected {
  readonly outcome: 'rejected';
  readonly code: RejectCode;
  readonly ruleId: number | null;
  /** First day it would not be too soon, where that is why. */
  readonly notBefore: string | null;
}

export interface Adjudicated {
  readonly outcome: 'adjudicated';
  readonly payerShare: string;
  readonly patientShare: string;
  readonly ruleId: number | null;
  readonly authorisationId: number | null;
  readonly deductibleApplied: string;
  /** First day of the period it counts in, with what limits that period; null: the payer counts by itself. */
  readonly periodFrom: string | null;
  readonly periodDeductible: string | null;
  readonly periodCap: string | null;
  readonly breakdown: Breakdown;
}

export type Adjudication = Adjudicated | Rejected;

const ONE = Quantity.of('1');

const least = (first: Money, ...others: readonly Money[]): Money =>
  others.reduce((a, b) => (b.compare(a) < 0 ? b : a), first);
const notNegative = (amount: Money): Money => (amount.isNegative() ? Money.zero : amount);

const isWithin = (day: string, from: string | null, to: string | null): boolean =>
  (from === null || day >= from) && (to === null || day <= to);

/** First day on which so much of the days' supply has passed; a part of a day counts as one. */
function dueOn(last: { serviceDate: string; daysSupply: number }, share: string): string {
  const thousandths = Quantity.of(share).thousandths * BigInt(last.daysSupply);
  return addDays(last.serviceDate, Number((thousandths + 999n) / 1000n));
}

/** The authorisation that lets this claim pass, the one that ends first of those that do. */
function authorisationFor(claim: ClaimFacts, cover: CoverFacts): Authorisation | undefined {
  const quantity = Quantity.of(claim.quantity);
  return cover.authorisations
    .filter(
      (one) =>
        specificity(one, claim.medicine) > 0 &&
        isWithin(claim.serviceDate, one.validFrom, one.validTo) &&
        (one.quantity === null ||
          Quantity.of(one.used).plus(quantity).compare(Quantity.of(one.quantity)) <= 0),
    )
    .sort((a, b) => a.validTo.localeCompare(b.validTo) || a.authorisationId - b.authorisationId)[0];
}

const rejected = (code: RejectCode, rule?: CoverageRule, notBefore: string | null = null): Rejected => ({
  outcome: 'rejected',
  code,
  ruleId: rule?.ruleId ?? null,
  notBefore,
});

/**
 * Answers a claim by the rules of its plan. First what refuses it, in the order of REJECT_CODES. Then the shares: of the amount
 * what exceeds the payer's highest price stays with the member; the deductible is taken first; of the rest the payer takes his
 * percentage (rounded half up to the currency's smallest unit, once) or all above the copay; no more than the caps of rule and plan
 * and what the period leaves. The member bears everything else, so the two are the amount exactly.
 */
export function adjudicate(claim: ClaimFacts, cover: CoverFacts): Adjudication {
  const { plan } = cover;
  const day = claim.serviceDate;
  if (
    !plan.active ||
    !isWithin(day, plan.validFrom, plan.validTo) ||
    !isWithin(day, cover.validFrom, cover.validTo)
  )
    return rejected('cover_ended');
  if (!fitsFormat(cover.memberNumber, cover.memberFormat)) return rejected('member_unknown');
  const rule = ruleFor(cover.rules, claim.medicine);
  if (!rule?.covered) return rejected('not_covered', rule);
  if (
    (rule.maxQuantity !== null && Quantity.of(claim.quantity).compare(Quantity.of(rule.maxQuantity)) > 0) ||
    (rule.maxDaysSupply !== null && claim.daysSupply > rule.maxDaysSupply)
  )
    return rejected('plan_limit', rule);
  const authorisation = rule.needsAuthorisation ? authorisationFor(claim, cover) : undefined;
  if (rule.needsAuthorisation && !authorisation) return rejected('prior_authorisation', rule);
  if (rule.refillAfterShare !== null && cover.lastSupply !== null) {
    const due = dueOn(cover.lastSupply, rule.refillAfterShare);
    if (day < due) return rejected('refill_too_soon', rule, due);
  }
  return {
    outcome: 'adjudicated',
    ...shares(claim, cover, rule),
    ruleId: rule.ruleId,
    authorisationId: authorisation?.authorisationId ?? null,
    periodFrom: periodOf(day, plan.period),
    periodDeductible: Money.of(plan.deductible).toString(),
    periodCap: plan.periodCap === null ? null : Money.of(plan.periodCap).toString(),
  };
}

function shares(
  claim: ClaimFacts,
  { plan, used }: CoverFacts,
  rule: CoverageRule,
): Pick<Adjudicated, 'payerShare' | 'patientShare' | 'deductibleApplied' | 'breakdown'> {
  const amount = Money.of(claim.amount);
  const decimals = claim.currencyDecimals;
  const eligible =
    rule.maxUnitPrice === null
      ? amount
      : least(amount, Money.of(rule.maxUnitPrice).share(Quantity.of(claim.quantity), ONE, decimals));
  const deductible = least(eligible, notNegative(Money.of(plan.deductible).minus(Money.of(used.deductible))));
  const rest = eligible.minus(deductible);
  const part =
    rule.payerPercent === null
      ? notNegative(rest.minus(Money.of(rule.copay ?? '0')))
      : least(rest, rest.share(Quantity.of(rule.payerPercent), Quantity.of('100'), decimals));
  const caps = [rule.claimCap, plan.claimCap].flatMap((cap) => (cap === null ? [] : [Money.of(cap)]));
  if (plan.periodCap !== null) caps.push(notNegative(Money.of(plan.periodCap).minus(Money.of(used.payer))));
  const payer = least(part, ...caps);
  return {
    payerShare: payer.toString(),
    patientShare: amount.minus(payer).toString(),
    deductibleApplied: deductible.toString(),
    breakdown: {
      eligible: eligible.toString(),
      deductible: deductible.toString(),
      memberPart: rest.minus(part).toString(),
      capped: part.minus(payer).toString(),
    },
  };
}
