import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { NotFound, RuleViolation } from '../../platform/errors/domain-error.js';
import { countedMeta, type Page } from '../../platform/http/schemas.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { PatientsService } from '../patients/patients.service.js';
import { PrescriptionsService } from '../prescriptions/prescriptions.service.js';
import { EmergencyAccessOver } from './emergency-access.errors.js';
import { EmergencyAccessRepository, type EmergencyAccess } from './emergency-access.repository.js';
import type {
  EmergencyAccessQuery,
  EmergencyRecord,
  OpenEmergencyAccess,
  ReviewEmergencyAccess,
} from './emergency-access.schemas.js';

type Shown = Omit<EmergencyAccess, 'isOpen'>;

/** Prescriptions that are shown with a record. */
const PRESCRIPTIONS = 20;

const shown = ({ isOpen: _, ...access }: EmergencyAccess): Shown => access;

/**
 * Opens a patient's record to who may not read it otherwise, in an emergency: with a reason, for half an hour, to read alone. Each one
 * and each look is in the audit trail, and another person reviews it.
 */
@Injectable()
export class EmergencyAccessService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly accesses: EmergencyAccessRepository,
    private readonly patients: PatientsService,
    private readonly prescriptions: PrescriptionsService,
  ) {}

  /** Throws NotFound, EmergencyAccessRefused, and RuleViolation where several patients are meant. */
  open(ctx: RequestContext, input: z.output<typeof OpenEmergencyAccess>): Promise<Shown> {
    return this.uow.run(ctx, async (tx) => {
      const patientId = 'patientId' in input ? input.patientId : await this.patientOf(tx, input);
      const id = await this.accesses.open(tx, patientId, input.reason);
      const made = id === undefined ? undefined : await this.accesses.find(tx, id);
      if (!made) throw new NotFound('patient');
      return shown(made);
    });
  }

  /** What the caller opened, as long as it is open. Throws NotFound, EmergencyAccessOver. */
  async record(
    ctx: RequestContext,
    emergencyAccessId: number,
  ): Promise<Omit<z.output<typeof EmergencyRecord>, 'access'> & { access: Shown }> {
    const access = await this.uow.run(ctx, async (tx) => {
      const found = await this.accesses.find(tx, emergencyAccessId);
      if (!found) throw new NotFound('emergency access');
      if (found.userId !== ctx.actor.userId || !found.isOpen) throw new EmergencyAccessOver();
      await this.accesses.logRead(tx, emergencyAccessId, found.branchId);
      return found;
    });
    // For this one reading he sees what whoever works where the record is kept sees.
    const { branchId, patientId } = access;
    const there = { ...ctx, branchId, actor: { ...ctx.actor, branchIds: [branchId] } };
    const patient = await this.patients.findOne(there, patientId);
    const { data } = await this.prescriptions.findOfPatient(there, patientId, {
      page: 1,
      limit: PRESCRIPTIONS,
    });
    return { access: shown(access), patient, prescriptions: data };
  }

  /** Those of the branches the caller works at, and his own; the last first. */
  findPage(ctx: RequestContext, query: z.output<typeof EmergencyAccessQuery>): Promise<Page<Shown>> {
    const { page, limit, unreviewed = false } = query;
    return this.uow.read(ctx, async (tx) => {
      const [rows, total] = await this.accesses.findPage(tx, { unreviewed, page, limit });
      return { data: rows.map(shown), meta: countedMeta(total, page, limit) };
    });
  }

  /** Says afterwards whether it was needed. Throws NotFound, OwnEmergencyAccess, InvalidTransition. */
  review(
    ctx: RequestContext,
    emergencyAccessId: number,
    { outcome, note }: z.output<typeof ReviewEmergencyAccess>,
  ): Promise<Shown> {
    const { userId } = ctx.actor;
    return this.uow.run(ctx, async (tx) => {
      if (!(await this.accesses.find(tx, emergencyAccessId))) throw new NotFound('emergency access');
      await this.accesses.review(tx, { emergencyAccessId, outcome, note: note ?? null, userId });
      const reviewed = await this.accesses.find(tx, emergencyAccessId);
      if (!reviewed) throw new NotFound('emergency access');
      return shown(reviewed);
    });
  }

  private async patientOf(
    tx: Tx,
    { lastName, birthDate }: { readonly lastName: string; readonly birthDate: string },
  ): Promise<number> {
    const [patientId, another] = await this.accesses.findPatients(tx, lastName, birthDate);
    if (patientId === undefined) throw new NotFound('patient');
    if (another !== undefined)
      throw new RuleViolation(
        'Several patients have this name and date of birth: give the number of the record.',
      );
    return patientId;
  }
}
