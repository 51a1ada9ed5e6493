import { z } from 'zod';

import { Id, pageOf, text } from '../../../platform/http/schemas.js';
import { entryName, patchOf, Products } from '../list.schemas.js';

export const RouteView = z
  .object({
    id: Id,
    name: z.string(),
    nameAr: z.string().nullable(),
    version: z.int(),
  })
  .meta({ id: 'Route' });

export const RoutePage = pageOf(RouteView.extend({ products: Products })).meta({ id: 'RoutePage' });

const fields = {
  name: entryName(100),
  nameAr: text(100).nullish(),
};

export const CreateRoute = z.strictObject(fields).meta({ id: 'CreateRoute' });

export const UpdateRoute = patchOf(fields).meta({ id: 'UpdateRoute' });
