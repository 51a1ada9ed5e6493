import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Forbidden } from '../../platform/errors/domain-error.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { NearMissesService } from '../near-misses/near-misses.service.js';
import { assertReasoned } from '../screening/override.types.js';
import { FillCases, type FillCase } from './fill-cases.js';
import { FillScansRepository } from './fill-scans.repository.js';
import type { BypassScan, FillScanned, ScanFill } from './fill-scans.schemas.js';
import type { ScanStage } from './scan-match.domain.js';
import { ScanVerification } from './scan-verification.service.js';

type Scanned = z.output<typeof FillScanned>;

/** Scanning the packs of a fill, and going on without. */
@Injectable()
export class FillScansService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly cases: FillCases,
    private readonly scans: FillScansRepository,
    private readonly verification: ScanVerification,
    private readonly nearMisses: NearMissesService,
  ) {}

  /**
   * Proves one pack against a fill in progress. A pack that is not of the fill is refused (`scan-mismatch`, 409) and kept
   * as a near miss. Other refusals: `scan-incomplete`, `ambiguous-barcode`, `rule-violation` for what is no code.
   */
  scan(ctx: RequestContext, fillId: number, input: z.output<typeof ScanFill>): Promise<Scanned> {
    assertMay(ctx, input.stage);
    return this.nearMisses.keeping(ctx, () =>
      this.uow.run(ctx, async (tx) => {
        const found = await this.cases.open(tx, ctx, fillId, 'scan');
        const { fill, branch } = found;
        const lot = await this.verification.prove(tx, ctx, branch, fill, [input.stage], input);
        return this.answer(tx, ctx, found, { stage: input.stage, result: 'matched', lot });
      }),
    );
  }

  /** Goes on without a scan in a stage; who did and why stays with the fill. Throws OverrideReasonNeeded. */
  bypass(ctx: RequestContext, fillId: number, input: z.output<typeof BypassScan>): Promise<Scanned> {
    assertMay(ctx, input.stage);
    assertReasoned(input.note, '/note');
    return this.uow.run(ctx, async (tx) => {
      const found = await this.cases.open(tx, ctx, fillId, 'scan');
      await this.scans.insertBypass(tx, {
        branchId: ctx.branchId,
        fillId,
        ...input,
        userId: ctx.actor.userId,
      });
      return this.answer(tx, ctx, found, { stage: input.stage, result: 'bypassed', lot: null });
    });
  }

  private async answer(
    tx: Tx,
    ctx: RequestContext,
    { fill, branch }: FillCase,
    made: Pick<Scanned, 'stage' | 'result' | 'lot'>,
  ): Promise<Scanned> {
    const { fillId } = fill;
    const userId = made.stage === 'verify' ? ctx.actor.userId : undefined;
    return {
      fillId,
      ...made,
      missing: await this.verification.missing(tx, branch, fillId, made.stage, userId),
    };
  }
}

/** Who scans for the verification signs for it. */
function assertMay(ctx: RequestContext, stage: ScanStage): void {
  if (stage === 'verify' && !ctx.actor.permissions.has('VerifyPrescription'))
    throw new Forbidden('To verify needs the permission VerifyPrescription.', {
      missing: ['VerifyPrescription'],
    });
}
