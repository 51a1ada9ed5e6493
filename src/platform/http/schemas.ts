import { z } from 'zod';

import { isCalendarDate } from '../time/local-date.js';

/** Building blocks of request and response schemas: one spelling of money, quantity, date and paging for the whole API. */

const NO_CONTROL = /^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]*$/;

/** Free text without control characters (tab and line ends allowed) and without half surrogate pairs. */
export const text = (max: number, min = 1) =>
  z
    .string()
    .trim()
    .min(min)
    .max(max)
    .regex(NO_CONTROL, 'must not contain control characters')
    .refine((value) => value.isWellFormed(), 'must be well-formed Unicode');

/** Identity of a row: a positive 32-bit integer. */
export const Id = z.int().min(1).max(2_147_483_647);

/** Identity in a path, where it comes as text. */
export const PathId = z
  .string()
  .regex(/^[1-9]\d{0,9}$/, 'must be a positive whole number')
  .transform(Number)
  .refine((value) => value <= 2_147_483_647, 'is too large');

/** Amount of money as a decimal string, never negative. */
export const MoneyText = z.string().regex(/^\d{1,11}(\.\d{1,3})?$/, 'must be an amount such as "12.50"');

/** Amount of money as a decimal string that may be negative. */
export const SignedMoneyText = z
  .string()
  .regex(/^-?\d{1,11}(\.\d{1,3})?$/, 'must be an amount such as "-12.50"');

/** Positive quantity in base units as a decimal string. */
export const QuantityText = z
  .string()
  .regex(/^\d{1,9}(\.\d{1,3})?$/, 'must be a quantity such as "30"')
  .refine((value) => /[1-9]/.test(value), 'must be more than zero');

/** Quantity that may be negative or zero, as a decimal string. */
export const SignedQuantityText = z
  .string()
  .regex(/^-?\d{1,11}(\.\d{1,3})?$/, 'must be a quantity such as "-3"');

/** Calendar date 'YYYY-MM-DD'. One that is none ends the check: rules of an object that count days are not asked about it. */
export const DateText = z
  .string()
  .refine(isCalendarDate, { error: 'must be a date such as "2026-11-30"', abort: true })
  .meta({ format: 'date' });

/** Instant in ISO 8601 UTC. */
export const Instant = z.string().meta({ format: 'date-time' });

/** Instant in a request: ISO 8601 with its offset. */
export const InstantText = z.iso.datetime({
  offset: true,
  error: 'must be an instant such as "2026-11-30T14:20:00Z"',
});

/** A flag in a query string. */
export const QueryFlag = z.enum(['true', 'false']).transform((value) => value === 'true');

const queryInteger = (max: number) =>
  z
    .string()
    .regex(/^[1-9]\d{0,8}$/, 'must be a positive whole number')
    .transform(Number)
    .refine((value) => value <= max, `must be at most ${max}`);

/** Paging of every list: `page` from 1, `limit` at most 100. */
export const Paging = {
  page: queryInteger(1_000_000).default(1),
  limit: queryInteger(100).default(20),
};

/** The same in a body. */
export const BodyPaging = {
  page: z.int().min(1).max(1_000_000).default(1),
  limit: z.int().min(1).max(100).default(20),
};

/** Identity in a query string. */
export const QueryId = queryInteger(999_999_999);

/** How far a long list is counted: reading a million rows to say how many there are would cost more than the page. */
export const COUNT_LIMIT = 1_000;

/** `capped`: there are more than `total`, which is as far as was counted. */
export const PageMeta = z.object({
  total: z.int(),
  page: z.int(),
  limit: z.int(),
  capped: z.boolean().optional(),
});

/** Paging of a list that was counted up to one more than COUNT_LIMIT. */
export function countedMeta(counted: number, page: number, limit: number): z.output<typeof PageMeta> {
  if (counted <= COUNT_LIMIT) return { total: counted, page, limit };
  return { total: COUNT_LIMIT, page, limit, capped: true };
}

/** A page of rows. */
export const pageOf = <Row extends z.ZodType>(row: Row) => z.object({ data: z.array(row), meta: PageMeta });

/** Rows with their paging, as every list answers. */
export interface Page<Row> {
  readonly data: Row[];
  readonly meta: Readonly<z.output<typeof PageMeta>>;
}
