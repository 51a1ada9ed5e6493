import { Injectable } from '@nestjs/common';

import type { Tx } from '../../../platform/database/tx.js';

/** Products of which some branch has something that may be sent. Controlled ones need papers of their own and are left out. */
const STOCKED = `
select /* rebalancing.stocked */ distinct l.drug_id as "drugId"
from operational.inventory_lots l join reference.drugs d using (drug_id)
where l.branch_id = any ($1::integer[]) and l.status = 'available' and l.quantity > l.quantity_reserved and d.status = 'active' and d.controlled_schedule is null
order by 1`;

@Injectable()
export class RebalancingRepository {
  async stocked(tx: Tx, branchIds: readonly number[]): Promise<number[]> {
    return (await tx.query<{ drugId: number }>(STOCKED, [branchIds])).map(({ drugId }) => drugId);
  }
}
