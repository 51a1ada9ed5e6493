import { z } from 'zod';

import { Id, pageOf, text } from '../../../platform/http/schemas.js';
import { entryName, patchOf } from '../list.schemas.js';
import { GROUP_KINDS } from './ingredient-group.entity.js';

export const IngredientGroupView = z
  .object({
    id: Id,
    name: z.string(),
    code: z.string(),
    nameAr: z.string().nullable(),
    kind: z.enum(GROUP_KINDS),
    parentId: Id.nullable(),
    version: z.int(),
  })
  .meta({ id: 'IngredientGroup' });

export const IngredientGroupPage = pageOf(IngredientGroupView).meta({ id: 'IngredientGroupPage' });

const fields = {
  name: entryName(300),
  code: z.string().regex(/^[a-z0-9-]{1,80}$/, 'must be lower-case letters, digits and hyphens'),
  nameAr: text(300).nullish(),
  kind: z.enum(GROUP_KINDS),
  parentId: Id.nullish(),
};

export const CreateIngredientGroup = z.strictObject(fields).meta({ id: 'CreateIngredientGroup' });

export const UpdateIngredientGroup = patchOf(fields).meta({ id: 'UpdateIngredientGroup' });
