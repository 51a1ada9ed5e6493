import { Injectable } from '@nestjs/common';

import type { Tx } from '../../platform/database/tx.js';
import { NotFound } from '../../platform/errors/domain-error.js';
import { Quantity } from '../../platform/money/quantity.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { BranchesService } from '../auth/branches/branches.service.js';
import type { BranchSettings } from '../auth/branches/branches.types.js';
import { isOpen } from './fill-status.domain.js';
import { OpenFills } from './prescription-refusals.domain.js';
import {
  assertPrescriptionCommand,
  standingOf,
  type PrescriptionCommand,
  type PrescriptionStatus,
} from './prescription-status.domain.js';
import { PrescriptionsRepository, type LockedPrescription } from './prescriptions.repository.js';
import type { EarlierFill } from './refill.domain.js';

/** A prescription under its lock, at its branch of today, with its fills. */
export interface PrescriptionCase {
  readonly rx: LockedPrescription;
  readonly branch: BranchSettings;
  readonly authority: {
    readonly quantity: Quantity;
    readonly refillsAuthorized: number;
    readonly fills: readonly EarlierFill[];
  };
}

/** Opens a prescription for a command, and moves it on with a row of history. */
@Injectable()
export class PrescriptionCases {
  constructor(
    private readonly prescriptions: PrescriptionsRepository,
    private readonly branches: BranchesService,
  ) {}

  /**
   * Locks the prescription and asks that the command be possible where it stands today. Throws NotFound (for another
   * branch's too), InvalidTransition.
   */
  async open(
    tx: Tx,
    ctx: RequestContext,
    prescriptionId: number,
    command: PrescriptionCommand,
  ): Promise<PrescriptionCase> {
    const { rx, branch } = await this.lock(tx, ctx, prescriptionId);
    assertPrescriptionCommand(standingOf(rx, branch.today), command);
    const { refillsAuthorized } = rx;
    const fills = await this.prescriptions.earlierFills(tx, prescriptionId);
    return { rx, branch, authority: { quantity: Quantity.of(rx.quantity), refillsAuthorized, fills } };
  }

  /** Locks the prescription, wherever it stands. Throws NotFound (for another branch's too). */
  async lock(
    tx: Tx,
    ctx: RequestContext,
    prescriptionId: number,
  ): Promise<Pick<PrescriptionCase, 'rx' | 'branch'>> {
    const rx = await this.prescriptions.lock(tx, ctx.branchId, prescriptionId);
    if (!rx) throw new NotFound('prescription');
    return { rx, branch: await this.branches.settings(tx, ctx.branchId) };
  }

  /** Moves the prescription on; the caller has asked whether the step is one. */
  async move(
    tx: Tx,
    ctx: RequestContext,
    { rx }: Pick<PrescriptionCase, 'rx'>,
    to: PrescriptionStatus,
    reason: string | undefined,
  ): Promise<void> {
    await this.prescriptions.setStatus(tx, rx.prescriptionId, to);
    await this.prescriptions.insertEvents(tx, {
      branchId: ctx.branchId,
      prescriptionId: rx.prescriptionId,
      fillId: null,
      steps: [[rx.status, to]],
      reason: reason ?? null,
      userId: ctx.actor.userId,
    });
  }
}

/** Throws OpenFills while fills are being prepared: their stock would stay reserved. */
export function assertNoneOpen({ authority }: PrescriptionCase): void {
  if (authority.fills.some((fill) => isOpen(fill.status))) throw new OpenFills();
}
