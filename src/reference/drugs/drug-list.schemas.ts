import { z } from 'zod';

import { Paging, QueryFlag, QueryId, text } from '../../platform/http/schemas.js';
import { IngredientStatus, Schedule, Status, Storage } from './drugs.schemas.js';

/** Columns a list of drugs may be sorted by; a leading minus turns the order round. */
export const DRUG_SORTS = [
  'name',
  '-name',
  'price',
  '-price',
  'updatedAt',
  '-updatedAt',
  'drugId',
  '-drugId',
] as const;

/**
 * Which products a list is of. `q` is the beginning of the name (folded), the identity at the source, or a barcode;
 * `atc` a class of any level; `hasPrice=false` those the till refuses.
 */
const filters = {
  q: text(500).optional(),
  status: Status.optional(),
  dosageForm: text(100).optional(),
  route: text(100).optional(),
  companyId: QueryId.optional(),
  categoryId: QueryId.optional(),
  ingredientId: QueryId.optional(),
  atc: z
    .string()
    .regex(/^[A-Z](\d{2}([A-Z]([A-Z](\d{2})?)?)?)?$/, 'must be an ATC code such as "N02BE"')
    .optional(),
  ingredientStatus: IngredientStatus.optional(),
  source: text(100).optional(),
  releaseId: QueryId.optional(),
  rxOnly: QueryFlag.optional(),
  controlledSchedule: Schedule.optional(),
  storage: Storage.optional(),
  handlingFlag: text(50).optional(),
  hasPrice: QueryFlag.optional(),
};

/** `format=csv` answers the whole list as a file in order of identity; paging and sort do not apply to it. */
export const DrugListQuery = z.strictObject({
  ...Paging,
  ...filters,
  sort: z.enum(DRUG_SORTS).default('name'),
  format: z.enum(['json', 'csv']).default('json'),
});
export type DrugListQuery = z.output<typeof DrugListQuery>;
export type DrugFilters = Pick<DrugListQuery, keyof typeof filters>;
