import { Injectable } from '@nestjs/common';

import type { Tx } from '../../platform/database/tx.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import type { BranchSettings } from '../auth/branches/branches.types.js';
import { PackCheckService } from '../serials/pack-check.service.js';
import { FillScansRepository } from './fill-scans.repository.js';
import { PackProof, type ScannedCode } from './pack-proof.service.js';
import { unscanned, type LotOfFill, type ScanStage } from './scan-match.domain.js';
import { ScanRequired, type ScannedFill } from './scan-refusals.domain.js';

/** Proves packs against fills. What does not match is refused, and is a near miss. */
@Injectable()
export class ScanVerification {
  constructor(
    private readonly scans: FillScansRepository,
    private readonly packs: PackProof,
    private readonly serials: PackCheckService,
  ) {}

  /**
   * Keeps a scan that matches and answers its lot, null where it proves the product alone. Throws ScanMismatch,
   * ScanIncomplete, UnreadableBarcode, AmbiguousBarcode, and PackRefused for a pack that may not leave.
   */
  async prove(
    tx: Tx,
    ctx: RequestContext,
    branch: BranchSettings,
    fill: ScannedFill,
    stages: readonly [ScanStage, ...ScanStage[]],
    scan: ScannedCode,
  ): Promise<LotOfFill | null> {
    const lots = await this.scans.lots(tx, fill.fillId);
    const policy = { needsLot: branch.scanPolicy === 'lot', today: branch.today };
    const { lot, pack } = await this.packs.prove(tx, { fill, lots, stage: stages[0] }, scan, policy);
    const { gtin, serialNumber: serial } = pack;
    if (gtin !== null && serial !== null) await this.serials.assertFree(tx, ctx.branchId, { gtin, serial });
    await this.scans.insertMatch(tx, {
      branchId: ctx.branchId,
      fillId: fill.fillId,
      stages,
      lot,
      code: scan.code,
      pack,
      userId: ctx.actor.userId,
    });
    return lot;
  }

  /** Lots still to be scanned in a stage; who verifies must have scanned himself. */
  async missing(
    tx: Tx,
    branch: BranchSettings,
    fillId: number,
    stage: ScanStage,
    userId?: number,
  ): Promise<LotOfFill[]> {
    if (branch.scanPolicy === 'off') return [];
    const scans = await this.scans.ofStage(tx, fillId, stage, userId);
    return unscanned(await this.scans.lots(tx, fillId), scans, branch.scanPolicy);
  }

  /** Throws ScanRequired while a lot is not scanned in filling, or not by this verifier. */
  async assertProven(tx: Tx, branch: BranchSettings, fillId: number, verifierId: number): Promise<void> {
    for (const [stage, userId] of [
      ['fill', undefined],
      ['verify', verifierId],
    ] as const) {
      const lots = await this.missing(tx, branch, fillId, stage, userId);
      if (lots.length > 0) throw new ScanRequired({ stage, lots });
    }
  }
}
