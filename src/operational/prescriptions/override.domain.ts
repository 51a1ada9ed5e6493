import { OverrideReasonNeeded, OverrideUnknownAlert } from './prescription-refusals.domain.js';

/** The reasons an override may have; the database checks the same list. */
export const OVERRIDE_REASONS = [
  'benefit_outweighs_risk',
  'prescriber_consulted',
  'patient_tolerates',
  'dose_adjusted',
  'monitoring_in_place',
  'not_clinically_relevant',
] as const;

export interface Override {
  readonly alertId: number;
  readonly reason: (typeof OVERRIDE_REASONS)[number];
  readonly note: string;
}

/** Letters and digits a reason has at least. */
const MIN_CHARACTERS = 5;
/** A number alone is no reason: "INR 2.4" has letters too. */
const MIN_LETTERS = 3;
/** "aaaaa" and "ababab" are five letters and say nothing. */
const MIN_DIFFERENT = 3;

/** True when a text says something in letters. "ok....", "....", "aaaaa" and "12345" do not. */
export function isReasoned(text: string): boolean {
  const characters = [...text.toLowerCase()].filter((character) => /[\p{L}\p{N}]/u.test(character));
  const letters = characters.filter((character) => /\p{L}/u.test(character));
  return (
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
 * Checks that each override names an alert of the prescription, once, and says why. Throws OverrideUnknownAlert or
 * OverrideReasonNeeded.
 */
export function assertOverrides(
  overrides: readonly Override[],
  alertsOfPrescription: ReadonlySet<number>,
): void {
  const seen = new Set<number>();
  for (const [index, override] of overrides.entries()) {
    if (!alertsOfPrescription.has(override.alertId) || seen.has(override.alertId))
      throw new OverrideUnknownAlert(`/overrides/${index}/alertId`);
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
