import type { Gs1Element } from './barcodes.types.js';
import { checkElements, type ElementAnswer } from './gs1-elements.domain.js';
import { AI_RULES } from './gs1-table.domain.js';

/** Primary keys a GS1 Digital Link may begin with, and the qualifiers each may have, in their order. */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  '00': [],
  '01': ['22', '10', '21', '235'],
  '253': [],
  '255': [],
  '401': [],
  '402': [],
  '414': ['254', '7040'],
  '415': ['8020'],
  '417': ['7040'],
  '8003': [],
  '8004': ['7040'],
  '8006': ['22', '10', '21'],
  '8010': ['8011'],
  '8013': [],
  '8017': ['8019'],
  '8018': ['8019'],
};

/** Names GS1 took back in 2020: they say what they mean only by custom. */
const SHORT_NAMES = new Set([
  ...['gtin', 'itip', 'cpv', 'lot', 'batch', 'ser', 'serial', 'sscc', 'gln', 'exp', 'expdt', 'var', 'cnt'],
]);

const decode = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
};

const isAi = (text: string): boolean => /^\d{2,4}$/.test(text);

/** A GTIN may stand there without its leading zeros. */
const padKey = ({ ai, value }: Gs1Element): Gs1Element =>
  ai === '01' && /^(?:\d{8}|\d{12,13})$/.test(value) ? { ai, value: value.padStart(14, '0') } : { ai, value };

/** The identifiers and values at the end of the path, from the last primary key on; undefined: there is none. */
function pathPairs(segments: readonly string[]): [string, string][] | undefined {
  for (let start = segments.length - 2; start >= 0; start -= 1) {
    if (!Object.hasOwn(KEYS, segments[start] ?? '') || (segments.length - start) % 2 !== 0) continue;
    const pairs: [string, string][] = [];
    for (let at = start; at < segments.length; at += 2)
      pairs.push([segments[at] ?? '', segments[at + 1] ?? '']);
    if (pairs.slice(1).every(([ai]) => isAi(ai))) return pairs;
  }
  return undefined;
}

function orderProblem(pairs: readonly [string, string][]): string | undefined {
  const [key = '', ...qualifiers] = pairs.map(([ai]) => ai);
  const order = KEYS[key] ?? [];
  const places = qualifiers.map((ai) => order.indexOf(ai));
  const isRising = places.every((place, index) => place >= 0 && place > (places[index - 1] ?? -1));
  return isRising
    ? undefined
    : `The identifiers behind (${key}) are not those, or not in the order, of a GS1 link.`;
}

function queryPairs(query: string): [string, string][] {
  return query
    .split(/[&;]/)
    .filter((part) => part !== '')
    .map((part) => {
      const equals = part.indexOf('=');
      return equals < 0 ? [part, ''] : [part.slice(0, equals), part.slice(equals + 1)];
    });
}

/**
 * Takes a GS1 Digital Link URI apart (GS1 Digital Link: URI syntax 1.4): any host and path before the primary key,
 * qualifiers in the path, attributes in the query. Short names and compressed links are refused.
 */
export function readDigitalLink(uri: string, today: string): ElementAnswer {
  const match = /^https?:\/\/([^/?#]+)([^?#]*)(?:\?([^#]*))?(?:#.*)?$/isu.exec(uri);
  const [, , path = '', query = ''] = match ?? [];
  if (match === null) return { problem: 'This is not a web address.' };
  const segments = path.replace(/\/+$/, '').split('/').slice(1);
  const pairs = pathPairs(segments);
  if (pairs === undefined) {
    const isShort = segments.some((segment) => SHORT_NAMES.has(segment.toLowerCase()));
    const detail = isShort
      ? 'It uses names where GS1 wants numbers, such as /01/ for the product.'
      : 'It names no product.';
    return { problem: `This web address is no GS1 link. ${detail}` };
  }
  const problem = orderProblem(pairs);
  if (problem !== undefined) return { problem };
  const elements: Gs1Element[] = [];
  for (const [ai, raw] of pairs) {
    const value = decode(raw);
    if (value === undefined) return { problem: 'The web address has a broken % sequence.' };
    elements.push(padKey({ ai, value }));
  }
  for (const [name, raw] of queryPairs(query)) {
    const ai = decode(name);
    const value = decode(raw);
    if (ai === undefined || value === undefined)
      return { problem: 'The web address has a broken % sequence.' };
    if (SHORT_NAMES.has(ai.toLowerCase()))
      return { problem: `The link says “${ai}” where GS1 wants a number, such as 17 for the expiry date.` };
    // Whatever else is in a query (linkType, campaign) is not of GS1.
    if (!isAi(ai)) continue;
    if (!AI_RULES.has(ai)) return { problem: `(${ai}) is not an identifier of GS1.` };
    elements.push({ ai, value });
  }
  return checkElements(elements, today);
}
