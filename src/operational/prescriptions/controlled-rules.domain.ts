export const JURISDICTIONS = ['none', 'EG', 'US'] as const;
export type Jurisdiction = (typeof JURISDICTIONS)[number];
export const SCHEDULES = ['II', 'III', 'IV', 'V'] as const;
export type Schedule = (typeof SCHEDULES)[number];

/** Why only a part of a fill was given. */
export const PARTIAL_REASONS = ['short_of_stock', 'requested', 'long_term_care', 'terminal_illness'] as const;
export type PartialReason = (typeof PARTIAL_REASONS)[number];

/** Until when the rest of a fill may be given: hours from the part that left it, or days from when it was written. */
export type RestLimit = { readonly hoursFromPart: number } | { readonly daysFromWritten: number };

/** What one person may be given within a period; `days` of supply, or `times` what a single prescription may hold. */
export type PersonCap =
  | { readonly periodDays: number; readonly maxDaysSupply: number }
  | { readonly periodDays: number; readonly timesOncePerPrescription: number };

/** The rules of one schedule in one jurisdiction; `sources` names where each comes from. */
export interface ControlledRule {
  readonly maxRefills: number;
  /** Time from the day it was written in which it may be filled; null: as long as the branch keeps prescriptions. */
  readonly valid: { readonly months: number } | { readonly days: number } | null;
  /**
   * Limits of the rest by reason; 'never': what was not given at once is not given at all; 'valid': the rest may be given
   * as long as the prescription is valid.
   */
  readonly rest: Readonly<Record<PartialReason, RestLimit>> | 'never' | 'valid';
  readonly cap: PersonCap | null;
  /** True: who takes it away shows a document, whose kind and number are kept. */
  readonly collectorIdentity: boolean;
  /** True: receipt and destruction are signed by two people. */
  readonly twoPersons: boolean;
  readonly sources: Readonly<
    Record<'refills' | 'valid' | 'rest' | 'cap' | 'collectorIdentity' | 'twoPersons', string>
  >;
}

const HOUSE = 'house rule, stricter than the law of the land';

const US_TWO_PERSONS = `21 CFR 1317.95 for destruction; ${HOUSE} for receipt`;
/** Many states ask for it and federal law does not; a pharmacy must keep the stricter of the two. */
const US_COLLECTOR = 'state law; not in 21 CFR 1306';

const US_III: ControlledRule = {
  maxRefills: 5,
  valid: { months: 6 },
  rest: 'valid',
  cap: null,
  collectorIdentity: true,
  twoPersons: true,
  sources: {
    refills: '21 CFR 1306.22(a)',
    valid: '21 CFR 1306.22(a)',
    rest: '21 CFR 1306.23',
    cap: 'none in 21 CFR 1306',
    collectorIdentity: US_COLLECTOR,
    twoPersons: US_TWO_PERSONS,
  },
};

/** Federal law sets no count for schedule V; it is held to that of III and IV, as many states do. */
const US_V: ControlledRule = {
  ...US_III,
  collectorIdentity: false,
  sources: {
    ...US_III.sources,
    refills: HOUSE,
    valid: HOUSE,
    collectorIdentity: 'none in 21 CFR 1306 for what is prescribed',
  },
};

const RULES: Readonly<Record<Jurisdiction, Readonly<Partial<Record<Schedule, ControlledRule>>>>> = {
  none: {},
  US: {
    II: {
      maxRefills: 0,
      valid: null,
      rest: {
        short_of_stock: { hoursFromPart: 72 },
        requested: { daysFromWritten: 30 },
        long_term_care: { daysFromWritten: 60 },
        terminal_illness: { daysFromWritten: 60 },
      },
      cap: { periodDays: 90, maxDaysSupply: 90 },
      collectorIdentity: true,
      twoPersons: true,
      sources: {
        refills: '21 CFR 1306.12(a)',
        valid: 'none in 21 CFR 1306: the branch decides',
        rest: '21 CFR 1306.13(a) to (c)',
        cap: '21 CFR 1306.12(b)',
        collectorIdentity: US_COLLECTOR,
        twoPersons: US_TWO_PERSONS,
      },
    },
    III: US_III,
    IV: US_III,
    V: US_V,
  },
  EG: {
    // Schedule II stands for the narcotics of table 1 of the law; its other tables have no schedule of this catalogue.
    II: {
      maxRefills: 0,
      valid: { days: 5 },
      rest: 'never',
      cap: { periodDays: 30, timesOncePerPrescription: 10 },
      collectorIdentity: true,
      twoPersons: true,
      sources: {
        refills: 'Egyptian Law 182/1960, pharmacists: a prescription is used once',
        valid: 'Egyptian Law 182/1960, pharmacists: five days from its date',
        rest: 'Egyptian Law 182/1960, pharmacists: a prescription is used once',
        cap: 'Egyptian decree on prescribing narcotics: ten times the maximum of table 4 in thirty days',
        collectorIdentity: HOUSE,
        twoPersons: HOUSE,
      },
    },
  },
};

/** The rule for a product, or undefined when it is not controlled here. */
export function controlledRule(
  jurisdiction: Jurisdiction,
  schedule: Schedule | null,
): ControlledRule | undefined {
  return schedule === null ? undefined : RULES[jurisdiction][schedule];
}
