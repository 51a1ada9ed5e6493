import { Injectable } from '@nestjs/common';

import type { Tx } from '../../platform/database/tx.js';
import type { PackCode } from '../../reference/drugs/drugs.types.js';
import type { BYPASS_REASONS, LotOfFill, ScanStage } from './scan-match.domain.js';

/** A scan that counts, as it is kept. */
export interface KeptScan {
  readonly lotId: number | null;
  readonly isBypass: boolean;
}

const INSERT_MATCHES = `
insert /* fillScans.insertMatches */ into operational.fill_scans (branch_id, fill_id, stage, result, lot_id, code, gtin, serial_number, user_id)
select $1, $2, s.stage, 'matched', $4, $5, $6, $7, $8 from unnest($3::text[]) as s (stage)`;

const INSERT_BYPASS = `
insert /* fillScans.insertBypass */ into operational.fill_scans (branch_id, fill_id, stage, result, bypass_reason, bypass_note, user_id)
values ($1, $2, $3, 'bypassed', $4, $5, $6)`;

/** Scans of a fill in a stage, of one user where given. Index: fill_scans_fill_idx. */
const OF_STAGE = `
select /* fillScans.ofStage */ s.lot_id as "lotId", s.result = 'bypassed' as "isBypass"
from operational.fill_scans s where s.fill_id = $1 and s.stage = $2 and ($3::integer is null or s.user_id = $3)
order by s.scan_id`;

/** What a fill was, or is to be, dispensed from. Indexes: stock_reservations_fill_idx, stock_movements_fill_idx. */
const LOTS = `
select /* fillScans.lots */ l.lot_id as "lotId", l.lot_number as "lotNumber", l.expiry_date as "expiryDate"
from operational.inventory_lots l
where l.lot_id in (
  select r.lot_id from operational.stock_reservations r where r.fill_id = $1 and r.status = 'open'
  union all
  select m.lot_id from operational.fills f join operational.stock_movements m on m.fill_id = f.fill_id and m.recorded_at >= f.filled_at - interval '1 day'
  where f.fill_id = $1 and m.movement_type = 'dispense')
order by l.expiry_date nulls last, l.lot_id`;

@Injectable()
export class FillScansRepository {
  async insertMatch(
    tx: Tx,
    scan: {
      readonly branchId: number;
      readonly fillId: number;
      readonly stages: readonly ScanStage[];
      readonly lot: LotOfFill | null;
      readonly code: string;
      readonly pack: PackCode;
      readonly userId: number;
    },
  ): Promise<void> {
    await tx.execute(INSERT_MATCHES, [
      scan.branchId,
      scan.fillId,
      scan.stages,
      scan.lot?.lotId ?? null,
      scan.code,
      scan.pack.gtin,
      scan.pack.serialNumber,
      scan.userId,
    ]);
  }

  async insertBypass(
    tx: Tx,
    bypass: {
      readonly branchId: number;
      readonly fillId: number;
      readonly stage: ScanStage;
      readonly reason: (typeof BYPASS_REASONS)[number];
      readonly note: string;
      readonly userId: number;
    },
  ): Promise<void> {
    const { branchId, fillId, stage, reason, note, userId } = bypass;
    await tx.execute(INSERT_BYPASS, [branchId, fillId, stage, reason, note, userId]);
  }

  ofStage(tx: Tx, fillId: number, stage: ScanStage, userId?: number): Promise<KeptScan[]> {
    return tx.query<KeptScan>(OF_STAGE, [fillId, stage, userId ?? null]);
  }

  lots(tx: Tx, fillId: number): Promise<LotOfFill[]> {
    return tx.query<LotOfFill>(LOTS, [fillId]);
  }
}
