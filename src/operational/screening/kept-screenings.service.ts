import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { NotFound } from '../../platform/errors/domain-error.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { ClinicalService } from '../../reference/clinical/clinical.service.js';
import { PatientsService } from '../patients/patients.service.js';
import { AlertsRepository, type StoredScreening } from './alerts.repository.js';
import { sha256 } from './clearance.service.js';
import { identified } from './judged-content.domain.js';
import type { EntryScreening, FillScreening } from './kept-screenings.schemas.js';

/**
 * Why something was let through, or what was shown, on its day: verdicts given again from what was stored and by the versions
 * of the rules that judged, with the hashes compared. That the patient's record was read is recorded.
 */
@Injectable()
export class KeptScreeningsService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clinical: ClinicalService,
    private readonly patients: PatientsService,
    private readonly alerts: AlertsRepository,
  ) {}

  /** The last verdict of a fill. NotFound for another branch's fill and for one from before screenings were kept. */
  replayFill(ctx: RequestContext, fillId: number): Promise<z.output<typeof FillScreening>> {
    const find = (tx: Tx) => this.alerts.screeningsOfFill(tx, ctx.branchId, fillId);
    return this.reading(ctx, find, async (tx, last, earlier) => {
      const { purpose } = last;
      if (purpose === 'sale' || purpose === 'entry') throw new NotFound('screening');
      const { alerts, ...replayed } = await this.replayed(tx, last);
      const overrides = await this.alerts.overridesOfFill(tx, fillId);
      return {
        fillId,
        purpose,
        ...replayed,
        alerts: alerts.map(({ identity, ...alert }) => ({
          ...alert,
          subjects: [...alert.subjects],
          overrides: overrides
            .filter((override) => override.identity === identity)
            .map(({ identity: _, ...override }) => override),
        })),
        earlier: earlier.map(({ screeningId, purpose: made, screenedAt, verdictSha256 }) => ({
          screeningId,
          purpose: made,
          screenedAt,
          verdictSha256,
        })),
      };
    });
  }

  /** The verdict of the day a prescription was entered; NotFound as for fills. */
  replayEntry(ctx: RequestContext, prescriptionId: number): Promise<z.output<typeof EntryScreening>> {
    const find = (tx: Tx) => this.alerts.screeningsOfEntry(tx, ctx.branchId, prescriptionId);
    return this.reading(ctx, find, async (tx, last) => {
      const { alerts, ...replayed } = await this.replayed(tx, last);
      return {
        purpose: 'entry',
        ...replayed,
        alerts: alerts.map(({ identity: _, ...alert }) => ({ ...alert, subjects: [...alert.subjects] })),
      };
    });
  }

  /** Reads the last of the screenings found, as a reading of the patient's record. */
  private async reading<T>(
    ctx: RequestContext,
    find: (tx: Tx) => Promise<StoredScreening[]>,
    read: (tx: Tx, last: StoredScreening, earlier: readonly StoredScreening[]) => Promise<T>,
  ): Promise<T> {
    const patientId = await this.uow.read(ctx, async (tx) => (await find(tx))[0]?.patientId);
    if (patientId === undefined) throw new NotFound('screening');
    return this.patients.reading(ctx, patientId, async (tx) => {
      const [last, ...earlier] = await find(tx);
      if (!last) throw new NotFound('screening');
      return read(tx, last, earlier);
    });
  }

  private async replayed(tx: Tx, kept: StoredScreening) {
    const { facts, knowledge: rest, ruleIds } = kept;
    const { screening, knowledge } = await this.clinical.replay(tx, facts, rest, ruleIds);
    const verdict = {
      alerts: screening.alerts.map((alert) => identified(alert, facts)),
      notChecked: screening.notChecked,
    };
    const replayContentSha256 = sha256({ facts, knowledge: rest, ruleIds });
    const replayVerdictSha256 = sha256(verdict);
    return {
      prescriptionId: kept.prescriptionId ?? 0,
      screeningId: kept.screeningId,
      screenedAt: kept.screenedAt,
      screenedBy: kept.screenedBy,
      releaseId: kept.releaseId,
      engine: kept.engine,
      replayEngine: this.clinical.engine,
      rules: [
        ...knowledge.interactions,
        ...knowledge.allergyRules,
        ...knowledge.contraindications,
        ...knowledge.doseRules,
      ].map(({ id, code, version }) => ({ id, code, version })),
      alerts: verdict.alerts,
      notChecked: verdict.notChecked.map((gap) => ({ ...gap, subjects: [...gap.subjects] })),
      contentSha256: kept.contentSha256,
      verdictSha256: kept.verdictSha256,
      replayContentSha256,
      replayVerdictSha256,
      matches: replayContentSha256 === kept.contentSha256 && replayVerdictSha256 === kept.verdictSha256,
    };
  }
}
