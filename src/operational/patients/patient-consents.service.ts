import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { PatientConsentsRepository, type ConsentRow } from './patient-consents.repository.js';
import type { ConsentPage, ConsentQuery, RecordConsent } from './patient-consents.schemas.js';
import { PatientsService } from './patients.service.js';

/** What a patient agreed to, and took back. */
@Injectable()
export class PatientConsentsService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly patients: PatientsService,
    private readonly consents: PatientConsentsRepository,
  ) {}

  /** Decisions, the last first; the last on a kind holds. That the record was read is recorded. Throws NotFound. */
  findPage(
    ctx: RequestContext,
    patientId: number,
    { cursor, limit }: z.output<typeof ConsentQuery>,
  ): Promise<z.output<typeof ConsentPage>> {
    return this.patients.reading(ctx, patientId, async (tx, patient) => {
      const data = await this.consents.findPage(tx, patient.patientId, cursor, limit);
      return { data, nextCursor: data.length < limit ? null : (data.at(-1)?.consentId ?? null) };
    });
  }

  /** Records a decision; nothing recorded before changes. Throws NotFound, PatientMerged. */
  record(ctx: RequestContext, patientId: number, input: z.output<typeof RecordConsent>): Promise<ConsentRow> {
    return this.uow.run(ctx, async (tx) => {
      await this.patients.get(tx, ctx.branchId, patientId);
      await this.consents.insert(tx, { branchId: ctx.branchId, patientId, userId: ctx.actor.userId }, input);
      const [row] = await this.consents.findPage(tx, patientId, undefined, 1);
      if (!row) throw new Error('a decision just recorded is not there');
      return row;
    });
  }
}
