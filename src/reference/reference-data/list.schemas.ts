import { z } from 'zod';

import { Paging, text } from '../../platform/http/schemas.js';
import { foldText } from '../../platform/text/fold.js';

/** Orders of a list: by name, or by the number of products that have the entry; a minus turns the order round. */
export const LIST_SORTS = ['name', '-name', 'products', '-products'] as const;

/** Reading any reference list: paging, order, and `q` found anywhere in the folded name. */
export const ListQuery = z.strictObject({
  ...Paging,
  q: text(300).optional(),
  sort: z.enum(LIST_SORTS).default('name'),
});
export type ListQuery = z.output<typeof ListQuery>;

/** Products that have the entry, as of the last refresh of the statistics. */
export const Products = z.int();

/** Name of an entry: it must leave something to compare when case, accents and punctuation are dropped. */
export const entryName = (max: number) =>
  text(max).refine((name) => foldText(name) !== '', 'must contain a letter or a digit');

/** The body of a PATCH: any of the fields, and the version that was read. */
export const patchOf = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z
    .strictObject(shape)
    .partial()
    .extend({ version: z.int().min(1) });

/** WHO ATC code of any level. */
export const AtcCode = z
  .string()
  .regex(/^[A-Z](\d{2}([A-Z]([A-Z](\d{2})?)?)?)?$/, 'must be an ATC code such as "N02BE01"');
