import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Forbidden } from '../../platform/errors/domain-error.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { NearMissesService } from '../near-misses/near-misses.service.js';
import { assertReasoned } from '../screening/override.types.js';
import { assertCounterPolicy } from './counter-policy.domain.js';
import { FillCases, type FillCase } from './fill-cases.js';
import { FillScansRepository } from './fill-scans.repository.js';
import type { BypassScan, FillScanned, ScanFill } from './fill-scans.schemas.js';
import { stagesOf, type AskedStage, type LotOfFill } from './scan-match.domain.js';
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
   * as a near miss. Other refusals: `scan-incomplete`, `ambiguous-barcode`, `rule-violation` for what is no code; for both stages
   * at once those of the counter policy.
   */
  scan(ctx: RequestContext, fillId: number, input: z.output<typeof ScanFill>): Promise<Scanned> {
    assertMay(ctx, input.stage);
    return this.nearMisses.keeping(ctx, () =>
      this.uow.run(ctx, async (tx) => {
        const found = await this.cases.open(tx, ctx, fillId, 'scan');
        const { fill, branch } = found;
        assertAtCounter(ctx, found, input.stage);
        const lot = await this.verification.prove(tx, ctx, branch, fill, stagesOf(input.stage), input);
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
      assertAtCounter(ctx, found, input.stage);
      const { branchId, actor } = ctx;
      for (const stage of stagesOf(input.stage))
        await this.scans.insertBypass(tx, { ...input, branchId, fillId, stage, userId: actor.userId });
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
    const missing: LotOfFill[] = [];
    for (const stage of stagesOf(made.stage)) {
      const userId = stage === 'verify' ? ctx.actor.userId : undefined;
      for (const lot of await this.verification.missing(tx, branch, fillId, stage, userId))
        if (!missing.some(({ lotId }) => lotId === lot.lotId)) missing.push(lot);
    }
    return { fillId, ...made, missing };
  }
}

/** Who scans for the verification signs for it. */
function assertMay(ctx: RequestContext, stage: AskedStage): void {
  if (stage !== 'fill' && !ctx.actor.permissions.has('VerifyPrescription'))
    throw new Forbidden('To verify needs the permission VerifyPrescription.', {
      missing: ['VerifyPrescription'],
    });
}

/** One scan counts for filling and verifying only where one person may do both. */
function assertAtCounter(ctx: RequestContext, { branch }: FillCase, stage: AskedStage): void {
  if (stage === 'both') assertCounterPolicy(ctx.actor.permissions, branch);
}
