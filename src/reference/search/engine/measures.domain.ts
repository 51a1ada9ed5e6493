/**
 * Numbers with units as words: "500 mg", "500mg" and "0.5 g" become the one word "=500mg", a number without a unit
 * "~500". Decimal points are moved in the text, never through floating point.
 */

interface Unit {
  readonly base: string;
  /** Power of ten that turns the unit into its base. */
  readonly shift: number;
}

const UNITS: ReadonlyMap<string, Unit> = new Map(
  Object.entries({
    'mg 0': 'mg mgs milligram milligrams مجم ملجم مج ملغ ملغم مليجرام ميلليجرام',
    'mg 3': 'g gm gms gr gram grams جم جرام غم غرام',
    'mg -3': 'mcg mcgs ug μg microgram micrograms مكجم ميكروجرام مكغ',
    'mg 6': 'kg كجم كيلو',
    'ml 0': 'ml mls milliliter millilitre cc مل ملل ملليلتر',
    'ml 3': 'l lt lit liter litre لتر',
    'iu 0': 'iu u unit units وحده وحدات',
    'iu 6': 'miu mu',
    'meq 0': 'meq',
    'mmol 0': 'mmol',
  }).flatMap(([unit, names]) => {
    const [base = '', shift = '0'] = unit.split(' ');
    return names.split(' ').map((name): [string, Unit] => [name, { base, shift: Number(shift) }]);
  }),
);

const NUMBER = /^\d+(?:\.\d+)?$/;
const COMPOUND = /^\d+(?:\.\d+)?(?:[/+]\d+(?:\.\d+)?)+$/;

export const isNumberWord = (word: string): boolean => NUMBER.test(word);
export const isUnitWord = (word: string): boolean => UNITS.has(word);

/** Moves the decimal point of a plain decimal text; "0.5", 3 → "500". */
export function shiftDecimal(number: string, places: number): string {
  const [whole = '', fraction = ''] = number.split('.');
  const digits =
    places >= 0 ? whole + fraction.padEnd(places, '0') : whole.padStart(1 - places, '0') + fraction;
  const point = places >= 0 ? whole.length + places : Math.max(whole.length, 1 - places) + places;
  const left = digits.slice(0, point).replace(/^0+(?=\d)/, '');
  const right = digits.slice(point).replace(/0+$/, '');
  return right === '' ? left : `${left}.${right}`;
}

/** The word for a number with its unit: "=500mg" for 0.5 g; null when the second word is no unit. */
export function measureWord(number: string, unit: string): string | null {
  const known = UNITS.get(unit);
  return known === undefined ? null : `=${shiftDecimal(number, known.shift)}${known.base}`;
}

/** The word for a number that no unit follows. */
export const bareNumberWord = (number: string): string => `~${number}`;

/** The numbers of "500/125" or "5+10". */
const partsOfCompound = (word: string): string[] => word.split(/[/+]/);

const NONE: readonly string[] = [];
const MOST_REMEMBERED = 5000;
const remembered = new Map<string, Map<string, readonly string[]>>();

/**
 * The words that a number stands for beside itself: 0.5 followed by g "=500mg", 500 alone "~500", "500/125" its two
 * numbers with the unit and without. None for words.
 */
export function derivedNumberWords(word: string, next: string | undefined): readonly string[] {
  const first = word.charCodeAt(0);
  if (first < 0x30 || first > 0x39) return NONE;
  const unit = next !== undefined && UNITS.has(next) ? next : '';
  // A catalogue has a few thousand numbers, each in hundreds of names.
  let ofUnit = remembered.get(unit);
  if (ofUnit === undefined) remembered.set(unit, (ofUnit = new Map<string, readonly string[]>()));
  let derived = ofUnit.get(word);
  if (derived === undefined) {
    if (ofUnit.size >= MOST_REMEMBERED) ofUnit.clear();
    derived = deriveNumberWords(word, unit);
    ofUnit.set(word, derived);
  }
  return derived;
}

function deriveNumberWords(word: string, unit: string): readonly string[] {
  if (NUMBER.test(word)) return [measureWord(word, unit) ?? bareNumberWord(word)];
  if (!COMPOUND.test(word)) return NONE;
  return partsOfCompound(word).flatMap((part) => [part, measureWord(part, unit) ?? bareNumberWord(part)]);
}
