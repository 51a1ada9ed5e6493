import { z } from 'zod';

import { Id, pageOf, text } from '../../../platform/http/schemas.js';
import { entryName, patchOf, Products } from '../list.schemas.js';

export const DosageFormView = z
  .object({
    id: Id,
    name: z.string(),
    nameAr: z.string().nullable(),
    formFamily: z.string(),
    version: z.int(),
  })
  .meta({ id: 'DosageForm' });

export const DosageFormPage = pageOf(DosageFormView.extend({ products: Products })).meta({
  id: 'DosageFormPage',
});

const fields = {
  name: entryName(100),
  nameAr: text(100).nullish(),
  formFamily: text(50).optional(),
};

export const CreateDosageForm = z.strictObject(fields).meta({ id: 'CreateDosageForm' });

export const UpdateDosageForm = patchOf(fields).meta({ id: 'UpdateDosageForm' });
