import type { BarcodeWarning, Gs1Element } from './barcodes.types.js';
import { dataProblem, isGs1Text } from './gs1-checks.domain.js';
import { AI_RULES, aiLength, reservedLength, type AiRule } from './gs1-table.domain.js';

/** The group separator that ends data of variable length. */
export const GS = '\u001d';

/** One way to take a GS1 code apart. */
export interface ElementReading {
  readonly elements: readonly Gs1Element[];
  readonly warnings: readonly BarcodeWarning[];
}

/** `plain`: as the separators say; `others`: as they may have been before a separator was lost. */
export type ElementAnswer =
  | { readonly plain: ElementReading | undefined; readonly others: readonly (readonly Gs1Element[])[] }
  | { readonly problem: string };

/** Longest data of an identifier GS1 has not assigned: no assigned one takes more (AI 91–99). */
const LONGEST_DATA = 90;
/** Enough to ask a person; the search for lost separators stops there. */
const MAX_READINGS = 8;
/** Bounds the search for lost separators whatever the text: far above what a real code takes (below 200). */
const MAX_STEPS = 5000;

/** Identifiers whose data proves itself by a check digit or a calendar day: hardly ever there by chance. */
const PROVEN = new Set(['01', '11', '13', '15', '17', '7003']);
/** The others found on packs of medicines beside them. */
const LIKELY = new Set([
  ...PROVEN,
  ...['10', '21', '30', '240', '710', '711', '712', '713', '714', '715', '716', '717'],
]);

const problemOf = (ai: string, problem: string): string => `The data of (${ai}) ${problem}.`;

/** What is wrong with this data of this identifier, as a sentence, or undefined. */
export function elementProblem({ ai, value }: Gs1Element, today: string): string | undefined {
  const rule = AI_RULES.get(ai);
  if (rule === undefined) {
    if (aiLength(ai) !== ai.length) return `(${ai}) is not an identifier of GS1.`;
    const reserved = reservedLength(ai);
    if (reserved !== undefined && !(value.length === reserved && /^\d+$/.test(value)))
      return problemOf(ai, `must be ${reserved} digits`);
    if (value.length > LONGEST_DATA || !isGs1Text(value)) return problemOf(ai, 'is not data of GS1');
    return undefined;
  }
  const problem = dataProblem(rule, value, today);
  return problem === undefined ? undefined : problemOf(ai, problem);
}

/** A warning where GS1 has not assigned the identifier. */
export function elementWarnings({ ai }: Gs1Element): BarcodeWarning[] {
  if (AI_RULES.has(ai)) return [];
  return [{ code: 'unknown-ai', detail: `The identifier (${ai}) is not known; its data was left aside.` }];
}

/** The sentence for two elements that contradict one another, or undefined. */
export function contradiction(elements: readonly Gs1Element[]): string | undefined {
  const seen = new Map<string, string>();
  for (const { ai, value } of elements) {
    if (seen.has(ai) && seen.get(ai) !== value) return `The code gives (${ai}) twice, with different data.`;
    seen.set(ai, value);
  }
  return undefined;
}

const hasRepeat = (elements: readonly Gs1Element[]): boolean =>
  new Set(elements.map(({ ai }) => ai)).size < elements.length;

/** Splits what stands between two separators; made anew for each code, since it counts its steps. */
class SegmentReader {
  private steps = 0;
  problem: string | undefined;

  constructor(
    private readonly today: string,
    /** True when the code has a separator inside, which shows that they are not lost on the way. */
    private readonly keepsSeparators: boolean,
  ) {}

  /** As the code says: data of variable length runs to the end. Sets `problem` where that cannot be. */
  plain(segment: string): { reading: ElementReading | undefined; others: Gs1Element[][] } {
    const elements: Gs1Element[] = [];
    const warnings: BarcodeWarning[] = [];
    let rest = segment;
    while (rest !== '') {
      const ai = rest.slice(0, aiLength(rest) ?? 0);
      if (ai === '' || !/^\d{2,4}$/.test(ai) || aiLength(ai) !== ai.length)
        return this.fail(`There is no GS1 identifier at “${rest.slice(0, 10)}”.`);
      const rule = AI_RULES.get(ai);
      const data = rest.slice(ai.length);
      const length = this.fixedLength(ai, rule, data);
      const isFree = length === undefined;
      const element = { ai, value: isFree ? data : data.slice(0, length) };
      const problem = elementProblem(element, this.today);
      const others = isFree && rule ? this.cuts(elements, rule, data) : [];
      if (problem !== undefined)
        return others.length > 0 ? { reading: undefined, others } : this.fail(problem);
      elements.push(element);
      warnings.push(...elementWarnings(element));
      if (isFree) return { reading: { elements, warnings }, others };
      rest = data.slice(length);
      if (rest !== '' && rule?.isPredefined === false)
        warnings.push({
          code: 'separator-missing',
          detail: `The separator behind (${ai}) is missing; its length is fixed, so nothing is in doubt.`,
        });
    }
    return { reading: { elements, warnings }, others: [] };
  }

  /** How many characters the data has whatever follows; undefined: it runs to the separator. */
  private fixedLength(ai: string, rule: AiRule | undefined, data: string): number | undefined {
    if (rule === undefined) return reservedLength(ai);
    if (rule.isPredefined) return rule.max;
    return rule.min === rule.max && data.length >= rule.max ? rule.max : undefined;
  }

  private fail(problem: string): { reading: undefined; others: [] } {
    this.problem ??= problem;
    return { reading: undefined, others: [] };
  }

  /** Ways in which the data may end earlier and another element of a pack begin without a separator. */
  private cuts(before: readonly Gs1Element[], rule: AiRule, data: string): Gs1Element[][] {
    const found: Gs1Element[][] = [];
    for (let cut = rule.min; cut < data.length && cut <= rule.max && found.length < MAX_READINGS; cut++) {
      const head = { ai: rule.ai, value: data.slice(0, cut) };
      if (elementProblem(head, this.today) !== undefined) continue;
      const used = new Set([...before.map(({ ai }) => ai), rule.ai]);
      const first = this.keepsSeparators ? PROVEN : LIKELY;
      for (const tail of this.tails(data.slice(cut), used, first)) found.push([...before, head, ...tail]);
    }
    return found.slice(0, MAX_READINGS);
  }

  /** Every way to read the whole text as elements of a pack that are not there yet. */
  private tails(text: string, used: ReadonlySet<string>, first: ReadonlySet<string>): Gs1Element[][] {
    if (text === '') return [[]];
    if (++this.steps > MAX_STEPS) return [];
    const ai = text.slice(0, aiLength(text) ?? 0);
    const rule = AI_RULES.get(ai);
    if (rule === undefined || !first.has(ai) || used.has(ai)) return [];
    const data = text.slice(ai.length);
    const found: Gs1Element[][] = [];
    const now = new Set([...used, ai]);
    for (let length = Math.min(rule.max, data.length); length >= rule.min; length--) {
      const element = { ai, value: data.slice(0, length) };
      if (elementProblem(element, this.today) !== undefined) continue;
      for (const tail of this.tails(data.slice(length), now, LIKELY)) found.push([element, ...tail]);
      if (found.length >= MAX_READINGS) break;
    }
    return found;
  }
}

/** Joins the readings of the segments: the plain one of each, and every mixture with another up to a bound. */
function joinOthers(
  segments: readonly { reading: ElementReading | undefined; others: Gs1Element[][] }[],
): Gs1Element[][] {
  let joined: { elements: Gs1Element[]; isPlain: boolean }[] = [{ elements: [], isPlain: true }];
  for (const { reading, others } of segments) {
    const next: typeof joined = [];
    for (const { elements, isPlain } of joined) {
      if (reading) next.push({ elements: [...elements, ...reading.elements], isPlain });
      for (const other of others) next.push({ elements: [...elements, ...other], isPlain: false });
    }
    // The wholly plain one comes first and is never cut off.
    joined = next.slice(0, MAX_READINGS * 4);
  }
  return joined
    .filter(({ elements, isPlain }) => !isPlain && !hasRepeat(elements))
    .map(({ elements }) => elements)
    .slice(0, MAX_READINGS);
}

/** Takes an element string apart; separators at either end and several in a row are let pass. */
export function readElementString(text: string, today: string): ElementAnswer {
  const parts = text.split(GS).filter((part) => part !== '');
  const reader = new SegmentReader(today, parts.length > 1);
  const segments = parts.map((part) => reader.plain(part));
  if (reader.problem !== undefined) return { problem: reader.problem };
  const others = joinOthers(segments);
  const readings = segments.flatMap(({ reading }) => reading ?? []);
  if (readings.length < segments.length) {
    if (others.length === 0)
      return { problem: 'A separator is missing, and the code cannot be taken apart without it.' };
    return { plain: undefined, others };
  }
  const plain = {
    elements: readings.flatMap(({ elements }) => elements),
    warnings: readings.flatMap(({ warnings }) => warnings),
  };
  const twice = contradiction(plain.elements);
  if (twice === undefined) return { plain, others };
  return others.length > 0 ? { plain: undefined, others } : { problem: twice };
}

/** Takes the form with identifiers in brackets apart, e.g. (01)09521234543213(10)AB12. */
export function readBracketed(text: string, today: string): ElementAnswer {
  const elements: Gs1Element[] = [];
  // A bracket that belongs to the data is written \( as GS1's own tools do.
  for (const [, ai = '', data = ''] of text.matchAll(/\((\d{2,4})\)((?:\\.|(?!\(\d{2,4}\)).)*)/gsu)) {
    const value = data.replaceAll(/\\(.)/gsu, '$1').replaceAll(GS, '').trim();
    elements.push({ ai, value });
  }
  return checkElements(elements, today);
}

/** Elements that were told apart by their writer: each is checked, and none is in doubt. */
export function checkElements(elements: readonly Gs1Element[], today: string): ElementAnswer {
  for (const element of elements) {
    const problem = elementProblem(element, today);
    if (problem !== undefined) return { problem };
  }
  const twice = contradiction(elements);
  if (twice !== undefined) return { problem: twice };
  return { plain: { elements, warnings: elements.flatMap(elementWarnings) }, others: [] };
}
