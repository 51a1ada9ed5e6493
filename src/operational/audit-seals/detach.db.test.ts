// Old months leave the trail whole: a file that proves itself first, then the part; the chain holds, and what may not go stays.
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';

import { beforeAll, describe, expect, it } from 'vitest';

import { chainOn, emptyTrail, useAuditSettings } from '../../../test/support/audit-chain.js';
import { useTestDatabase } from '../../../test/support/db.js';
import { withOwnerConnection } from '../../platform/database/owner-connection.js';
import { DetachService } from './detach.service.js';
import { DetachedFilesService } from './detached-files.service.js';
import { AuditExportService } from './export.service.js';

describe('months that leave the trail', () => {
  const db = useTestDatabase();
  const settings = useAuditSettings();
  const folder = () => join(dirname(settings.anchorFile), 'detached');
  const parts = async (): Promise<string[]> =>
    (
      await db.owner.query<{ name: string }>(
        `select right(c.relname, 7) as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
         where i.inhparent = 'operational.audit_logs'::regclass and c.relname < 'audit_logs_2020' order by 1`,
      )
    ).rows.map(({ name }) => name);
  const write = (at: string, rows: number): Promise<unknown> =>
    db.owner.query(
      `insert into operational.audit_logs (occurred_at, tx_id, table_schema, table_name, row_key, action, after)
       select $1::timestamptz + make_interval(secs => n), 'old', 'operational', 'x', n::text, 'insert', '{"text": "منى"}' from generate_series(1, $2::int) n`,
      [at, rows],
    );
  const detach = (before: string, years = 6) => {
    const { seals, sealer } = chainOn(db, settings);
    const service = new DetachService(db.uow, seals, sealer, new AuditExportService(db.uow, seals, sealer));
    return withOwnerConnection(db.superuser, (owner) =>
      service.detach(owner, { before, years, folder: folder() }),
    );
  };
  const files = () => {
    const { seals, sealer } = chainOn(db, settings);
    return new DetachedFilesService(db.uow, seals, sealer).verify(folder());
  };
  const rows = async (): Promise<number | undefined> =>
    (await db.owner.query<{ n: number }>('select count(*)::int as n from operational.audit_logs')).rows[0]?.n;

  beforeAll(() => emptyTrail(db));

  it('are not sealed to the end, or too young: they stay', async () => {
    await write('2018-03-10', 40);
    await db.owner.query('select operational.ensure_month_parts()');
    await expect(detach('2018-04')).rejects.toThrow('2018-03 is not sealed to its end');
    await chainOn(db, settings).sealer.sealAll(60_000);
    await expect(detach('2018-04', 60)).rejects.toThrow('younger than 60 years');
    expect(await detach('2018-03')).toEqual([]);
    expect(await parts()).toEqual(['2018_03']);
    expect(await readdir(folder())).toEqual([]);
  });

  it('are written, proved and dropped, the oldest first, with a seal that reaches into the next', async () => {
    const { sealer, verifier } = chainOn(db, settings);
    await write('2018-05-31T23:59:40', 30); // ten of them in June, in the same seal
    await sealer.sealAll(60_000);
    await write('2018-06-10', 25);
    await sealer.sealAll(60_000);
    await write('2018-08-10', 15);
    await write('2026-01-01', 5);
    await sealer.sealAll(60_000);
    await db.owner.query('select operational.ensure_month_parts()');
    expect(await parts()).toEqual(['2018_03', '2018_05', '2018_06', '2018_08']);
    const before = await rows();
    const done = await detach('2018-07');
    expect(done.map(({ month, rows: gone }) => [month, gone])).toEqual([
      ['2018-03', 40],
      ['2018-05', 30],
      ['2018-06', 25],
    ]);
    expect(await parts()).toEqual(['2018_08']);
    // Three exports are in the trail now, and three removals.
    expect(await rows()).toBe((before ?? 0) - 95 + 6);
    await sealer.sealAll(60_000);
    expect(await verifier.verifyAll()).toMatchObject({ ok: true, removedRows: 95 });
    expect(await verifier.verifyMonth('2018-08')).toMatchObject({ ok: true, checked: { rows: 20 } });
    await expect(verifier.verifyMonth('2018-05')).rejects.toThrow('No sealed row is of 2018-05');
    expect(await files()).toEqual({ ok: true, proved: 3, rows: 95, faults: [] });
    const { rows: told } = await db.owner.query<{ n: number }>(
      `select count(*)::int as n from operational.audit_logs where table_name = 'audit_removals' and action = 'insert'`,
    );
    expect(told).toEqual([{ n: 3 }]);
    // August shares its seal with a row of this year: it stays.
    await expect(detach('2018-09')).rejects.toThrow('2018-08 has rows younger than 6 years');
    expect(await parts()).toEqual(['2018_08']);
  });

  it('have files that are found out when they were changed, and missed when they are gone', async () => {
    const names = (await readdir(folder())).filter((name) => name.endsWith('.gz')).sort();
    expect(names).toHaveLength(3);
    const file = join(folder(), names[1] ?? '');
    const content = await readFile(file);
    await writeFile(file, gzipSync(gunzipSync(content).toString('utf8').replace('منى', 'منا')));
    expect(await files()).toMatchObject({ ok: false, proved: 2, rows: 65 });
    await writeFile(file, content.subarray(0, content.length - 9));
    expect(await files()).toMatchObject({
      ok: false,
      proved: 2,
      faults: [expect.stringContaining('cannot be read')],
    });
    await rm(join(folder(), (names[1] ?? '').replace('.ndjson.gz', '.json')));
    expect((await files()).faults).toEqual([expect.stringContaining('is not in') as string]);
    await writeFile(file, content);
  });

  it('are asked for by the database as well: the oldest, ended a year ago, all its rows, nobody but the owner', async () => {
    const call = (month: string) =>
      db.owner.query('select operational.detach_audit_month($1::date, null)', [month]);
    await expect(call('1999-01-01')).rejects.toMatchObject({ code: 'MD476' });
    await expect(call('2026-01-01')).rejects.toMatchObject({ code: 'MD477' });
    await expect(call('2018-08-01')).rejects.toMatchObject({ code: 'MD478' });
    const client = await db.owner.connect();
    try {
      await client.query('set role pharmacy_app');
      await expect(
        client.query(`select operational.detach_audit_month('2018-08-01', null)`),
      ).rejects.toMatchObject({ code: '42501' });
    } finally {
      await client.query('reset role');
      client.release();
    }
  });

  it('with the same number twice, in two months, are told by the chain', async () => {
    const { verifier } = chainOn(db, settings);
    const client = await db.owner.connect();
    try {
      await client.query('set session_replication_role = replica');
      await client.query(
        `insert into operational.audit_logs (audit_log_id, occurred_at, tx_id, table_schema, table_name, row_key, action) overriding system value
         select audit_log_id, '2018-08-30', 'x', 'operational', 'x', 'x', 'insert' from operational.audit_logs where occurred_at >= '2026-01-01' order by audit_log_id limit 1`,
      );
    } finally {
      client.release(true);
    }
    const { ok, findings } = await verifier.verifyAll();
    expect(ok).toBe(false);
    expect(findings.map(({ kind }) => kind)).toContain('row-inserted');
  });
});
