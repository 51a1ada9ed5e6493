import { editDistance } from '../../platform/text/edit-distance.js';
import { LOOK_ALIKES, NEVER_CORRECTED } from './ingredient-look-alikes.domain.js';
import { soundOf } from './ingredient-sound.domain.js';

/**
 * When a name is a misspelling of another one. A wrong correction is a wrong medicine, so a correction needs a long
 * word, few letters changed, the same class stem, and no other name anywhere near.
 */

/**
 * Stems by which names of one pharmacological class are made (WHO, "The use of stems in the selection of INN"). Two
 * names with different stems are different medicines, however alike they look.
 */
const STEMS: readonly RegExp[] = [
  /azepam$/,
  /azolam$/,
  /barbital$/,
  /caine$/,
  /cillin$/,
  /^cef/,
  /conazole$/,
  /nidazole$/,
  /prazole$/,
  /bendazole$/,
  /coxib$/,
  /oxicam$/,
  /profen$/,
  /clofenac$/,
  /cycline$/,
  /micin$/,
  /mycin$/,
  /oxacin$/,
  /vastatin$/,
  /statin$/,
  /fibrate$/,
  /dipine$/,
  /dronic$/,
  /dronate$/,
  /fentanil$/,
  /formin$/,
  /gliptin$/,
  /gliflozin$/,
  /glitazone$/,
  /glinide$/,
  /^gli/,
  /grel$/,
  /xaban$/,
  /gatran$/,
  /parin$/,
  /oxetine$/,
  /pramine$/,
  /triptyline$/,
  /triptan$/,
  /setron$/,
  /olol$/,
  /pril$/,
  /prilat$/,
  /sartan$/,
  /zosin$/,
  /semide$/,
  /thiazide$/,
  /tidine$/,
  /tadine$/,
  /terol$/,
  /tropium$/,
  /lukast$/,
  /phylline$/,
  /onide$/,
  /olone$/,
  /sone$/,
  /peridone$/,
  /perone$/,
  /piprazole$/,
  /racetam$/,
  /bamate$/,
  /gabalin$/,
  /curium$/,
  /curonium$/,
  /stigmine$/,
  /quine$/,
  /ciclovir$/,
  /tegravir$/,
  /navir$/,
  /buvir$/,
  /asvir$/,
  /vudine$/,
  /citabine$/,
  /platin$/,
  /rubicin$/,
  /taxel$/,
  /tecan$/,
  /tinib$/,
  /ciclib$/,
  /parib$/,
  /rafenib$/,
  /zomib$/,
  /trexate$/,
  /limus$/,
  /mab$/,
  /cept$/,
  /grastim$/,
  /poetin$/,
  /tide$/,
  /relin$/,
  /relix$/,
  /pressin$/,
  /tocin$/,
  /prost$/,
  /afil$/,
  /steride$/,
  /trozole$/,
  /oxifen$/,
  /ifene$/,
  /estrel$/,
  /gestone$/,
  /calci(?:dol|triol|triene|fediol|ferol)/,
  /orphan$/,
  /azocine$/,
  /amphetamine$/,
  /azoline$/,
  /thiouracil$/,
  /penem$/,
  /bactam$/,
  /sulfa/,
  /fungin$/,
  /antel$/,
  /mectin$/,
  /verine$/,
  /vaptan$/,
  /entan$/,
  /ciguat$/,
  /orexant$/,
  /gepant$/,
];

const stemsOf = (word: string): readonly RegExp[] => STEMS.filter((stem) => stem.test(word));

/** False where the written word has the stem of another class than the known one. A stem misspelt is no stem. */
export function sameClass(written: string, known: string): boolean {
  const given = stemsOf(written);
  return given.length === 0 || given.some((stem) => stem.test(known));
}

/** True where a word of the name is made with a class stem: it is a drug, not a nutrient or a plant. */
export function hasStem(key: string): boolean {
  return key.split(' ').some((word) => word.length > 5 && stemsOf(word).length > 0);
}

/**
 * A changed ending names another substance (lactase, lactose; nitrite, nitrate): same length, tail differs. Not so where
 * the letters only changed places, or where another vowel spoils a class stem ("losarten").
 */
function changesTheEnding(wrong: string, right: string): boolean {
  if (wrong.length !== right.length || wrong.slice(0, -3) !== right.slice(0, -3)) return false;
  if ([...wrong].sort().join('') === [...right].sort().join('')) return false;
  return soundOf(wrong) !== soundOf(right) || stemsOf(right).length === 0;
}

/** Words of at least this many letters may have one letter wrong, and two. */
const ONE_SLIP = 6;
const TWO_SLIPS = 10;
/** A first letter is seldom mistyped; in a word this long it may be. */
const FIRST_LETTER = 9;

/** Consonants that are taken for each other by ear. */
const heard = (word: string): string =>
  soundOf(word).replace(/m/g, 'n').replace(/d/g, 't').replace(/g/g, 'k');

/**
 * Two slips leave the consonants as they sound, or drop, double or swap one of them. One consonant in the place of
 * another is another name: perflubron is not perflutren.
 */
function soundsAlike(word: string, target: string): boolean {
  const [given, known] = [heard(word), heard(target)];
  if (given === known) return true;
  if (editDistance(given, known, 1) !== 1) return false;
  return given.length !== known.length || [...given].sort().join('') === [...known].sort().join('');
}

function slips(word: string, target: string): number | undefined {
  const shorter = Math.min(word.length, target.length);
  if (shorter < ONE_SLIP || /\d/.test(word) || /\d/.test(target)) return undefined;
  // A name on the list of look-alikes is a medicine of its own, known here or not.
  if (NEVER_CORRECTED.has(word) || NEVER_CORRECTED.has(target) || LOOK_ALIKES.has(word)) return undefined;
  const distance = editDistance(word, target, shorter >= TWO_SLIPS ? 2 : 1);
  if (distance > (shorter >= TWO_SLIPS ? 2 : 1)) return undefined;
  // Names of one class often differ in how they begin alone (lorazepam, bromazepam).
  if (word[0] !== target[0] && (shorter < FIRST_LETTER || distance > 1 || hasStem(target))) return undefined;
  if (changesTheEnding(word, target) || !sameClass(word, target)) return undefined;
  return distance > 1 && !soundsAlike(word, target) ? undefined : distance;
}

/**
 * How many letters away `right` is, where `wrong` can be a slip of the pen for it: one word differs, by one letter of at
 * least six or by two of at least ten; it begins alike, holds no digit, is no name of its own, keeps its class stem and
 * does not differ in its chemical ending only. Undefined otherwise.
 */
export function slipsFrom(wrong: string, right: string): number | undefined {
  const given = wrong.split(' ');
  const known = right.split(' ');
  if (given.length !== known.length) return undefined;
  let found: number | undefined;
  for (const [i, word] of given.entries()) {
    const target = known[i] ?? '';
    if (word === target) continue;
    const distance = found === undefined ? slips(word, target) : undefined;
    if (distance === undefined) return undefined;
    found = distance;
  }
  return found;
}

/** Names nearer than this to each other are rivals for whatever lies between them. */
const RIVALS = 2;
/** In a word shorter than this, every name two letters away is a rival. */
const SHORT = 8;

/** A letter or a number is a word of its own in "vitamin e" and "polysorbate 80": never taken for another one. */
function keepsShortWords(wrong: string, rival: string): boolean {
  const given = wrong.split(' ');
  const known = rival.split(' ');
  if (given.length !== known.length) return wrong.replace(/\D/g, '') === rival.replace(/\D/g, '');
  return given.every((word, i) => {
    const other = known[i] ?? '';
    return word === other || (Math.min(word.length, other.length) > 3 && !/\d/.test(word + other));
  });
}

/** True where `rival`, `distance` letters from `wrong`, makes the correction to `right` (`slips` letters) doubtful. */
export function isRival(
  wrong: string,
  right: string,
  rival: string,
  slips: number,
  distance: number,
): boolean {
  if (distance > slips + 1 || !keepsShortWords(wrong, rival)) return false;
  if (distance <= slips || wrong.length < SHORT) return true;
  return editDistance(right, rival, RIVALS) <= RIVALS || LOOK_ALIKES.get(right)?.has(rival) === true;
}

/** True when `wrong` can be a slip of the pen for `right`, see `slipsFrom`. */
export function isMisspellingOf(wrong: string, right: string): boolean {
  return slipsFrom(wrong, right) !== undefined;
}
