import { z } from 'zod';

import { Id, pageOf, text } from '../../../platform/http/schemas.js';
import { AtcCode, entryName, patchOf } from '../list.schemas.js';

export const TherapeuticCategoryView = z
  .object({
    id: Id,
    name: z.string(),
    nameAr: z.string().nullable(),
    atcCode: z.string().nullable(),
    parentId: Id.nullable(),
    version: z.int(),
  })
  .meta({ id: 'TherapeuticCategory' });

export const TherapeuticCategoryPage = pageOf(TherapeuticCategoryView).meta({
  id: 'TherapeuticCategoryPage',
});

const fields = {
  name: entryName(300),
  nameAr: text(300).nullish(),
  atcCode: AtcCode.nullish(),
  parentId: Id.nullish(),
};

export const CreateTherapeuticCategory = z.strictObject(fields).meta({ id: 'CreateTherapeuticCategory' });

export const UpdateTherapeuticCategory = patchOf(fields).meta({ id: 'UpdateTherapeuticCategory' });
