import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { NotFound } from '../../platform/errors/domain-error.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { exportPage } from './patient-export-html.domain.js';
import { PatientExportsRepository } from './patient-exports.repository.js';
import type { PatientExport, PrintPatientExport, ViewsPage, ViewsQuery } from './patient-exports.schemas.js';
import { PatientRecordsRepository } from './patient-records.repository.js';
import { PatientsRepository } from './patients.repository.js';
import { PatientsService } from './patients.service.js';

type Export = z.output<typeof PatientExport>;

/** What a person may ask of a pharmacy: everything held about him, and who looked at it. */
@Injectable()
export class PatientExportsService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly patients: PatientsService,
    private readonly persons: PatientsRepository,
    private readonly records: PatientRecordsRepository,
    private readonly exports: PatientExportsRepository,
  ) {}

  /**
   * Everything held about one person, under every number he was on record by; that it was handed out, and why, is kept.
   * Throws NotFound.
   */
  asData(ctx: RequestContext, patientId: number, reason: string): Promise<Export> {
    return this.collect(ctx, patientId, 'json', reason);
  }

  /** The same as a page to print. Throws NotFound. */
  async asPage(
    ctx: RequestContext,
    patientId: number,
    { reason, language }: z.output<typeof PrintPatientExport>,
  ): Promise<string> {
    const data = await this.collect(ctx, patientId, 'html', reason);
    return exportPage(data, language ?? data.record.language);
  }

  /** Who read the person's record or a prescription of his, the last first. Throws NotFound. */
  views(
    ctx: RequestContext,
    patientId: number,
    { cursor, limit }: z.output<typeof ViewsQuery>,
  ): Promise<z.output<typeof ViewsPage>> {
    return this.uow.read(ctx, async (tx) => {
      if (!(await this.persons.findOne(tx, ctx.branchId, patientId))) throw new NotFound('patient');
      const family = await this.exports.family(tx, patientId);
      const data = await this.exports.views(tx, family, cursor, limit);
      const last = data.length < limit ? undefined : data.at(-1);
      return { data, meta: { limit, nextCursor: last ? String(last.auditLogId) : null } };
    });
  }

  private collect(
    ctx: RequestContext,
    patientId: number,
    format: 'json' | 'html',
    reason: string,
  ): Promise<Export> {
    // Without the key: the answer, a person's whole record, must not be kept for a retry. Each attempt is an export of its own.
    const { idempotency: _, ...once } = ctx;
    return this.patients.reading(once, patientId, async (tx, found) => {
      const { mergedInto: __, ...record } = found;
      const id = record.patientId;
      const family = await this.exports.family(tx, id);
      const [
        allergies,
        conditions,
        medications,
        insurance,
        prescriptions,
        papers,
        fills,
        claims,
        sales,
        accounts,
        points,
        consents,
        alerts,
        kept,
      ] = await Promise.all([
        this.records.allergies(tx, id),
        this.records.conditions(tx, id),
        this.records.medications(tx, id),
        this.records.insurance(tx, id),
        this.exports.prescriptions(tx, family),
        this.exports.papers(tx, family),
        this.exports.fills(tx, family),
        this.exports.claims(tx, family),
        this.exports.sales(tx, family),
        this.exports.accounts(tx, family),
        this.exports.points(tx, family),
        this.exports.consents(tx, family),
        this.exports.alerts(tx, family),
        this.exports.insert(tx, {
          branchId: ctx.branchId,
          patientId: id,
          format,
          reason,
          userId: ctx.actor.userId,
        }),
      ]);
      return {
        format: 1,
        ...kept,
        exportedBy: ctx.actor.username,
        reason,
        record,
        formerNumbers: family.filter((number) => number !== id),
        allergies,
        conditions,
        medications,
        insurance,
        prescriptions,
        papers,
        fills,
        claims,
        sales,
        accounts,
        points,
        consents,
        alerts,
      };
    });
  }
}
