import type { Strength } from './amount.domain.js';
import { findStrengths, withoutStrengths } from './amount.domain.js';
import type { IngredientLexicon } from './ingredient-index.domain.js';
import { ingredientKey } from './ingredient-index.domain.js';
import { hasStrongSeparator, splitComposition } from './ingredient-split.domain.js';
import {
  ACIDIC_MOIETY,
  AFTER_METAL,
  ANION_WORDS,
  D_FORMS,
  ELEMENT_SYMBOLS,
  GROUP_HEADS,
  INORGANIC_ANIONS,
  L_FORMS,
  METAL_WORDS,
  NEVER_FIRST,
  NO_SALT_STRIP,
  NUTRIENT_CARRIERS,
  NUTRIENT_MINERALS,
  PHRASE_WORDS,
  PLANT_PARTS,
  QUALIFIER_WORDS,
} from './ingredient-words.domain.js';
/** By which reading a part was linked; shown on the worklist so that a reviewer can judge it. */
export type LinkedBy = 'name' | 'bracket' | 'salt' | 'qualifier' | 'spelling' | 'symbol';

/** Why a part stays unlinked. */
export type UnlinkedReason = 'phrase' | 'group' | 'number' | 'too-short' | 'ambiguous' | 'unreadable';

/** One part of a composition text. */
export interface ParsedPart<T> extends Partial<Strength> {
  /** The part as it stood in the text (upper case). */
  text: string;
  /** Name without strength and brackets, folded; the name a new ingredient is created under. */
  name: string;
  /** linked: `ingredient` is it. new: a plausible substance nobody knows yet. unlinked: for the worklist. */
  status: 'linked' | 'new' | 'unlinked';
  ingredient?: T;
  linkedBy?: LinkedBy;
  reason?: UnlinkedReason;
}

interface Link<T> {
  ingredient: T;
  by: LinkedBy;
}

type Verdict<T> = Link<T> | 'ambiguous' | undefined;

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

interface Shorter {
  name: string;
  by: LinkedBy;
  /** False where correcting the rest as well would be guessing. */
  correctable: boolean;
}

/** Names in which a trailing number is part of the name, not an amount. */
const NUMBERED =
  /^(?:peg|macrogol|polysorbate|polyquaternium|insulin|interferon|vaccine|iodine|technetium|omega|factor)/;

/** Shorter forms of a name with what each drops, nearest first. The name itself is not among them. */
function reductions(key: string): Shorter[] {
  const words = key.split(' ');
  const shorter: Shorter[] = [];
  const add = (kept: readonly string[], by: LinkedBy, correctable = true): void => {
    const name = kept.join(' ');
    if (name !== key && name.length >= 3) shorter.push({ name, by, correctable });
  };
  const bare = words[0] === 'silicon' ? words : endsStripped(words, QUALIFIER_WORDS);
  if (bare.length < words.length) add(bare, 'qualifier');
  if (/(?:^| )ext?(?:ract)?(?: |$)/.test(key)) add(tailStripped(bare, PLANT_PARTS), 'qualifier');
  const [first = '', second = ''] = bare;
  if (
    (first === 'l' && (L_FORMS.has(second) || /^\d$/.test(second))) ||
    (/^dl?$/.test(first) && D_FORMS.has(second))
  ) {
    add(bare.slice(1), 'qualifier');
  }
  const moiety = withoutSalt(bare);
  if (moiety !== undefined) add(moiety, 'salt', !INORGANIC_ANIONS.has(bare.at(-1) ?? ''));
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

interface Readings {
  /** The name outside brackets and before "=" or "eq. to". */
  outer: string;
  /** Other names of the same substance: in brackets, after "=", after "eq. to". */
  others: string[];
}

const nameKey = (text: string): string => ingredientKey(withoutStrengths(text).replace(/^(?:OF|AS)\s+/, ''));

/** "X(Y)(Z)" → X, then Y and Z; "X(Y) OIL" → X OIL, Y OIL; "X=Y", "X AS Y", "X EQ. TO Y" → X, Y. */
function readings(text: string): Readings {
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

/** "zn gluconate": the symbol of an element in front of its salt. */
function withElementName(key: string): string {
  const [symbol = '', salt = '', ...more] = key.split(' ');
  const element = more.length === 0 ? ELEMENT_SYMBOLS.get(symbol) : undefined;
  return element !== undefined && (ANION_WORDS.has(salt) || NUTRIENT_CARRIERS.has(salt))
    ? `${element} ${salt}`
    : key;
}

function linkOne<T>(given: string, lexicon: IngredientLexicon<T>): Link<T> | undefined {
  const key = withElementName(given);
  const exact = lexicon.resolve(key);
  if (exact !== undefined) return { ingredient: exact, by: 'name' };
  for (const { name, by } of reductions(key)) {
    const ingredient = lexicon.resolve(name);
    // "olive leaf extract" is not olive oil although the oil may be known as "olive" too.
    const isOil =
      by === 'qualifier' && ingredient !== undefined && lexicon.resolve(`${name} oil`) === ingredient;
    if (ingredient !== undefined && !isOil) return { ingredient, by };
  }
  return undefined;
}

/** All of several readings must mean the same ingredient, else nobody can tell. */
function agree<T>(links: ReadonlyArray<Link<T> | undefined>, by: LinkedBy): Verdict<T> {
  const found = links.filter((link) => link !== undefined);
  const first = found[0];
  if (first === undefined) return undefined;
  return found.every((link) => link.ingredient === first.ingredient)
    ? { ingredient: first.ingredient, by }
    : 'ambiguous';
}

/** Outside a bracket stands one name, not a list: only then may the bracket speak for the whole. */
const MOST_OUTER_WORDS = 4;

function linkText<T>(text: string, lexicon: IngredientLexicon<T>): Verdict<T> {
  // The whole with its strength may be a name of its own: "alcohol 70%", "calcipotriol (calcipotriene)".
  const whole = lexicon.resolve(ingredientKey(text));
  if (whole !== undefined) return { ingredient: whole, by: 'name' };
  const { outer, others } = readings(text);
  const exact = outer === '' ? undefined : lexicon.resolve(outer);
  if (exact !== undefined) return { ingredient: exact, by: 'name' };
  const reduced = outer === '' ? undefined : linkOne(outer, lexicon);
  const mayUseOthers = outer.split(' ').length <= MOST_OUTER_WORDS && !/\S vitamin /.test(outer);
  const names = mayUseOthers ? others.filter((key) => !GROUP_HEADS.has(key)) : [];
  const inner = agree(
    names.map((key) => {
      const ingredient = lexicon.resolve(key);
      return ingredient === undefined ? undefined : { ingredient, by: 'bracket' };
    }),
    'bracket',
  );
  if (reduced !== undefined) {
    // "AMLODIPINE BESYLATE (VALSARTAN)": taking either would lose the other.
    return inner === undefined || (inner !== 'ambiguous' && inner.ingredient === reduced.ingredient)
      ? reduced
      : 'ambiguous';
  }
  const corrected = outer === '' ? undefined : correct(outer, lexicon);
  const bracket =
    inner ??
    agree(
      names.map((key) => linkOne(key, lexicon)),
      'bracket',
    );
  if (bracket === undefined || bracket === 'ambiguous') return bracket ?? corrected;
  const isContradicted = typeof corrected === 'object' && corrected.ingredient !== bracket.ingredient;
  return isContradicted ? 'ambiguous' : bracket;
}

function correct<T>(key: string, lexicon: IngredientLexicon<T>): Verdict<T> {
  if (lexicon.suggest === undefined) return undefined;
  const names = [
    key,
    ...reductions(key)
      .filter((shorter) => shorter.correctable)
      .map((shorter) => shorter.name),
  ];
  for (const name of names) {
    const near = lexicon.suggest(name);
    if (near.length > 1) return 'ambiguous';
    const only = near[0];
    if (only !== undefined) return { ingredient: only, by: 'spelling' };
  }
  return undefined;
}

/** Longest name a new ingredient may get, in characters and words; the longest INNs and botanicals fit. */
const LONGEST_NEW_NAME = 60;
const MOST_WORDS = 5;

/** "iron polysaccharide complex" is a substance, "vital hair complex" is not. */
const REAL_COMPLEX =
  /\b(?:iron|ferrous|ferric|zinc|copper|hydroxide|polysaccharide|chlorophyllin)\b.*\bcomplex\b|\bcomplex\b.*\b(?:iron|zinc)\b/;

/** Undefined when the text could be the name of one substance, else what speaks against it. */
function againstBeingAName(name: string, text: string): UnlinkedReason | undefined {
  if (/[?\uFFFD]/.test(text)) return 'unreadable';
  if (!/[a-z\u0621-\u064a]/.test(name)) return 'number';
  if (/^vitamin [a-k]\d{0,2}$/.test(name)) return undefined;
  const words = name.split(' ');
  if (words.every((word) => GROUP_HEADS.has(word) || PHRASE_WORDS.has(word))) return 'group';
  if (words.every((word) => ANION_WORDS.has(word) || QUALIFIER_WORDS.has(word) || NEVER_FIRST.has(word)))
    return 'group';
  if (
    name.length > LONGEST_NEW_NAME ||
    hasStrongSeparator(text) ||
    /\S vitamin [a-k]\d*\b|^type /.test(name)
  ) {
    return 'phrase';
  }
  // A vaccine is named by what it is against, which takes words a substance has not.
  if (words.includes('vaccine') && words.length > 1) return undefined;
  if (words.length > MOST_WORDS) return 'phrase';
  if (words.some((word) => PHRASE_WORDS.has(word)) && !REAL_COMPLEX.test(name)) return 'phrase';
  if (!words.some((word) => /^(?:\d+)?[a-z\u0621-\u064a]{3,}/.test(word))) return 'too-short';
  if (name.replace(/[^a-z\u0621-\u064a]/g, '').length < 4) return 'too-short';
  if (words.filter((word) => /^\d+[.%/]?\d*%?$/.test(word)).length > 1) return 'phrase';
  return undefined;
}

function nameOf(text: string): string {
  const { outer, others } = readings(text);
  const name = outer === '' ? (others[0] ?? '') : outer;
  return name.replace(/\bext?$/, 'extract');
}

/** What a part's text says by itself, before anything is known about the ingredient. */
function describe(text: string): Pick<ParsedPart<never>, 'text' | 'name' | 'amount' | 'unit' | 'per'> {
  const strength = findStrengths(text)[0];
  return {
    text,
    name: nameOf(text),
    ...(strength === undefined ? {} : { amount: strength.amount, unit: strength.unit }),
    ...(strength?.per === undefined ? {} : { per: strength.per }),
  };
}

/** "VITAMIN D3 CHOLECALCIFEROL" names one ingredient twice: neighbours that are the same become one part. */
function mergeRepeats<T>(parts: ReadonlyArray<ParsedPart<T>>): Array<ParsedPart<T>> {
  const merged: Array<ParsedPart<T>> = [];
  for (const part of parts) {
    const last = merged.at(-1);
    const isRepeat =
      last?.status === 'linked' && part.status === 'linked' && last.ingredient === part.ingredient;
    if (!isRepeat || (last.amount !== undefined && part.amount !== undefined)) merged.push(part);
    else merged[merged.length - 1] = { ...part, ...last, text: `${last.text} + ${part.text}` };
  }
  return merged;
}

/** A reader of composition texts over one lexicon; it remembers what it has worked out, texts repeat a lot. */
export class IngredientParser<T> {
  private readonly verdicts = new Map<string, Verdict<T>>();
  private readonly parts = new Map<string, ParsedPart<T>>();
  private readonly compositions = new Map<string, ReadonlyArray<ParsedPart<T>>>();

  constructor(private readonly lexicon: IngredientLexicon<T>) {}

  /** The parts of a composition text; [] for an empty one. Equal texts give the same array: do not change it. */
  parse(raw: string): ReadonlyArray<ParsedPart<T>> {
    const known = this.compositions.get(raw);
    if (known !== undefined) return known;
    const texts = splitComposition(raw, (text) => {
      const verdict = this.link(text);
      return typeof verdict === 'object' ? (verdict.by === 'name' ? 'name' : 'reading') : undefined;
    });
    const isList = texts.length > 2;
    const hasVitamin = /\bVIT/.test(raw.toUpperCase());
    const parts = mergeRepeats(texts.map((text) => this.read(text, isList, hasVitamin)));
    this.compositions.set(raw, parts);
    return parts;
  }

  private link(text: string): Verdict<T> {
    if (this.verdicts.has(text)) return this.verdicts.get(text);
    const verdict = linkText(text, this.lexicon);
    this.verdicts.set(text, verdict);
    return verdict;
  }

  private read(text: string, isList: boolean, hasVitamin: boolean): ParsedPart<T> {
    const part = this.readAlone(text);
    if (part.status === 'linked' || part.reason === 'ambiguous' || !isList) return part;
    const ingredient = this.linkCode(part.name, hasVitamin);
    if (ingredient === undefined) return part;
    return { ...describe(text), status: 'linked', ingredient, linkedBy: 'symbol' };
  }

  /** The part as its text alone tells it, without its neighbours. */
  private readAlone(text: string): ParsedPart<T> {
    let part = this.parts.get(text);
    if (part === undefined) {
      part = { ...describe(text), ...this.judge(text) };
      this.parts.set(text, part);
    }
    return part;
  }

  private judge(text: string): Pick<ParsedPart<T>, 'status' | 'ingredient' | 'linkedBy' | 'reason'> {
    const verdict = this.link(text);
    if (verdict === 'ambiguous') return { status: 'unlinked', reason: 'ambiguous' };
    if (verdict !== undefined)
      return { status: 'linked', ingredient: verdict.ingredient, linkedBy: verdict.by };
    const reason = againstBeingAName(nameOf(text), text);
    return reason === undefined ? { status: 'new' } : { status: 'unlinked', reason };
  }

  /** "ZN", "C" in a list: a mineral, and a vitamin where the text speaks of vitamins. */
  private linkCode(name: string, hasVitamin: boolean): T | undefined {
    if (name.length > 2) return undefined;
    const vitamin = hasVitamin && /^[acde]$/.test(name) ? `vitamin ${name}` : undefined;
    const meant = ELEMENT_SYMBOLS.get(name) ?? vitamin;
    return meant === undefined ? undefined : this.lexicon.resolve(ingredientKey(meant));
  }
}

/**
 * Reads the active ingredients a source wrote as one text, for example "AMLODIPINE+VALSARTAN(DIOVAN) 160MG".
 * A part is linked only when its name, a name in its brackets, its moiety without salt, or a misspelling by one
 * letter of exactly one known name says so; where two answers are possible it is unlinked. Wrong is worse than none.
 */
export function parseActiveRaw<T>(raw: string, lexicon: IngredientLexicon<T>): ReadonlyArray<ParsedPart<T>> {
  return new IngredientParser(lexicon).parse(raw);
}
