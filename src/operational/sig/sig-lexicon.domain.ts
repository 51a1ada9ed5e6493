import type { SigDose, SigDuration, SigFrequency, SigMaximum, SigMeal } from './sig.types.js';
import {
  ADVICE,
  MEALS,
  METHODS,
  REASONS,
  ROUTES,
  SITES,
  TIMES,
  WEEKDAYS,
  type Advice,
  type Meal,
  type Method,
  type Reason,
  type Route,
  type Site,
  type TimeOfDay,
  type Weekday,
} from './sig-words.types.js';

/** One thing understood. */
export type Atom =
  | { readonly kind: 'method'; readonly value: Method }
  | { readonly kind: 'dose'; readonly value: SigDose }
  | { readonly kind: 'route'; readonly value: Route }
  | { readonly kind: 'site'; readonly value: Site }
  | { readonly kind: 'frequency'; readonly value: SigFrequency }
  | { readonly kind: 'time'; readonly value: TimeOfDay }
  | { readonly kind: 'clock'; readonly value: string }
  | { readonly kind: 'weekday'; readonly value: Weekday }
  | { readonly kind: 'meal'; readonly value: SigMeal }
  | { readonly kind: 'asNeeded' }
  | { readonly kind: 'reason'; readonly value: Reason }
  | { readonly kind: 'duration'; readonly value: SigDuration }
  | { readonly kind: 'maximum'; readonly value: SigMaximum }
  | { readonly kind: 'advice'; readonly value: Advice }
  | { readonly kind: 'step'; readonly link: 'then' | 'and' }
  | { readonly kind: 'filler' };

const daily = (min: number, max: number | null = null): Atom => ({
  kind: 'frequency',
  value: { kind: 'daily', min, max },
});
const every = (min: number, unit: 'hour' | 'day' | 'week' | 'month'): Atom => ({
  kind: 'frequency',
  value: { kind: 'every', min, max: null, unit },
});
const weekly = (min: number): Atom => ({ kind: 'frequency', value: { kind: 'weekly', min, max: null } });
const once = (now: boolean): Atom => ({ kind: 'frequency', value: { kind: 'once', now } });
const meal = (relation: SigMeal['relation'], meals: readonly Meal[] = []): Atom => ({
  kind: 'meal',
  value: { relation, meals, minutes: null },
});
const time = (value: TimeOfDay): Atom => ({ kind: 'time', value });

/** Codes of frequency, meals, need and sequence; several codes of one line mean the same. */
const CODES: readonly (readonly [codes: string, ...atoms: Atom[]])[] = [
  ['daily|once daily|once a day|every day|each day|a day|per day|qday|sid|die|quotidie', daily(1)],
  ['bid|bd|twice daily|twice a day|bds|two times daily|two times a day', daily(2)],
  ['tid|tds|three times daily|three times a day|thrice daily', daily(3)],
  ['qid|qds|four times daily|four times a day', daily(4)],
  ['bid-tid', daily(2, 3)],
  ['tid-qid', daily(3, 4)],
  ['qh|hourly|every hour', every(1, 'hour')],
  ['every other day|alternate days|alt die|every second day|on alternate days|eod', every(2, 'day')],
  ['weekly|qw|once weekly|once a week|every week|qwk|q week', weekly(1)],
  ['twice weekly|twice a week', weekly(2)],
  ['three times weekly|three times a week', weekly(3)],
  ['every other week|fortnightly|every second week', every(2, 'week')],
  ['monthly|qmo|once monthly|once a month|every month', every(1, 'month')],
  ['once|one time|single dose|x1 dose', once(false)],
  ['stat|immediately|now|once now', once(true)],
  ['am and pm|am & pm|morning and evening', time('morning'), time('evening')],
  ['mane et nocte|morning and night|am and bedtime', time('morning'), time('bedtime')],
  ['ac|before meals|before food|a meal before|before eating', meal('before')],
  ['pc|after meals|after food|after eating', meal('after')],
  ['with food|with meals|with meal|cf|cum cibo|w/ food|w/food|c food|w/ meals', meal('with')],
  ['between meals|inter cibos', meal('between')],
  ['empty stomach|on an empty stomach|on empty stomach', meal('empty')],
  [
    'prn|sos|if needed|as needed|when needed|when required|as required|if required|if necessary',
    { kind: 'asNeeded' },
  ],
  ['n/v', { kind: 'reason', value: 'nausea' }, { kind: 'reason', value: 'vomiting' }],
  [
    'mwf|mon/wed/fri|m/w/f',
    ...(['mon', 'wed', 'fri'] as const).map((value): Atom => ({ kind: 'weekday', value })),
  ],
  ['then|followed by|thereafter', { kind: 'step', link: 'then' }],
  ['also', { kind: 'step', link: 'and' }],
  ['and|the|a|an|of|to|into|in|at|on|for|per|each|every|your', { kind: 'filler' }],
];

function lexicon(): ReadonlyMap<string, readonly Atom[]> {
  const words = new Map<string, readonly Atom[]>();
  const add = (phrases: readonly string[], atoms: readonly Atom[]): void => {
    for (const phrase of phrases) if (!words.has(phrase)) words.set(phrase, atoms);
  };
  for (const [codes, ...atoms] of CODES) add(codes.split('|'), atoms);
  const vocabulary = <Value extends string>(
    table: Readonly<Record<Value, { readonly words: readonly string[] }>>,
    atom: (value: Value) => Atom,
    spellings = (word: string): string[] => [word],
  ): void => {
    for (const [value, entry] of Object.entries<{ readonly words: readonly string[] }>(table))
      add(entry.words.flatMap(spellings), [atom(value as Value)]);
  };
  vocabulary(METHODS, (value) => ({ kind: 'method', value }));
  vocabulary(ROUTES, (value) => ({ kind: 'route', value }));
  vocabulary(
    SITES,
    (value) => ({ kind: 'site', value }),
    (word) =>
      ['', 'in ', 'to ', 'on ', 'into ', 'at ', 'in the ', 'to the ', 'on the ', 'into the ', 'at the '].map(
        (before) => before + word,
      ),
  );
  vocabulary(TIMES, (value) => ({ kind: 'time', value }));
  vocabulary(
    WEEKDAYS,
    (value) => ({ kind: 'weekday', value }),
    (word) => [word, `on ${word}`, `every ${word}`],
  );
  vocabulary(
    REASONS,
    (value) => ({ kind: 'reason', value }),
    (word) => ['', 'for ', 'for the ', 'or ', 'and '].map((before) => before + word),
  );
  vocabulary(ADVICE, (value) => ({ kind: 'advice', value }));
  for (const relation of ['before', 'after', 'with'] as const)
    for (const [name, { words: spellings }] of Object.entries(MEALS))
      add(
        spellings.map((word) => `${relation} ${word}`),
        [meal(relation, [name as Meal])],
      );
  return words;
}

/** Every fixed phrase that is understood, in lower case with single spaces, without the dots of abbreviations. */
export const LEXICON = lexicon();

/** Longest phrase, in words. */
export const LONGEST_PHRASE = Math.max(...[...LEXICON.keys()].map((phrase) => phrase.split(' ').length));

/** Units that a meal's distance is told in, and meals it can be told of. */
export const mealOf = (phrase: string): SigMeal | undefined => {
  const [atom, ...more] = LEXICON.get(phrase) ?? [];
  return atom?.kind === 'meal' &&
    more.length === 0 &&
    (atom.value.relation === 'before' || atom.value.relation === 'after')
    ? atom.value
    : undefined;
};

/**
 * Words that turn what follows round or make it conditional: "do not take with food", "if pain". To read the rest of
 * such a clause would say the opposite, so it stays as it was written.
 */
export const CLAUSE_WORDS: ReadonlySet<string> = new Set(
  (
    "not no never don't dont without except avoid stop unless until nor if when while whenever increase increasing decrease " +
    'decreasing reduce reducing titrate taper alternate alternating skip repeat may might can up hold or only less more than max ' +
    'maximum mdd change switch apart instead but only after before within minus omit'
  ).split(' '),
);
