// The migrations of dispensing over the rows of a pharmacy that worked before them.
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

import { MIGRATIONS } from '../../src/migrations/index.js';
import type { DatabaseServer } from '../../src/platform/config/config.js';
import { migrateDown, migrateUp } from '../../src/platform/database/migrator.js';
import { cloneDatabase, dropDatabase } from '../support/db.js';

/** Number of the first migration of dispensing; those with a higher one are undone with it. */
const FIRST = 1_798_000_000_040;

const BEFORE = `
with branch as (insert into operational.branches (code, name) values ('OLD', 'Old') returning branch_id),
  person as (insert into operational.users (username, full_name, password_hash) values ('old', 'Old', 'x') returning user_id),
  drug as (insert into reference.drugs (name, name_folded, price) values ('Olddrug', 'olddrug', 1) returning drug_id),
  patient as (
    insert into operational.patients (branch_id, first_name, last_name, name_folded, birth_date, sex)
    select branch_id, 'A', 'B', 'a b', '1980-01-01', 'male' from branch returning patient_id),
  prescriber as (
    insert into operational.prescribers (first_name, last_name, name_folded, licence_number) values ('C', 'D', 'c d', 'L1') returning prescriber_id),
  rx as (
    insert into operational.prescriptions (branch_id, patient_id, drug_id, prescriber_id, quantity, days_supply, sig, refills_authorized, prescribed_date, expires_on, status)
    select branch_id, patient_id, drug_id, prescriber_id, 30, 30, 'daily', 1, current_date, current_date + 300, 'filled'
    from branch, patient, drug, prescriber returning prescription_id, branch_id, drug_id)
insert into operational.fills (branch_id, prescription_id, fill_number, part_number, drug_id, quantity, days_supply, unit_price, price, filled_by, screening, status, verified_by, verified_at)
select branch_id, prescription_id, n, 1, drug_id, quantity, 10, 1, 10, user_id, '{}', status, case when status = 'ready' then user_id end, now() - interval '3 days'
from rx, person, (values (0, 20, 'ready'), (1, 5, 'in_progress')) as f (n, quantity, status)`;

const ROLES = `
with made as (insert into operational.roles (name) values ('chemist'), ('helper') returning role_id, name),
  rights as (
    insert into operational.permissions (name, description) values ('OverrideClinicalAlert', 'x'), ('DispensePrescription', 'x') returning permission_id, name)
insert into operational.role_permissions (role_id, permission_id)
select m.role_id, r.permission_id from made m join rights r on m.name = 'chemist' or r.name = 'DispensePrescription'`;

describe('dispensing over the rows of before', () => {
  let server: DatabaseServer;
  beforeAll(async () => {
    server = { ...inject('superuser'), database: await cloneDatabase(null) };
  });
  afterAll(() => dropDatabase(server.database));

  it('knows what was owed and since when it waits, and leaves pharmacists their signature', async () => {
    await migrateUp(server);
    const added = MIGRATIONS.filter(({ name }) => Number(/\d{13}$/.exec(name)?.[0]) >= FIRST).length;
    await migrateDown(server, added);
    const client = new pg.Client({ ...server, user: server.username });
    await client.connect();
    try {
      await client.query(BEFORE);
      await client.query(ROLES);
      expect(await migrateUp(server)).toHaveLength(added);
      const rx = await client.query('select quantity_owed::float8 as owed from operational.prescriptions');
      expect(rx.rows).toEqual([{ owed: 35 }]);
      const fills = await client.query(
        'select status, ready_at = verified_at as since from operational.fills order by fill_number',
      );
      expect(fills.rows).toEqual([
        { status: 'ready', since: true },
        { status: 'in_progress', since: null },
      ]);
      const rights = await client.query(
        `select r.name as role, p.name from operational.role_permissions join operational.roles r using (role_id)
         join operational.permissions p using (permission_id) where p.name in ('VerifyPrescription', 'BypassScan', 'ReportNearMiss') order by 1, 2`,
      );
      expect(rights.rows).toEqual([
        { role: 'chemist', name: 'BypassScan' },
        { role: 'chemist', name: 'ReportNearMiss' },
        { role: 'chemist', name: 'VerifyPrescription' },
        { role: 'helper', name: 'ReportNearMiss' },
      ]);
    } finally {
      await client.end();
    }
  });
});
