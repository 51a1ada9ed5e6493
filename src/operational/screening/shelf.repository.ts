import { Injectable } from '@nestjs/common';

import type { Tx } from '../../platform/database/tx.js';

/** Products of which the branch has something that may be sold. Some thousand rows, asked once a minute. */
const IN_STOCK = `
select /* screening.inStock */ d.drug_id as "drugId", d.name
from reference.drugs d
where d.drug_id in (select l.drug_id from operational.inventory_lots l where l.branch_id = $1 and l.quantity > 0 and l.status = 'available')
order by d.drug_id`;

@Injectable()
export class ShelfRepository {
  inStock(tx: Tx, branchId: number): Promise<{ drugId: number; name: string }[]> {
    return tx.query(IN_STOCK, [branchId]);
  }
}
