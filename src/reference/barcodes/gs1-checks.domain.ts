import { CSET_82, hasCheckDigit, hasCheckPair } from './check-digit.domain.js';
import { dateOf, isLongDate } from './gs1-date.domain.js';
import type { AiPart, AiRule, CharacterSet } from './gs1-table.domain.js';

const SETS: Record<CharacterSet, RegExp> = {
  N: /^\d+$/,
  X: new RegExp(`^[${CSET_82.replaceAll(/[-\]\\^]/g, '\\$&')}]+$`),
  Y: /^[#\-/0-9A-Z]+$/,
  Z: /^[-_0-9A-Za-z]+={0,2}$/,
};

/** Remainder of a long decimal number by 97, digit by digit. */
function mod97(digits: string): number {
  let rest = 0;
  for (const digit of digits) rest = (rest * 10 + Number(digit)) % 97;
  return rest;
}

function isIban(text: string): boolean {
  if (!/^[A-Z]{2}\d{2}[0-9A-Z]{1,30}$/.test(text)) return false;
  const turned = `${text.slice(4)}${text.slice(0, 4)}`;
  return mod97([...turned].map((char) => String(Number.parseInt(char, 36))).join('')) === 1;
}

/** Day part of a short date; the century matters for 29 February alone and is settled with the date itself. */
const isShortDate = (text: string, today: string, zero: boolean): boolean =>
  dateOf(text, today, zero) !== undefined;

const inRange = (text: string, most: number): boolean => Number(text) <= most;

type Check = (text: string, today: string) => string | undefined;
const unless = (isRight: boolean, problem: string): string | undefined => (isRight ? undefined : problem);

const CHECKS: Readonly<Record<string, Check>> = {
  mod10: (text) => unless(hasCheckDigit(text), 'has a wrong check digit'),
  pair: (text) => unless(hasCheckPair(text), 'has wrong check characters'),
  date0: (text, today) => unless(isShortDate(text, today, true), 'is not a day of the calendar (YYMMDD)'),
  date: (text, today) => unless(isShortDate(text, today, false), 'is not a day of the calendar (YYMMDD)'),
  longdate: (text) => unless(isLongDate(text), 'is not a day of the calendar (YYYYMMDD)'),
  hhmi: (text) => unless(inRange(text.slice(0, 2), 23) && inRange(text.slice(2), 59), 'is not a time'),
  hh: (text) => unless(inRange(text, 23), 'is not an hour'),
  mi: (text) => unless(inRange(text, 59), 'is not a time'),
  piece: (text) => {
    const [piece, total] = [Number(text.slice(0, 2)), Number(text.slice(2))];
    return unless(piece >= 1 && piece <= total, 'is not a piece of a total');
  },
  zero: (text) => unless(/^0+$/.test(text), 'must be zero'),
  nonzero: (text) => unless(/[^0]/.test(text), 'must not be zero'),
  nonzero1: (text) => unless(text === '0' || !text.startsWith('0'), 'must not begin with zero'),
  yesno: (text) => unless(/^[01]$/.test(text), 'must be 0 or 1'),
  winding: (text) => unless(/^[019]$/.test(text), 'must be 0, 1 or 9'),
  sex: (text) => unless(/^[0129]$/.test(text), 'must be 0, 1, 2 or 9'),
  minus: (text) => unless(text === '-', 'must end in digits or a minus'),
  nondigit: (text) => unless(/\D/.test(text), 'must hold a character that is no digit'),
  importer: (text) => unless(/^[-_0-9A-Za-z]$/.test(text), 'is not an importer index'),
  percent: (text) => unless(!/%(?![0-9A-Fa-f]{2})/.test(text), 'has a broken % sequence'),
  latitude: (text) => unless(Number(text) <= 1_800_000_000, 'is not a latitude'),
  longitude: (text) => unless(Number(text) <= 3_600_000_000, 'is not a longitude'),
  sequence: (text) => {
    const match = /^([1-9])\/([1-9])$/.exec(text);
    return unless(match !== null && Number(match[1]) <= Number(match[2]), 'is not a place in a sequence');
  },
  iban: (text) => unless(isIban(text), 'is not an IBAN'),
};

function partProblem(part: AiPart, text: string, today: string): string | undefined {
  if (text.length < part.min) return 'is too short';
  if (!SETS[part.set].test(text))
    return part.set === 'N' ? 'must be digits' : 'has a character GS1 does not allow here';
  for (const name of part.checks) {
    const problem = CHECKS[name]?.(text, today);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** What is wrong with the data of an identifier, as the end of a sentence, or undefined. `today` is 'YYYY-MM-DD'. */
export function dataProblem(rule: AiRule, value: string, today: string): string | undefined {
  if (value.length > rule.max) return `is longer than ${rule.max} characters`;
  let place = 0;
  for (const part of rule.parts) {
    const text = value.slice(place, place + part.max);
    if (text === '' && part.isOptional) continue;
    const problem = text === '' ? 'is too short' : partProblem(part, text, today);
    if (problem !== undefined) return problem;
    place += text.length;
  }
  return undefined;
}

/** True when every character may stand in GS1 data of some identifier. */
export function isGs1Text(text: string): boolean {
  return SETS.X.test(text);
}
