import type { SourcePart } from '../source.types.js';
import { denominator, plainAmount, unitName } from './amounts.domain.js';

/** Amount of one ingredient. */
type Amount = Pick<SourcePart, 'amount' | 'unit' | 'perAmount' | 'perUnit'>;

const AMOUNT =
  /^(?:EQ\s+)?([\d.,]+)\s*(%|(?:USP UNITS?|UNITS?|MIU|IU|MG|MCG|UG|GM|G|KG|NG|MEQ|MMOL|ML|U|MCI|UCI|CI|MBQ|PPM|CSR UNIT)\b)(.*)$/i;
/** "BASE", "HYDROCHLORIDE": what the amount is counted as; the denominator stands behind it. */
const PER = /^(?:\s+[A-Z][A-Z ,.-]*?)?\s*(?:\/|\bPER\b)\s*([\d.,]*)\s*([A-Z][A-Z-]*)/i;

/** Splits at separators that are not inside brackets. */
export function splitOutside(text: string, separator: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const letter = text[at];
    if (letter === '(') depth++;
    else if (letter === ')') depth = Math.max(0, depth - 1);
    else if (letter === separator && depth === 0) {
      parts.push(text.slice(from, at).trim());
      from = at + 1;
    }
  }
  parts.push(text.slice(from).trim());
  return parts;
}

/** Strengths without the notes of the Orange Book ("**Federal Register …**") and without what brackets repeat. */
export function cleanStrength(written: string): string {
  const [text = ''] = written.split('**');
  let plain = '';
  let depth = 0;
  for (const letter of text) {
    if (letter === '(') depth++;
    if (depth === 0) plain += letter;
    if (letter === ')') depth = Math.max(0, depth - 1);
  }
  return plain.replace(/\s+/g, ' ').trim();
}

function oneAmount(written: string): Amount | undefined {
  const match = AMOUNT.exec(written.trim());
  if (match === null) return undefined;
  const [, number = '', unitText = '', rest = ''] = match;
  let amount = plainAmount(number);
  if (amount === undefined) return undefined;
  let unit = unitName(unitText);
  if (/^MIU$/i.test(unitText)) {
    amount = plainAmount(`${amount}000000`);
    unit = 'iu';
  }
  if (amount === undefined || unit === undefined) return undefined;
  const [, perAmount = '', perUnit = ''] = PER.exec(rest) ?? [];
  return { amount, unit, ...denominator(perAmount, perUnit) };
}

const same = (a: Amount, b: Amount): boolean =>
  a.amount === b.amount && a.unit === b.unit && a.perAmount === b.perAmount && a.perUnit === b.perUnit;

/** "0.035MG,0.035MG" is one amount for each phase: kept where all phases have the same, or one has any. */
function phasedAmount(written: string): Amount | undefined {
  const phases = written
    .split(/(?<=[^\d\s])\s*,\s*/)
    .filter((phase) => phase !== '' && !/^N\/A$/i.test(phase));
  const amounts = phases.map(oneAmount);
  const [first] = amounts;
  return first !== undefined && amounts.every((amount) => amount !== undefined && same(amount, first))
    ? first
    : undefined;
}

/**
 * The composition Drugs@FDA states: ingredients and strengths in two columns, in the same order ("AMOXICILLIN; CLAVULANATE
 * POTASSIUM", "500MG;EQ 125MG BASE"). Where the two have not the same number of entries nobody can tell which strength is
 * whose, and none is claimed.
 */
export function fdaComposition(ingredients: string, strengths: string): SourcePart[] {
  const names = splitOutside(ingredients, ';').filter((name) => name !== '');
  const clean = cleanStrength(strengths);
  let written = clean.split(';').map((part) => part.trim());
  if (written.length === 1 && names.length > 1) {
    const slashed = clean.split('/').map((part) => part.trim());
    if (slashed.length === names.length && slashed.every((part) => /[A-Z%]$/i.test(part))) written = slashed;
  }
  const isAligned = written.length === names.length;
  return names.map((text, at) => ({ text, ...(isAligned ? phasedAmount(written[at] ?? '') : undefined) }));
}
