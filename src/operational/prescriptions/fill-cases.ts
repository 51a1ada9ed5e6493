import { Injectable } from '@nestjs/common';

import type { Tx } from '../../platform/database/tx.js';
import { NotFound } from '../../platform/errors/domain-error.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import type { DueRefill } from '../../reference/clinical/clinical.types.js';
import { BranchesService } from '../auth/branches/branches.service.js';
import type { BranchSettings } from '../auth/branches/branches.types.js';
import { assertFillCommand, fillCommands, type FillCommand } from './fill-status.domain.js';
import { FillsRepository, type LockedFill } from './fills.repository.js';
import { PrescriptionNotFillable } from './prescription-refusals.domain.js';
import { isLive } from './prescription-status.domain.js';
import { PrescriptionsRepository, type LockedPrescription } from './prescriptions.repository.js';
import { madeFillEligibleOn } from './refill.domain.js';

/** A fill and its prescription under their locks, at their branch of today. */
export interface FillCase {
  readonly rx: LockedPrescription;
  readonly fill: LockedFill;
  readonly branch: BranchSettings;
}

/** Opens a fill for a command: every one begins here, so none is taken that the state machine does not have. */
@Injectable()
export class FillCases {
  constructor(
    private readonly prescriptions: PrescriptionsRepository,
    private readonly fills: FillsRepository,
    private readonly branches: BranchesService,
  ) {}

  /**
   * Locks the prescription, then the fill, and asks that the command be possible where both stand today. Throws NotFound
   * (for another branch's too), InvalidTransition, PrescriptionNotFillable.
   */
  async open(tx: Tx, ctx: RequestContext, fillId: number, command: FillCommand): Promise<FillCase> {
    const prescriptionId = await this.fills.prescriptionOf(tx, ctx.branchId, fillId);
    if (prescriptionId === undefined) throw new NotFound('fill');
    const rx = await this.prescriptions.lock(tx, ctx.branchId, prescriptionId);
    if (!rx) throw new NotFound('fill');
    const fill = await this.fills.lock(tx, fillId);
    const branch = await this.branches.settings(tx, ctx.branchId);
    assertPossible(rx, fill, branch.today, command);
    return { rx, fill, branch };
  }

  /** When the fill is not early, for screening to judge once more; undefined for a first fill. */
  async refillOf(tx: Tx, { rx, fill, branch }: FillCase): Promise<DueRefill | undefined> {
    const fills = await this.prescriptions.earlierFills(tx, rx.prescriptionId);
    const { suppliedElsewhere } = rx;
    const eligibleOn = madeFillEligibleOn({ fills, suppliedElsewhere }, fill, branch.earlyRefillShare);
    const { drugId, fillNumber } = fill;
    return eligibleOn === undefined ? undefined : { drugId, fillNumber, eligibleOn };
  }
}

/** Both refusals say what is possible. */
function assertPossible(rx: LockedPrescription, fill: LockedFill, today: string, command: FillCommand): void {
  const live = isLive(rx, today);
  assertFillCommand(fill.status, command, live);
  const allowed = fillCommands(fill.status, live);
  if (allowed.includes(command)) return;
  // The database refuses the same (MD005); here the reason is known.
  if (today > rx.expiresOn)
    throw new PrescriptionNotFillable('expired', { expiresOn: rx.expiresOn, allowed });
  throw new PrescriptionNotFillable('status', { status: rx.status, allowed });
}
