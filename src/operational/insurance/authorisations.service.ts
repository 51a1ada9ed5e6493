import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { NotFound, StaleVersion } from '../../platform/errors/domain-error.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { PatientsService } from '../patients/patients.service.js';
import { AuthorisationsRepository } from './authorisations.repository.js';
import type {
  AuthorisationList,
  AuthorisationView,
  CreateAuthorisation,
  UpdateAuthorisation,
} from './authorisations.schemas.js';

type View = z.output<typeof AuthorisationView>;

/** What payers allowed patients beforehand. */
@Injectable()
export class AuthorisationsService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly authorisations: AuthorisationsRepository,
    private readonly patients: PatientsService,
  ) {}

  /** Those of a patient, withdrawn ones too; that they were read is recorded. Throws NotFound. */
  ofPatient(ctx: RequestContext, patientId: number): Promise<z.output<typeof AuthorisationList>> {
    return this.patients.reading(ctx, patientId, async (tx, patient) => ({
      data: await this.authorisations.ofPatient(tx, ctx.branchId, patient.patientId),
    }));
  }

  /** Throws NotFound (no such cover at the branch), Duplicate, RuleViolation. */
  create(
    ctx: RequestContext,
    insuranceId: number,
    input: z.output<typeof CreateAuthorisation>,
  ): Promise<View> {
    return this.uow.run(ctx, async (tx) => {
      if (!(await this.authorisations.coverExists(tx, ctx.branchId, insuranceId)))
        throw new NotFound('cover');
      return this.get(tx, ctx, await this.authorisations.insert(tx, ctx, insuranceId, input));
    });
  }

  /** Throws NotFound, StaleVersion, RuleViolation. */
  update(
    ctx: RequestContext,
    authorisationId: number,
    input: z.output<typeof UpdateAuthorisation>,
  ): Promise<View> {
    return this.uow.run(ctx, async (tx) => {
      await this.get(tx, ctx, authorisationId);
      if (!(await this.authorisations.update(tx, authorisationId, input)))
        throw new StaleVersion('authorisation');
      return this.get(tx, ctx, authorisationId);
    });
  }

  private async get(tx: Tx, ctx: RequestContext, authorisationId: number): Promise<View> {
    const found = await this.authorisations.find(tx, ctx.branchId, authorisationId);
    if (!found) throw new NotFound('authorisation');
    return found;
  }
}
