import { Money } from '../../platform/money/money.js';
import { isAnswered, type ClaimStatus } from './claim-status.domain.js';

/** A claim of a fill, as far as the order of payers goes. */
export interface ClaimInLine {
  readonly claimId: number;
  readonly insuranceId: number;
  readonly status: ClaimStatus;
  /** What it left to the patient; null until it is answered. */
  readonly patientShare: string | null;
}

/** What is to be done next so that every payer of a fill has been asked. */
export type NextStep =
  | { readonly do: 'ask'; readonly insuranceId: number; readonly amount: string }
  | { readonly do: 'adjudicate'; readonly claimId: number }
  /** A rejected claim is corrected or written off first. */
  | { readonly do: 'correct'; readonly claimId: number }
  /** A payer that comes earlier was not asked, while a later one has answered: the later answer is reversed first. */
  | { readonly do: 'reverse-later'; readonly insuranceId: number }
  | { readonly do: 'nothing' };

/** What payers have left to the patient so far. `claims` in the order they were submitted. */
export const leftToPatient = (price: string, claims: readonly ClaimInLine[]): string =>
  claims.filter((claim) => isAnswered(claim.status)).at(-1)?.patientShare ?? price;

/**
 * The next step for a fill. Covers are asked one after the other, each for what the ones before it left; one that was written off
 * bears nothing and is not asked again, one that was reversed is. `covers` in their order, `claims` in the order of submission.
 */
export function nextStep(price: string, covers: readonly number[], claims: readonly ClaimInLine[]): NextStep {
  const submitted = claims.find((claim) => claim.status === 'submitted');
  if (submitted) return { do: 'adjudicate', claimId: submitted.claimId };
  const refused = claims.find((claim) => claim.status === 'rejected');
  if (refused) return { do: 'correct', claimId: refused.claimId };
  const amount = leftToPatient(price, claims);
  if (Money.of(amount).isZero()) return { do: 'nothing' };
  for (const [index, insuranceId] of covers.entries()) {
    const last = claims.filter((claim) => claim.insuranceId === insuranceId).at(-1);
    if (last && (isAnswered(last.status) || last.status === 'written_off')) continue;
    const later = new Set(covers.slice(index + 1));
    if (claims.some((claim) => isAnswered(claim.status) && later.has(claim.insuranceId)))
      return { do: 'reverse-later', insuranceId };
    return { do: 'ask', insuranceId, amount };
  }
  return { do: 'nothing' };
}
