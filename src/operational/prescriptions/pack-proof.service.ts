import { Injectable } from '@nestjs/common';

import type { Tx } from '../../platform/database/tx.js';
import { PackCodesService } from '../../reference/drugs/pack-codes.service.js';
import type { PackCode } from '../../reference/drugs/drugs.types.js';
import type { NearMiss } from '../near-misses/near-misses.types.js';
import { matchPack, type LotOfFill } from './scan-match.domain.js';
import { ScanIncomplete, ScanMismatch, type ScannedFill } from './scan-refusals.domain.js';

/** A code as scanned, with lot and expiry as read from the pack where the code does not say them. */
export interface ScannedCode {
  readonly code: string;
  readonly lotNumber?: string | undefined;
  readonly expiryDate?: string | undefined;
}

/** What the pack must be, and where a wrong one is caught. */
export interface ExpectedPack {
  readonly fill: ScannedFill;
  readonly lots: readonly LotOfFill[];
  readonly stage: NearMiss['stage'];
}

/** Proves a pack in hand against what is expected: of a fill, of a batch. */
@Injectable()
export class PackProof {
  constructor(private readonly codes: PackCodesService) {}

  /**
   * What the code says, and the lot it proves; null where it proves the product alone. Throws ScanMismatch, which is a near miss,
   * ScanIncomplete, UnreadableBarcode, AmbiguousBarcode.
   */
  async prove(
    tx: Tx,
    { fill, lots, stage }: ExpectedPack,
    scan: ScannedCode,
    policy: { readonly needsLot: boolean; readonly today: string },
  ): Promise<{ lot: LotOfFill | null; pack: PackCode }> {
    const pack = await this.codes.read(tx, scan.code);
    const inHand = {
      drugId: pack.drugId,
      lotNumber: pack.lotNumber ?? scan.lotNumber ?? null,
      expiryDate: pack.expiryDate ?? scan.expiryDate ?? null,
    };
    const verdict = matchPack({ drugId: fill.drugId, lots }, inHand, policy);
    if (verdict.kind === 'incomplete') throw new ScanIncomplete(verdict.missing);
    if (verdict.kind === 'mismatch')
      throw new ScanMismatch({
        what: verdict.what,
        stage,
        fill,
        lots,
        inHand: { ...inHand, drugName: pack.drugName },
      });
    return { lot: verdict.lot, pack };
  }
}
