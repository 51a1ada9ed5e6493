import { z } from 'zod';

import { Id, pageOf, QueryId, text } from '../../../platform/http/schemas.js';
import { AtcCode, entryName, ListQuery, patchOf, Products } from '../list.schemas.js';
import { CATEGORY_KINDS } from './therapeutic-category.entity.js';

/** `q` finds by name in either script and by ATC code; `kind=atc&level=1` begins the tree, `parentId` goes down it. */
export const TherapeuticCategoryQuery = ListQuery.extend({
  kind: z.enum(CATEGORY_KINDS).optional(),
  level: z.enum(['1', '2', '3', '4', '5']).transform(Number).optional(),
  parentId: QueryId.optional(),
});

export const TherapeuticCategoryView = z
  .object({
    id: Id,
    name: z.string(),
    nameAr: z.string().nullable(),
    kind: z.enum(CATEGORY_KINDS),
    level: z.int().nullable(),
    code: z.string().nullable(),
    atcCode: z.string().nullable(),
    parentId: Id.nullable(),
    version: z.int(),
  })
  .meta({ id: 'TherapeuticCategory' });

export const TherapeuticCategoryPage = pageOf(TherapeuticCategoryView.extend({ products: Products })).meta({
  id: 'TherapeuticCategoryPage',
});

const fields = {
  name: entryName(300),
  nameAr: text(300).nullish(),
  code: text(80).nullish(),
  atcCode: AtcCode.nullish(),
  parentId: Id.nullish(),
};

/** A class of the ATC tree (`kind` atc) needs its code; its level and wider class follow from it. */
export const CreateTherapeuticCategory = z
  .strictObject({ ...fields, kind: z.enum(CATEGORY_KINDS).optional() })
  .meta({ id: 'CreateTherapeuticCategory' });

export const UpdateTherapeuticCategory = patchOf(fields).meta({ id: 'UpdateTherapeuticCategory' });
