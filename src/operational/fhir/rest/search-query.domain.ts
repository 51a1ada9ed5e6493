import { InvalidRequest } from '../../../platform/errors/domain-error.js';
import type { ResourceType } from './fhir-resource.types.js';
import { SEARCH_PARAMS, SORTS, type ParamSpec } from './search-params.domain.js';
import {
  readDate,
  readReference,
  readString,
  readToken,
  splitValues,
  type DayRange,
  type StringValue,
  type TokenValue,
} from './search-values.domain.js';

/** One condition of a search: any of its values must hold. An empty list holds for nothing. */
export type Filter = { readonly name: string } & (
  | { readonly type: 'token'; readonly any: readonly TokenValue[] }
  | { readonly type: 'string'; readonly any: readonly StringValue[] }
  | { readonly type: 'date'; readonly any: readonly DayRange[] }
  | { readonly type: 'reference'; readonly any: readonly string[] }
);

/** Where a page begins: after the row with this sort value (null: unsorted, or it has none) and number. */
export interface Cursor {
  readonly value: string | null;
  readonly id: number;
}

export interface Search {
  readonly filters: readonly Filter[];
  readonly count: number;
  /** Parameter results are sorted by; '_id' where none is asked for. */
  readonly sort: string;
  readonly isDescending: boolean;
  readonly cursor: Cursor | undefined;
  /** True: the number of all matches is asked for. */
  readonly wantsTotal: boolean;
  /** Parameters that were understood, for the link to this page. */
  readonly understood: readonly (readonly [name: string, value: string])[];
  /** Parameters that are not known and were passed over. */
  readonly ignored: readonly string[];
}

const MOST_COUNT = 100;
const DEFAULT_COUNT = 20;
const MOST_VALUES = 20;
/** A range of days takes two; more of one parameter has no use and would make statements without end. */
const MOST_REPEATS = 2;
/** Parameters of every search that change nothing here or are about the form of the answer. */
const FORMAT = new Set(['_format', '_pretty']);
const MODIFIERS: ReadonlyMap<string, readonly string[]> = new Map([['string', ['exact', 'contains']]]);

function refuse(name: string, detail: string): never {
  throw new InvalidRequest('A search parameter is not valid.', {}, [{ pointer: `/${name}`, detail }]);
}

/**
 * Reads the query of a search. What is not known is passed over and named, or refused where `isStrict` (Prefer:
 * handling=strict); a value that cannot be read, and a modifier that is not supported, are refused always (InvalidRequest).
 */
export function readSearch(
  type: ResourceType,
  query: readonly (readonly [name: string, value: string])[],
  isStrict: boolean,
): Search {
  const specs = new Map(SEARCH_PARAMS[type].map((spec) => [spec.name, spec]));
  const filters: Filter[] = [];
  const ignored: string[] = [];
  const understood: [string, string][] = [];
  const repeats = new Map<string, number>();
  let [count, sort, isDescending, wantsTotal] = [DEFAULT_COUNT, '_id', false, false];
  let cursor: Cursor | undefined;
  for (const [key, value] of query) {
    const [name = '', modifier] = key.split(':', 2);
    const spec = specs.get(name);
    if (spec) {
      const times = (repeats.get(name) ?? 0) + 1;
      if (times > MOST_REPEATS) refuse(name, `may be given at most ${MOST_REPEATS} times`);
      repeats.set(name, times);
      filters.push(readFilter(spec, modifier, value));
      understood.push([key, value]);
    } else if (name === '_count') {
      if (!/^\d{1,9}$/.test(value)) refuse(name, 'must be a whole number');
      count = Math.min(Number(value), MOST_COUNT);
      understood.push([key, value]);
    } else if (name === '_sort') {
      isDescending = value.startsWith('-');
      sort = value.replace(/^-/, '');
      if (sort !== '_id' && !SORTS[type].includes(sort))
        refuse(name, `results can be sorted by ${['_id', ...SORTS[type]].join(', ')}`);
      understood.push([key, value]);
    } else if (name === '_total') {
      if (!['none', 'estimate', 'accurate'].includes(value))
        refuse(name, 'must be none, estimate or accurate');
      wantsTotal = value !== 'none';
      understood.push([key, value]);
    } else if (name === '_cursor') cursor = readCursor(value);
    else if (!FORMAT.has(name)) {
      if (isStrict) refuse(name.slice(0, 100), 'is not a search parameter of this resource');
      ignored.push(key.slice(0, 100));
    }
  }
  return { filters, count, sort, isDescending, cursor, wantsTotal, understood, ignored };
}

function readFilter(spec: ParamSpec, modifier: string | undefined, value: string): Filter {
  const { name, type } = spec;
  const isTyped = type === 'reference' && modifier === spec.target;
  if (modifier !== undefined && !isTyped && !(MODIFIERS.get(type) ?? []).includes(modifier))
    refuse(name, 'this modifier is not supported');
  if (value.includes('\u0000') || !value.isWellFormed()) refuse(name, 'must be text without NUL');
  const parts = splitValues(value);
  if (parts.length > MOST_VALUES) refuse(name, `takes at most ${MOST_VALUES} values`);
  switch (type) {
    case 'token':
      return { name, type, any: each(name, parts, readToken, 'must be a code or system|code') };
    case 'string': {
      const read = (text: string) => readString(text, modifier);
      return { name, type, any: each(name, parts, read, 'must be text') };
    }
    case 'date':
      return { name, type, any: each(name, parts, readDate, 'must be a date such as ge2026-11-30').flat() };
    case 'reference': {
      const target = spec.target ?? 'Patient';
      const read = (text: string) => readReference(text, target);
      const found = each(name, parts, read, `must be a reference such as ${target}/12`);
      return { name, type, any: found.flatMap((one) => (one === 'other' ? [] : [one.id])) };
    }
  }
}

function each<T>(
  name: string,
  parts: readonly string[],
  read: (text: string) => T | undefined,
  detail: string,
): T[] {
  return parts.map((part) => read(part) ?? refuse(name, detail));
}

/** The text of a cursor in a link; `readCursor` reads it back. */
export const cursorText = ({ value, id }: Cursor): string =>
  Buffer.from(JSON.stringify([value, id])).toString('base64url');

function readCursor(text: string): Cursor {
  const refuseIt = (): never => refuse('_cursor', 'must be taken from the link to the next page as it is');
  if (!/^[\w-]{1,2000}$/.test(text)) return refuseIt();
  try {
    const [value, id] = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as unknown[];
    const isValue =
      value === null || (typeof value === 'string' && value.isWellFormed() && !value.includes('\u0000'));
    if (!isValue || !Number.isSafeInteger(id) || Math.abs(Number(id)) > 2_147_483_647) return refuseIt();
    return { value, id: Number(id) };
  } catch {
    return refuseIt();
  }
}
