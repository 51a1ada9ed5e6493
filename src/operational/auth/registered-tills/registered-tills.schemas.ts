import { z } from 'zod';

import { Id, Instant, pageOf, Paging, text } from '../../../platform/http/schemas.js';

export const RegisteredTillQuery = z.strictObject(Paging);

/** Registers the browser that sends it, at the branch worked at. */
export const RegisterTill = z.strictObject({ name: text(100) }).meta({ id: 'RegisterTill' });

export const RegisteredTillView = z
  .object({
    registeredTillId: Id,
    branchId: Id,
    name: z.string(),
    registeredByName: z.string(),
    registeredAt: Instant,
    lastUsedAt: Instant.meta({ description: 'It is forgotten 180 days later' }),
    isThisOne: z.boolean().meta({ description: 'The browser that asks is this till' }),
  })
  .meta({ id: 'RegisteredTill' });

export const RegisteredTillPage = pageOf(RegisteredTillView).meta({ id: 'RegisteredTillPage' });
