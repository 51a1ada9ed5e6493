import { isRouteTold, methodOf, plainText, saysSomething } from './sig-method.domain.js';
import { UNITS, type ArabicNoun, type DoseUnit } from './sig-units.types.js';
import { ADVICE, MEALS, METHODS, REASONS, ROUTES, SITES, TIMES, WEEKDAYS } from './sig-words.types.js';
import type { Sig, SigDose, SigDuration, SigFrequency, SigMaximum, SigMeal, SigStep } from './sig.types.js';

/** Figures read left to right whatever stands around them (U+2066 … U+2069). */
const figures = (text: string | number): string => `\u2066${text}\u2069`;
/** Text whose direction is its own (U+2068 … U+2069). */
const own = (text: string): string => `\u2068${plainText(text)}\u2069`;

/** Arabic repeats the conjunction before each word; "and" is written with the word. */
const list = (words: readonly string[], joint = ' و'): string => words.join(joint);

type Case = 'nominative' | 'oblique';

const noun = (one: string, two: string, few: string, many = one, feminine = true): ArabicNoun => ({
  feminine,
  one,
  two: `${two}ان`,
  oblique: `${two}ين`,
  few,
  many,
  hundred: one,
});
const DOSE = noun('جرعة', 'جرعت', 'جرعات');
const TIME = noun('مرة', 'مرت', 'مرات');
const SPANS = {
  minute: noun('دقيقة', 'دقيقت', 'دقائق'),
  hour: noun('ساعة', 'ساعت', 'ساعات'),
  day: noun('يوم', 'يوم', 'أيام', 'يومًا', false),
  week: noun('أسبوع', 'أسبوع', 'أسابيع', 'أسبوعًا', false),
  month: noun('شهر', 'شهر', 'أشهر', 'شهرًا', false),
  dose: DOSE,
} as const;

const MEASURES: ReadonlySet<DoseUnit> = new Set(['ml', 'mg', 'mcg', 'g', 'meq', 'cm']);

/** The form a number of 3 or more asks for: 3–10 plural, 11–99 accusative singular, hundreds genitive singular. */
function formOf(count: number, word: ArabicNoun): string {
  const rest = count % 100;
  if (rest >= 3 && rest <= 10) return word.few;
  return rest >= 11 ? word.many : word.hundred;
}

/** A counted noun: قرص واحد، قرصان، 3 أقراص، 11 قرصًا، 100 قرص. `bare` leaves "one" out. */
function counted(count: number, word: ArabicNoun, which: Case, bare = false): string {
  if (count === 1) return bare ? word.one : `${word.one} ${word.feminine ? 'واحدة' : 'واحد'}`;
  if (count === 2) return which === 'nominative' ? word.two : word.oblique;
  return `${figures(count)} ${formOf(count, word)}`;
}

const PARTS = new Map([
  ['5', 'نصف'],
  ['25', 'ربع'],
  ['75', 'ثلاثة أرباع'],
]);

/** A decimal amount of a noun: نصف قرص، قرص ونصف، قرصان وربع، 2.2 قرص. */
function amountOf(amount: string, word: ArabicNoun, which: Case): string {
  const [whole = '0', fraction] = amount.split('.');
  if (fraction === undefined) return counted(Number(whole), word, which);
  const part = PARTS.get(fraction);
  if (part === undefined) return `${figures(amount)} ${word.hundred}`;
  return whole === '0' ? `${part} ${word.hundred}` : `${counted(Number(whole), word, which, true)} و${part}`;
}

/** An amount in Arabic words, its figures isolated. */
export function arabicAmount({ min, max, unit }: SigDose): string {
  const word = UNITS[unit].ar;
  if (MEASURES.has(unit)) return `${figures(max === null ? min : `${min}–${max}`)} ${word.one}`;
  if (max === null) return amountOf(min, word, 'nominative');
  return `من ${amountOf(min, word, 'oblique')} إلى ${amountOf(max, word, 'oblique')}`;
}

/** The verb agrees with what is taken: feminine nouns and plurals of things take the feminine. */
function isFeminine(value: SigDose | null): boolean {
  if (value === null || MEASURES.has(value.unit)) return false;
  const count = Number(value.min);
  if (count < 1) return false;
  const isPlural = value.max === null && Number.isInteger(count) && count % 100 >= 3 && count % 100 <= 10;
  return isPlural || UNITS[value.unit].ar.feminine;
}

/** "من 3 إلى 4 أيام": the noun once, where both ends take the same form. */
function span(min: number, max: number | null, word: ArabicNoun): string {
  if (max === null) return counted(min, word, 'oblique', true);
  if (min > 2) return `من ${figures(min)} إلى ${counted(max, word, 'oblique')}`;
  return `من ${counted(min, word, 'oblique', true)} إلى ${counted(max, word, 'oblique')}`;
}

function frequency(value: SigFrequency): string {
  switch (value.kind) {
    case 'once':
      return value.now ? 'فورًا كجرعة واحدة' : 'مرة واحدة فقط';
    case 'daily':
    case 'weekly': {
      const per = value.kind === 'daily' ? 'يوميًا' : 'أسبوعيًا';
      return value.max === null && value.min === 1
        ? `مرة واحدة ${per}`
        : `${span(value.min, value.max, TIME)} ${per}`;
    }
    case 'every':
      return value.max === null
        ? `كل ${span(value.min, null, SPANS[value.unit])}`
        : `كل ${span(value.min, value.max, SPANS[value.unit]).replace(/^من /, '')}`;
  }
}

const RELATIONS = { before: 'قبل', after: 'بعد', with: 'مع' } as const;

function meal({ relation, meals, minutes }: SigMeal): string {
  if (relation === 'between') return 'بين الوجبات';
  if (relation === 'empty') return 'على معدة فارغة';
  const what = meals.length === 0 ? 'الأكل' : list(meals.map((one) => MEALS[one].ar));
  const distance = minutes === null ? '' : ` بـ ${counted(minutes, SPANS.minute, 'oblique')}`;
  return `${RELATIONS[relation]} ${what}${distance}`;
}

function maximum({ amount, unit }: SigMaximum, given: SigDose | null): string {
  const of = unit ?? given?.unit ?? 'doses';
  const what =
    of === 'doses'
      ? amountOf(amount, DOSE, 'nominative')
      : arabicAmount({ min: amount, max: null, unit: of });
  return `الحد الأقصى ${what} خلال ${figures(24)} ساعة.`;
}

function need(step: SigStep): string | null {
  const reasons = list(
    step.reasons.map((reason) => REASONS[reason].ar),
    ' أو ',
  );
  if (!step.asNeeded) return reasons === '' ? null : `لعلاج ${reasons}`;
  return reasons === '' ? 'عند اللزوم' : `عند اللزوم لعلاج ${reasons}`;
}

function onDays({ weekdays }: SigStep): string | null {
  if (weekdays.length === 0) return null;
  const word = weekdays.length === 1 ? 'يوم' : weekdays.length === 2 ? 'يومي' : 'أيام';
  return `${word} ${list(weekdays.map((day) => WEEKDAYS[day].ar))}`;
}

const duration = ({ min, max, unit }: SigDuration): string => `لمدة ${span(min, max, SPANS[unit])}`;

function sentence(step: SigStep, isFirst: boolean): string {
  const [masculine, feminine] = METHODS[methodOf(step)].ar;
  const verb = isFeminine(step.dose) ? feminine : masculine;
  const when = [
    ...step.times.map((time) => TIMES[time].ar),
    ...(step.clock.length > 0 ? [`الساعة ${list(step.clock.map(figures))}`] : []),
  ];
  const parts = [
    isFirst ? null : step.link === 'and' ? 'وكذلك' : 'ثم',
    verb,
    step.dose && arabicAmount(step.dose),
    step.route && !isRouteTold(step) ? ROUTES[step.route].ar : null,
    step.sites.length > 0 ? list(step.sites.map((site) => SITES[site].ar)) : null,
    step.frequency && frequency(step.frequency),
    onDays(step),
    when.length > 0 ? list(when) : null,
    step.meal && meal(step.meal),
    need(step),
    step.duration && duration(step.duration),
  ].filter((part) => part !== null);
  return `${parts.join(' ')}.`;
}

function stepText(step: SigStep, isFirst: boolean): string {
  return [
    saysSomething(step) ? sentence(step, isFirst) : null,
    step.maximum && maximum(step.maximum, step.dose),
    ...step.advice.map((advice) => `${ADVICE[advice].ar}.`),
    ...step.texts.map(own),
  ]
    .filter((part) => part !== null && part !== '')
    .join(' ');
}

/** Directions in plain Arabic; figures and foreign words keep their direction by Unicode isolates. */
export const toArabic = (sig: Sig): string =>
  sig.steps.map((step, index) => stepText(step, index === 0)).join(' ');
