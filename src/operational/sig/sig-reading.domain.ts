import { DANGERS, SIDES } from './sig-dangers.domain.js';
import { CLAUSE_WORDS, LEXICON, LONGEST_PHRASE, type Atom } from './sig-lexicon.domain.js';
import { readBareNumber, readPattern, type Reading } from './sig-patterns.domain.js';
import { emptyStep, hasTiming, isEmpty, MOST_STEPS, withAtom } from './sig-steps.domain.js';
import type { DoseUnit } from './sig-units.types.js';
import type { Method } from './sig-words.types.js';
import type { ReadSig, SigStep, SigWarning } from './sig.types.js';

/** Longest text that is read; a longer one is no direction and stays as it is. */
export const LONGEST_SIG = 1000;
/** Words a pattern may span, and how long they may be together. */
const SPAN = 12;
const LONGEST_SPAN = 120;

interface Word {
  readonly raw: string;
  readonly normal: string;
  /** Last of its clause. */
  readonly ends: boolean;
  /** Written in quotation marks: text on purpose. */
  readonly isText: boolean;
}

const VULGAR = new Map([
  ['½', '1/2'],
  ['¼', '1/4'],
  ['¾', '3/4'],
  ['⅛', '1/8'],
  ['⅜', '3/8'],
  ['⅝', '5/8'],
  ['⅞', '7/8'],
]);

function normalOf(raw: string): string {
  const lower = raw
    .toLowerCase()
    .replace(/[٠-٩۰-۹]/g, (digit) => String(digit.charCodeAt(0) & 15))
    .replace(/[٫]/g, '.')
    .replace(/[–—−]/g, '-')
    .replace(/×/g, 'x')
    .replace(/⁄/g, '/')
    .replace(/[’]/g, "'");
  // "q.i.d." is "qid"; the point of a number stays.
  const dotless = /^(?:\p{L}\.)+\p{L}?[,;.]*$/u.test(lower) ? lower.replaceAll('.', '') : lower;
  return dotless.replace(/^[([]+/, '').replace(/[)\],;:.!]+$/, '');
}

function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  const spaced = text.replace(/[½¼¾⅛⅜⅝⅞]/g, (sign) => ` ${VULGAR.get(sign) ?? sign} `).replace(/[“”„]/g, '"');
  spaced.split('"').forEach((segment, index) => {
    const parts = segment.split(/\s+/u).filter((part) => part !== '');
    if (index % 2 === 1) {
      if (parts.length > 0) words.push({ raw: parts.join(' '), normal: '', ends: true, isText: true });
      return;
    }
    for (const part of parts.flatMap((one) => one.split(/(?<=[^\d][,;])(?=.)|(?<=[,;])(?=[^\d])/u)))
      words.push({ raw: part, normal: normalOf(part), ends: /[,;.][)\]]*$/.test(part), isText: false });
  });
  return words;
}

/** What the medicine itself tells: the unit a bare number counts, and whether it is for the eye or the ear. */
export interface SigContext {
  readonly unit?: DoseUnit;
  readonly organ?: 'eye' | 'ear';
  /** How the medicine is used, where a direction does not say and names no place. */
  readonly method?: Method;
}

/** Reads words one after the other into steps. */
class Reader {
  private readonly steps: SigStep[] = [];
  private step = emptyStep('then');
  private readonly unread: string[] = [];
  private readonly warnings: SigWarning[] = [];
  private text: string[] = [];
  /** Small words that belong to a text only when one follows. */
  private fillers: string[] = [];
  /** OD, OS, OU, AD, AS, AU, judged when the whole step is known. */
  private sides: string[] = [];
  private isFull = false;

  constructor(
    private readonly words: readonly Word[],
    private readonly context: SigContext,
  ) {}

  read(): ReadSig {
    for (let at = 0; at < this.words.length;) at += this.next(at);
    this.endStep();
    return { sig: { steps: this.steps }, unread: this.unread, warnings: uniqueWarnings(this.warnings) };
  }

  /** Reads what stands at `at`; answers how many words it took. */
  private next(at: number): number {
    const word = this.words[at];
    if (!word) return 1;
    if (word.isText) {
      this.endText();
      this.step = { ...this.step, texts: [...this.step.texts, word.raw] };
      return 1;
    }
    if (this.isFull) {
      this.leave(word.raw);
      return 1;
    }
    const rest = this.restOf(at);
    const reading = longest(this.phrase(at), readPattern(rest)) ?? this.bareNumber(rest);
    if (reading) return this.take(at, reading, rest);
    if (SIDES.has(word.normal) && this.maySaySide(word.normal)) {
      this.endText();
      this.sides.push(word.normal);
      return 1;
    }
    if (CLAUSE_WORDS.has(word.normal)) return this.takeClause(at);
    if (word.normal !== '' || /[^\s\p{P}]/u.test(word.raw)) this.leave(word.raw);
    return 1;
  }

  private restOf(at: number): string {
    const rest: string[] = [];
    for (const word of this.words.slice(at, at + SPAN)) {
      if (word.isText) break;
      rest.push(word.normal);
      if (word.ends) break;
    }
    return rest.join(' ').slice(0, LONGEST_SPAN);
  }

  private phrase(at: number): Reading | undefined {
    const words: string[] = [];
    let best: Reading | undefined;
    for (const word of this.words.slice(at, at + LONGEST_PHRASE)) {
      if (word.isText) break;
      words.push(word.normal);
      const phrase = words.join(' ');
      const danger = DANGERS.get(phrase);
      if (danger)
        best = {
          length: phrase.length,
          atoms: danger.atoms ?? [],
          warnings: [{ found: phrase, readAs: danger.readAs, instead: danger.instead }],
          isRefused: danger.atoms === null,
        };
      const atoms = LEXICON.get(phrase);
      if (atoms) best = { length: phrase.length, atoms, warnings: [] };
      if (word.ends) break;
    }
    return best;
  }

  /** "as" and "ad" are plain words of other sentences too: they are sides only where drops or an ear were spoken of. */
  private maySaySide(word: string): boolean {
    if (word !== 'as' && word !== 'ad') return true;
    return this.step.dose?.unit === 'drop' || this.step.route === 'ear' || this.context.organ === 'ear';
  }

  private bareNumber(rest: string): Reading | undefined {
    const { unit } = this.context;
    return unit !== undefined && this.step.dose === null ? readBareNumber(rest, unit) : undefined;
  }

  private take(at: number, reading: Reading, rest: string): number {
    const count = rest.slice(0, reading.length).split(' ').length;
    const raw = this.words.slice(at, at + count).map((word) => word.raw);
    this.warnings.push(...reading.warnings);
    if (reading.isRefused === true) {
      this.leave(...raw);
      return count;
    }
    if (reading.atoms.every((atom) => atom.kind === 'filler')) {
      this.fillers.push(...raw);
      return count;
    }
    for (const atom of reading.atoms) if (!this.add(atom)) this.leave(...raw);
    return count;
  }

  private add(atom: Atom): boolean {
    if (atom.kind === 'step') {
      if (this.isLast()) return false;
      this.endStep();
      this.step = emptyStep(atom.link);
      return true;
    }
    if (withAtom(this.step, atom)) {
      this.endText();
      this.step = withAtom(this.step, atom) ?? this.step;
      return true;
    }
    if (atom.kind !== 'dose' || !hasTiming(this.step) || this.isLast()) return false;
    this.endStep();
    this.step = { ...emptyStep('and'), dose: atom.value };
    return true;
  }

  /** With the most steps a direction has, all that follows stays as text: nothing is dropped, nothing guessed. */
  private isLast(): boolean {
    this.isFull = this.steps.length + 1 >= MOST_STEPS;
    return this.isFull;
  }

  /** Leaves the rest of a clause as it is. */
  private takeClause(at: number): number {
    const raw: string[] = [];
    for (const word of this.words.slice(at)) {
      if (word.isText || (raw.length > 0 && LEXICON.get(word.normal)?.[0]?.kind === 'step')) break;
      raw.push(word.raw);
      if (word.ends) break;
    }
    this.leave(...raw);
    return raw.length;
  }

  private leave(...raw: string[]): void {
    this.text.push(...this.fillers, ...raw);
    this.fillers = [];
  }

  private endText(): void {
    this.fillers = [];
    if (this.text.length === 0) return;
    const text = this.text.join(' ').replace(/[\s,;]+$/u, '');
    this.text = [];
    if (text === '') return;
    this.unread.push(text);
    this.step = { ...this.step, texts: [...this.step.texts, text] };
  }

  private endStep(): void {
    this.endText();
    this.judgeSides();
    const step = this.withMethod(this.step);
    const isFirst = this.steps.length === 0;
    if (isEmpty(step)) return;
    this.steps.push(isFirst ? { ...step, link: 'then' } : step);
  }

  private withMethod(step: SigStep): SigStep {
    const { method } = this.context;
    const isOpen =
      step.method === null && step.dose !== null && step.route === null && step.sites.length === 0;
    return method !== undefined && isOpen ? { ...step, method } : step;
  }

  private judgeSides(): void {
    const sides = this.sides;
    this.sides = [];
    for (const word of sides) this.judgeSide(word);
  }

  /** "od" is the right eye where drops or another frequency say so, once a day for what is swallowed; else it is not read. */
  private judgeSide(word: string): void {
    const side = SIDES.get(word);
    if (!side) return;
    const { step } = this;
    const isLocal =
      step.dose?.unit === 'drop' || step.route === side.organ || this.context.organ === side.organ;
    const isElsewhere = step.route !== null && step.route !== side.organ;
    const isDaily = word === 'od' && !hasTiming(step) && !isLocal && (isElsewhere || isSwallowed(step));
    const isSide = isLocal && !isElsewhere && (word !== 'od' || hasTiming(step));
    if (isDaily || isSide) {
      const atom: Atom = isDaily
        ? { kind: 'frequency', value: { kind: 'daily', min: 1, max: null } }
        : { kind: 'site', value: side.site };
      this.warnings.push({
        found: word,
        readAs: isDaily ? 'daily' : side.readAs,
        instead: isDaily ? '“daily”' : side.instead,
      });
      this.step = withAtom(step, atom) ?? step;
      return;
    }
    this.warnings.push({
      found: word,
      readAs: null,
      instead: word === 'od' ? `“daily” / ${side.instead}` : side.instead,
    });
    this.unread.push(word);
    this.step = { ...step, texts: [...step.texts, word] };
  }
}

/** Units nobody puts into an eye. */
const SWALLOWED: ReadonlySet<DoseUnit> = new Set([
  'tablet',
  'capsule',
  'sachet',
  'lozenge',
  'teaspoon',
  'tablespoon',
  'ml',
  'mg',
  'g',
  'mcg',
  'unit',
  'suppository',
  'pessary',
  'patch',
  'puff',
]);
const isSwallowed = (step: SigStep): boolean => step.dose !== null && SWALLOWED.has(step.dose.unit);

const longest = (a: Reading | undefined, b: Reading | undefined): Reading | undefined =>
  (b?.length ?? 0) > (a?.length ?? 0) ? b : a;

function uniqueWarnings(warnings: readonly SigWarning[]): SigWarning[] {
  return [
    ...new Map(warnings.map((warning) => [`${warning.found} ${warning.readAs ?? ''}`, warning])).values(),
  ];
}

/**
 * Reads directions for use: shorthand of the trade, or plain English as it is printed here. Never throws. What it does not
 * understand stays as text in its step, in order, and is reported; nothing is dropped and nothing is guessed.
 */
export function readSig(text: string, context: SigContext = {}): ReadSig {
  if (text.length <= LONGEST_SIG) return new Reader(wordsOf(text), context).read();
  const whole = text.replaceAll('"', "'").trim();
  return { sig: { steps: [{ ...emptyStep('then'), texts: [whole] }] }, unread: [whole], warnings: [] };
}
