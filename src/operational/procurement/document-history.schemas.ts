import { z } from 'zod';

import { Instant } from '../../platform/http/schemas.js';

/** Every step of an order, an invoice or a return: from where to where, why, who and when. */
export const DocumentHistory = z.array(
  z.object({
    fromStatus: z.string().nullable(),
    toStatus: z.string(),
    reason: z.string().nullable(),
    userName: z.string().nullable(),
    occurredAt: Instant,
  }),
);
