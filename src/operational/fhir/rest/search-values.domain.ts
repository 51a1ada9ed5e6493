import { addDays, addMonths, isCalendarDate } from '../../../platform/time/local-date.js';

/** A value of a search parameter, by the type of the parameter. */
export interface TokenValue {
  /** Null: any system; empty: none. */
  readonly system: string | null;
  readonly code: string | null;
}
export interface StringValue {
  readonly text: string;
  readonly match: 'prefix' | 'exact' | 'contains';
}
/** Days from `from` up to and without `to`; null: without end. */
export interface DayRange {
  readonly from: string | null;
  readonly to: string | null;
}

/** Splits at commas that are not escaped; escapes stay, since `|` within has not been looked at. */
export const splitValues = (text: string): string[] => splitAt(text, ',');

function splitAt(text: string, mark: string): string[] {
  const parts: string[] = [''];
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '\\' && at + 1 < text.length) {
      parts[parts.length - 1] += character + text.charAt(++at);
    } else if (character === mark) parts.push('');
    else parts[parts.length - 1] += character;
  }
  return parts;
}

const unescape = (text: string): string => text.replace(/\\([,$|\\])/g, '$1');

/** `code`, `system|code`, `|code` or `system|`. Undefined: says nothing. */
export function readToken(text: string): TokenValue | undefined {
  const [first = '', second, more] = splitAt(text, '|');
  if (more !== undefined) return undefined;
  if (second === undefined) return first === '' ? undefined : { system: null, code: unescape(first) };
  if (first === '' && second === '') return undefined;
  return { system: unescape(first), code: second === '' ? null : unescape(second) };
}

/** Names and other text; case and accents are folded where it is compared. */
export function readString(text: string, modifier: string | undefined): StringValue | undefined {
  const plain = unescape(text).trim();
  if (plain === '') return undefined;
  return { text: plain, match: modifier === 'exact' || modifier === 'contains' ? modifier : 'prefix' };
}

const DATE =
  /^(eq|ne|gt|lt|ge|le|sa|eb)?(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T[\d:.]{5,18}(?:Z|[+-]\d{2}:\d{2})?)?)?)?$/;

/** Days a date parameter means, as ranges of which one must hold. A time of day is taken for its day. */
export function readDate(text: string): DayRange[] | undefined {
  const match = DATE.exec(text);
  if (!match) return undefined;
  const [, prefix = 'eq', year = '', month, day] = match;
  const from = `${year}-${month ?? '01'}-${day ?? '01'}`;
  if (!isCalendarDate(from)) return undefined;
  const to = day !== undefined ? addDays(from, 1) : addMonths(from, month === undefined ? 12 : 1);
  // The last year a date can be written in has no year after it.
  const after = isCalendarDate(to) ? to : null;
  switch (prefix) {
    case 'ne':
      return [{ from: null, to: from }, ...(after === null ? [] : [{ from: after, to: null }])];
    case 'gt':
    case 'sa':
      return after === null ? [] : [{ from: after, to: null }];
    case 'lt':
    case 'eb':
      return [{ from: null, to: from }];
    case 'ge':
      return [{ from, to: null }];
    case 'le':
      return [{ from: null, to: after }];
    default:
      return [{ from, to: after }];
  }
}

const REFERENCE = /^(?:(?:https?:\/\/[^\s?#]+\/)?([A-Z][A-Za-z]+)\/)?([A-Za-z0-9\-.]{1,64})$/;

/** The id a reference names; 'other' where it is of another kind of resource than `type`. */
export function readReference(text: string, type: string): { id: string } | 'other' | undefined {
  const match = REFERENCE.exec(unescape(text).replace(/\/_history\/[^/]*$/, ''));
  if (!match) return undefined;
  return match[1] !== undefined && match[1] !== type ? 'other' : { id: match[2] ?? '' };
}
