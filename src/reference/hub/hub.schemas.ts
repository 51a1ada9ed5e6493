import { z } from 'zod';

/** Whether master data is changed here. */
export const HubView = z
  .object({
    /** `branch`: products, lists and rules come from the hub and are changed there. */
    role: z.enum(['alone', 'hub', 'branch']),
    /** When the hub was last heard. */
    heardAt: z.iso.datetime().nullable(),
    /** When the last release was applied or taken back, at the hub. */
    releasedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Hub' });
