import type { Tx } from '../../src/platform/database/tx.js';
import type { StockLookup } from '../../src/reference/drugs/drugs.types.js';

/** The stock of a branch straight from the view, for tests of the catalogue on its own. */
export const stockOnHandLookup: StockLookup = {
  async onHand(tx: Tx, branchId: number, drugIds: readonly number[]) {
    const rows = await tx.query<{ drugId: number; quantity: string }>(
      `select drug_id as "drugId", trim_scale(quantity) as quantity from operational.stock_on_hand
       where branch_id = $1 and drug_id = any ($2::integer[])`,
      [branchId, drugIds],
    );
    return new Map(rows.map(({ drugId, quantity }) => [drugId, quantity]));
  },
  async drugIdsInStock(tx: Tx, branchId: number) {
    const rows = await tx.query<{ drugId: number }>(
      'select drug_id as "drugId" from operational.stock_on_hand where branch_id = $1',
      [branchId],
    );
    return rows.map(({ drugId }) => drugId);
  },
};
