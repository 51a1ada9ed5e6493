import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { RequestContext } from '../../platform/security/request-context.js';
import type { TimelinePage, TimelineQuery } from './patient-timeline.schemas.js';
import { TIMELINE } from './patient-timeline.sql.js';
import { PatientsService } from './patients.service.js';

type Page = z.output<typeof TimelinePage>;

/** What happened to a patient, in the order it did. */
@Injectable()
export class PatientTimelineService {
  constructor(private readonly patients: PatientsService) {}

  /** A page, the last first; that the record was read is recorded. Throws NotFound. */
  findPage(
    ctx: RequestContext,
    patientId: number,
    { cursor, limit }: z.output<typeof TimelineQuery>,
  ): Promise<Page> {
    return this.patients.reading(ctx, patientId, async (tx, patient) => {
      const from = [cursor?.micros ?? null, cursor?.kind ?? null, cursor?.id ?? null];
      const rows = await tx.query<Page['data'][number] & { micros: string }>(TIMELINE, [
        patient.patientId,
        ...from,
        limit,
      ]);
      const last = rows.length < limit ? undefined : rows.at(-1);
      return {
        data: rows.map(({ micros: _, ...row }) => row),
        meta: { limit, nextCursor: last ? `${last.micros}.${last.kind}.${last.id}` : null },
      };
    });
  }
}
