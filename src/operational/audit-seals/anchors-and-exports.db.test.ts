// Anchors outside of the database, exports that prove themselves, and rows that leave the trail after an export.
import { appendFile, readFile, writeFile } from 'node:fs/promises';

import { beforeAll, describe, expect, it } from 'vitest';

import { chainOn, useAuditSettings, writeTrail } from '../../../test/support/audit-chain.js';
import { useTestDatabase } from '../../../test/support/db.js';
import { withOwnerConnection } from '../../platform/database/owner-connection.js';
import { AuditExportService } from './export.service.js';
import { verifyExport } from './export-file.js';
import { RemovalService } from './removal.service.js';

const db = useTestDatabase();
const settings = useAuditSettings();
const chain = () => chainOn(db, settings);

async function asSuperuser(...statements: string[]): Promise<void> {
  const client = await db.owner.connect();
  try {
    await client.query('set session_replication_role = replica');
    for (const statement of statements) await client.query(statement);
  } finally {
    client.release(true);
  }
}

const OLD = '2015-01-01T00:00:00Z';
const FOREVER = '2100-01-01T00:00:00Z';

describe('anchors', () => {
  beforeAll(async () => {
    await writeTrail(db, 30);
    await chain().sealer.sealAll(60_000);
  });

  it('know the head, each the one before, and are proved with the chain', async () => {
    const { anchors, sealer, verifier, chain: state } = chain();
    const first = await anchors.anchor('command');
    await writeTrail(db, 20);
    await sealer.sealAll(60_000);
    const second = await anchors.anchor('z-report');
    expect(second).toMatchObject({ number: 2, previous: first?.mac, reason: 'z-report', sealNo: 2 });
    expect(await state.state()).toMatchObject({
      isSealing: true,
      head: { sealNo: 2, hash: second?.hash },
      waiting: { rows: 0 },
      lastAnchor: { number: 2, sealNo: 2 },
    });
    expect(await state.lagSeconds()).toBe(0);
    expect(await verifier.verifyAll()).toMatchObject({ ok: true, notes: [], checked: { anchors: 2 } });
  });

  it('are written by themselves for a head that none knows: at the start, and once a day', async () => {
    const { anchors, sealer, chain: state } = chain();
    expect(await anchors.anchorIfDue('start')).toBeUndefined();
    await writeTrail(db, 3);
    await db.owner.query('select pg_sleep(0.01)');
    expect(await state.lagSeconds()).toBeGreaterThan(0);
    await sealer.sealAll(60_000);
    expect(await state.lagSeconds()).toBe(0);
    expect(await anchors.anchorIfDue('daily')).toBeUndefined();
    expect(await anchors.anchorIfDue('start')).toMatchObject({ reason: 'start', sealNo: 3 });
  });

  it('that were changed, left out or forged are told', async () => {
    const { verifier } = chain();
    const content = await readFile(settings.anchorFile, 'utf8');
    const lines = content.split('\n').filter((line) => line !== '');
    const kinds = async (changed: string[]) => {
      await writeFile(settings.anchorFile, changed.join('\n'));
      const report = await verifier.verifyAll();
      await writeFile(settings.anchorFile, content);
      return [report.ok, report.findings[0]?.kind];
    };
    expect(await kinds([lines[0] ?? '', (lines[1] ?? '').replace('z-report', 'command'), lines[2] ?? ''])).toEqual([false, 'anchor-forged']); // prettier-ignore
    expect(await kinds([lines[0] ?? '', lines[2] ?? ''])).toEqual([false, 'anchor-forged']);
    expect(await kinds([...lines, (lines[2] ?? '').slice(0, 90)])).toEqual([true, undefined]);
    await appendFile(settings.anchorFile, '{"kind":"anch');
    expect(await verifier.verifyAll()).toMatchObject({ ok: true, notes: ['torn-anchor'] });
    await chain().anchors.anchor('command');
    expect(await verifier.verifyAll()).toMatchObject({ ok: true, checked: { anchors: 4 } });
  });

  it('tell of an end that was cut off with its seals, until a restore is noted', async () => {
    const { verifier, anchors, sealer } = chain();
    await asSuperuser(
      'create table public.lost as table operational.audit_seals',
      'delete from operational.audit_logs where audit_log_id > (select last_id from operational.audit_seals where seal_no = 2)',
      'delete from operational.audit_seals where seal_no > 2',
    );
    const cut = await verifier.verifyAll();
    expect(cut.ok).toBe(false);
    expect(cut.findings[0]).toMatchObject({ kind: 'tail-cut', sealNo: 3 });
    const { rows } = await db.owner.query<{ id: number }>(
      'select last_id + 1 as id from operational.audit_seals where seal_no = 2',
    );
    expect(cut.findings[0]?.auditLogId).toBe(rows[0]?.id);
    await writeTrail(db, 12);
    await sealer.sealAll(60_000);
    expect((await verifier.verifyAll()).findings[0]?.kind).toBe('seal-replaced');
    // A restore would be noted before anything is sealed; here what follows is taken away for that.
    await asSuperuser('delete from operational.audit_seals where seal_no > 2');
    await anchors.noteRestore('disk failed, backup of last night');
    await sealer.sealAll(60_000);
    expect(await verifier.verifyAll()).toMatchObject({ ok: true, notes: ['restored', 'torn-anchor'] });
    await anchors.anchor('command');
    expect(await verifier.verifyAll()).toMatchObject({ ok: true });
  });

  it('tell of a chain that was begun anew', async () => {
    const { verifier, sealer } = chain();
    await asSuperuser(
      'create table public.old_seals as table operational.audit_seals',
      'delete from operational.audit_seals',
    );
    await sealer.sealAll(60_000);
    expect((await verifier.verifyAll()).findings.map(({ kind }) => kind)).toContain('other-chain');
    await asSuperuser(
      'delete from operational.audit_seals',
      'insert into operational.audit_seals table public.old_seals',
    );
    expect(await verifier.verifyAll()).toMatchObject({ ok: true });
  });
});

describe('an export', () => {
  const exports = () => {
    const { seals, sealer } = chain();
    return new AuditExportService(db.uow, seals, sealer);
  };
  const removals = () => {
    const { seals, sealer } = chain();
    return new RemovalService(seals, sealer);
  };
  const file = () => settings.anchorFile.replace('audit-anchors', 'export');

  it('holds whole seals with their rows, proves itself without a database, and is in the trail', async () => {
    const { sealer } = chain();
    await writeTrail(db, 25);
    await db.owner.query(
      `insert into operational.audit_logs (tx_id, request_id, table_schema, table_name, row_key, action, after)
       values ('t', E'a\\b\\f\\v\\\\N', 'operational', 'x', E'tab\\t\\\\line\\r\\n', 'insert', '{"text": "\\\\N\\t \\"quoted\\" \\u0001", "amount": 1.50}')`,
    );
    await sealer.sealAll(60_000);
    const exported = await exports().export(OLD, FOREVER, file());
    const total = (
      await db.owner.query<{ n: number }>('select count(*)::int as n from operational.audit_logs')
    ).rows[0]?.n;
    expect(exported).toMatchObject({ fromSeal: 1, rows: (total ?? 0) - 1 }); // the export itself is the last row
    const report = await verifyExport(file(), await sealer.keys());
    expect(report.findings).toEqual([]);
    expect(report).toMatchObject({
      ok: true,
      sha256: exported?.sha256,
      checked: { rows: exported?.rows, seals: exported?.seals },
    });
    const { rows } = await db.owner.query<{ key: string }>(
      "select row_key as key from operational.audit_logs where table_name = 'audit_logs' and action = 'read'",
    );
    expect(rows).toEqual([{ key: `export of seals 1 to ${exported?.toSeal}` }]);
    expect(await exports().export('2001-01-01', '2001-02-01', `${file()}.none`)).toBeUndefined();
  });

  it('that was changed, shortened or put together anew is found out', async () => {
    const keys = await chain().sealer.keys();
    const lines = (await readFile(file(), 'utf8')).trimEnd().split('\n');
    const found = async (changed: readonly string[]) => {
      await writeFile(`${file()}.bad`, `${changed.join('\n')}\n`);
      const report = await verifyExport(`${file()}.bad`, keys);
      return report.findings[0];
    };
    const rowAt = lines.findIndex((line) => line.includes('"kind":"row"') && line.includes('\\"n\\": 4'));
    const row = JSON.parse(lines[rowAt] ?? '{}') as { auditLogId: string };
    const edited = lines.with(rowAt, (lines[rowAt] ?? '').replace('\\"n\\": 4', '\\"n\\": 5'));
    expect(await found(edited)).toMatchObject({ kind: 'row-changed', auditLogId: Number(row.auditLogId) });
    expect(await found(lines.toSpliced(rowAt, 1))).toMatchObject({ kind: 'seal-changed' });
    expect(await found(lines.slice(0, -1))).toMatchObject({ kind: 'file-cut' });
    const lastSeal = lines.findLastIndex((line) => line.includes('"kind":"seal"'));
    expect(await found([...lines.slice(0, lastSeal), lines.at(-1) ?? ''])).toMatchObject({
      kind: 'file-cut',
    });
    await expect(found(['{}'])).rejects.toThrow('is no export');
  });

  it('lets rows go that are old enough, in whole seals, whose seals stay and still hold', async () => {
    const { verifier, sealer } = chain();
    const remove = (years: number) =>
      withOwnerConnection(db.superuser, (owner) => removals().remove(owner, years, file()));
    expect(await remove(1)).toEqual({ fromSeal: null, toSeal: null, rows: 0 });
    await expect(db.owner.query('delete from operational.audit_logs')).rejects.toMatchObject({
      code: 'MD004',
    });
    await asSuperuser('delete from operational.audit_seals', 'delete from operational.audit_logs');
    for (const years of [9, 7]) {
      await db.owner.query(
        `insert into operational.audit_logs (occurred_at, tx_id, table_schema, table_name, row_key, action)
         select now() - make_interval(years => $1), 'old', 'operational', 'x', n::text, 'insert' from generate_series(1, 40) n`,
        [years],
      );
      await sealer.sealAll(60_000);
    }
    await writeTrail(db, 10);
    await sealer.sealAll(60_000);
    const verify = () => verifier.verifyAll({ anchorFile: `${settings.anchorFile}.none` });
    // An export of another state does not do.
    expect(await remove(8)).toEqual({ fromSeal: null, toSeal: null, rows: 0 });
    await exports().export(OLD, FOREVER, file());
    expect(await remove(8)).toEqual({ fromSeal: 1, toSeal: 1, rows: 40 });
    expect(await remove(8)).toEqual({ fromSeal: null, toSeal: null, rows: 0 });
    expect(await verify()).toMatchObject({
      ok: true,
      removedRows: 40,
      notes: ['no-anchors', 'rows-removed'],
    });
    expect(await remove(6)).toEqual({ fromSeal: 2, toSeal: 2, rows: 40 });
    await sealer.sealAll(60_000);
    expect(await verify()).toMatchObject({ ok: true, removedRows: 80 });
    expect(await verifyExport(file(), await sealer.keys())).toMatchObject({ ok: true });
    // A removal nobody signed proves nothing.
    await asSuperuser('update operational.audit_removals set mac = sha256(mac) where removal_no = 1');
    expect((await verify()).findings[0]).toMatchObject({ kind: 'removal-forged', sealNo: 1 });
  });

  it('is asked for by the database as well: whole seals, from the beginning, old enough', async () => {
    const remove = (first: number, last: number, years: number) =>
      db.owner.query(
        `select operational.remove_audit_rows(row (3, $1::bigint, $2::bigint, (select min(first_id) from operational.audit_seals where seal_no between $1 and $2),
           (select max(last_id) from operational.audit_seals where seal_no between $1 and $2), (select sum(row_count) from operational.audit_seals where seal_no between $1 and $2),
           $3::integer, sha256(''), now(), 'k0000', sha256(''))::operational.audit_removals)`,
        [first, last, years],
      );
    await expect(remove(4, 4, 1)).rejects.toMatchObject({ code: 'MD402' });
    await expect(remove(3, 3, 1)).rejects.toMatchObject({ code: 'MD402' });
    await expect(remove(3, 3, 0)).rejects.toMatchObject({
      code: expect.stringMatching(/MD402|23514/) as string,
    });
  });
});
