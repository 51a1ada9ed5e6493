import { randomBytes } from 'node:crypto';

import type { TestDatabase } from '../support/db.js';

/** What a test may say of a plan and its one rule; by default it pays 80 % of everything without limit. */
export interface PlanValues {
  readonly memberFormat?: string;
  readonly deductible?: string;
  readonly periodCap?: string;
  readonly payerPercent?: string;
  readonly copay?: string;
  readonly drugId?: number;
  readonly needsAuthorisation?: boolean;
}

export interface BuiltPlan {
  readonly payerId: number;
  readonly planId: number;
  readonly payerName: string;
}

/** A payer with a plan that has one rule. */
export async function aPlan(db: TestDatabase, values: PlanValues = {}): Promise<BuiltPlan> {
  const payerName = `Payer ${randomBytes(4).toString('hex')}`;
  const percent = values.copay === undefined ? (values.payerPercent ?? '80') : null;
  const { rows } = await db.owner.query<{ payerId: number; planId: number }>(
    `with payer as (
       insert into operational.payers (name, member_format) values ($1, $2) returning payer_id
     ), plan as (
       insert into operational.payer_plans (payer_id, code, name, valid_from, deductible, period_cap)
       select payer_id, 'BASIC', 'Basic', '2020-01-01', $3, $4 from payer returning plan_id, payer_id
     ), rule as (
       insert into operational.coverage_rules (plan_id, drug_id, payer_percent, copay, needs_authorisation)
       select plan_id, $5, $6, $7, $8 from plan
     )
     select payer_id as "payerId", plan_id as "planId" from plan`,
    [
      payerName,
      values.memberFormat ?? null,
      values.deductible ?? '0',
      values.periodCap ?? null,
      values.drugId ?? null,
      percent,
      values.copay ?? null,
      values.needsAuthorisation ?? false,
    ],
  );
  const plan = rows[0];
  if (!plan) throw new Error('an insert that answers its row answered none');
  return { ...plan, payerName };
}

/** Covers a patient by a plan; answers the number of the cover. */
export async function aCover(
  db: TestDatabase,
  at: { readonly branchId: number },
  values: {
    readonly patientId: number;
    readonly plan: BuiltPlan;
    readonly priority?: number;
    readonly memberNumber?: string;
  },
): Promise<number> {
  const { rows } = await db.owner.query<{ insurance_id: number }>(
    `insert into operational.patient_insurance (patient_id, branch_id, payer_id, plan_id, member_number, priority)
     values ($1, $2, $3, $4, $5, $6) returning insurance_id`,
    [
      values.patientId,
      at.branchId,
      values.plan.payerId,
      values.plan.planId,
      values.memberNumber ?? 'M-1',
      values.priority ?? 1,
    ],
  );
  return rows[0]?.insurance_id ?? 0;
}
