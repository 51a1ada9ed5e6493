import type { Strength } from './amount.domain.js';
import { findStrengths } from './amount.domain.js';
import type { IngredientLexicon } from './ingredient-index.domain.js';
import { ingredientKey } from './ingredient-index.domain.js';
import { linkText, type Verdict } from './ingredient-link.domain.js';
import { CONFIDENCE, readings, saltForm, type LinkedBy } from './ingredient-reading.domain.js';
import { hasStrongSeparator, splitComposition } from './ingredient-split.domain.js';
import {
  ANION_WORDS,
  ELEMENT_SYMBOLS,
  GROUP_HEADS,
  NEVER_FIRST,
  PHRASE_WORDS,
  QUALIFIER_WORDS,
} from './ingredient-words.domain.js';

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
  /** Salt, ester or hydrate the part states besides its drug: "besylate" of amlodipine besylate. */
  salt?: string;
  linkedBy?: LinkedBy;
  /** How sure the link is, 0 to 1; 1 = the source says exactly this name. */
  confidence?: number;
  reason?: UnlinkedReason;
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

/** Texts of exactly so many characters were cut off by the source: the width of its column. */
const SOURCE_LIMITS: ReadonlySet<number> = new Set([100, 255]);
/** A shorter beginning is not completed. */
const SHORTEST_CUT = 5;

/** Where these words stand, "B1" and "A" are strains of a virus rather than vitamins. */
const NO_VITAMINS =
  /\b(?:COXSACKIE|ECHO ?VIRUS|VIRUS|VIRAL|VACCINE|SEROTYPE|SEROGROUP|INFLUENZA|NOSODE|HEPATITIS|STRAINS?)\b/;

/** Answers kept for texts met before. A catalogue repeats its texts; the bound keeps any file in memory. */
const MOST_TEXTS = 60_000;

/** Answers by text, the older half forgotten when full. */
class Memory<V> {
  private recent = new Map<string, V>();
  private older = new Map<string, V>();

  get(text: string): V | undefined {
    const value = this.recent.get(text) ?? this.older.get(text);
    return value;
  }

  set(text: string, value: V): void {
    if (this.recent.size >= MOST_TEXTS / 2) {
      this.older = this.recent;
      this.recent = new Map();
    }
    this.recent.set(text, value);
  }
}

/** A reader of composition texts over one lexicon; it remembers what it has worked out, texts repeat a lot. */
export class IngredientParser<T> {
  private readonly verdicts = new Memory<{ verdict: Verdict<T> }>();
  private readonly parts = new Memory<ParsedPart<T>>();
  private readonly compositions = new Memory<ReadonlyArray<ParsedPart<T>>>();

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
    const upper = raw.toUpperCase();
    const hasVitamin = /\bVIT/.test(upper);
    const hasVirus = !hasVitamin && NO_VITAMINS.test(upper);
    const read = texts.map((text) =>
      hasVirus && isBareCode(text) ? tooShort(text) : this.read(text, isList, hasVitamin),
    );
    const last = read.at(-1);
    if (read.length > 1 && last !== undefined && last.status !== 'linked' && SOURCE_LIMITS.has(raw.length))
      read[read.length - 1] = this.completed(last);
    const parts = mergeRepeats(read);
    this.compositions.set(raw, parts);
    return parts;
  }

  /** A last part that the source cut off: linked where every name that begins like it means one ingredient. */
  private completed(part: ParsedPart<T>): ParsedPart<T> {
    const meant = part.name.length < SHORTEST_CUT ? [] : (this.lexicon.completions?.(part.name) ?? []);
    const [ingredient, ...more] = meant;
    if (ingredient === undefined || more.length > 0) return part;
    return { ...describe(part.text), ...linked<T>(ingredient, 'cut') };
  }

  private link(text: string): Verdict<T> {
    const known = this.verdicts.get(text);
    if (known !== undefined) return known.verdict;
    const verdict = linkText(text, this.lexicon);
    this.verdicts.set(text, { verdict });
    return verdict;
  }

  private read(text: string, isList: boolean, hasVitamin: boolean): ParsedPart<T> {
    const part = this.readAlone(text);
    if (part.status === 'linked' || part.reason === 'ambiguous' || !isList) return part;
    const ingredient = this.linkCode(part.name, hasVitamin);
    if (ingredient === undefined) return part;
    return { ...describe(text), ...linked<T>(ingredient, 'symbol') };
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

  private judge(text: string): Judgement<T> {
    const verdict = this.link(text);
    if (verdict === 'ambiguous') return { status: 'unlinked', reason: 'ambiguous' };
    if (verdict !== undefined) {
      const form = saltForm(text);
      const isSalt = form !== undefined && this.lexicon.resolve(form.moiety) === verdict.ingredient;
      return { ...linked(verdict.ingredient, verdict.by), ...(isSalt ? { salt: form.salt } : {}) };
    }
    const reason = againstBeingAName(nameOf(text), text);
    return reason === undefined ? { status: 'new' } : { status: 'unlinked', reason };
  }

  /** "ZN", "C" in a list: a mineral, and a vitamin where the text speaks of vitamins. */
  private linkCode(name: string, hasVitamin: boolean): T | undefined {
    const code = name.replace(/ ?\d+(?:\.\d+)?$/, '');
    if (code.length > 3) return undefined;
    const letter = /^v ?([acdek])$/.exec(code)?.[1] ?? (hasVitamin ? /^[acde]$/.exec(code)?.[0] : undefined);
    const vitamin = letter === undefined ? undefined : `vitamin ${letter}`;
    const meant = ELEMENT_SYMBOLS.get(code) ?? vitamin;
    return meant === undefined ? undefined : this.lexicon.resolve(ingredientKey(meant));
  }
}

type Judgement<T> = Pick<
  ParsedPart<T>,
  'status' | 'ingredient' | 'linkedBy' | 'confidence' | 'salt' | 'reason'
>;

function linked<T>(ingredient: T, linkedBy: LinkedBy): Judgement<T> {
  return { status: 'linked', ingredient, linkedBy, confidence: CONFIDENCE[linkedBy] };
}

/** A vitamin's letter and number with nothing that says it is one. */
function isBareCode(text: string): boolean {
  return /^\W*[ABCDEHK]\W?\d{0,2}\W*$/.test(text);
}

function tooShort(text: string): ParsedPart<never> {
  return { ...describe(text), status: 'unlinked', reason: 'too-short' };
}

/**
 * Reads the active ingredients a source wrote as one text, for example "AMLODIPINE+VALSARTAN(DIOVAN) 160MG".
 * A part is linked only when its name, a name in its brackets, its moiety without salt, its class, or a misspelling of
 * exactly one known name says so; where two answers are possible it is unlinked. Wrong is worse than none.
 */
export function parseActiveRaw<T>(raw: string, lexicon: IngredientLexicon<T>): ReadonlyArray<ParsedPart<T>> {
  return new IngredientParser(lexicon).parse(raw);
}
