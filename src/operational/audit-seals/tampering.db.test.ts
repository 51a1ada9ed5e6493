// What a superuser does to the trail and its seals in the database is found, and the first row concerned is named: random tamperings of
// every kind, each by itself on a sealed and anchored trail, past all triggers. MEDITORY_TAMPERINGS says how many (10000 for all of
// docs/audit.md); MEDITORY_SEED repeats a run.
import fc from 'fast-check';
import type pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';

import { chainOn, useAuditSettings, writeTrail } from '../../../test/support/audit-chain.js';
import { useTestDatabase } from '../../../test/support/db.js';
import { LINE_COLUMNS } from './audit-seals.sql.js';
import type { Finding, WholeSeal } from './audit-seals.types.js';
import { rowHashOf, packRows, sealHash, sha256 } from './seal-codec.js';

const RUNS = Number(process.env.MEDITORY_TAMPERINGS ?? 200);
const SEED = Number(process.env.MEDITORY_SEED ?? 20261201);
const ROWS_A_BATCH = 40;
const BATCHES = 6;

const db = useTestDatabase();
const settings = useAuditSettings();

/** Other content for each column of a row, as SQL. */
const OTHERWISE: Readonly<Record<string, string>> = {
  audit_log_id: '- audit_log_id',
  occurred_at: "occurred_at + interval '1 microsecond'",
  tx_id: "tx_id || 'x'",
  user_id: 'coalesce(user_id, 0) + 1',
  db_user: "db_user || 'x'",
  branch_id: 'coalesce(branch_id, 0) + 1',
  request_id: "coalesce(request_id, '') || 'x'",
  table_schema: "table_schema || 'x'",
  table_name: "'sales'",
  row_key: "row_key || 'x'",
  action: "case action when 'delete' then 'read' else 'delete' end",
  before: `coalesce(before, '{}') || '{"note": "other"}'`,
  after: `case when after is null then '{}'::jsonb end`,
};
const COLUMNS = LINE_COLUMNS.map((column) => column.split(' ').at(-1) ?? '');

/** Other content for each column of a seal. */
const SEAL_OTHERWISE: Readonly<Record<string, string>> = {
  chain_id: 'gen_random_uuid()',
  first_id: 'first_id + 1',
  last_id: 'last_id - 1',
  row_count: 'row_count - 1',
  row_hashes: 'set_byte(row_hashes, 20, get_byte(row_hashes, 20) # 1)',
  rows_hash: 'set_byte(rows_hash, 3, get_byte(rows_hash, 3) # 1)',
  sealed_at: "sealed_at - interval '1 day'",
  key_id: "'k0000'",
  previous_hash: `set_byte(coalesce(previous_hash, sha256('')), 0, 7)`,
  hash: 'set_byte(hash, 31, get_byte(hash, 31) # 1)',
  mac: 'set_byte(mac, 0, get_byte(mac, 0) # 1)',
};

type Tampering =
  | { kind: 'edit'; row: number; column: string }
  | { kind: 'delete'; row: number; rows: number }
  | { kind: 'insert'; row: number }
  | { kind: 'swap'; row: number; with: number }
  | { kind: 'cut tail'; row: number }
  | { kind: 'cut tail and seals'; seal: number }
  | { kind: 'edit seal'; seal: number; column: string }
  | { kind: 'delete seal'; seal: number }
  | { kind: 'seal anew'; row: number; column: string }
  | { kind: 'another chain' };

const share = fc.nat({ max: 999_999 });
const column = fc.constantFrom(...COLUMNS.filter((name) => name !== 'audit_log_id'));
const tampering: fc.Arbitrary<Tampering> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('edit'), row: share, column: fc.constantFrom(...COLUMNS) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('delete'), row: share, rows: fc.integer({ min: 1, max: 9 }) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('insert'), row: share }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('swap'), row: share, with: share }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('cut tail'), row: share }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('cut tail and seals'), seal: share }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('edit seal'), seal: share, column: fc.constantFrom(...Object.keys(SEAL_OTHERWISE)) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('delete seal'), seal: share }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('seal anew'), row: share, column }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('another chain') }) },
); // prettier-ignore

interface World {
  /** Numbers of all rows, of which every third was rolled back. */
  readonly ids: readonly number[];
  readonly seals: readonly WholeSeal[];
}

const at = <T>(list: readonly T[], n: number): T => list[n % list.length] as T;

/** What was done, as the first row it is about, and how many rows differ at the least. */
interface Done {
  readonly first: number;
  readonly rows: number;
}

/** Numbers of a seal that follow on others, made without the key: what a superuser can do. */
async function sealAnew(client: pg.PoolClient, world: World, from: number): Promise<void> {
  let before = world.seals.find(({ sealNo }) => sealNo === from - 1);
  for (const old of world.seals.filter(({ sealNo }) => sealNo >= from)) {
    const lines = await client.query<{ line: string }>(
      `select concat_ws(E'\\t', ${LINE_COLUMNS.map((_, n) => `coalesce(replace(replace(replace(c${n}::text, E'\\\\', E'\\\\\\\\'), E'\\t', E'\\\\t'), E'\\n', E'\\\\n'), E'\\\\N')`).join(', ')}) as line
       from (select ${LINE_COLUMNS.map((text, n) => `${text.replace(/ as .*/, '')} as c${n}`).join(', ')} from operational.audit_logs
         where audit_log_id between $1 and $2 order by audit_log_id) x`,
      [old.firstId, old.lastId],
    );
    const rows = lines.rows.map(({ line }) => rowHashOf(Buffer.from(line)));
    const rowHashes = packRows(rows);
    const content = { ...old, rowHashes, rowsHash: sha256(rowHashes), rowCount: rows.length, previousHash: before?.hash ?? null };
    const made = { ...content, hash: sealHash(content) };
    await client.query(
      'update operational.audit_seals set row_hashes = $2, rows_hash = $3, row_count = $4, previous_hash = $5, hash = $6, mac = sha256($6) where seal_no = $1',
      [old.sealNo, made.rowHashes, made.rowsHash, made.rowCount, made.previousHash, made.hash],
    );
    before = made;
  }
} // prettier-ignore

async function tamper(client: pg.PoolClient, world: World, what: Tampering): Promise<Done> {
  const { ids, seals } = world;
  const logs = 'operational.audit_logs';
  switch (what.kind) {
    case 'edit': {
      const id = at(ids, what.row);
      await client.query(`update ${logs} set ${what.column} = ${OTHERWISE[what.column]} where audit_log_id = $1`, [id]);
      return { first: id, rows: 1 };
    }
    case 'delete': {
      const start = what.row % ids.length;
      const gone = ids.slice(start, start + what.rows);
      await client.query(`delete from ${logs} where audit_log_id = any ($1)`, [gone]);
      return { first: gone[0] ?? 0, rows: gone.length };
    }
    case 'insert': {
      const gaps = ids.flatMap((id, n) => (id + 1 < (ids[n + 1] ?? 0) ? [id + 1] : []));
      const id = at(gaps, what.row);
      await client.query(
        `insert into ${logs} (audit_log_id, tx_id, table_schema, table_name, row_key, action) overriding system value values ($1, 'x', 'operational', 'sales', '1', 'delete')`,
        [id],
      );
      return { first: id, rows: 1 };
    }
    case 'swap': {
      const [a, b] = [at(ids, what.row), at(ids, what.with === what.row ? what.row + 1 : what.with)];
      if (a === b) return tamper(client, world, { kind: 'delete', row: what.row, rows: 1 });
      for (const [from, to] of [[a, -1], [b, a], [-1, b]]) // prettier-ignore
        await client.query(`update ${logs} set audit_log_id = $2 where audit_log_id = $1`, [from, to]);
      return { first: Math.min(a, b), rows: 2 };
    }
    case 'cut tail': {
      const start = what.row % ids.length;
      await client.query(`delete from ${logs} where audit_log_id >= $1`, [ids[start]]);
      return { first: ids[start] ?? 0, rows: ids.length - start };
    }
    case 'cut tail and seals': {
      const seal = at(seals, what.seal);
      await client.query('delete from operational.audit_seals where seal_no >= $1', [seal.sealNo]);
      await client.query(`delete from ${logs} where audit_log_id >= $1`, [seal.firstId]);
      return { first: seal.firstId, rows: 1 };
    }
    case 'edit seal': {
      const seal = at(seals, what.seal);
      await client.query(`update operational.audit_seals set ${what.column} = ${SEAL_OTHERWISE[what.column]} where seal_no = $1`, [seal.sealNo]);
      return { first: seal.firstId, rows: 1 };
    }
    case 'delete seal': {
      const seal = at(seals, what.seal);
      await client.query('delete from operational.audit_seals where seal_no = $1', [seal.sealNo]);
      return { first: seal.firstId, rows: 1 };
    }
    case 'seal anew': {
      const id = at(ids, what.row);
      await client.query(`update ${logs} set ${what.column} = ${OTHERWISE[what.column]} where audit_log_id = $1`, [id]);
      const seal = seals.find(({ lastId }) => id <= lastId);
      await sealAnew(client, world, seal?.sealNo ?? 1);
      return { first: seal?.firstId ?? 1, rows: 1 };
    }
    case 'another chain': {
      await client.query('update operational.audit_seals set chain_id = gen_random_uuid()');
      return { first: 1, rows: 1 };
    }
  }
} // prettier-ignore

/** The finding that names this row, alone or as one of a range. */
const names = (finding: Finding, id: number): boolean =>
  finding.auditLogId !== null && finding.auditLogId <= id && id <= (finding.lastAuditLogId ?? 0);

describe('a trail that was tampered with', () => {
  let world: World;

  beforeAll(async () => {
    const { sealer, anchors, seals } = chainOn(db, settings);
    for (let batch = 0; batch < BATCHES; batch++) {
      for (let part = 0; part < 4; part++) {
        await writeTrail(db, ROWS_A_BATCH / 4);
        const client = await db.owner.connect();
        await client.query('begin');
        await client.query(
          "insert into operational.audit_logs (tx_id, table_schema, table_name, row_key, action) values ('x', 'a', 'b', 'c', 'read')",
        );
        await client.query('rollback');
        client.release();
      }
      await sealer.sealAll(60_000);
    }
    await anchors.anchor('command');
    const ids = await db.owner.query<{ id: number }>(
      'select audit_log_id as id from operational.audit_logs order by 1',
    );
    world = {
      ids: ids.rows.map(({ id }) => id),
      seals: await db.uow.read(
        { actor: { userId: 0, username: 'system', permissions: new Set(), branchIds: [], sessionId: 0 }, branchId: 0, requestId: 'x' },
        (tx) => seals.findSeals(tx, 1, 1000, 1e9, 1000),
      ), // prettier-ignore
    };
    await db.owner.query(
      'create table public.kept_logs as table operational.audit_logs; create table public.kept_seals as table operational.audit_seals',
    );
  });

  async function restore(client: pg.PoolClient): Promise<void> {
    await client.query(
      `delete from operational.audit_logs; insert into operational.audit_logs overriding system value table public.kept_logs;
       delete from operational.audit_seals; insert into operational.audit_seals table public.kept_seals`,
    );
  }

  it(
    `is found out, and the row named: ${RUNS} tamperings of ten kinds`,
    async () => {
      const { verifier } = chainOn(db, settings);
      expect(await verifier.verifyAll()).toMatchObject({ ok: true, checked: { anchors: 1 } });
      const client = await db.owner.connect();
      await client.query('set session_replication_role = replica');
      // No superuser is stopped by a constraint: he drops it.
      await client.query(
        `alter table operational.audit_seals drop constraint audit_seals_rows_check, drop constraint audit_seals_first_check, drop constraint audit_seals_range_check,
         drop constraint audit_seals_row_count_check; alter table operational.audit_logs drop constraint audit_logs_action_check, alter audit_log_id set generated by default`,
      );
      const seen = new Map<string, number>();
      try {
        await fc.assert(
          fc.asyncProperty(tampering, async (what) => {
            const done = await tamper(client, world, what);
            const report = await verifier.verifyAll();
            await restore(client);
            expect(report.ok).toBe(false);
            expect(report.findings.some((finding) => names(finding, done.first))).toBe(true);
            expect(report.findings[0]?.auditLogId).toBeLessThanOrEqual(done.first);
            if (what.kind === 'delete' || what.kind === 'cut tail')
              expect(report.findingsCount).toBe(done.rows);
            seen.set(what.kind, (seen.get(what.kind) ?? 0) + 1);
          }),
          { numRuns: RUNS, seed: SEED, endOnFailure: true },
        );
      } finally {
        await restore(client);
        client.release(true);
      }
      expect([...seen.values()].reduce((sum, n) => sum + n, 0)).toBeGreaterThanOrEqual(RUNS);
      if (RUNS >= 100) expect(seen.size).toBe(10);
      expect(await verifier.verifyAll()).toMatchObject({ ok: true });
    },
    Math.max(60_000, RUNS * 500),
  );
});
