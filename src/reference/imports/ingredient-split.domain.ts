import { findStrengths, withoutStrengths } from './amount.domain.js';
import { tidyComposition } from './composition-text.domain.js';
import { ingredientKey } from './ingredient-index.domain.js';
import {
  ANION_WORDS,
  COMMA_WORDS,
  ELEMENT_SYMBOLS,
  GROUP_HEADS,
  METAL_WORDS,
  NEVER_FIRST,
  NUTRIENT_CARRIERS,
  PHRASE_WORDS,
} from './ingredient-words.domain.js';

/**
 * Splitting a composition text into the texts of its parts. Only `+` (and new lines, commas, semicolons)
 * separates for certain; blanks, hyphens, dots and slashes separate in one row and belong to the name in the
 * next ("N-ACETYL CYSTEINE"), so they are tried from strong to weak and a split is kept only when the
 * pieces are known often enough.
 */

/** How well a text is known as the name of one ingredient: by exactly this name, by some reading of it, or not. */
export type KnownAs = (text: string) => 'name' | 'reading' | undefined;

/** Levels of separators, strong to weak. Blanks before a bracket or a number belong to what stands before. */
const STRONG: readonly RegExp[] = [
  /\s+[-_–•|]+\s+/,
  /\s+\/\s+(?=\p{L}{3})/u,
  /\s*[_–•|]\s*|\s+-|-\s+/,
  /\s{2,}(?![(\d])|\s*(?<!\b(?:VIT|EXT|EX|EQ|ST|VAR|SUBSP|SPP|SSP|SP|NO|AMP|L|D|DL|U|I))\.+\s+(?=[\p{L}*\d])|\s+\.+\s*(?=\p{L})/u,
];
const WEAK: readonly RegExp[] = [
  /\s*&\s*|\s+AND\s+|\s+WITH\s+/,
  /(?<=\))\s*(?=\p{L}{3})/u,
  /\//,
  /-/,
  /(?<!\d)\.|\.(?!\d)/,
];

function isBalanced(text: string): boolean {
  let depth = 0;
  for (const char of text) {
    if (char === '(') depth++;
    else if (char === ')' && --depth < 0) return false;
  }
  return depth === 0;
}

/** "ESTROGENS, CONJUGATED", "ALBUMIN, HUMAN": what follows the comma only tells more of the name before it. */
function continuesName(rest: string): boolean {
  const next = /^[^,+;()]*/.exec(rest)?.[0] ?? '';
  const words = ingredientKey(withoutStrengths(next)).split(' ');
  return (
    words.every((word) => COMMA_WORDS.has(word)) && words.some((word) => word.length > 2 || word === 'dl')
  );
}

function separates(text: string, comma: number): boolean {
  return !/\d,\d/.test(text.slice(comma - 1, comma + 2)) && !continuesName(text.slice(comma + 1));
}

/** Splits at `+` (a comma counts unless it stands in a number) outside brackets. */
function splitAtPlus(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (char === '(') depth++;
    else if (char === ')') depth--;
    else if (depth === 0 && (char === '+' || (char === ',' && separates(text, i)))) {
      parts.push(text.slice(from, i));
      from = i + 1;
    }
  }
  parts.push(text.slice(from));
  return parts;
}

/** True for a list item that is known although it is short: a vitamin with its number, an element symbol. */
export function isShortCode(text: string): boolean {
  const key = ingredientKey(withoutStrengths(text));
  return /^vitamin [a-k]\d{0,2}$/.test(key) || ELEMENT_SYMBOLS.has(key);
}

function letters(text: string): number {
  return (withoutStrengths(text).match(/\p{L}/gu) ?? []).length;
}

function cleanPiece(piece: string): string {
  const bare = piece
    .replace(/^[\s.,:\-_/&]+|[\s,:\-_/&]+$/g, '')
    .replace(/^(?:AND|WITH|OF|PLUS)\s+|\s+(?:AND|WITH|PLUS)$/g, '')
    .trim();
  const inner = /^\(([^()]*)\)$/.exec(bare);
  return inner === null ? bare : (inner[1] ?? '').trim();
}

/** A piece that cannot stand alone: a letter, a salt word, a number, an unclosed bracket. */
function isFragment(piece: string): boolean {
  if (!isBalanced(piece)) return true;
  if (isShortCode(piece)) return false;
  const key = ingredientKey(withoutStrengths(piece));
  return letters(piece) < 3 || ANION_WORDS.has(key) || NUTRIENT_CARRIERS.has(key);
}

function pieces(text: string, separator: RegExp): string[] {
  return text
    .split(separator)
    .map(cleanPiece)
    .filter((piece) => piece !== '');
}

/** "NAME 20 MG NAME 5 MG": each strength ends (or, where the text begins with one, begins) a part. */
function splitAtStrengths(text: string): string[] | undefined {
  const found = findStrengths(text);
  if (found.length < 2 || /\bEQ|\bEQUIVALENT|\bOF\b|[()=]/.test(text)) return undefined;
  const leads = (found[0]?.start ?? 0) === 0;
  const cuts = found.map((strength) => (leads ? strength.start : strength.end));
  const parts: string[] = [];
  let from = 0;
  for (const cut of [...cuts, text.length]) {
    const part = cleanPiece(text.slice(from, cut));
    if (part !== '') parts.push(part);
    from = cut;
  }
  return parts.length > 1 && !parts.some(isFragment) ? parts : undefined;
}

function trySeparators(text: string, knownAs: KnownAs): string[] | undefined {
  const count = (parts: readonly string[]): number =>
    parts.filter((part) => isShortCode(part) || knownAs(part) !== undefined).length;
  for (const separator of STRONG) {
    const parts = pieces(text, separator);
    if (parts.length < 2 || parts.some(isFragment)) continue;
    if (parts.length > 2 || count(parts) > 0) return parts;
  }
  const atStrengths = splitAtStrengths(text);
  if (atStrengths !== undefined) return atStrengths;
  if (/VACCINE/.test(text)) return undefined;
  for (const separator of WEAK) {
    const parts = pieces(text, separator);
    if (parts.length < 2 || parts.some(isFragment)) continue;
    const known = count(parts);
    if (known === parts.length || (parts.length > 2 && known * 2 >= parts.length)) return parts;
  }
  return undefined;
}

/** Most words one ingredient name may have, for reading lists without separators. */
const LONGEST_NAME = 5;
/** Longest list read that way; the longest real one has 41 words. */
const MOST_WORDS = 60;

function cannotBegin(word: string): boolean {
  const isBound = ANION_WORDS.has(word) || NEVER_FIRST.has(word) || GROUP_HEADS.has(word);
  return isBound || word === 'sodium' || word === 'potassium';
}

/**
 * Reads "SEA WATER PANTHENOL HYALURONIC ACID" as known names side by side. Every word must belong to a
 * name known exactly, none may begin with a word that only follows another, and none may come twice in a
 * row ("agar agar"); otherwise the text is left whole.
 */
function readSideBySide(text: string, knownAs: KnownAs): string[] | undefined {
  if (/[()=]/.test(text)) return undefined;
  const words = text.split(/\s+/);
  if (words.length < 2 || words.length > MOST_WORDS) return undefined;
  const found: string[] = [];
  let at = 0;
  while (at < words.length) {
    const first = ingredientKey(words[at] ?? '');
    let taken = 0;
    for (let size = Math.min(LONGEST_NAME, words.length - at); size > 0 && taken === 0; size--) {
      const name = words.slice(at, at + size).join(' ');
      if (size === words.length || (size === 1 && cannotBegin(first))) continue;
      const isCode = /^vitamin [a-k]\d{0,2}$/.test(ingredientKey(name));
      if (isCode || (letters(name) >= 3 && knownAs(name) === 'name')) taken = size;
    }
    if (taken === 0) return undefined;
    let end = at + taken;
    // A strength after the name belongs to it: "ZINC 20 MG".
    while (end < words.length && withoutStrengths(words.slice(at + taken, end + 1).join(' ')) === '') end++;
    const part = words.slice(at, end).join(' ');
    if (part === found.at(-1)) return undefined;
    found.push(part);
    at = end;
  }
  // Two words of which one is a metal are a salt nobody knows rather than a list.
  const hasMetal = found.some((part) => METAL_WORDS.has(ingredientKey(part)));
  const isSalt = found.length === 2 && hasMetal && !found.some(isShortCode);
  return found.length > 1 && !isSalt ? found : undefined;
}

/** Words that head a list together with the group words: "proprietary blend", "natural extracts". */
const LOOSE_HEADS: ReadonlySet<string> = new Set(
  'extract natural proprietary proprietry enzyme amino essential fruit pure mixed dry'.split(' '),
);

/** "MINERALS (ZINC, IRON)": behind a group word the bracket is the composition. */
function groupMembers(piece: string): string | undefined {
  const group = /^([\p{L}\s.:]+?)\s*\((.+)\)$/u.exec(piece);
  if (group === null || !isBalanced(group[2] ?? '') || !/[-+&,]|\s{2}/.test(group[2] ?? '')) return undefined;
  const heads = ingredientKey(group[1] ?? '').split(' ');
  const isGroup =
    heads.every((head) => GROUP_HEADS.has(head) || PHRASE_WORDS.has(head) || LOOSE_HEADS.has(head)) ||
    heads.join(' ') === 'vitamin b complex';
  if (!isGroup) return undefined;
  // "OILS (ARGAN+SESAME)" holds argan oil and sesame oil.
  return heads.at(-1) === 'oil'
    ? splitAtPlus(group[2] ?? '')
        .map((member) => (/\bOIL\b/.test(member) ? member : `${member} OIL`))
        .join('+')
    : group[2];
}

/** True where a text outside brackets holds a separator that no single name has. */
export function hasStrongSeparator(piece: string): boolean {
  return STRONG.some((separator) => separator.test(piece.replace(/\([^()]*\)/g, '()')));
}

function splitPiece(text: string, knownAs: KnownAs, depth: number): string[] {
  const piece = cleanPiece(text);
  if (piece === '') return [];
  if (depth > 4) return [piece];
  const members = groupMembers(piece);
  if (members !== undefined)
    return splitAtPlus(members).flatMap((part) => splitPiece(part, knownAs, depth + 1));
  const known = knownAs(piece);
  if (known === 'name' || (known === 'reading' && !hasStrongSeparator(piece))) return [piece];
  const parts = trySeparators(piece, knownAs) ?? readSideBySide(piece, knownAs);
  return parts === undefined ? [piece] : parts.flatMap((part) => splitPiece(part, knownAs, depth + 1));
}

/** The parts of a composition text, each trimmed and not empty, in order. */
export function splitComposition(raw: string, knownAs: KnownAs): string[] {
  const text = tidyComposition(raw);
  // A bracket that never closes hides its plus signs; without brackets the words can still be read.
  const readable = isBalanced(text) ? text : text.replace(/[()]/g, ' ');
  const parts: string[] = [];
  for (const part of splitAtPlus(readable).flatMap((piece) => splitPiece(piece, knownAs, 0))) {
    const last = parts.length - 1;
    // "FOLIC ACID <tab> 0.4 MG": a strength alone belongs to the part before it.
    if (last >= 0 && withoutStrengths(part) === '') parts[last] = `${parts[last] ?? ''} ${part}`;
    else parts.push(part);
  }
  return parts;
}
