// The migrations of shifts and cash over the rows of a pharmacy that worked before them.
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

import { MIGRATIONS } from '../../src/migrations/index.js';
import type { DatabaseServer } from '../../src/platform/config/config.js';
import { migrateDown, migrateUp } from '../../src/platform/database/migrator.js';
import { cloneDatabase, dropDatabase } from '../support/db.js';

/** The first migration of shifts; what was added after it is undone with it. */
const FIRST = 'TillDrawer1799000000230';

const BEFORE = `
with branch as (insert into operational.branches (code, name) values ('OLD', 'Old'), ('OTHER', 'Other') returning branch_id, code),
  person as (insert into operational.users (username, full_name, password_hash) values ('old', 'Old', 'x') returning user_id),
  shift as (
    insert into operational.till_shifts (branch_id, user_id, status, opening_float, opened_at, closed_at, closed_by)
    select branch_id, user_id, case when hours is null then 'open' else 'closed' end, 100, '2026-01-01', timestamptz '2026-01-01' + hours * interval '1 hour', user_id
    from person, branch join (values ('OLD', 9), ('OLD', 5), ('OTHER', 7), ('OLD', null)) as s (at, hours) on at = code
    returning shift_id, branch_id, user_id, status),
  moved as (insert into operational.till_cash_movements (branch_id, shift_id, amount, reason, user_id)
    select branch_id, shift_id, -20, 'tea', user_id from shift where status = 'open')
insert into operational.till_counts (branch_id, shift_id, method, counted, expected)
select branch_id, shift_id, 'cash', 99, 100 from shift where status = 'closed'`;

const RIGHTS = `
with made as (insert into operational.roles (name) values ('chemist'), ('seller') returning role_id, name),
  rights as (insert into operational.permissions (name, description) values ('Refund', 'x'), ('Sell', 'x') returning permission_id, name)
insert into operational.role_permissions (role_id, permission_id)
select m.role_id, r.permission_id from made m join rights r on m.name = 'chemist' or r.name = 'Sell'`;

describe('shifts over the rows of before', () => {
  let server: DatabaseServer;
  beforeAll(async () => {
    server = { ...inject('superuser'), database: await cloneDatabase(null) };
  });
  afterAll(() => dropDatabase(server.database));

  it('have Z reports in the order they were closed, and supervisors keep the sight of their tills', async () => {
    await migrateUp(server);
    const added = MIGRATIONS.length - MIGRATIONS.findIndex(({ name }) => name === FIRST);
    await migrateDown(server, added);
    const client = new pg.Client({ ...server, user: server.username });
    await client.connect();
    try {
      await client.query(
        'alter table operational.till_cash_movements disable trigger till_cash_movements_shift_open',
      );
      await client.query(BEFORE);
      await client.query(
        'alter table operational.till_cash_movements enable trigger till_cash_movements_shift_open',
      );
      await client.query(RIGHTS);
      expect(await migrateUp(server)).toHaveLength(added);
      const reports = await client.query(
        `select b.code, z.z_number as number, extract(hour from z.issued_at at time zone 'UTC')::integer - extract(hour from s.opened_at at time zone 'UTC')::integer as hours,
           z.content ->> 'overShort' as short, z.hash = operational.z_report_hash(z) as sealed
         from operational.z_reports z join operational.till_shifts s using (shift_id) join operational.branches b on b.branch_id = z.branch_id order by 1, 2`,
      );
      expect(reports.rows).toMatchObject([
        { code: 'OLD', number: 1, short: '-1.00', sealed: true },
        { code: 'OLD', number: 2, short: '-1.00', sealed: true },
        { code: 'OTHER', number: 1, short: '-1.00', sealed: true },
      ]);
      const order = await client.query(
        `select array_agg(issued_at order by z_number) = array_agg(issued_at order by issued_at) as kept from operational.z_reports group by branch_id`,
      );
      expect(order.rows).toEqual([{ kept: true }, { kept: true }]);
      const kinds = await client.query('select kind from operational.till_cash_movements');
      expect(kinds.rows).toEqual([{ kind: 'pay_out' }]);
      const rights = await client.query(
        `select r.name from operational.role_permissions join operational.roles r using (role_id)
         join operational.permissions p using (permission_id) where p.name = 'SuperviseTill'`,
      );
      expect(rights.rows).toEqual([{ name: 'chemist' }]);
    } finally {
      await client.end();
    }
  });
});
