// The chain over the audit trail on a real database: what is sealed, when, by whom; and that nothing is missed or sealed twice.
import { chmod, readFile, stat, writeFile } from 'node:fs/promises';

import pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';

import { chainOn, useAuditSettings, writeTrail } from '../../../test/support/audit-chain.js';
import { connectAs, useTestDatabase } from '../../../test/support/db.js';
import { AuditKeys } from './audit-keys.js';
import { LINE_COLUMNS } from './audit-seals.sql.js';

const db = useTestDatabase();
const settings = useAuditSettings();

const chain = () => chainOn(db, settings);

async function sealedTo(): Promise<number> {
  const { rows } = await db.owner.query<{ last: number }>(
    'select coalesce(max(last_id), 0) as last from operational.audit_seals',
  );
  return rows[0]?.last ?? 0;
}

async function lastId(): Promise<number> {
  const { rows } = await db.owner.query<{ last: number }>(
    'select coalesce(max(audit_log_id), 0) as last from operational.audit_logs',
  );
  return rows[0]?.last ?? 0;
}

const connect = async (): Promise<pg.Client> => {
  const { host, port, username: user, password, database } = db.superuser;
  const client = new pg.Client({ host, port, user, password, database });
  await client.connect();
  return client;
};

const INSERT = `insert into operational.audit_logs (tx_id, table_schema, table_name, row_key, action) values ('late', 'operational', 'x', 'late', 'insert')
  returning audit_log_id as id`;

describe('the seals of the audit trail', () => {
  beforeAll(() => writeTrail(db, 4500));

  it('cover every column of a row', async () => {
    const { rows } = await db.owner.query<{ name: string }>(
      `select column_name as name from information_schema.columns where table_schema = 'operational' and table_name = 'audit_logs' order by ordinal_position`,
    );
    expect(LINE_COLUMNS.map((column) => column.split(' ').at(-1))).toEqual(rows.map(({ name }) => name));
  });

  it('cover every row once, in bounded batches, and prove it', async () => {
    const { sealer, verifier } = chain();
    await sealer.sealAll(60_000);
    const { rows } = await db.owner.query<{ seals: number; rows: number; most: number }>(
      'select count(*)::int as seals, sum(row_count)::int as rows, max(row_count) as most from operational.audit_seals',
    );
    const total = (
      await db.owner.query<{ n: number }>('select count(*)::int as n from operational.audit_logs')
    ).rows[0]?.n;
    expect(rows[0]?.rows).toBe(total);
    expect(rows[0]?.most).toBe(2000);
    const report = await verifier.verifyAll();
    expect(report).toMatchObject({
      ok: true,
      findingsCount: 0,
      nextSeal: null,
      notes: ['no-anchors'],
      checked: { fromSeal: 1, toSeal: rows[0]?.seals, rows: total, anchors: 0 },
      waiting: { rows: 0, isMore: false, oldestAt: null },
    });
  });

  it('make no seal where nothing was written', async () => {
    const before = await sealedTo();
    expect(await chain().sealer.seal(1000)).toEqual({ seals: 0, rows: 0, hasZReport: false });
    expect(await sealedTo()).toBe(before);
  });

  it('wait for a transaction that has a lower number and commits later, and hold nobody up', async () => {
    const { sealer, verifier } = chain();
    await sealer.sealAll(60_000);
    const before = await sealedTo();
    const late = await connect();
    await late.query('begin');
    const id = (await late.query<{ id: number }>(INSERT)).rows[0]?.id ?? 0;
    await writeTrail(db, 10);
    expect(await sealer.seal(100)).toMatchObject({ seals: 0 });
    expect(await sealedTo()).toBe(before);
    await writeTrail(db, 10);
    await expect(sealer.sealAll(100)).rejects.toThrow('holds the seals up');
    await late.query('commit');
    await late.end();
    await sealer.sealAll(60_000);
    expect(await sealedTo()).toBe(await lastId());
    expect(id).toBeGreaterThan(before);
    expect(await verifier.verifyAll()).toMatchObject({ ok: true });
  });

  it('wait for a transaction that began before the look, took no number of the trail yet, and rolls back', async () => {
    const { sealer } = chain();
    await sealer.sealAll(60_000);
    const open = await connect();
    await open.query('begin');
    await open.query(INSERT);
    await writeTrail(db, 3);
    const sealing = sealer.seal(20_000);
    await open.query('rollback');
    await open.end();
    expect(await sealing).toMatchObject({ seals: 1, rows: 3 });
    expect(await sealedTo()).toBe(await lastId());
  });

  it('are made by one of several sealers, each row once', async () => {
    await writeTrail(db, 6000);
    const sealers = Array.from({ length: 4 }, () => chain().sealer);
    await Promise.all(sealers.map((sealer) => sealer.seal(5000)));
    await chain().sealer.sealAll(60_000);
    expect(await sealedTo()).toBe(await lastId());
    expect(await chain().verifier.verifyAll()).toMatchObject({ ok: true });
  });

  it('are made beside eight clients that write, and miss none of their rows', async () => {
    const { sealer, verifier } = chain();
    let isOver = false;
    const writing = Array.from({ length: 8 }, async () => {
      const client = await connect();
      for (let n = 0; n < 60; n++) {
        await client.query('begin');
        for (let k = 0; k < 1 + (n % 4); k++) await client.query(INSERT);
        await client.query(n % 5 === 0 ? 'rollback' : 'commit');
      }
      await client.end();
    });
    const sealing = (async () => {
      while (!isOver) await sealer.seal(1000);
    })();
    await Promise.all(writing);
    isOver = true;
    await sealing;
    await sealer.sealAll(60_000);
    const report = await verifier.verifyAll();
    expect(report.findings).toEqual([]);
    const total = (
      await db.owner.query<{ n: number }>('select count(*)::int as n from operational.audit_logs')
    ).rows[0]?.n;
    expect(report.checked.rows).toBe(total);
  });

  it('go on with a new key, and the old one still proves what it sealed', async () => {
    const { sealer, verifier } = chain();
    const name = await AuditKeys.rotate(settings.keyFile);
    await writeTrail(db, 5);
    await sealer.sealAll(60_000);
    const { rows } = await db.owner.query<{ key: string }>(
      'select key_id as key from operational.audit_seals order by seal_no desc limit 1',
    );
    expect(rows[0]?.key).toBe(name);
    expect(await verifier.verifyAll()).toMatchObject({ ok: true });
  });

  it('have keys nobody else may read', async () => {
    expect((await stat(settings.keyFile)).mode & 0o777).toBe(0o600);
    await chmod(settings.keyFile, 0o644);
    await expect(AuditKeys.read(settings.keyFile)).rejects.toThrow('may be read by others');
    await chmod(settings.keyFile, 0o600);
    const content = await readFile(settings.keyFile, 'utf8');
    await writeFile(settings.keyFile, '{}');
    await expect(AuditKeys.read(settings.keyFile)).rejects.toThrow('does not hold keys');
    await writeFile(settings.keyFile, content);
    await expect(AuditKeys.read(`${settings.keyFile}.none`)).rejects.toThrow('meditory audit key');
    const { rows } = await db.owner.query<{ text: string }>(
      'select string_agg(s::text, $$ $$) as text from operational.audit_seals s',
    );
    for (const key of Object.values((JSON.parse(content) as { keys: Record<string, string> }).keys))
      expect(rows[0]?.text).not.toContain(Buffer.from(key, 'base64').toString('hex'));
  });

  it('refuse to be changed, forked or left out by anybody, the owner included', async () => {
    for (const statement of [
      'update operational.audit_seals set row_count = row_count',
      'delete from operational.audit_seals where seal_no = 2',
      'truncate operational.audit_seals cascade',
    ])
      await expect(db.owner.query(statement)).rejects.toMatchObject({ code: 'MD004' });
    await expect(
      db.owner.query(
        `insert into operational.audit_seals select seal_no + 5, chain_id, last_id + 1, last_id + row_count, row_count, row_hashes, rows_hash, sealed_at, key_id, hash, hash, mac
         from operational.audit_seals order by seal_no desc limit 1`,
      ),
    ).rejects.toMatchObject({ code: 'MD401' });
  });

  it('are made with the least right: the trail is read, seals are added, nothing else', async () => {
    const client = await connectAs(db, 'pharmacy_sealer');
    const attempt = (text: string) =>
      client.query(text).then(
        () => 'ok',
        (error: { code?: string }) => error.code,
      );
    expect(await attempt('select 1 from operational.audit_logs limit 1')).toBe('ok');
    for (const statement of [
      'select 1 from operational.patients',
      'select 1 from operational.users',
      'delete from operational.audit_logs',
      'update operational.audit_seals set mac = mac',
      'delete from operational.audit_seals',
      "select nextval('operational.audit_logs_audit_log_id_seq')",
      'select operational.remove_audit_rows(null)',
      "select operational.log_refusals('[]')",
      'insert into operational.audit_removals default values',
    ])
      expect(await attempt(statement), statement).toBe('42501');
    await client.end();
    const app = await connectAs(db, 'pharmacy_app');
    for (const statement of [
      'insert into operational.audit_seals default values',
      'select operational.remove_audit_rows(null)',
      'insert into operational.audit_removals default values',
    ])
      await expect(app.query(statement), statement).rejects.toMatchObject({ code: '42501' });
    await app.end();
  });

  it('are of rows whose transaction had its number first, whoever writes the trail', async () => {
    const { rows } = await db.owner.query<{ name: string }>(
      `select p.proname as name from pg_proc p where p.prosrc ~* 'insert into operational\\.audit_logs'
         and p.prorettype <> 'trigger'::regtype and p.prosrc !~ 'pg_current_xact_id\\(\\)'`,
    );
    expect(rows).toEqual([]);
  });
});
