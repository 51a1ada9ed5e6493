import { z } from 'zod';

import { Id, pageOf, text } from '../../../platform/http/schemas.js';
import { entryName, patchOf } from '../list.schemas.js';

export const HandlingFlagView = z
  .object({
    id: Id,
    code: z.string(),
    name: z.string(),
    nameAr: z.string().nullable(),
    version: z.int(),
  })
  .meta({ id: 'HandlingFlag' });

export const HandlingFlagPage = pageOf(HandlingFlagView).meta({ id: 'HandlingFlagPage' });

const names = { name: entryName(100), nameAr: text(100).nullish() };

export const CreateHandlingFlag = z
  .strictObject({
    ...names,
    code: z
      .string()
      .regex(
        /^[a-z0-9][a-z0-9-]{0,49}$/,
        'must be lower-case letters, digits and hyphens, such as "do-not-crush"',
      ),
  })
  .meta({ id: 'CreateHandlingFlag' });

/** Names only: products bear the code. */
export const UpdateHandlingFlag = patchOf(names).meta({ id: 'UpdateHandlingFlag' });
