import type { Atom } from './sig-lexicon.domain.js';
import type { Site } from './sig-words.types.js';

/**
 * Abbreviations the Institute for Safe Medication Practices lists as error-prone ("ISMP List of Error-Prone
 * Abbreviations, Symbols, and Dose Designations", 2021 edition; the facts, in our words). Most are read and reported with
 * what to write instead; those with two meanings are not read at all. `OD`, `AD`, `AS`, `AU`, `OS`, `OU` depend on what
 * is given, see `sig-reading.domain.ts`.
 */
interface Danger {
  /** What it is taken for; none: not read. */
  readonly atoms: readonly Atom[] | null;
  readonly readAs: string | null;
  readonly instead: string;
}

const read = (readAs: string, instead: string, ...atoms: Atom[]): Danger => ({ atoms, readAs, instead });
const refused = (instead: string): Danger => ({ atoms: null, readAs: null, instead });
const frequency = (value: Extract<Atom, { kind: 'frequency' }>['value']): Atom => ({
  kind: 'frequency',
  value,
});
const DAILY = frequency({ kind: 'daily', min: 1, max: null });
const ALTERNATE = frequency({ kind: 'every', min: 2, max: null, unit: 'day' });
const BEDTIME: Atom = { kind: 'time', value: 'bedtime' };
const UNDER_SKIN: Atom = { kind: 'route', value: 'subcutaneous' };

export const DANGERS: ReadonlyMap<string, Danger> = new Map<string, Danger>([
  ['qd', read('daily', '“daily”', DAILY)],
  ['q1d', read('daily', '“daily”', DAILY)],
  ['qod', read('every other day', '“every other day”', ALTERNATE)],
  ['hs', read('at bedtime', '“at bedtime”', BEDTIME)],
  ['qhs', read('at bedtime', '“at bedtime”', BEDTIME)],
  ['at hs', read('at bedtime', '“at bedtime”', BEDTIME)],
  ['bt', read('at bedtime', '“at bedtime”', BEDTIME)],
  ['qn', read('at night', '“nightly”', { kind: 'time', value: 'night' })],
  ['tiw', read('3 times a week', '“3 times a week”', frequency({ kind: 'weekly', min: 3, max: null }))],
  ['biw', read('2 times a week', '“2 times a week”', frequency({ kind: 'weekly', min: 2, max: null }))],
  ['i/d', refused('“daily”')],
  ['sc', read('under the skin', '“subcut”', UNDER_SKIN)],
  ['sq', read('under the skin', '“subcut”', UNDER_SKIN)],
  ['sub q', read('under the skin', '“subcut”', UNDER_SKIN)],
  ['subq', read('under the skin', '“subcut”', UNDER_SKIN)],
  ['per os', read('by mouth', '“po” / “by mouth”', { kind: 'route', value: 'oral' })],
  ['ud', read('as directed', '“as directed”', { kind: 'advice', value: 'asDirected' })],
  ['cc', refused('“ml” / “with food”')],
  ['ss', refused('“half” / “sliding scale”')],
  ['ssi', refused('“sliding scale insulin”')],
  ['ssri', refused('“sliding scale regular insulin”')],
  ['ms', refused('“morphine sulfate” / “magnesium sulfate”')],
  ['mso4', refused('“morphine sulfate”')],
  ['mgso4', refused('“magnesium sulfate”')],
  ['dc', refused('“stop” / “discharge”')],
  ['d/c', refused('“stop” / “discharge”')],
  ['&', read('and', '“and”', { kind: 'filler' })],
  ['+', read('and', '“and”', { kind: 'filler' })],
  ['@', read('at', '“at”', { kind: 'filler' })],
]);

/** Unit spellings of the list; each is read, and reported. */
export const DANGEROUS_UNITS: ReadonlyMap<
  string,
  { readonly unit: 'unit' | 'ml' | 'mcg'; readonly instead: string }
> = new Map([
  ['u', { unit: 'unit', instead: '“units”' }],
  ['iu', { unit: 'unit', instead: '“units”' }],
  ['ius', { unit: 'unit', instead: '“units”' }],
  ['cc', { unit: 'ml', instead: '“ml”' }],
  ['ccs', { unit: 'ml', instead: '“ml”' }],
  ['µg', { unit: 'mcg', instead: '“mcg”' }],
  ['μg', { unit: 'mcg', instead: '“mcg”' }],
  ['ug', { unit: 'mcg', instead: '“mcg”' }],
] as const);

interface Side {
  readonly site: Site;
  readonly organ: 'eye' | 'ear';
  readonly readAs: string;
  readonly instead: string;
}

/** Words with one meaning for an eye or an ear and another one elsewhere. */
export const SIDES: ReadonlyMap<string, Side> = new Map<string, Side>([
  ['od', { site: 'rightEye', organ: 'eye', readAs: 'in the right eye', instead: '“right eye”' }],
  ['os', { site: 'leftEye', organ: 'eye', readAs: 'in the left eye', instead: '“left eye”' }],
  ['ou', { site: 'bothEyes', organ: 'eye', readAs: 'in each eye', instead: '“each eye”' }],
  ['ad', { site: 'rightEar', organ: 'ear', readAs: 'in the right ear', instead: '“right ear”' }],
  ['as', { site: 'leftEar', organ: 'ear', readAs: 'in the left ear', instead: '“left ear”' }],
  ['au', { site: 'bothEars', organ: 'ear', readAs: 'in each ear', instead: '“each ear”' }],
]);
