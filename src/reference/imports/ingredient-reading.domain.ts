import { withoutStrengths } from './amount.domain.js';
import { ingredientKey } from './ingredient-index.domain.js';
import {
  ACIDIC_MOIETY,
  AFTER_METAL,
  ANION_WORDS,
  D_FORMS,
  GROUP_HEADS,
  HYDRATES,
  INORGANIC_ANIONS,
  L_FORMS,
  LEADING_METALS,
  METAL_WORDS,
  NO_SALT_STRIP,
  NUTRIENT_CARRIERS,
  NUTRIENT_MINERALS,
  ORIGIN_WORDS,
  PLANT_PARTS,
  PLURALS,
  QUALIFIER_WORDS,
} from './ingredient-words.domain.js';

/** By which reading a part was linked; shown on the worklist so that a reviewer can judge it. */
export type LinkedBy =
  'name' | 'bracket' | 'salt' | 'qualifier' | 'foreign' | 'class' | 'symbol' | 'spelling' | 'cut';

/** How sure a link by each reading is, 1 = the source says so. What was corrected is least sure. */
export const CONFIDENCE: Readonly<Record<LinkedBy, number>> = {
  name: 1,
  salt: 0.98,
  bracket: 0.95,
  qualifier: 0.95,
  foreign: 0.95,
  symbol: 0.9,
  class: 0.9,
  spelling: 0.85,
  cut: 0.75,
};

function tailStripped(words: readonly string[], drop: ReadonlySet<string>): string[] {
  let end = words.length;
  while (end > 1 && drop.has(words[end - 1] ?? '')) end--;
  return words.slice(0, end);
}

function endsStripped(words: readonly string[], drop: ReadonlySet<string>): string[] {
  let start = 0;
  while (start < words.length - 1 && drop.has(words[start] ?? '')) start++;
  return tailStripped(words.slice(start), drop);
}

/** The name without its salt, or undefined where dropping it would lose a substance. */
function withoutSalt(words: readonly string[]): string[] | undefined {
  let end = words.length;
  while (end > 1) {
    const word = words[end - 1] ?? '';
    const next = words[end];
    if (ANION_WORDS.has(word)) end--;
    else if (
      METAL_WORDS.has(word) &&
      (next === undefined ? ACIDIC_MOIETY.test(words[end - 2] ?? '') : AFTER_METAL.has(next))
    )
      end--;
    else break;
  }
  const moiety = words.slice(0, end);
  if (end === words.length || METAL_WORDS.has(moiety.at(-1) ?? '')) return undefined;
  return moiety.length === 1 && NO_SALT_STRIP.has(moiety[0] ?? '') ? undefined : moiety;
}

/** "acetazolamide sodium": sodium behind one word that names a drug, which no mineral, ion or vitamin does. */
function withoutSodium(words: readonly string[]): string[] | undefined {
  const [drug = '', metal = '', ...more] = words;
  const isSodium = metal === 'sodium' || metal === 'disodium' || metal === 'trisodium';
  return isSodium && more.length === 0 && /^[a-z]{7,}$/.test(drug) && !/ide$|ate$|ium$|oil$/.test(drug)
    ? [drug]
    : withoutAmideSodium(words);
}

/** Drugs end in -ide too ("acetazolamide sodium"); chloride and its kin do not have so many letters. */
function withoutAmideSodium([drug = '', metal = '', ...more]: readonly string[]): string[] | undefined {
  return metal === 'sodium' && more.length === 0 && /^[a-z]{6,}(?:amide|oxide|onide|emide)$/.test(drug)
    ? [drug]
    : undefined;
}

/** "sodium ibandronate": the acid's name behind its metal. */
function withoutLeadingMetal([metal = '', acid = '', ...more]: readonly string[]): string[] | undefined {
  const isSalt = LEADING_METALS.has(metal) && /^[a-z]{5,}ate$/.test(acid) && !ANION_WORDS.has(acid);
  return isSalt && more.length === 0 ? [acid] : undefined;
}

/** The four letters by which the FDA tells biologics of one name apart: "filgrastim-sndz". */
const BIOLOGIC_SUFFIX =
  /(?:mab|cept|stim|ase|fusp|tide|toxina|alfa(?: \w+)?|beta|ermin|tropin|trogon|tin|leucel|vec|plasmid|pegol|vedotin|iqpt|deruxtecan|ozogamicin|tesirine|soravtansine|aspart|glargine|lispro|pasudotox|diftitox) (?!human|beta|alfa|acid|salt|base|zinc|gel|beef|pork)[a-z]{4}$/;

/** An English plural of at least five letters; Latin and chemical endings in -s are none. */
const PLURAL = /^[a-z]{3,}[^ius]s$/;

/** "chicory leaves" is chicory; seeds, fruits and peels are often something else. */
const LEAVES: ReadonlySet<string> = new Set(['leaf', 'leaves', 'herb', 'root', 'roots']);

/** Genus and species: "atropa belladonna", "hypericum perforatum". */
const LATIN_SPECIES = /^[a-z]{4,} [a-z]{3,}(?:a|us|um|is|e|ens|ii|ae|os|i|ex|ix) /;
const SPECIES_PARTS: ReadonlySet<string> = new Set(
  'root bark leaf leaves twig top flowering fruiting seed bulb fruit tuber whole herb flower stem juice rhizome extract'.split(
    ' ',
  ),
);

/** "oil of thyme", "extract of ivy", "spirit of camphor". */
const OF_SOMETHING = /^(?:oil|extract|tincture) of [a-z]{3,}/;

/** A shorter form of a name. */
export interface Shorter {
  name: string;
  by: LinkedBy;
  /** False where correcting the rest as well would be guessing. */
  correctable: boolean;
}

/** Names in which a trailing number is part of the name, not an amount. */
const NUMBERED =
  /^(?:peg|macrogol|polysorbate|polyquaternium|insulin|interferon|vaccine|iodine|technetium|omega|factor)/;

/** Shorter forms of a name with what each drops, nearest first. The name itself is not among them. */
export function reductions(key: string): Shorter[] {
  const words = key.split(' ');
  const shorter: Shorter[] = [];
  const add = (kept: readonly string[], by: LinkedBy, correctable = true): void => {
    const name = kept.join(' ');
    if (name !== key && name.length >= 3) shorter.push({ name, by, correctable });
  };
  const bare = words[0] === 'silicon' ? words : endsStripped(words, QUALIFIER_WORDS);
  if (bare.length < words.length) add(bare, 'qualifier');
  if (/(?:^| )ext?(?:ract)?(?: |$)/.test(key)) add(tailStripped(bare, PLANT_PARTS), 'qualifier');
  else if (bare.length === 2 && LEAVES.has(bare[1] ?? '')) add(bare.slice(0, 1), 'qualifier', false);
  const [first = '', second = ''] = bare;
  if (
    (first === 'l' && (L_FORMS.has(second) || /^\d$/.test(second))) ||
    (/^dl?$/.test(first) && D_FORMS.has(second))
  ) {
    add(bare.slice(1), 'qualifier');
  }
  const dry = tailStripped(bare, HYDRATES);
  if (dry.length < bare.length) add(dry, 'salt', false);
  const moiety = withoutSalt(bare) ?? withoutSodium(bare);
  if (moiety !== undefined) add(moiety, 'salt', !INORGANIC_ANIONS.has(bare.at(-1) ?? ''));
  const acid = withoutLeadingMetal(bare);
  if (acid !== undefined) add(acid, 'salt', false);
  const plain = tailStripped(bare, ORIGIN_WORDS);
  if (plain.length < bare.length) {
    add(plain, 'qualifier');
    const base = withoutSalt(plain);
    if (base !== undefined) add(base, 'salt');
  }
  if (BIOLOGIC_SUFFIX.test(key)) add(words.slice(0, -1), 'qualifier', false);
  const singular = words.map((word) => PLURALS.get(word) ?? (PLURAL.test(word) ? word.slice(0, -1) : word));
  add(singular, 'qualifier');
  const [head = '', , ...of] = words;
  if (OF_SOMETHING.test(key)) add([...of, head], 'qualifier', false);
  // "sanguinaria canadensis root": behind a Latin name the part of the plant is one more detail.
  if (words.length > 2 && LATIN_SPECIES.test(key) && words.slice(2).every((word) => SPECIES_PARTS.has(word)))
    add(words.slice(0, 2), 'qualifier', false);
  if (bare.length === 2 && NUTRIENT_MINERALS.has(first) && NUTRIENT_CARRIERS.has(second)) {
    add([first], 'salt');
  }
  // "vitamin d 10000", "folate 800": a bare number of two digits or more is an amount without its unit.
  if (
    /^(?:\d{2,}|\d+\.\d+)$/.test(words.at(-1) ?? '') &&
    !NUMBERED.test(key) &&
    !GROUP_HEADS.has(words.slice(0, -1).join(' '))
  ) {
    add(words.slice(0, -1), 'qualifier');
  }
  return shorter;
}

/** What a part calls its substance. */
export interface Readings {
  /** The name outside brackets and before "=" or "eq. to". */
  outer: string;
  /** Other names of the same substance: in brackets, after "=", after "eq. to". */
  others: string[];
}

/** Words around a name that tell how it is given or where it came from. */
const AROUND =
  /^(?:(?:OF|AS|ALSO|PLUS)\s+|(?:BIO)?ACTIVE\s+FORMS?\s+OF\s+|(?:HERBAL\s+|DRY\s+)?EXTRACTS?\s+(?:FROM|OF)\s+(?:THE\s+)?)|\s+(?:FOR|PER|IN|\/)\s*(?:\d+\s*)?(?:ORAL\s+)?DROPS?$|\s+OIL[\s-]BASED$|\s+\d+(?:\.\d+)?\s+(?:B|M)ILLIONS?$|\s+\d+(?:\.\d+)?\s*MMG$|\s+1\s*[:/]\s*\d[\d.,]*$/g;

const nameKey = (text: string): string => ingredientKey(withoutStrengths(text).replace(AROUND, ''));

/** "X(Y)(Z)" → X, then Y and Z; "X(Y) OIL" → X OIL, Y OIL; "X=Y", "X AS Y", "X EQ. TO Y" → X, Y. */
export function readings(text: string): Readings {
  const shape = /^([^()]*)((?:\([^()]*\)\s*)+)([^()]*)$/.exec(text);
  if (shape === null) {
    const names = text.replace(/[()]/g, ' ').split(/\s*=\s*|\s+EQ(?:\.|UIVALENT)?\s*TO\s+|\s+AS\s+/);
    const [outer = '', ...others] = names.map(nameKey);
    return { outer, others: others.filter((key) => key.length > 1) };
  }
  const [, before = '', brackets = '', after = ''] = shape;
  const tail = nameKey(after);
  const outer = nameKey(`${before} ${after}`);
  const others = (brackets.match(/[^()]+/g) ?? [])
    .map((inner) => nameKey(inner.replace(/^\s*(?:AS|FROM|EQ\.?\s*TO|EQUIVALENT\s+TO)\s+/, '')))
    .filter((key) => key.length > 1)
    .map((key) => (tail === '' ? key : `${key} ${tail}`));
  return { outer, others };
}

/** A name's drug and the salt it is given as. */
export interface SaltForm {
  moiety: string;
  salt: string;
}

/** "besylate" of "amlodipine besylate", "sodium" of "sodium valproate"; undefined where no salt is stated. */
export function saltForm(text: string): SaltForm | undefined {
  const words = readings(text).outer.split(' ');
  const moiety = withoutSalt(words) ?? withoutSodium(words);
  if (moiety !== undefined) return { moiety: moiety.join(' '), salt: words.slice(moiety.length).join(' ') };
  const [salt = ''] = words;
  const acid = withoutLeadingMetal(words);
  return acid === undefined ? undefined : { moiety: acid.join(' '), salt };
}
