import { foldText } from '../../../platform/text/fold.js';
import { NO_NAME, type Names } from './person.domain.js';

/** What tells two people apart. */
export interface Told extends Names {
  readonly birthDate: string | null;
  readonly sex: 'male' | 'female' | 'unknown';
}

const wordsOf = ({ firstName, lastName, firstNameAr, lastNameAr }: Names): Set<string> =>
  new Set(
    [firstName, lastName, firstNameAr, lastNameAr]
      .flatMap((name) => (name === null || name === NO_NAME ? [] : foldText(name).split(' ')))
      .filter((word) => word !== ''),
  );

/** Words of the one name that are in the other. */
function shared(a: Names, b: Names): { readonly some: boolean; readonly all: boolean } {
  const [left, right] = [wordsOf(a), wordsOf(b)];
  const both = [...left].filter((word) => right.has(word)).length;
  return { some: both > 0, all: both > 0 && both === Math.min(left.size, right.size) };
}

/**
 * True where a number both bear can be taken for that of one person: the same birth date, no contradiction of sex, and a
 * name in common; where a birth date is not known, the whole name. A number alone proves nothing: people mistype, and
 * invented ones repeat.
 */
export function isSamePerson(a: Told, b: Told): boolean {
  if (a.sex !== 'unknown' && b.sex !== 'unknown' && a.sex !== b.sex) return false;
  const name = shared(a, b);
  if (a.birthDate === null || b.birthDate === null) return name.all;
  return a.birthDate === b.birthDate && name.some;
}

/**
 * True where the same address can only mean another person: neither birth date nor any part of the name agrees. A source
 * may correct the one or the other, but does not give a person's address to somebody else.
 */
export function isAnotherPerson(a: Told, b: Told): boolean {
  const isSameBirth = a.birthDate === null || b.birthDate === null || a.birthDate === b.birthDate;
  return !isSameBirth && !shared(a, b).some;
}
