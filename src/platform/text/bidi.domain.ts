/**
 * Order of characters on paper, for lines of right-to-left and left-to-right text that are drawn piece by piece. After the Unicode
 * bidirectional algorithm (UAX 9), rules W1–W7, N0 for round and square brackets, N1, N2, I1, I2 and L1–L4, without embeddings and
 * isolates: their characters are left out.
 */

export type Direction = 'ltr' | 'rtl';

/** Characters of one direction that stand side by side, in reading order. */
export interface Run {
  readonly text: string;
  readonly direction: Direction;
}

/** Bidirectional classes, as far as text of orders needs them. */
type Class = 'L' | 'R' | 'AL' | 'EN' | 'AN' | 'ES' | 'ET' | 'CS' | 'NSM' | 'WS' | 'ON';

const CONTROLS = /[\u061c\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;

const CLASSES: readonly (readonly [RegExp, Class])[] = [
  [/[\u0660-\u0669\u066b\u066c\u06dd]/u, 'AN'],
  [/[0-9\u06f0-\u06f9\u00b2\u00b3\u00b9]/u, 'EN'],
  [/\p{Mn}|\p{Me}/u, 'NSM'],
  [/[\u0600-\u07bf\u0860-\u08ff\ufb50-\ufdff\ufe70-\ufefc]/u, 'AL'],
  [/[\u0590-\u05ff\u07c0-\u085f\ufb1d-\ufb4f]/u, 'R'],
  [/[+\-\u2212]/u, 'ES'],
  [/[#$%\u00a2-\u00a5\u00b0\u00b1\u066a\u2030\u20a0-\u20cf]/u, 'ET'],
  [/[,./:\u00a0\u060c]/u, 'CS'],
  [/\s/u, 'WS'],
  [/\p{L}|\p{N}/u, 'L'],
];

const classOf = (character: string): Class =>
  CLASSES.find(([pattern]) => pattern.test(character))?.[1] ?? 'ON';

const MIRRORED: Readonly<Record<string, string>> = {
  '(': ')',
  ')': '(',
  '[': ']',
  ']': '[',
  '{': '}',
  '}': '{',
  '<': '>',
  '>': '<',
  '«': '»',
  '»': '«',
};
const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']' };

/** Rules W1–W7: marks, numbers and the signs in and around them. */
function resolveWeak(classes: Class[], base: 'L' | 'R'): void {
  const each = (rule: (index: number) => void): void => {
    for (let index = 0; index < classes.length; index += 1) rule(index);
  };
  each((at) => {
    if (classes[at] === 'NSM') classes[at] = classes[at - 1] ?? base;
  });
  let strong: Class = base;
  each((at) => {
    const own = classes[at];
    if (own === 'L' || own === 'R' || own === 'AL') strong = own;
    if (own === 'EN' && strong === 'AL') classes[at] = 'AN';
  });
  each((at) => {
    if (classes[at] === 'AL') classes[at] = 'R';
  });
  each((at) => {
    const [before, own, after] = [classes[at - 1], classes[at], classes[at + 1]];
    if (before !== after) return;
    if (before === 'EN' && (own === 'ES' || own === 'CS')) classes[at] = 'EN';
    if (before === 'AN' && own === 'CS') classes[at] = 'AN';
  });
  for (let at = 0; at < classes.length; at += 1) {
    if (classes[at] !== 'ET') continue;
    let end = at;
    while (classes[end] === 'ET') end += 1;
    const isOfNumber = classes[at - 1] === 'EN' || classes[end] === 'EN';
    classes.fill(isOfNumber ? 'EN' : 'ON', at, end);
  }
  each((at) => {
    if (classes[at] === 'ES' || classes[at] === 'CS') classes[at] = 'ON';
  });
  strong = base;
  each((at) => {
    const own = classes[at];
    if (own === 'L' || own === 'R') strong = own;
    if (own === 'EN' && strong === 'L') classes[at] = 'L';
  });
}

const isNeutral = (one: Class | undefined): boolean => one === 'WS' || one === 'ON';
/** The direction a number or a letter gives the signs beside it. */
const strongOf = (one: Class | undefined): 'L' | 'R' | undefined =>
  one === undefined || isNeutral(one) ? undefined : one === 'L' ? 'L' : 'R';

/** Pairs of brackets, the opening one first. */
function pairsOf(characters: readonly string[], classes: readonly Class[]): [number, number][] {
  const open: number[] = [];
  const pairs: [number, number][] = [];
  for (const [at, character] of characters.entries()) {
    if (classes[at] !== 'ON') continue;
    if (CLOSING[character] !== undefined) open.push(at);
    const found = open.findLastIndex((one) => CLOSING[characters[one] ?? ''] === character);
    if (found < 0) continue;
    pairs.push([open[found] ?? 0, at]);
    open.length = found;
  }
  return pairs.sort(([a], [b]) => a - b);
}

/** Rule N0: both brackets of a pair go with what stands in them, or before them. */
function resolveBrackets(characters: readonly string[], classes: Class[], base: 'L' | 'R'): void {
  for (const [from, to] of pairsOf(characters, classes)) {
    const inside = new Set(classes.slice(from + 1, to).map(strongOf));
    const other = base === 'L' ? 'R' : 'L';
    const before =
      classes
        .slice(0, from)
        .map(strongOf)
        .findLast((one) => one !== undefined) ?? base;
    const own = inside.has(base) ? base : inside.has(other) ? (before === other ? other : base) : undefined;
    if (own !== undefined) classes[from] = classes[to] = own;
  }
}

/** Rules N1 and N2: what has no direction takes that of both its sides, else that of the line. */
function resolveNeutral(classes: Class[], base: 'L' | 'R'): void {
  for (let at = 0; at < classes.length; at += 1) {
    if (!isNeutral(classes[at])) continue;
    let end = at;
    while (isNeutral(classes[end])) end += 1;
    const [before, after] = [strongOf(classes[at - 1]) ?? base, strongOf(classes[end]) ?? base];
    classes.fill(before === after ? before : base, at, end);
  }
}

/** Levels of embedding, I1 and I2: an even one is read from the left. */
function levelsOf(characters: readonly string[], base: Direction): number[] {
  const side = base === 'ltr' ? 'L' : 'R';
  const classes = characters.map(classOf);
  // Rule L1: what is white at the end of a line stands at the end.
  const tail = characters.length - (/\s*$/u.exec(characters.join(''))?.[0].length ?? 0);
  resolveWeak(classes, side);
  resolveBrackets(characters, classes, side);
  resolveNeutral(classes, side);
  const level = side === 'L' ? 0 : 1;
  return classes.map((own, at) => {
    if (at >= tail) return level;
    if (side === 'R') return own === 'R' ? 1 : 2;
    return own === 'L' ? 0 : own === 'R' ? 1 : 2;
  });
}

/**
 * The runs of one line as they stand on paper from left to right; the text of each stays in reading order, for whoever shapes it.
 * Brackets of right-to-left runs are the mirrored ones. Time grows with the length of the line.
 */
export function visualRuns(line: string, base: Direction): Run[] {
  const characters = [...line.replace(CONTROLS, '')];
  const levels = levelsOf(characters, base);
  let runs: { text: string; level: number }[] = [];
  for (const [at, character] of characters.entries()) {
    const level = levels[at] ?? 0;
    const last = runs.at(-1);
    const drawn = level % 2 === 1 ? (MIRRORED[character] ?? character) : character;
    if (last?.level === level) last.text += drawn;
    else runs.push({ text: drawn, level });
  }
  // Rule L2: from the highest level to the lowest odd one, what lies at it or above is turned round.
  for (let level = Math.max(0, ...runs.map((run) => run.level)); level >= 1; level -= 1) {
    const turned: typeof runs = [];
    for (let at = 0; at < runs.length; at += 1) {
      let end = at;
      while ((runs[end]?.level ?? -1) >= level) end += 1;
      if (end === at) turned.push(...runs.slice(at, at + 1));
      else {
        turned.push(...runs.slice(at, end).reverse());
        at = end - 1;
      }
    }
    runs = turned;
  }
  return runs.map(({ text, level }) => ({ text, direction: level % 2 === 1 ? 'rtl' : 'ltr' }));
}

/** The direction of a text by its first letter (rules P2 and P3); of the line where it has none. */
export function directionOf(text: string, fallback: Direction): Direction {
  for (const character of text) {
    const own = classOf(character);
    if (own === 'L') return 'ltr';
    if (own === 'R' || own === 'AL') return 'rtl';
  }
  return fallback;
}
