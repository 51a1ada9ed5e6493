// What the database refuses of claims, whoever writes: steps the table does not have, changes of what was submitted or answered, shares that
// do not add up, more than a period leaves, tenders that are not the share; and the integrity check that finds what was forged.
import type pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';

import { aBareFill } from '../../../test/builders/bare-fill.js';
import { aDrug } from '../../../test/builders/drug.js';
import { aCover, aPlan } from '../../../test/builders/insurance.js';
import { aLot } from '../../../test/builders/lot.js';
import { aTillShift } from '../../../test/builders/sale.js';
import { aBranch, aWorldFor, type World } from '../../../test/builders/world.js';
import { connectAs, useTestDatabase } from '../../../test/support/db.js';
import { IntegrityRepository } from '../integrity/integrity.repository.js';
import { IntegrityService } from '../integrity/integrity.service.js';
import { CLAIM_COMMANDS, CLAIM_STATUSES, type ClaimStatus } from './claim-status.domain.js';

const db = useTestDatabase();
let me: World;
let drugId = 0;
beforeAll(async () => {
  me = await aWorldFor(db, 'pharmacist');
  drugId = (await aDrug(db, { price: '100.00', unitsPerPack: '30' })).drugId;
  await aLot(db, { branchId: me.branchId, drugId, quantity: '9000' });
});

/** A dispensed fill at 100.00 and its cover. */
async function aFill() {
  const fill = await aBareFill(db, me, { drugId, quantity: '30', price: '100.00', dispensed: true });
  const insuranceId = await aCover(db, me, { patientId: fill.patientId, plan: await aPlan(db) });
  return { ...fill, insuranceId };
}

const INSERT = `
insert into operational.claims (branch_id, fill_id, insurance_id, amount_claimed) values ($1, $2, $3, $4) returning claim_id`;

async function aClaim(
  { fillId, insuranceId }: { fillId: number; insuranceId: number },
  amount = '100',
): Promise<number> {
  const { rows } = await db.owner.query<{ claim_id: number }>(INSERT, [
    me.branchId,
    fillId,
    insuranceId,
    amount,
  ]);
  return rows[0]?.claim_id ?? 0;
}

/** SQLSTATE of the failure, or 'ok'. */
async function attempt(work: () => Promise<unknown>): Promise<string> {
  return work().then(
    () => 'ok',
    (error: unknown) => (error as pg.DatabaseError).code ?? String(error),
  );
}

const set = (claimId: number, values: string) =>
  attempt(() => db.owner.query(`update operational.claims set ${values} where claim_id = $1`, [claimId]));
const ADJUDICATED = `status = 'adjudicated', payer_share = 80, patient_share = 20, decided_at = now()`;
const REJECTED = `status = 'rejected', reject_code = 'not_covered'`;
const PATHS: Partial<Record<ClaimStatus, readonly string[]>> = {
  submitted: [],
  adjudicated: [ADJUDICATED],
  paid: [ADJUDICATED, `status = 'paid', paid_on = current_date`],
  rejected: [REJECTED],
  resubmitted: [REJECTED, `status = 'resubmitted'`],
  written_off: [REJECTED, `status = 'written_off'`],
  reversed: [`status = 'reversed'`],
};

describe('the database', () => {
  it.each(CLAIM_STATUSES)('lets a claim that is %s go only where the table says', async (from) => {
    const may = new Set<ClaimStatus>(Object.values<readonly ClaimStatus[]>(CLAIM_COMMANDS[from]).flat());
    for (const to of CLAIM_STATUSES) {
      if (to === from) continue;
      const claimId = await aClaim(await aFill());
      for (const step of PATHS[from] ?? []) expect(await set(claimId, step)).toBe('ok');
      const last = (PATHS[to] ?? []).at(-1) ?? `status = 'submitted'`;
      const answer = await set(claimId, last);
      if (may.has(to)) expect(answer, `${from} to ${to}`).toBe('ok');
      else expect(['MD240', 'MD004', '23514'], `${from} to ${to}`).toContain(answer);
    }
  });

  it('keeps what was submitted and what was answered, and the history', async () => {
    const claimId = await aClaim(await aFill());
    for (const change of [
      'amount_claimed = 90',
      `member_number = 'X'`,
      'service_date = current_date - 1',
      `claim_number = 'C1'`,
    ])
      expect(await set(claimId, change), change).toBe('MD004');
    expect(await set(claimId, ADJUDICATED)).toBe('ok');
    expect(await set(claimId, 'payer_share = 70, patient_share = 30')).toBe('MD004');
    expect(await attempt(() => db.owner.query('delete from operational.claim_events'))).toBe('MD004');
    const { rows } = await db.owner.query(
      'select from_status, to_status from operational.claim_events where claim_id = $1 order by event_id',
      [claimId],
    );
    expect(rows).toEqual([
      { from_status: null, to_status: 'submitted' },
      { from_status: 'submitted', to_status: 'adjudicated' },
    ]);
  });

  it('refuses shares that do not add up, a second open claim, and another patient’s cover', async () => {
    const fill = await aFill();
    expect(await attempt(() => aClaim(fill, '99.99'))).toBe('MD244');
    const claimId = await aClaim(fill);
    expect(await attempt(() => aClaim(fill))).toBe('23505');
    expect(await set(claimId, `status = 'adjudicated', payer_share = 80, patient_share = 19`)).toBe('23514');
    expect(await set(claimId, ADJUDICATED)).toBe('ok');
    const second = await aCover(db, me, { patientId: fill.patientId, plan: await aPlan(db), priority: 2 });
    const behind = { fillId: fill.fillId, insuranceId: second };
    expect(await attempt(() => aClaim(behind, '100'))).toBe('MD244');
    expect(await attempt(() => aClaim(behind, '20'))).toBe('ok');
    const other = await aFill();
    expect(await attempt(() => aClaim({ fillId: fill.fillId, insuranceId: other.insuranceId }))).toBe(
      'MD241',
    );
  });

  it('refuses more than a period leaves', async () => {
    const one = await aFill();
    const claimId = await aClaim(one);
    const limits = `period_from = '2026-01-01', period_deductible = 10, period_cap = 50`;
    expect(await set(claimId, `${ADJUDICATED}, ${limits}`)).toBe('MD242');
    expect(
      await set(
        claimId,
        `status = 'adjudicated', payer_share = 50, patient_share = 50, deductible_applied = 11, ${limits}`,
      ),
    ).toBe('MD242');
    expect(
      await set(
        claimId,
        `status = 'adjudicated', payer_share = 50, patient_share = 50, deductible_applied = 10, ${limits}`,
      ),
    ).toBe('ok');
  });

  it('refuses a sale whose tenders are not the shares of its claims', async () => {
    const fill = await aFill();
    const claimId = await aClaim(fill);
    const shiftId = await aTillShift(db, me);
    const sell = (tenders: string) =>
      attempt(() =>
        db.owner.query(
          `with sale as (
             insert into operational.sales (branch_id, shift_id, user_id, business_date, subtotal, total)
             values ($1, $2, $3, current_date, 100, 100) returning sale_id
           ), line as (
             insert into operational.sale_items (branch_id, sale_id, line_no, drug_id, fill_id, description, quantity, unit, unit_quantity, pack_price, amount, line_total)
             select $1, sale_id, 1, $4, $5, 'x', 30, 'unit', 30, 100, 100, 100 from sale
           )
           insert into operational.payments (branch_id, sale_id, shift_id, method, amount, claim_id)
           select $1, sale_id, $2, u.method, u.amount, u.claim_id from sale cross join (values ${tenders}) u (method, amount, claim_id)`,
          [me.branchId, shiftId, me.userId, drugId, fill.fillId],
        ),
      );
    expect(await sell(`('cash', 100, null::integer)`)).toBe('MD245');
    expect(await set(claimId, ADJUDICATED)).toBe('ok');
    expect(await sell(`('cash', 100, null::integer)`)).toBe('MD245');
    expect(await sell(`('cash', 30, null), ('insurance', 70, ${claimId})`)).toBe('MD245');
    expect(await sell(`('cash', 20, null::integer), ('insurance', 80, null)`)).toBe('23514');
    const other = await aFill();
    const strange = await aClaim(other);
    expect(await set(strange, ADJUDICATED)).toBe('ok');
    expect(await sell(`('cash', 20, null), ('insurance', 80, ${strange})`)).toBe('MD245');
    expect(await sell(`('cash', 20, null), ('insurance', 80, ${claimId})`)).toBe('ok');
    expect(await set(claimId, `status = 'reversed'`)).toBe('MD245');
    expect(await attempt(() => aClaim(fill))).toBe('MD243');
  });

  it('shows claims, authorisations and batches to their branch alone, and lets the program write no answer of a submission', async () => {
    const claimId = await aClaim(await aFill());
    const client = await connectAs(db, 'pharmacy_app');
    try {
      const seen = async (branchId: number): Promise<number | null> => {
        await client.query('begin');
        await client.query("select set_config('app.branches', $1, true)", [String(branchId)]);
        const found = await client.query('select 1 from operational.claims where claim_id = $1', [claimId]);
        await client.query('rollback');
        return found.rowCount;
      };
      expect([await seen(me.branchId), await seen(await aBranch(db))]).toEqual([1, 0]);
      for (const statement of [
        'update operational.claims set amount_claimed = 1',
        'delete from operational.claims',
        `insert into operational.claim_events (branch_id, claim_id, to_status) values (1, 1, 'paid')`,
        `update operational.claim_batches set content = ''`,
        'delete from operational.coverage_rules',
      ])
        expect(await attempt(() => client.query(statement)), statement).toBe('42501');
    } finally {
      await client.end();
    }
  });

  it('has an integrity check that finds what was forged behind its back', async () => {
    const check = async (): Promise<string[]> => {
      const reports = await new IntegrityService(db.uow, new IntegrityRepository()).check();
      return reports.filter((report) => report.broken.length > 0).map((report) => report.code);
    };
    const forge = async (statement: string): Promise<void> => {
      const client = await db.owner.connect();
      try {
        await client.query('set session_replication_role = replica');
        await client.query(statement);
        await client.query('set session_replication_role = origin');
      } finally {
        client.release();
      }
    };
    const claimId = await aClaim(await aFill());
    expect(
      await set(
        claimId,
        `${ADJUDICATED}, period_from = '2026-01-01', period_deductible = 0, period_cap = 100`,
      ),
    ).toBe('ok');
    const before = await check();
    expect(before).toEqual([]);
    const at = `where claim_id = ${claimId}`;
    for (const [code, wrong, right] of [
      ['shares-add-up', 'amount_claimed = 90, payer_share = 70', 'amount_claimed = 100, payer_share = 80'],
      ['plan-limits-kept', 'period_cap = 79', 'period_cap = 100'],
      [
        'claim-history-whole',
        `status = 'paid', paid_on = current_date`,
        `status = 'adjudicated', paid_on = null`,
      ],
    ] as const) {
      await forge(`update operational.claims set ${wrong} ${at}`);
      expect(await check(), code).toEqual([code]);
      await forge(`update operational.claims set ${right} ${at}`);
    }
    await forge(
      `insert into operational.payments (branch_id, sale_id, shift_id, method, amount, claim_id) values (${me.branchId}, 0, 0, 'insurance', 80, ${claimId})`,
    );
    expect(await check()).toEqual(['claims-tendered']);
  });
});
