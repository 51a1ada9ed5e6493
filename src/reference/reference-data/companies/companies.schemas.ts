import { z } from 'zod';

import { Id, pageOf } from '../../../platform/http/schemas.js';
import { entryName, patchOf, Products } from '../list.schemas.js';

export const CompanyView = z
  .object({
    id: Id,
    name: z.string(),
    version: z.int(),
  })
  .meta({ id: 'Company' });

export const CompanyPage = pageOf(CompanyView.extend({ products: Products })).meta({ id: 'CompanyPage' });

const fields = {
  name: entryName(300),
};

export const CreateCompany = z.strictObject(fields).meta({ id: 'CreateCompany' });

export const UpdateCompany = patchOf(fields).meta({ id: 'UpdateCompany' });
