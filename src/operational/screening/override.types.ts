import { DomainError } from '../../platform/errors/domain-error.js';

/** 422: an override says nothing: its note needs a reason in words. */
export class OverrideReasonNeeded extends DomainError {
  readonly code = 'override-reason-needed';
  readonly status = 422;
  readonly title = 'Say why';
  constructor(pointer: string) {
    super('Write in words why you go on in spite of the alert.', {}, [
      { pointer, detail: 'needs at least five letters that say something' },
    ]);
  }
}

/** 422: an override names an alert that is not one of this prescription or sale, or names one twice. */
export class OverrideUnknownAlert extends DomainError {
  readonly code = 'override-unknown-alert';
  readonly status = 422;
  readonly title = 'Not an alert of this prescription';
  constructor(pointer: string) {
    super('An override must name an alert of this prescription or sale, once.', {}, [
      { pointer, detail: 'is not an alert of this prescription or sale, or is named twice' },
    ]);
  }
}

/** 422: the coded reason is one for refills that are early, and the alert is another. */
export class ReasonOfEarlyRefill extends DomainError {
  readonly code = 'override-reason-unfit';
  readonly status = 422;
  readonly title = 'Reason of another kind of alert';
  constructor(pointer: string) {
    super('This reason is for a refill that is early, and for no other alert.', {}, [
      { pointer, detail: 'is a reason for an early refill only' },
    ]);
  }
}

/** The reasons an override of a clinical finding may have. */
export const OVERRIDE_REASONS = [
  'benefit_outweighs_risk',
  'prescriber_consulted',
  'patient_tolerates',
  'dose_adjusted',
  'monitoring_in_place',
  'not_clinically_relevant',
] as const;

/** Further reasons, of an early refill alone. The last is what a reason given in words alone is kept under. */
const EARLY_REFILL_REASONS = ['vacation_supply', 'lost_or_damaged', 'supply_agreed'] as const;

/** Every coded reason; the database checks the same list. */
export const ALL_OVERRIDE_REASONS = [...OVERRIDE_REASONS, ...EARLY_REFILL_REASONS] as const;

export interface Override {
  readonly alertId: number;
  readonly reason: (typeof ALL_OVERRIDE_REASONS)[number];
  readonly note: string;
}

/** Letters and digits a reason has at least. */
const MIN_CHARACTERS = 5;
/** A number alone is no reason: "INR 2.4" has letters too. */
const MIN_LETTERS = 3;
/** "aaaaa" and "ababab" are five letters and say nothing. */
const MIN_DIFFERENT = 3;

/** Words that fill a field and say nothing, in English and Arabic. */
const EMPTY_WORDS = new Set(
  'ok okay yes no none na nil nothing null fine good done test testing override overridden approved reason comment note see above same as before because just any whatever تم لا نعم حسنا موافق تمام لايوجد لا يوجد'.split(
    ' ',
  ),
);

/** True when a text says something in letters. "ok....", "n/a none", "aaaaa" and "12345" do not. */
export function isReasoned(text: string): boolean {
  const characters = [...text.toLowerCase()].filter((character) => /[\p{L}\p{N}]/u.test(character));
  const letters = characters.filter((character) => /\p{L}/u.test(character));
  const words = text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
  return (
    words.some((word) => /\p{L}{3}/u.test(word) && !EMPTY_WORDS.has(word)) &&
    characters.length >= MIN_CHARACTERS &&
    letters.length >= MIN_LETTERS &&
    new Set(characters).size >= MIN_DIFFERENT
  );
}

/** Throws OverrideReasonNeeded, naming the field, when a text says nothing. */
export function assertReasoned(text: string, pointer: string): void {
  if (!isReasoned(text)) throw new OverrideReasonNeeded(pointer);
}

/**
 * Checks that each override names an alert of the prescription, once, and says why. `kinds` are the alerts there are, each
 * with its kind of check. Throws OverrideUnknownAlert, ReasonOfEarlyRefill or OverrideReasonNeeded.
 */
export function assertOverrides(overrides: readonly Override[], kinds: ReadonlyMap<number, string>): void {
  const seen = new Set<number>();
  for (const [index, override] of overrides.entries()) {
    const kind = kinds.get(override.alertId);
    if (kind === undefined || seen.has(override.alertId))
      throw new OverrideUnknownAlert(`/overrides/${index}/alertId`);
    if (kind !== 'early_refill' && EARLY_REFILL_REASONS.some((reason) => reason === override.reason))
      throw new ReasonOfEarlyRefill(`/overrides/${index}/reason`);
    seen.add(override.alertId);
    assertReasoned(override.note, `/overrides/${index}/note`);
  }
}

/** The stopping alerts that no override has answered. */
export function unresolvedStops<Alert extends { readonly alertId: number; readonly stops: boolean }>(
  alerts: readonly Alert[],
  overridden: ReadonlySet<number>,
): Alert[] {
  return alerts.filter((alert) => alert.stops && !overridden.has(alert.alertId));
}
