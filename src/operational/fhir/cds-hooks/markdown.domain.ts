import { plainText } from '../reading/fhir-codes.domain.js';

/** Longest text put into a detail. */
const LONGEST = 4000;

/**
 * Text of rules, catalogue or client as Markdown that shows exactly that text: no emphasis, link, image, code, table, HTML or
 * entity comes of it, nor a link GitHub's flavour makes of bare addresses, nor a heading or list.
 */
export function markdownText(text: string): string {
  return plainText(text, LONGEST)
    .replace(/[\\`*_{}[\]<>#|~&@!]/g, '\\$&')
    .replace(/:\/\//g, '\\://')
    .replace(/\bwww\./gi, (match) => `${match.slice(0, -1)}\\.`)
    .replace(/^([+\-=])/, '\\$1')
    .replace(/^(\d{1,9})([.)])(?=\s|$)/, '$1\\$2');
}
