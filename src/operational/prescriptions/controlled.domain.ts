import { Quantity } from '../../platform/money/quantity.js';
import { addDays, addMonths, daysBetween } from '../../platform/time/local-date.js';
import {
  controlledRule,
  type ControlledRule,
  type Jurisdiction,
  type PartialReason,
  type Schedule,
} from './controlled-rules.domain.js';
import { ControlledRefills } from './prescription-refusals.domain.js';

const HOUR_MS = 3_600_000;

/** Throws ControlledRefills when more refills are authorised than the schedule allows. */
export function assertRefillsAllowed(
  jurisdiction: Jurisdiction,
  schedule: Schedule | null,
  refillsAuthorized: number,
): void {
  const rule = controlledRule(jurisdiction, schedule);
  if (rule && refillsAuthorized > rule.maxRefills)
    throw new ControlledRefills(schedule ?? '', rule.maxRefills, rule.sources.refills);
}

/** Last day a prescription written on a day may be filled: the branch's months, or less where the schedule says so. */
export function lastValidDay(
  prescribedDate: string,
  branchMonths: number,
  rule: Pick<ControlledRule, 'valid'> | undefined,
): string {
  const byBranch = addMonths(prescribedDate, branchMonths);
  if (!rule?.valid) return byBranch;
  const byLaw =
    'months' in rule.valid
      ? addMonths(prescribedDate, rule.valid.months)
      : addDays(prescribedDate, rule.valid.days);
  return byLaw < byBranch ? byLaw : byBranch;
}

/** A fill of which a part was given and a rest is asked for. */
export interface RestCase {
  readonly prescribedDate: string;
  readonly reason: PartialReason;
  /** When the part was given that left the rest. */
  readonly partGivenAt: Date;
  readonly now: Date;
  /** Business day at the branch. */
  readonly today: string;
}

/** True while the rest of a partial fill may still be given. Whether the prescription itself is valid is asked apart. */
export function mayGiveRest(rule: Pick<ControlledRule, 'rest'> | undefined, asked: RestCase): boolean {
  if (!rule || rule.rest === 'valid') return true;
  if (rule.rest === 'never') return false;
  const limit = rule.rest[asked.reason];
  return 'hoursFromPart' in limit
    ? asked.now.getTime() - asked.partGivenAt.getTime() <= limit.hoursFromPart * HOUR_MS
    : asked.today <= addDays(asked.prescribedDate, limit.daysFromWritten);
}

/** Until when `mayGiveRest` lets the rest be given: an instant (ISO 8601) or the last day; undefined: no such limit, or never. */
export function restEnds(
  rule: Pick<ControlledRule, 'rest'>,
  asked: Pick<RestCase, 'prescribedDate' | 'reason' | 'partGivenAt'>,
): string | undefined {
  if (typeof rule.rest === 'string') return undefined;
  const limit = rule.rest[asked.reason];
  return 'hoursFromPart' in limit
    ? new Date(asked.partGivenAt.getTime() + limit.hoursFromPart * HOUR_MS).toISOString()
    : addDays(asked.prescribedDate, limit.daysFromWritten);
}

/** Something a person was given of a controlled medicine. Quantity in base units. */
export interface Given {
  readonly givenOn: string;
  readonly daysSupply: number;
  readonly quantity: Quantity;
}

/** How much a cap still lets a person have, in days of supply or base units; undefined where there is no cap. */
export type CapRoom = { readonly daysSupply: number } | { readonly quantity: Quantity };

/**
 * What a person may still be given on a day, by what he had in the period that ends with it. Where the cap is a number of times
 * what one prescription may hold, `oncePerPrescription` says how much that is of this product; unknown: no cap is judged.
 */
export function roomUnderCap(
  rule: Pick<ControlledRule, 'cap'> | undefined,
  given: readonly Given[],
  today: string,
  oncePerPrescription?: Quantity,
): CapRoom | undefined {
  const cap = rule?.cap;
  if (!cap) return undefined;
  const counted = given.filter(({ givenOn }) => {
    const age = daysBetween(givenOn, today);
    return age >= 0 && age < cap.periodDays;
  });
  if ('maxDaysSupply' in cap) {
    // Of what was given, only the days not yet lived through are in the person's hands.
    const inHand = counted.reduce(
      (sum, { givenOn, daysSupply }) => sum + Math.max(0, daysSupply - daysBetween(givenOn, today)),
      0,
    );
    return { daysSupply: Math.max(0, cap.maxDaysSupply - inHand) };
  }
  if (!oncePerPrescription) return undefined;
  const most = oncePerPrescription.times(Quantity.of(String(cap.timesOncePerPrescription)));
  const had = counted.reduce((sum, { quantity }) => sum.plus(quantity), Quantity.zero);
  return { quantity: had.compare(most) >= 0 ? Quantity.zero : most.minus(had) };
}

/** True where a fill is more than the room there is; without a cap nothing is. */
export function isOverCap(
  room: CapRoom | undefined,
  fill: { readonly daysSupply: number; readonly quantity: Quantity },
): boolean {
  if (!room) return false;
  return 'quantity' in room ? fill.quantity.compare(room.quantity) > 0 : fill.daysSupply > room.daysSupply;
}
