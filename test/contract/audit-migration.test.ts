// The audit trail goes into months and back with all that belongs to it: rows, numbers, guards, indexes, policies, rights, and its chain.
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

import type { DatabaseServer } from '../../src/platform/config/config.js';
import { migrateDown, migrateUp } from '../../src/platform/database/migrator.js';
import { chainOn, useAuditSettings, writeTrail } from '../support/audit-chain.js';
import { useTestDatabase } from '../support/db.js';

const BELONGINGS = `
select 'trigger' as kind, pg_get_triggerdef(t.oid) as text from pg_trigger t where not t.tgisinternal and t.tgrelid = 'operational.audit_logs'::regclass
union all
select 'constraint', c.conname || ' ' || pg_get_constraintdef(c.oid) from pg_constraint c where c.conrelid = 'operational.audit_logs'::regclass
union all
select 'index', i.indexdef from pg_indexes i where i.schemaname = 'operational' and i.tablename = 'audit_logs'
union all
select 'policy', concat_ws(' | ', p.policyname, p.cmd, p.roles::text, p.qual, p.with_check) from pg_policies p where p.schemaname = 'operational' and p.tablename = 'audit_logs'
union all
select 'right', concat_ws(' ', c.relname, a.privilege_type, a.grantee::regrole) from pg_class c cross join aclexplode(c.relacl) a
where c.oid in ('operational.audit_logs'::regclass, 'operational.audit_logs_audit_log_id_seq'::regclass)
union all
select 'comment', col_description(a.attrelid, a.attnum) from pg_attribute a where a.attrelid = 'operational.audit_logs'::regclass and a.attnum > 0
union all
select 'forced', c.relforcerowsecurity::text || obj_description(c.oid, 'pg_class') from pg_class c where c.oid = 'operational.audit_logs'::regclass
union all
select 'function', p.oid::regprocedure || p.prosrc from pg_proc p where p.pronamespace = 'operational'::regnamespace
order by 1, 2`;

const ROWS = `select md5(string_agg(l::text, '|' order by l.audit_log_id)) as hash, count(*)::int as n from operational.audit_logs l`;

describe('the audit trail, migrated', () => {
  const settings = useAuditSettings();
  const db = useTestDatabase();
  let server: DatabaseServer;
  let client: pg.Client;
  const ask = async <T = unknown>(text: string): Promise<T[]> =>
    (await client.query<Record<string, unknown>>(text)).rows as T[];

  beforeAll(async () => {
    server = { ...inject('superuser'), database: db.superuser.database };
    client = new pg.Client({ ...server, user: server.username });
    await client.connect();
  });
  afterAll(() => client.end());

  it('is in months, in one and in months again, the same each time, and its chain holds', async () => {
    for (const at of ['2020-05-17', '2021-12-31T23:59:59.999Z'])
      await client.query(
        `insert into operational.audit_logs (occurred_at, tx_id, table_schema, table_name, row_key, action, after) values ($1, 'x', 'operational', 'x', '1', 'insert', '{"n": 1}')`,
        [at],
      );
    await writeTrail(db, 50);
    const { sealer, verifier } = chainOn(db, settings);
    await sealer.sealAll(60_000);
    const [rows, months] = [await ask(ROWS), await ask(BELONGINGS)];
    const [steps] = await ask<{ n: number }>(
      `select count(*)::int as n from public.meditory_migrations where id >= (select id from public.meditory_migrations where name = 'AuditByMonth1799000000380')`,
    );
    await migrateDown(server, steps?.n ?? 0);
    expect(await ask(ROWS)).toEqual(rows);
    expect(
      await ask(`select relkind::text as kind from pg_class where oid = 'operational.audit_logs'::regclass`),
    ).toEqual([{ kind: 'r' }]);
    const [next] = await ask<{ id: number; most: number }>(
      `insert into operational.audit_logs (tx_id, table_schema, table_name, row_key, action) values ('x', 'operational', 'x', '2', 'insert')
       returning audit_log_id as id, (select max(audit_log_id) from operational.audit_logs) as most`,
    );
    expect(Number(next?.id)).toBeGreaterThan(Number(next?.most));
    const one = await ask(BELONGINGS);
    const more = await ask(ROWS);
    await migrateUp(server);
    expect(await ask(ROWS)).toEqual(more);
    expect(await ask(BELONGINGS)).toEqual(months);
    expect(await ask('select count(*)::int as n from operational.audit_logs_default')).toEqual([{ n: 0 }]);
    expect(await ask(`select count(*)::int as n from operational.audit_logs_2020_05`)).toEqual([{ n: 1 }]);
    await sealer.sealAll(60_000);
    expect(await verifier.verifyAll()).toMatchObject({ ok: true });
    await migrateDown(server, steps?.n ?? 0);
    expect(await ask(BELONGINGS)).toEqual(one);
    await migrateUp(server);
  }, 120_000);
});
