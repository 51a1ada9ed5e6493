import type { Advice, Meal, Method, Reason, Route, Site, TimeOfDay, Weekday } from './sig-words.types.js';
import type { DoseUnit } from './sig-units.types.js';

/** Amount of one dose as decimal strings of at most three places; `max` only where a range is written. */
export interface SigDose {
  readonly min: string;
  readonly max: string | null;
  readonly unit: DoseUnit;
}

/** How often. Whole numbers; `max` only where a range is written. */
export type SigFrequency =
  | { readonly kind: 'daily' | 'weekly'; readonly min: number; readonly max: number | null }
  | {
      readonly kind: 'every';
      readonly min: number;
      readonly max: number | null;
      readonly unit: 'minute' | 'hour' | 'day' | 'week' | 'month';
    }
  | { readonly kind: 'once'; readonly now: boolean };

export interface SigMeal {
  readonly relation: 'before' | 'after' | 'with' | 'between' | 'empty';
  /** Named meals; empty: meals in general. */
  readonly meals: readonly Meal[];
  /** Minutes before or after the meal, where stated. */
  readonly minutes: number | null;
}

/** How long: days, weeks (7 days), months (30 days), or a number of doses. */
export interface SigDuration {
  readonly min: number;
  readonly max: number | null;
  readonly unit: 'day' | 'week' | 'month' | 'dose';
}

/** Most in 24 hours: so many of the unit, of the dose's own unit (null), or doses. */
export interface SigMaximum {
  readonly amount: string;
  readonly unit: DoseUnit | 'doses' | null;
}

/** One direction: everything that holds at the same time. Lists have no repeats and the order of their vocabulary. */
export interface SigStep {
  /** How it follows the one before: after it, or beside it. The first one says 'then'. */
  readonly link: 'then' | 'and';
  readonly method: Method | null;
  readonly dose: SigDose | null;
  readonly route: Route | null;
  readonly sites: readonly Site[];
  readonly frequency: SigFrequency | null;
  readonly times: readonly TimeOfDay[];
  /** Clock times 'HH:MM'. */
  readonly clock: readonly string[];
  readonly weekdays: readonly Weekday[];
  readonly meal: SigMeal | null;
  readonly asNeeded: boolean;
  readonly reasons: readonly Reason[];
  readonly duration: SigDuration | null;
  readonly maximum: SigMaximum | null;
  readonly advice: readonly Advice[];
  /** What was not understood, as it was written, in order. */
  readonly texts: readonly string[];
}

/** Directions for use, structured. */
export interface Sig {
  readonly steps: readonly SigStep[];
}

/** An abbreviation that is known to be misread. `readAs` is null where it was not read at all. */
export interface SigWarning {
  readonly found: string;
  readonly readAs: string | null;
  /** What to write instead. */
  readonly instead: string;
}

/** What a reading gives: the structure, the words left as text, and the dangerous spellings met. */
export interface ReadSig {
  readonly sig: Sig;
  readonly unread: readonly string[];
  readonly warnings: readonly SigWarning[];
}
