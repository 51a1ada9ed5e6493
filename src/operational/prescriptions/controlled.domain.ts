import { addMonths } from '../../platform/time/local-date.js';
import { ControlledRefills } from './prescription-refusals.domain.js';

export type Jurisdiction = 'none' | 'EG' | 'US';
export type Schedule = 'II' | 'III' | 'IV' | 'V';

interface ControlledRule {
  readonly maxRefills: number;
  /** Months from the day it was written in which it may be filled; null: as long as the branch keeps prescriptions. */
  readonly validMonths: number | null;
  readonly source: string;
}

const US_REFILLABLE: ControlledRule = { maxRefills: 5, validMonths: 6, source: '21 CFR 1306.22' };

/** What a jurisdiction allows for a schedule; a schedule that is not named has no rule of its own. */
const RULES: Readonly<Record<Jurisdiction, Readonly<Partial<Record<Schedule, ControlledRule>>>>> = {
  none: {},
  US: {
    II: { maxRefills: 0, validMonths: null, source: '21 CFR 1306.12' },
    III: US_REFILLABLE,
    IV: US_REFILLABLE,
    V: US_REFILLABLE,
  },
  // Narcotic prescriptions are filled once; the other rules of the law (days valid, register) come with the register.
  EG: { II: { maxRefills: 0, validMonths: null, source: 'Egyptian Law 182/1960' } },
};

/** The rule for a product, or undefined when it is not controlled here. */
export function controlledRule(
  jurisdiction: Jurisdiction,
  schedule: Schedule | null,
): ControlledRule | undefined {
  return schedule === null ? undefined : RULES[jurisdiction][schedule];
}

/** Throws ControlledRefills when more refills are authorised than the schedule allows. */
export function assertRefillsAllowed(
  jurisdiction: Jurisdiction,
  schedule: Schedule | null,
  refillsAuthorized: number,
): void {
  const rule = controlledRule(jurisdiction, schedule);
  if (rule && refillsAuthorized > rule.maxRefills)
    throw new ControlledRefills(schedule ?? '', rule.maxRefills, rule.source);
}

/** Last day a prescription written on a day may be filled: the branch's months, or fewer where the schedule says so. */
export function lastValidDay(
  prescribedDate: string,
  branchMonths: number,
  rule: ControlledRule | undefined,
): string {
  const months = Math.min(branchMonths, rule?.validMonths ?? branchMonths);
  return addMonths(prescribedDate, months);
}
