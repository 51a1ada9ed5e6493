import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { NotFound } from '../../platform/errors/domain-error.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { ClinicalService } from '../../reference/clinical/clinical.service.js';
import { PatientsService } from '../patients/patients.service.js';
import { AlertsRepository } from './alerts.repository.js';
import { sha256 } from './clearance.service.js';
import type { FillScreening } from './fill-screening.schemas.js';
import { identified } from './judged-content.domain.js';

/** Why a fill was let through on its day. */
@Injectable()
export class FillScreeningService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clinical: ClinicalService,
    private readonly patients: PatientsService,
    private readonly alerts: AlertsRepository,
  ) {}

  /**
   * Gives the last verdict of a fill again, from what was stored and the versions of the rules that judged, and compares the
   * hashes; that the patient's record was read is recorded. NotFound for another branch's fill and for one from before
   * screenings were kept.
   */
  async replay(ctx: RequestContext, fillId: number): Promise<z.output<typeof FillScreening>> {
    const patientId = await this.uow.read(ctx, async (tx) => {
      const [last] = await this.alerts.screeningsOfFill(tx, ctx.branchId, fillId);
      return last?.patientId;
    });
    if (patientId === undefined) throw new NotFound('screening');
    return this.patients.reading(ctx, patientId, async (tx) => {
      const [last, ...earlier] = await this.alerts.screeningsOfFill(tx, ctx.branchId, fillId);
      if (!last) throw new NotFound('screening');
      const { facts, knowledge: rest, ruleIds } = last;
      const { screening, knowledge } = await this.clinical.replay(tx, facts, rest, ruleIds);
      const verdict = {
        alerts: screening.alerts.map((alert) => identified(alert, facts)),
        notChecked: screening.notChecked,
      };
      const overrides = await this.alerts.overridesOfFill(tx, fillId);
      const replayContentSha256 = sha256({ facts, knowledge: rest, ruleIds });
      const replayVerdictSha256 = sha256(verdict);
      return {
        fillId,
        prescriptionId: last.prescriptionId ?? 0,
        screeningId: last.screeningId,
        purpose: last.purpose,
        screenedAt: last.screenedAt,
        screenedBy: last.screenedBy,
        releaseId: last.releaseId,
        engine: last.engine,
        replayEngine: this.clinical.engine,
        rules: [
          ...knowledge.interactions,
          ...knowledge.allergyRules,
          ...knowledge.contraindications,
          ...knowledge.doseRules,
        ].map(({ id, code, version }) => ({ id, code, version })),
        alerts: verdict.alerts.map(({ identity, ...alert }) => ({
          ...alert,
          subjects: [...alert.subjects],
          overrides: overrides
            .filter((override) => override.identity === identity)
            .map(({ identity: _, ...override }) => override),
        })),
        notChecked: verdict.notChecked.map((gap) => ({ ...gap, subjects: [...gap.subjects] })),
        contentSha256: last.contentSha256,
        verdictSha256: last.verdictSha256,
        replayContentSha256,
        replayVerdictSha256,
        matches: replayContentSha256 === last.contentSha256 && replayVerdictSha256 === last.verdictSha256,
        earlier: earlier.map(({ screeningId, purpose, screenedAt, verdictSha256 }) => ({
          screeningId,
          purpose,
          screenedAt,
          verdictSha256,
        })),
      };
    });
  }
}
