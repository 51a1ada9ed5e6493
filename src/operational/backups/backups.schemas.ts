import { z } from 'zod';

import { Instant } from '../../platform/http/schemas.js';

const Backup = z
  .object({
    id: z.string(),
    /** physical: a copy of the embedded cluster, which any second after can be restored from; logical: an export of a server of one's own. */
    kind: z.enum(['physical', 'logical']).nullable(),
    takenAt: Instant.nullable(),
    endedAt: Instant.nullable(),
    bytes: z.int().nullable(),
    program: z.string().nullable(),
    checkedAt: Instant.nullable(),
    isProven: z.boolean(),
    restoreSeconds: z.number().nullable(),
    faults: z.array(z.string()),
  })
  .meta({ id: 'Backup' });

export const Backups = z
  .object({
    /** Where they go; null: nobody said, and none is made by itself. */
    directory: z.string().nullable(),
    isRunning: z.boolean(),
    /** The hour of the day at which one is made, and how many proven ones are kept. */
    hour: z.int(),
    keep: z.int(),
    /** When the next one is made by itself; null: never. */
    nextAt: Instant.nullable(),
    /** Seconds of work that would be lost now, and that a restoration takes. */
    rpoSeconds: z.number().nullable(),
    rtoSeconds: z.number().nullable(),
    archivedUntil: Instant.nullable(),
    archiveBytes: z.int().nullable(),
    lastFailure: z.object({ at: Instant, message: z.string() }).nullable(),
    /** The newest hundred. */
    data: z.array(Backup),
  })
  .meta({ id: 'Backups' });
export type Backups = z.output<typeof Backups>;

export const BackupStarted = z.object({ status: z.literal('started') }).meta({ id: 'BackupStarted' });
