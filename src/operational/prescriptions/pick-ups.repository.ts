import { Injectable } from '@nestjs/common';

import type { Tx } from '../../platform/database/tx.js';
import type { COLLECTORS, DOCUMENT_KINDS, IdentifierKind } from './pick-up.domain.js';

const INSERT = `
insert /* pickUps.insert */ into operational.pick_ups (branch_id, fill_id, identifiers, collector, collector_name, signature, user_id, document_kind, document_number)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`;

const INSERT_COUNSELLING = `
insert /* pickUps.insertCounselling */ into operational.counsellings (branch_id, fill_id, outcome, note, user_id)
values ($1, $2, $3, $4, $5)`;

const WAS_COUNSELLED = `
select /* pickUps.wasCounselled */ exists (select from operational.counsellings c where c.fill_id = $1) as counselled`;

const HOLD_REASON = `
select /* pickUps.holdReason */ w.code, w.hold_reason as "holdReason"
from operational.fills f join operational.will_call_bins w on w.branch_id = f.branch_id and w.code = f.bin
where f.fill_id = $1 and w.hold_reason is not null`;

const SIGNATURE = `
select /* pickUps.signature */ p.signature, f.prescription_id as "prescriptionId"
from operational.pick_ups p join operational.fills f using (fill_id)
where p.fill_id = $1 and p.branch_id = $2 and p.signature is not null`;

/** Who took a fill away, and how he was known. */
export interface NewPickUp {
  readonly branchId: number;
  readonly fillId: number;
  readonly identifiers: readonly IdentifierKind[];
  readonly collector: (typeof COLLECTORS)[number];
  readonly collectorName: string | undefined;
  readonly document: { readonly kind: (typeof DOCUMENT_KINDS)[number]; readonly number: string } | undefined;
  readonly signature: Buffer | undefined;
  readonly userId: number;
}

@Injectable()
export class PickUpsRepository {
  async insert(tx: Tx, pickUp: NewPickUp): Promise<void> {
    const { branchId, fillId, identifiers, collector, collectorName, document, signature, userId } = pickUp;
    await tx.execute(INSERT, [
      branchId,
      fillId,
      identifiers,
      collector,
      collectorName ?? null,
      signature ?? null,
      userId,
      document?.kind ?? null,
      document?.number ?? null,
    ]);
  }

  async insertCounselling(
    tx: Tx,
    branchId: number,
    fillId: number,
    counselling: { readonly outcome: 'given' | 'declined'; readonly note?: string | undefined },
    userId: number,
  ): Promise<void> {
    const values = [branchId, fillId, counselling.outcome, counselling.note ?? null, userId];
    await tx.execute(INSERT_COUNSELLING, values);
  }

  async wasCounselled(tx: Tx, fillId: number): Promise<boolean> {
    return (await tx.one<{ counselled: boolean }>(WAS_COUNSELLED, [fillId])).counselled;
  }

  /** The bin that holds the fill back, where it lies in one. */
  holdReason(tx: Tx, fillId: number): Promise<{ code: string; holdReason: string } | undefined> {
    return tx.maybeOne(HOLD_REASON, [fillId]);
  }

  signature(
    tx: Tx,
    branchId: number,
    fillId: number,
  ): Promise<{ signature: Buffer; prescriptionId: number } | undefined> {
    return tx.maybeOne(SIGNATURE, [fillId, branchId]);
  }
}
