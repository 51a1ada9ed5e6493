import { randomBytes } from 'node:crypto';

import type { TestDatabase } from '../support/db.js';

/** A supplier; share and days as a test needs them. */
export async function aSupplier(
  db: TestDatabase,
  values: { overReceiptTolerance?: string; leadTimeDays?: number; email?: string } = {},
): Promise<number> {
  const { rows } = await db.owner.query<{ id: number }>(
    `insert into operational.suppliers (name, over_receipt_tolerance, lead_time_days, email) values ($1, $2, $3, $4) returning supplier_id as id`,
    [
      `Supplier ${randomBytes(4).toString('hex')}`,
      values.overReceiptTolerance ?? null,
      values.leadTimeDays ?? 2,
      values.email ?? null,
    ],
  );
  return rows[0]?.id ?? 0;
}
