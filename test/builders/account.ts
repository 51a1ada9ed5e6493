import { randomBytes } from 'node:crypto';

import { foldText } from '../../src/platform/text/fold.js';
import type { TestDatabase } from '../support/db.js';

/** What a test may say of an account; it is a person's, open, and owes nothing. */
export interface AccountValues {
  readonly name?: string;
  readonly nameAr?: string;
  readonly phone?: string;
  readonly kind?: 'person' | 'organisation';
  /** 0.00 unless it is said otherwise. */
  readonly creditLimit?: string;
  readonly patientId?: number;
}

/** Opens an account of a customer at a branch and answers its identity. */
export async function anAccount(
  db: TestDatabase,
  at: { readonly branchId: number },
  values: AccountValues = {},
): Promise<number> {
  const name = values.name ?? `Customer ${randomBytes(3).toString('hex')}`;
  const { rows } = await db.owner.query<{ account_id: number }>(
    `insert into operational.customer_accounts (branch_id, kind, name, name_ar, name_folded, phone, credit_limit, patient_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8) returning account_id`,
    [
      at.branchId,
      values.kind ?? 'person',
      name,
      values.nameAr ?? null,
      foldText([name, values.nameAr].filter(Boolean).join(' ')),
      values.phone ?? null,
      values.creditLimit ?? '0',
      values.patientId ?? null,
    ],
  );
  return rows[0]?.account_id ?? 0;
}

/** Puts money into an account past the till, as a correction: it is paid ahead, or settles what is owed. */
export async function aDeposit(db: TestDatabase, accountId: number, amount: string): Promise<void> {
  await db.owner.query(
    `insert into operational.account_entries (branch_id, account_id, kind, amount, reason)
     select branch_id, account_id, 'correction', - $2::numeric, 'paid before' from operational.customer_accounts where account_id = $1`,
    [accountId, amount],
  );
}

/** Sets points up at a branch: one for each 10.00 spent, worth 0.50, from 4 on, for good. */
export async function aLoyaltyRule(
  db: TestDatabase,
  branchId: number,
  values: { readonly expiryMonths?: number; readonly earnsOnPrescriptions?: boolean } = {},
): Promise<void> {
  await db.owner.query(
    `insert into operational.loyalty_rules (branch_id, amount_per_point, point_value, minimum_points, expiry_months, earns_on_prescriptions)
     values ($1, 10, 0.5, 4, $2, $3)`,
    [branchId, values.expiryMonths ?? null, values.earnsOnPrescriptions ?? false],
  );
}
