import { Injectable } from '@nestjs/common';

import type { Tx } from '../../platform/database/tx.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { PackCodesService } from '../../reference/drugs/pack-codes.service.js';
import type { BranchSettings } from '../auth/branches/branches.types.js';
import { FillScansRepository } from './fill-scans.repository.js';
import { matchPack, unscanned, type LotOfFill, type ScanStage } from './scan-match.domain.js';
import { ScanIncomplete, ScanMismatch, ScanRequired, type ScannedFill } from './scan-refusals.domain.js';

/** A code as scanned, with lot and expiry as read from the pack where the code does not say them. */
export interface ScannedCode {
  readonly code: string;
  readonly lotNumber?: string | undefined;
  readonly expiryDate?: string | undefined;
}

/** Proves packs against fills. What does not match is refused, and is a near miss. */
@Injectable()
export class ScanVerification {
  constructor(
    private readonly scans: FillScansRepository,
    private readonly codes: PackCodesService,
  ) {}

  /**
   * Keeps a scan that matches and answers its lot, null where it proves the product alone. Throws ScanMismatch,
   * ScanIncomplete, UnreadableBarcode, AmbiguousBarcode.
   */
  async prove(
    tx: Tx,
    ctx: RequestContext,
    branch: BranchSettings,
    fill: ScannedFill,
    stages: readonly [ScanStage, ...ScanStage[]],
    scan: ScannedCode,
  ): Promise<LotOfFill | null> {
    const pack = await this.codes.read(tx, scan.code);
    const lots = await this.scans.lots(tx, fill.fillId);
    const inHand = {
      drugId: pack.drugId,
      lotNumber: pack.lotNumber ?? scan.lotNumber ?? null,
      expiryDate: pack.expiryDate ?? scan.expiryDate ?? null,
    };
    const policy = { needsLot: branch.scanPolicy === 'lot', today: branch.today };
    const verdict = matchPack({ drugId: fill.drugId, lots }, inHand, policy);
    if (verdict.kind === 'incomplete') throw new ScanIncomplete(verdict.missing);
    if (verdict.kind === 'mismatch')
      throw new ScanMismatch({
        what: verdict.what,
        stage: stages[0],
        fill,
        lots,
        inHand: { ...inHand, drugName: pack.drugName },
      });
    await this.scans.insertMatch(tx, {
      branchId: ctx.branchId,
      fillId: fill.fillId,
      stages,
      lot: verdict.lot,
      code: scan.code,
      pack,
      userId: ctx.actor.userId,
    });
    return verdict.lot;
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
