import { DANGEROUS_UNITS } from './sig-dangers.domain.js';
import { LONGEST_PHRASE, mealOf, type Atom } from './sig-lexicon.domain.js';
import { amountOf, NUMBER, TO, wholeOf } from './sig-numbers.domain.js';
import { UNITS, type DoseUnit } from './sig-units.types.js';
import type { SigDuration, SigFrequency, SigWarning } from './sig.types.js';

/** What a pattern read: how many characters, what they mean, and which of them are dangerous. */
export interface Reading {
  readonly length: number;
  readonly atoms: readonly Atom[];
  readonly warnings: readonly SigWarning[];
  /** A dangerous spelling with two meanings: known, and on purpose not read. */
  readonly isRefused?: boolean;
}

type Read = Omit<Reading, 'length'> | undefined;
type Parts = readonly (string | undefined)[];

const UNIT_WORDS = new Map<string, DoseUnit>(
  Object.entries(UNITS).flatMap(([unit, { words }]) =>
    words.map((word): [string, DoseUnit] => [word, unit as DoseUnit]),
  ),
);
const UNIT = [...UNIT_WORDS.keys(), ...DANGEROUS_UNITS.keys()].sort((a, b) => b.length - a.length).join('|');
/** Nothing is read up to the middle of a word: "500 mg/5 ml" is no dose of 500 mg. */
const END = '(?= |$)';
const PERIOD = 'd|day|days|w|wk|wks|week|weeks|mo|month|months';
const PER_DAY = String.raw`(?: ?(?:/|a|per|in|every) ?(?:d|day|24 ?h|24 ?hrs?|24 hours))`;

/** Longest course, most doses a day and most minutes that are taken for meant. */
const MOST = 366;

function unitOf(word: string): { unit: DoseUnit; warnings: SigWarning[] } | undefined {
  const danger = DANGEROUS_UNITS.get(word);
  if (danger)
    return {
      unit: danger.unit,
      warnings: [{ found: word, readAs: UNITS[danger.unit].words[0], instead: danger.instead }],
    };
  const unit = UNIT_WORDS.get(word);
  return unit && { unit, warnings: [] };
}

/** Both ends of a range of amounts; `max` null where one is written. Undefined when it does not rise. */
function amounts(
  from: string,
  to: string | undefined,
): { min: string; max: string | null; warnings: SigWarning[]; isRefused: boolean } | undefined {
  const low = amountOf(from);
  const high = to === undefined ? undefined : amountOf(to);
  const warnings = [...low.warnings, ...(high?.warnings ?? [])];
  if (low.value === undefined || (high && high.value === undefined))
    return warnings.length > 0 ? { min: '', max: null, warnings, isRefused: true } : undefined;
  if (high?.value !== undefined && Number(high.value) <= Number(low.value)) return undefined;
  return { min: low.value, max: high?.value ?? null, warnings, isRefused: false };
}

/** Both ends of a range of whole numbers. */
function wholes(
  from: string | undefined,
  to: string | undefined,
  most = MOST,
): { min: number; max: number | null } | undefined {
  const min = wholeOf(from ?? '', most);
  const max = to === undefined ? null : wholeOf(to, most);
  if (min === undefined || max === undefined || (max !== null && max <= min)) return undefined;
  return { min, max };
}

function dose(from: string, to: string | undefined, word: string): Read {
  const amount = amounts(from, to);
  const unit = unitOf(word);
  if (!amount || !unit) return undefined;
  const warnings = [...amount.warnings, ...unit.warnings];
  if (amount.isRefused) return { atoms: [], warnings, isRefused: true };
  return {
    atoms: [{ kind: 'dose', value: { min: amount.min, max: amount.max, unit: unit.unit } }],
    warnings,
  };
}

const frequency = (value: SigFrequency, warnings: readonly SigWarning[] = []): Read => ({
  atoms: [{ kind: 'frequency', value }],
  warnings,
});

type Interval = Extract<SigFrequency, { kind: 'every' }>['unit'];

function intervalOf(word: string): Interval {
  if (/^mi/.test(word)) return 'minute';
  if (/^mo/.test(word)) return 'month';
  return word.startsWith('d') ? 'day' : word.startsWith('w') ? 'week' : 'hour';
}

function every([, from, to, word = '']: Parts, whole: string): Read {
  const interval = wholes(from, to);
  if (!interval) return undefined;
  const unit = intervalOf(word);
  const warnings: SigWarning[] =
    word === '°' ? [{ found: whole, readAs: `every ${from ?? ''} hours`, instead: `“q${from ?? ''}h”` }] : [];
  const { min, max } = interval;
  // One interval of a day or a week has a shorter name, and a structure has one spelling.
  if (min === 1 && max === null && unit === 'day') return frequency({ kind: 'daily', min: 1, max: null });
  if (min === 1 && max === null && unit === 'week') return frequency({ kind: 'weekly', min: 1, max: null });
  return frequency({ kind: 'every', min, max, unit }, warnings);
}

function timesPer([, from, to, word = '']: Parts): Read {
  const count = wholes(from, to, 48);
  return count && frequency({ kind: word.startsWith('d') ? 'daily' : 'weekly', ...count });
}

function duration([, x, from, to, word = '']: Parts, whole: string): Read {
  const length = from === 'a' ? { min: 1, max: null } : wholes(from, to);
  if (!length) return undefined;
  const unit: SigDuration['unit'] = word.startsWith('dose')
    ? 'dose'
    : word.startsWith('d')
      ? 'day'
      : word.startsWith('w')
        ? 'week'
        : 'month';
  if (unit === 'dose' && x === undefined) return undefined;
  const isMisread = x === 'x' && word === 'd';
  const days = `${length.min}${length.max === null ? '' : ` to ${length.max}`} days`;
  return {
    atoms: [{ kind: 'duration', value: { ...length, unit } }],
    warnings: isMisread ? [{ found: whole, readAs: `for ${days}`, instead: `“for ${days}”` }] : [],
  };
}

const SHARES = new Map<string, SigDuration['unit']>([
  ['7', 'day'],
  ['52', 'week'],
  ['12', 'month'],
]);

function share([, from, of = '']: Parts): Read {
  const length = wholes(from, undefined);
  const unit = SHARES.get(of);
  return length && unit && { atoms: [{ kind: 'duration', value: { ...length, unit } }], warnings: [] };
}

function maximum([, from = '', word]: Parts): Read {
  const amount = amounts(from, undefined);
  if (!amount) return undefined;
  if (amount.isRefused) return { atoms: [], warnings: amount.warnings, isRefused: true };
  const isDoses = word !== undefined && /^doses?$/.test(word);
  const unit = word === undefined || isDoses ? undefined : unitOf(word);
  return {
    atoms: [
      { kind: 'maximum', value: { amount: amount.min, unit: isDoses ? 'doses' : (unit?.unit ?? null) } },
    ],
    warnings: [...amount.warnings, ...(unit?.warnings ?? [])],
  };
}

/** 'HH:MM' of a clock time written with or without am and pm. */
function clock([, hours = '', minutes = '00', half]: Parts): Read {
  const hour = Number(hours);
  if (hour > 23 || (half !== undefined && (hour < 1 || hour > 12))) return undefined;
  const shown = half === undefined ? hour : (hour % 12) + (half === 'pm' ? 12 : 0);
  return { atoms: [{ kind: 'clock', value: `${String(shown).padStart(2, '0')}:${minutes}` }], warnings: [] };
}

function misreadClock([, hours, half]: Parts, whole: string): Read {
  const read = clock([undefined, hours, '00', half]);
  const time = `${hours ?? ''} ${half ?? ''}`;
  return read && { ...read, warnings: [{ found: whole, readAs: `at ${time}`, instead: `“at ${time}”` }] };
}

const refused = (found: string, instead: string): Read => ({
  atoms: [],
  warnings: [{ found, readAs: null, instead }],
  isRefused: true,
});

/** Patterns with numbers in them, tried at the start of each word; the longest reading wins. */
const PATTERNS: readonly (readonly [pattern: RegExp, read: (parts: Parts, whole: string) => Read])[] = [
  [
    new RegExp(`^(${NUMBER})(?:${TO}(${NUMBER}))? ?(${UNIT})${END}`),
    ([, from = '', to, unit = '']) => dose(from, to, unit),
  ],
  [
    new RegExp(
      String.raw`^(gtts?|drops?|tabs?|caps?|supps?|puffs?|amps?|sprays?) (i{1,3}|\d{1,2})(?: ?- ?(i{1,3}|\d{1,2}))?${END}`,
    ),
    ([, unit = '', from = '', to]) => dose(from, to, unit),
  ],
  [
    new RegExp(
      String.raw`^(?:q|every) ?(\d{1,3})(?:(?: ?- ?| to )(\d{1,3}))? ?(°|h|hr|hrs|hour|hours|hourly|min|mins|minute|minutes|${PERIOD})${END}`,
    ),
    every,
  ],
  [
    new RegExp(String.raw`^(\d{1,2})(?: ?- ?(\d{1,2}))?[ -]?(?:hourly|hrly)${END}`),
    ([, from, to], whole) => every([whole, from, to, 'h'], whole),
  ],
  [
    new RegExp(
      String.raw`^x?(\d{1,2})(?:(?: ?- ?| to )(\d{1,2}))?(?: ?(?:x|times?)(?: ?(?:/|a|per|each|every))? ?| ?(?:/|per|a) ?)(d|day|daily|w|wk|week|weekly)${END}`,
    ),
    timesPer,
  ],
  [
    new RegExp(String.raw`^(?:(x|for) ?)?(${NUMBER}|a(?= ))(?:${TO}(${NUMBER}))? ?(${PERIOD}|doses?)${END}`),
    duration,
  ],
  [new RegExp(String.raw`^(?:(?:x|for) ?)?(\d{1,3})/(7|52|12)${END}`), share],
  [
    new RegExp(`^(?:mdd|max daily dose)(?: of)? ?(${NUMBER})(?: ?(${UNIT}|doses?))?${PER_DAY}?${END}`),
    maximum,
  ],
  [
    new RegExp(
      `^(?:max|maximum|not more than|no more than|do not exceed|do not take more than|nmt) (${NUMBER})(?: ?(${UNIT}|doses?))?${PER_DAY}${END}`,
    ),
    maximum,
  ],
  [new RegExp(String.raw`^(?:at |@ ?)?(\d{1,2}):([0-5]\d)(?: ?(am|pm))?${END}`), clock],
  [
    new RegExp(String.raw`^(?:at |@ ?)?(\d{1,2}) ?(am|pm)${END}`),
    ([, hours, half]) => clock([undefined, hours, '00', half]),
  ],
  [new RegExp(String.raw`^q ?(\d{1,2}) ?(am|pm)${END}`), misreadClock],
  [new RegExp(String.raw`^\d[\d.,]*[km] ?(?:units?|iu|u)?${END}`), (_, whole) => refused(whole, '“10,000”')],
  [/^[<>≤≥][^ ]*/, (_, whole) => refused(whole, '“less than” / “more than”')],
];

const MINUTES = /^(\d{1,3}|half an|one|an) ?(min|mins|minute|minutes|h|hr|hrs|hour|hours) /;

/** "30 min ac", "1 h before breakfast". */
function distantMeal(rest: string): Reading | undefined {
  const match = MINUTES.exec(rest);
  if (!match) return undefined;
  const [before, number = '', unit = ''] = match;
  const halves = number === 'an' ? 2 : 2 * Number(amountOf(number).value ?? 0);
  const minutes = unit.startsWith('h') ? halves * 30 : halves / 2;
  if (!Number.isInteger(minutes) || minutes < 1 || minutes > MOST) return undefined;
  const words = rest.slice(before.length).split(' ', LONGEST_PHRASE);
  for (let count = words.length; count > 0; count--) {
    const phrase = words.slice(0, count).join(' ');
    const meal = mealOf(phrase);
    if (meal)
      return {
        length: before.length + phrase.length,
        atoms: [{ kind: 'meal', value: { ...meal, minutes } }],
        warnings: [],
      };
  }
  return undefined;
}

/** The longest reading with a number at the start of `rest`; undefined when there is none. */
export function readPattern(rest: string): Reading | undefined {
  let best = distantMeal(rest);
  for (const [pattern, read] of PATTERNS) {
    const match = pattern.exec(rest);
    if (!match || match[0].length <= (best?.length ?? 0)) continue;
    const reading = read(match, match[0]);
    if (reading) best = { ...reading, length: match[0].length };
  }
  return best;
}

const BARE = new RegExp(`^(${NUMBER})(?:${TO}(${NUMBER}))?${END}`);

/** A bare number, taken for a dose of the unit the medicine is counted in. */
export function readBareNumber(rest: string, unit: DoseUnit): Reading | undefined {
  const match = BARE.exec(rest);
  const read = match && dose(match[1] ?? '', match[2], UNITS[unit].words[0]);
  return match && read ? { ...read, length: match[0].length } : undefined;
}
