import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { Tx } from '../../platform/database/tx.js';
import { Forbidden, RuleViolation } from '../../platform/errors/domain-error.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import type { BranchSettings } from '../auth/branches/branches.types.js';
import { PatientsService } from '../patients/patients.service.js';
import { checkIdentifiers, IDENTIFIERS_ASKED, isSignature, needsCounselling } from './pick-up.domain.js';
import { BinHeld, CounsellingRequired, IdentifiersRequired } from './prescription-refusals.domain.js';
import { PickUpsRepository } from './pick-ups.repository.js';
import type { Counselling, PickUp } from './pick-up.schemas.js';

/** A fill about to leave. */
export interface LeavingFill {
  readonly fillId: number;
  readonly fillNumber: number;
  readonly partNumber: number;
  readonly patientId: number;
  /** Made in the same call: when it is refused there is no such fill. */
  readonly isNew?: boolean;
}

/** The last look before a fill leaves: the right person, spoken to, and nothing that holds it back. */
@Injectable()
export class HandOver {
  constructor(
    private readonly pickUps: PickUpsRepository,
    private readonly patients: PatientsService,
  ) {}

  /**
   * Checks and keeps who takes the fill away. Throws BinHeld, IdentifierMismatch, IdentifiersRequired, CounsellingRequired,
   * RuleViolation for what is no signature, Forbidden for advice of who may not give it.
   */
  async check(
    tx: Tx,
    ctx: RequestContext,
    branch: BranchSettings,
    fill: LeavingFill,
    pickUp: z.output<typeof PickUp> | undefined,
  ): Promise<void> {
    const { fillId } = fill;
    // A fill made in this call has never lain in a bin.
    const held = fill.isNew ? undefined : await this.pickUps.holdReason(tx, fillId);
    if (held) throw new BinHeld(held.code, held.holdReason);
    const identifiers = pickUp ? await this.identify(tx, ctx, fill, pickUp) : [];
    if (branch.pickUpIdentifiers && identifiers.length < IDENTIFIERS_ASKED)
      throw new IdentifiersRequired(IDENTIFIERS_ASKED);
    if (pickUp?.counselling) await this.counsel(tx, ctx, fillId, pickUp.counselling);
    if (needsCounselling(branch.counsellingPolicy, fill) && !(await this.pickUps.wasCounselled(tx, fillId)))
      throw new CounsellingRequired();
    if (!pickUp) return;
    await this.pickUps.insert(tx, {
      branchId: ctx.branchId,
      fillId,
      identifiers,
      collector: pickUp.collector,
      collectorName: pickUp.collectorName,
      document: pickUp.document,
      signature: signatureOf(pickUp.signature),
      userId: ctx.actor.userId,
    });
  }

  /** Notes advice given by a pharmacist, or that it was declined. */
  async counsel(
    tx: Tx,
    ctx: RequestContext,
    fillId: number,
    counselling: z.output<typeof Counselling>,
  ): Promise<void> {
    if (counselling.outcome === 'given' && !ctx.actor.permissions.has('VerifyPrescription'))
      throw new Forbidden('Advice is given by a pharmacist.', { missing: ['VerifyPrescription'] });
    await this.pickUps.insertCounselling(tx, ctx.branchId, fillId, counselling, ctx.actor.userId);
  }

  private async identify(
    tx: Tx,
    ctx: RequestContext,
    { fillId, patientId, isNew }: LeavingFill,
    pickUp: z.output<typeof PickUp>,
  ): Promise<ReturnType<typeof checkIdentifiers>> {
    const patient = await this.patients.get(tx, ctx.branchId, patientId);
    return checkIdentifiers(pickUp.identifiers, patient, isNew ? undefined : fillId);
  }
}

function signatureOf(base64: string | undefined): Buffer | undefined {
  if (base64 === undefined) return undefined;
  const image = Buffer.from(base64, 'base64');
  if (isSignature(image)) return image;
  throw new RuleViolation('This is no signature.', {}, [
    { pointer: '/pickUp/signature', detail: 'must be a PNG image of at most 64 KiB, in base64' },
  ]);
}
