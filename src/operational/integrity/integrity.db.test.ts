// The integrity check must find what it is for: each corruption is made by the superuser behind the triggers' back.
import { beforeAll, describe, expect, it } from 'vitest';

import { aDeposit, anAccount } from '../../../test/builders/account.js';
import { aBareFill } from '../../../test/builders/bare-fill.js';
import { aDrug } from '../../../test/builders/drug.js';
import { aLot } from '../../../test/builders/lot.js';
import { aBranch, aWorldFor } from '../../../test/builders/world.js';
import { useTestDatabase } from '../../../test/support/db.js';
import { systemContext } from '../../platform/security/request-context.js';
import { IntegrityRepository } from './integrity.repository.js';
import { IntegrityService } from './integrity.service.js';
import { INVARIANTS } from './invariants.sql.js';

const db = useTestDatabase();

async function broken(): Promise<Record<string, readonly string[]>> {
  const reports = await new IntegrityService(db.uow, new IntegrityRepository()).check();
  return Object.fromEntries(
    reports.filter((report) => report.broken.length > 0).map((r) => [r.code, r.broken]),
  );
}

/** Writes with triggers off, as only a superuser with intent can. */
async function corrupt(statement: string, values: unknown[] = []): Promise<void> {
  const client = await db.owner.connect();
  try {
    await client.query('set session_replication_role = replica');
    await client.query(statement, values);
    await client.query('set session_replication_role = origin');
  } finally {
    client.release();
  }
}

describe('the integrity check', () => {
  let branchId = 0;
  let drugId = 0;
  let lotId = 0;
  beforeAll(async () => {
    branchId = await aBranch(db);
    drugId = (await aDrug(db, { name: 'Doctor test drug' })).drugId;
    lotId = (await aLot(db, { branchId, drugId, quantity: '50', expiryDate: '2030-01-31' })).lotId;
  });

  it('finds nothing in sound data, and has a query for every invariant', async () => {
    expect(await broken()).toEqual({});
    expect(INVARIANTS.length).toBeGreaterThanOrEqual(20);
    expect(new Set(INVARIANTS.map((invariant) => invariant.code)).size).toBe(INVARIANTS.length);
  });

  it('counts all rows that break an invariant, and fetches the first five', async () => {
    const lots: number[] = [];
    while (lots.length < 8) lots.push((await aLot(db, { branchId, drugId, quantity: '1' })).lotId);
    await corrupt('update operational.inventory_lots set quantity = 2 where lot_id = any ($1)', [lots]);
    const service = new IntegrityService(db.uow, new IntegrityRepository());
    expect(await service.countBroken('lot-equals-ledger', [branchId])).toBe(8);
    expect((await broken())['lot-equals-ledger']).toEqual(
      lots.slice(0, 5).map((id) => expect.stringContaining(`lot ${id}: holds 2`) as string),
    );
    await corrupt('update operational.inventory_lots set quantity = 1 where lot_id = any ($1)', [lots]);
    expect(await broken()).toEqual({});
  });

  it('reads the trail once, however small PostgreSQL believes the tables to be', async () => {
    const audited = INVARIANTS.filter(({ code }) => code.endsWith('-audited'));
    expect(audited).toHaveLength(2);
    const plans = await db.uow.read(systemContext([branchId]), async (tx) => {
      await new IntegrityRepository().prepareLongReads(tx);
      return Promise.all(audited.map(({ sql }) => tx.query<Record<string, string>>(`explain ${sql}`)));
    });
    const lines = plans.flat().map((row) => row['QUERY PLAN'] ?? '');
    expect(lines.filter((line) => line.includes('Anti Join')).length).toBeGreaterThanOrEqual(2);
    expect(lines.filter((line) => line.includes('Nested Loop'))).toEqual([]);
  });

  it('names who was erased and is not, in the table and in the trail, and what is held without an end', async () => {
    const world = await aWorldFor(db, 'administrator', { branchId });
    const { patientId } = await aBareFill(db, world, { drugId, quantity: '1', dispensed: true });
    const carryOut = await db.uow.run(world.ctx, async (tx) => {
      await tx.execute(
        `insert into operational.erasure_requests (branch_id, patient_id, requested_by, identity_proof, reason) values ($1, $2, 'patient', 'passport', 'moved')`,
        [branchId, patientId],
      );
      return tx.one<{ id: number }>('select max(erasure_request_id) as id from operational.erasure_requests');
    });
    const status = 'update operational.prescriptions set status = $2 where patient_id = $1';
    await corrupt(status, [patientId, 'cancelled']);
    await db.uow.run(world.ctx, (tx) => tx.query('select operational.carry_out_erasure($1)', [carryOut.id]));
    await corrupt(status, [patientId, 'pending']);
    expect(await broken()).toEqual({});

    await corrupt(`update operational.patients set phone = '0155' where patient_id = $1`, [patientId]);
    expect((await broken())['erased-stay-erased']).toEqual([
      `patients ${patientId} of erased patient ${patientId}: phone, phone_digits`,
    ]);
    await corrupt(`update operational.patients set phone = null where patient_id = $1`, [patientId]);
    await corrupt(
      `update operational.audit_logs set after = after || '{"national_id": "2990"}' where table_name = 'patients' and row_key = $1 and action = 'insert'`,
      [String(patientId)],
    );
    expect(Object.keys(await broken())).toEqual(['erased-trail-blank']);
    await corrupt(
      `update operational.audit_logs set after = after || '{"national_id": "erased"}' where table_name = 'patients' and row_key = $1 and action = 'insert'`,
      [String(patientId)],
    );
    await corrupt('update operational.erasure_holds set held_until = current_date - 30');
    expect((await broken())['holds-end']?.[0]).toContain('is held since');
    await corrupt(`update operational.erasure_holds set held_until = current_date + 30`);
    await corrupt(`update operational.erasure_requests set status = 'done', completed_at = now()`);
    expect((await broken())['holds-end']?.[0]).toContain('is done');
    await corrupt(`update operational.erasure_requests set status = 'held', completed_at = null`);
    expect(await broken()).toEqual({});
  });

  it('names the lot whose quantity was written by hand', async () => {
    await corrupt('update operational.inventory_lots set quantity = quantity + 1 where lot_id = $1', [lotId]);
    const found = await broken();
    expect(Object.keys(found)).toEqual(['lot-equals-ledger']);
    expect(found['lot-equals-ledger']?.[0]).toContain(`lot ${lotId}: holds 51`);
    await corrupt('update operational.inventory_lots set quantity = quantity - 1 where lot_id = $1', [lotId]);
    expect(await broken()).toEqual({});
  });

  it('names the movement that has no audit row and breaks the running balance', async () => {
    await corrupt(
      `insert into operational.stock_movements (branch_id, lot_id, drug_id, movement_type, quantity, balance_after, unit_cost, reason)
       values ($1, $2, $3, 'adjustment', -80, 0, 1, 'forged')`,
      [branchId, lotId, drugId],
    );
    expect(Object.keys(await broken())).toEqual([
      'lot-equals-ledger',
      'ledger-never-negative',
      'ledger-audited',
      'journal-equals-documents',
    ]);
    await corrupt("delete from operational.stock_movements where reason = 'forged'");
    expect(await broken()).toEqual({});
  });

  it('sees an old lot written by hand by the sums of closed months, and sums written by hand by the ledger', async () => {
    const old = await aLot(db, { branchId, drugId, quantity: '0' });
    await db.owner.query(
      `insert into operational.stock_movements (branch_id, lot_id, drug_id, movement_type, quantity, reason, balance_after, unit_cost, recorded_at, effective_at)
       values ($1, $2, $3, 'adjustment', 8, 'old', 0, 0, '2019-05-05', '2019-05-05')`,
      [branchId, old.lotId, drugId],
    );
    await db.owner.query('select operational.close_movement_months()');
    expect(await broken()).toEqual({});
    await corrupt('update operational.inventory_lots set quantity = 7 where lot_id = $1', [old.lotId]);
    expect((await broken())['lot-equals-ledger']?.[0]).toContain(`lot ${old.lotId}: holds 7`);
    // Whoever changes the sum to hide it is found by the rows.
    await corrupt('update operational.stock_month_totals set quantity = 7 where lot_id = $1', [old.lotId]);
    expect(Object.keys(await broken())).toEqual(['month-totals-equal-ledger']);
    await corrupt('update operational.stock_month_totals set quantity = 8 where lot_id = $1', [old.lotId]);
    await corrupt('update operational.inventory_lots set quantity = 8 where lot_id = $1', [old.lotId]);
    expect(await broken()).toEqual({});
    // A row taken out of a closed month is missed by its sum.
    await corrupt('delete from operational.stock_movements where lot_id = $1', [old.lotId]);
    expect(Object.keys(await broken())).toContain('month-totals-equal-ledger');
    await corrupt('delete from operational.stock_month_totals where lot_id = $1', [old.lotId]);
    await corrupt('delete from operational.inventory_lots where lot_id = $1', [old.lotId]);
    expect(await broken()).toEqual({});
  });

  it('names what is known as taken back and is not', async () => {
    await corrupt(`insert into operational.stock_movement_keys (kind, key_id, branch_id, movement_id) values ('reverses', 1, $1, 2)`, [branchId]); // prettier-ignore
    expect((await broken())['ledger-numbers-once']).toEqual(['reverses 1: known as movement 2, is movement none']); // prettier-ignore
    await corrupt('delete from operational.stock_movement_keys where key_id = 1 and movement_id = 2');
    expect(await broken()).toEqual({});
  });

  it('names a price its history does not know, a default pack of another size, and a salt of a salt', async () => {
    await db.owner.query('update reference.drugs set price = price + 1 where drug_id = $1', [drugId]);
    expect(await broken()).toEqual({});
    // The triggers of products fire always: a price behind the back of its history takes the trigger away.
    const unrecorded = async (statement: string) => {
      await db.owner.query('alter table reference.drugs disable trigger drugs_price_changes');
      await db.owner.query(statement, [drugId]);
      await db.owner.query('alter table reference.drugs enable always trigger drugs_price_changes');
    };
    await unrecorded('update reference.drugs set price = price + 1 where drug_id = $1');
    await corrupt(
      "insert into reference.drug_packs (drug_id, level, base_units, is_default) values ($1, 'pack', 7777, true)",
      [drugId],
    );
    await corrupt(
      `with base as (insert into reference.ingredients (name, name_folded, source) values ('doc base', 'doc base', 'test') returning ingredient_id),
       salt as (insert into reference.ingredients (name, name_folded, source, kind, base_ingredient_id) select 'doc salt', 'doc salt', 'test', 'salt', ingredient_id from base returning ingredient_id)
       insert into reference.ingredients (name, name_folded, source, kind, base_ingredient_id) select 'doc salt 2', 'doc salt 2', 'test', 'salt', ingredient_id from salt`,
    );
    const found = await broken();
    expect(Object.keys(found)).toEqual(['price-history-sound', 'packs-agree', 'ingredient-bases-sound']);
    await unrecorded('update reference.drugs set price = price - 1 where drug_id = $1');
    await corrupt('delete from reference.drug_packs where drug_id = $1', [drugId]);
    await corrupt("delete from reference.ingredients where name like 'doc %'");
    expect(await broken()).toEqual({});
  });

  it('names an account whose balance, open items or points were written by hand', async () => {
    const accountId = await anAccount(db, { branchId }, { creditLimit: '100' });
    await aDeposit(db, accountId, '40');
    expect(await broken()).toEqual({});
    const by = async (statement: string, undo: string, code: string): Promise<void> => {
      await corrupt(statement, [accountId]);
      expect(Object.keys(await broken()), statement).toEqual([code]);
      await corrupt(undo, [accountId]);
    };
    const change = (set: string) => `update operational.customer_accounts set ${set} where account_id = $1`;
    await by(change('balance = -39'), change('balance = -40'), 'accounts-equal-ledger');
    await by(change('points = 1'), change('points = 0'), 'points-equal-ledger');
    const open = (amount: string) =>
      `update operational.account_open_items set open_amount = ${amount} where account_id = $1`;
    await by(open('41'), open('40'), 'account-items-settle');
    expect(await broken()).toEqual({});
  });

  it('finds stock that left to a patient after its expiry', async () => {
    await corrupt("update operational.inventory_lots set expiry_date = '2020-01-31' where lot_id = $1", [
      lotId,
    ]);
    expect(await broken()).toEqual({});
    await corrupt(
      `insert into operational.stock_movements (branch_id, lot_id, drug_id, movement_type, quantity, balance_after, unit_cost, fill_id)
       values ($1, $2, $3, 'dispense', -1, 49, 1, 0)`,
      [branchId, lotId, drugId],
    );
    expect(Object.keys(await broken())).toContain('nothing-expired-left');
    await corrupt('delete from operational.stock_movements where fill_id = 0');
    await corrupt("update operational.inventory_lots set expiry_date = '2030-01-31' where lot_id = $1", [
      lotId,
    ]);
    expect(await broken()).toEqual({});
  });

  it('finds a patient marked "none known" beside an active allergy', async () => {
    const { rows } = await db.owner.query<{ patient_id: number }>(
      `insert into operational.patients (branch_id, first_name, last_name, name_folded, birth_date, sex)
       values ($1, 'A', 'B', 'a b', '1990-01-01', 'male') returning patient_id`,
      [branchId],
    );
    await db.owner.query(
      "insert into operational.patient_allergies (patient_id, branch_id, substance_text) values ($1, $2, 'dust')",
      [rows[0]?.patient_id, branchId],
    );
    await corrupt("update operational.patients set allergy_status = 'none_known'");
    expect(Object.keys(await broken())).toEqual(['allergy-status-true']);
  });

  describe('of shifts', () => {
    let shiftIds: number[] = [];
    beforeAll(async () => {
      await corrupt("update operational.patients set allergy_status = 'recorded' where first_name = 'A'");
      const world = await aWorldFor(db, 'pharmacist', { branchId });
      shiftIds = [];
      for (const counted of [100, 90]) {
        const { rows } = await db.owner.query<{ shift_id: number }>(
          'insert into operational.till_shifts (branch_id, user_id, opening_float) values ($1, $2, 100) returning shift_id',
          [branchId, world.userId],
        );
        const shiftId = rows[0]?.shift_id ?? 0;
        const client = await db.owner.connect();
        await client.query('begin');
        await client.query(
          `insert into operational.till_counts (branch_id, shift_id, method, counted, expected) values ($1, $2, 'cash', $3, 100)`,
          [branchId, shiftId, counted],
        );
        await client.query(
          `update operational.till_shifts set status = 'closed', closed_at = clock_timestamp(), closed_by = $2 where shift_id = $1`,
          [shiftId, world.userId],
        );
        await client.query('commit');
        client.release();
        shiftIds.push(shiftId);
      }
      expect(await broken()).toEqual({});
    });

    it('names the Z report that was written over, and those that follow one that is gone', async () => {
      const [first] = shiftIds;
      await corrupt(
        `update operational.z_reports set content = jsonb_set(content, '{overShort}', '"5.00"') where shift_id = $1`,
        [first],
      );
      expect(await broken()).toEqual({
        'z-chain-whole': [`Z 1 at branch ${branchId}: is not as it was written`],
        'z-report-true': [`Z 1 at branch ${branchId}: its figures are not those of its documents`],
      });
      await corrupt(
        `update operational.z_reports z set content = operational.till_figures(z.shift_id) where shift_id = $1`,
        [first],
      );
      expect(await broken()).toEqual({});
      await corrupt('create table public.kept_z as select * from operational.z_reports where shift_id = $1', [
        first,
      ]);
      await corrupt('delete from operational.z_reports where shift_id = $1', [first]);
      const found = await broken();
      expect(found['z-chain-whole']).toEqual([`Z 2 at branch ${branchId}: should be number 1`]);
      expect(found['z-report-true']).toEqual([`shift ${first} (closed): Z none`]);
      await corrupt(
        'insert into operational.z_reports overriding system value select * from public.kept_z; drop table public.kept_z',
      );
      expect(await broken()).toEqual({});
    });

    it('names the cash that was moved behind a closed shift', async () => {
      const [first] = shiftIds;
      await corrupt(
        `insert into operational.till_cash_movements (branch_id, shift_id, amount, reason, user_id)
         select branch_id, shift_id, -7, 'forged', user_id from operational.till_shifts where shift_id = $1`,
        [first],
      );
      const found = await broken();
      expect(found['z-report-true']).toEqual([
        `Z 1 at branch ${branchId}: its figures are not those of its documents`,
      ]);
      expect(found['journal-equals-documents']?.[0]).toContain('drawers -7.000, 0 by their shifts');
      await corrupt(`delete from operational.till_cash_movements where reason = 'forged'`);
      expect(await broken()).toEqual({});
    });
  });

  describe('of prescriptions', () => {
    let prescriptionId = 0;
    let fillId = 0;
    beforeAll(async () => {
      // What the test before left broken is mended first.
      await corrupt("update operational.patients set allergy_status = 'recorded' where first_name = 'A'");
      const world = await aWorldFor(db, 'pharmacist', { branchId });
      const made = await aBareFill(db, world, { drugId, quantity: '10', dispensed: true });
      prescriptionId = made.prescriptionId;
      fillId = made.fillId;
      await db.owner.query(
        `insert into operational.prescription_events (branch_id, prescription_id, fill_id, from_status, to_status)
         values ($1, $2, $3, null, 'in_progress'), ($1, $2, $3, 'in_progress', 'dispensed')`,
        [branchId, prescriptionId, fillId],
      );
      expect(await broken()).toEqual({});
    });

    it.each([
      [
        'owed-is-what-is-missing',
        'prescriptions set quantity_owed = 3',
        'prescriptions set quantity_owed = 0',
      ],
      [
        'history-ends-where-it-stands',
        `prescription_events set to_status = 'ready' where to_status = 'dispensed'`,
        `prescription_events set to_status = 'dispensed' where to_status = 'ready'`,
      ],
      [
        'history-ends-where-it-stands',
        `prescription_events set from_status = 'verified' where from_status = 'in_progress'`,
        `prescription_events set from_status = 'in_progress' where from_status = 'verified'`,
      ],
      ['substitution-explained', 'prescriptions set daw_code = 1', 'prescriptions set daw_code = 0'],
    ])('finds %s', async (code, wrong, right) => {
      if (code === 'substitution-explained')
        await corrupt(
          `update operational.fills set substitution_type = 'brand', substitution_reason = 'price'`,
        );
      await corrupt(`update operational.${wrong}`);
      expect(Object.keys(await broken())).toEqual([code]);
      await corrupt(`update operational.${right}`);
      await corrupt('update operational.fills set substitution_type = null, substitution_reason = null');
      expect(await broken()).toEqual({});
    });

    it('finds a paper whose bytes are not those that were taken in', async () => {
      const png = "'\\x89504e470d0a1a0a00'";
      await db.owner.query(
        `with c as (insert into operational.prescription_document_contents (branch_id, media_type, content)
           values ($1, 'image/png', ${png}) returning content_id)
         insert into operational.prescription_documents (branch_id, prescription_id, content_id, uploaded_by, claimed_at)
         select $1, $2, content_id, (select min(user_id) from operational.users), now() from c`,
        [branchId, prescriptionId],
      );
      expect(await broken()).toEqual({});
      await corrupt(`update operational.prescription_document_contents set content = content || '\\x01'`);
      expect(Object.keys(await broken())).toEqual(['papers-as-taken-in']);
      await corrupt(`update operational.prescription_document_contents set content = ${png}`);
      expect(await broken()).toEqual({});
    });

    it('finds a fill that was both filled and verified by one hand', async () => {
      await db.owner.query('alter table operational.fills drop constraint fills_second_person_check');
      await corrupt('update operational.fills set second_person = true where fill_id = $1', [fillId]);
      expect(Object.keys(await broken())).toEqual(['signed-by-two']);
    });
  });
});
