import { editDistance } from '../../platform/text/edit-distance.js';
import { foldText } from '../../platform/text/fold.js';

/** What two records are compared by. Dates 'YYYY-MM-DD'. */
export interface ComparedRecord {
  readonly firstName: string;
  readonly lastName: string;
  readonly firstNameAr: string | null;
  readonly lastNameAr: string | null;
  readonly birthDate: string | null;
  readonly sex: 'male' | 'female' | 'unknown';
  readonly phone: string | null;
  readonly nationalId: string | null;
}

/** What speaks for two records being of one person. `birthDateNear`: one digit off, or day and month changed places. */
export const AGREEMENTS = [
  'nationalId',
  'name',
  'partOfName',
  'birthDate',
  'birthDateNear',
  'phone',
] as const;
/** What speaks against it. */
export const CONTRADICTIONS = ['firstName', 'birthDate', 'sex', 'nationalId'] as const;

export interface Likeness {
  /** More is likelier; see WEIGHTS. */
  readonly score: number;
  readonly agree: readonly (typeof AGREEMENTS)[number][];
  readonly differ: readonly (typeof CONTRADICTIONS)[number][];
}

/**
 * Two of name, birth date and telephone make a candidate, and so does a national number alone. Twins share birth date, telephone and
 * family name: another first name outweighs that.
 */
const WEIGHTS = {
  agree: { nationalId: 60, name: 40, partOfName: 20, birthDate: 35, birthDateNear: 20, phone: 30 },
  differ: { firstName: 30, birthDate: 20, sex: 30, nationalId: 40 },
} as const;
/** From this score on two records may be of one person. */
const CANDIDATE = 60;

/** Digits at the end of a number that are compared: country and trunk prefixes before them vary. */
const PHONE_TAIL = 8;
const ARABIC = /[\u0600-\u06ff]/;

const digits = (text: string | null): string => foldText(text ?? '').replaceAll(/\D/g, '');
const wordsOf = (...names: readonly (string | null)[]): string[] =>
  names.flatMap((name) => foldText(name ?? '').split(' ')).filter((word) => word !== '');
const isSameScript = (a: string, b: string): boolean => ARABIC.test(a) === ARABIC.test(b);

/** One letter off in a short word, two in a long one; words of two letters are the same or not. */
function isNearly(a: string, b: string): boolean {
  const shorter = Math.min(a.length, b.length);
  const allowed = shorter <= 2 ? 0 : shorter <= 6 ? 1 : 2;
  return a === b || (allowed > 0 && editDistance(a, b, allowed) <= allowed);
}

/**
 * How many words of the shorter name have a counterpart in the other, each used once; of scripts both are written in alone. Undefined
 * where there is no such script.
 */
function namesInCommon(
  one: readonly string[],
  other: readonly string[],
): { readonly found: number; readonly of: number } | undefined {
  let best: { found: number; of: number } | undefined;
  for (const isArabic of [false, true]) {
    const [left, right] = [one, other].map((words) => words.filter((word) => ARABIC.test(word) === isArabic));
    if (!left || !right || left.length === 0 || right.length === 0) continue;
    const [shorter, longer] = left.length <= right.length ? [left, [...right]] : [right, [...left]];
    let found = 0;
    for (const word of shorter) {
      const at = longer.findIndex((candidate) => isNearly(word, candidate));
      if (at < 0) continue;
      longer.splice(at, 1);
      found += 1;
    }
    const share = { found, of: shorter.length };
    if (!best || share.found * best.of > best.found * share.of) best = share;
  }
  return best;
}

/** True where first names are written in one script and have no word in common. */
function isOtherFirstName(one: ComparedRecord, other: ComparedRecord): boolean {
  const [left, right] = [
    wordsOf(one.firstName, one.firstNameAr),
    wordsOf(other.firstName, other.firstNameAr),
  ];
  const pairs = left.flatMap((a) => right.filter((b) => isSameScript(a, b)).map((b) => [a, b] as const));
  return pairs.length > 0 && !pairs.some(([a, b]) => isNearly(a, b));
}

/** One digit off, or day and month changed places: slips of whoever typed a date. */
function isSlipOfDate(a: string, b: string): boolean {
  const [year, month, day] = a.split('-');
  if (b === `${year}-${day}-${month}`) return true;
  return [...a].filter((digit, index) => digit !== b[index]).length === 1;
}

/** What speaks for and against two records being of one person; undefined where it is too little to look at. */
export function likenessOf(one: ComparedRecord, other: ComparedRecord): Likeness | undefined {
  const agree: (typeof AGREEMENTS)[number][] = [];
  const differ: (typeof CONTRADICTIONS)[number][] = [];
  const ids = [foldText(one.nationalId ?? ''), foldText(other.nationalId ?? '')];
  if (ids[0] !== '' && ids[1] !== '') {
    if (ids[0] === ids[1]) agree.push('nationalId');
    else differ.push('nationalId');
  }
  const names = namesInCommon(
    wordsOf(one.firstName, one.lastName, one.firstNameAr, one.lastNameAr),
    wordsOf(other.firstName, other.lastName, other.firstNameAr, other.lastNameAr),
  );
  // One word alone is half the street.
  if (names && names.found === names.of && names.of > 1) agree.push('name');
  else if (names && names.found > 0) agree.push('partOfName');
  if (isOtherFirstName(one, other)) differ.push('firstName');
  if (one.birthDate !== null && other.birthDate !== null) {
    if (one.birthDate === other.birthDate) agree.push('birthDate');
    else if (isSlipOfDate(one.birthDate, other.birthDate)) agree.push('birthDateNear');
    else differ.push('birthDate');
  }
  const phones = [digits(one.phone), digits(other.phone)].map((phone) => phone.slice(-PHONE_TAIL));
  if (phones[0] === phones[1] && phones[0]?.length === PHONE_TAIL) agree.push('phone');
  if (one.sex !== 'unknown' && other.sex !== 'unknown' && one.sex !== other.sex) differ.push('sex');
  const score =
    agree.reduce((sum, what) => sum + WEIGHTS.agree[what], 0) -
    differ.reduce((sum, what) => sum + WEIGHTS.differ[what], 0);
  return score >= CANDIDATE ? { score, agree, differ } : undefined;
}
