// What an export holds, and what a proof says of a copy whose audit trail is not what was sealed.
import { randomUUID } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { aDrug } from '../../../test/builders/drug.js';
import { chainOn, useAuditSettings, writeTrail } from '../../../test/support/audit-chain.js';
import { cloneDatabase, dropDatabase, useTestDatabase } from '../../../test/support/db.js';
import type { DatabaseServer } from '../../platform/config/config.js';
import { migrateUp } from '../../platform/database/migrator.js';
import { readBackupKey, type BackupKey } from '../../platform/database/recovery/backup-key.js';
import { connect } from '../../platform/database/recovery/backup-lock.js';
import { BackupStore } from '../../platform/database/recovery/backup-store.js';
import { loadDatabase } from '../../platform/database/recovery/logical-load.js';
import { countRows } from '../../platform/database/recovery/row-counts.js';
import { runBackup } from './run-backup.js';

describe('the proof of a backup', () => {
  const db = useTestDatabase();
  const audit = useAuditSettings();
  let folder = '';

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'meditory-proof-'));
    await chmod(folder, 0o755); // PostgreSQL may run as another user
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  /** Changes one sealed row past every trigger, as only a superuser can; answers its number. */
  async function edit(): Promise<number> {
    const client = await db.owner.connect();
    try {
      await client.query('begin');
      await client.query('set local session_replication_role = replica');
      const { rows } = await client.query<{ id: string }>(
        `update operational.audit_logs set user_id = coalesce(user_id, 0) + 1
         where audit_log_id = (select audit_log_id from operational.audit_logs order by audit_log_id offset 250 limit 1)
         returning audit_log_id::text as id`,
      );
      await client.query('commit');
      return Number(rows[0]?.id);
    } finally {
      client.release();
    }
  }
  /** Rows of each table, what is counted of the catalogue, and which tables bind their owner. */
  async function contents(server: DatabaseServer) {
    const client = await connect(server);
    try {
      const rows = await countRows(client);
      const list = async (text: string): Promise<unknown[]> => (await client.query<object>(text)).rows;
      return {
        rows,
        statistics: await list('select * from reference.catalogue_statistics order by dimension, key'),
        forced: await list(
          `select oid::regclass::text as name from pg_class where relforcerowsecurity order by 1`,
        ),
      };
    } finally {
      await client.end();
    }
  }
  async function keyOf(): Promise<BackupKey> {
    const key = await readBackupKey(join(folder, 'backup.key'));
    if (!key) throw new Error('made by the first backup');
    return key;
  }
  /** A login that is no superuser and may become the owner: the one that migrates on a server of one's own. */
  async function asMigrator<T>(work: (server: DatabaseServer) => Promise<T>): Promise<T> {
    const username = `migrator_${randomUUID().slice(0, 8)}`;
    await db.owner.query(
      `create role ${username} login password 'secret'; grant meditory_owner to ${username}`,
    );
    try {
      return await work({ ...db.superuser, username, password: 'secret' });
    } finally {
      await db.owner.query(`drop role ${username}`);
    }
  }
  const backUp = (server: DatabaseServer, isProved: boolean) =>
    runBackup(
      {
        audit,
        server,
        home: join(folder, 'home'),
        program: 'test',
        isCluster: false,
        bringUp: (copy) => migrateUp(copy),
      },
      {
        directory: join(folder, 'backups'),
        keyFile: join(folder, 'backup.key'),
        keep: 7,
        isProved,
        say: () => undefined,
      },
    );

  it('is of an export that has every row of every branch, also by a login that is no superuser, and of all that is counted from them', async () => {
    await writeTrail(db, 500);
    await aDrug(db, { ingredients: ['Counted substance'] });
    await db.owner.query('refresh materialized view reference.catalogue_statistics');
    const { backup } = await asMigrator((server) => backUp(server, false));
    const all = await contents(db.superuser);
    expect(all.rows['operational.audit_logs']).toBeGreaterThanOrEqual(500);
    expect(all.statistics.length).toBeGreaterThan(1);
    expect(backup.manifest?.rows).toEqual(all.rows);
    const database = await cloneDatabase(null);
    try {
      const loaded = { ...db.superuser, database };
      await loadDatabase(backup, await keyOf(), loaded);
      expect(await contents(loaded)).toEqual(all);
    } finally {
      await dropDatabase(database);
    }
  });

  it('names the audit row that a superuser edited before the backup, and fails by nothing else', async () => {
    expect((await chainOn(db, audit).sealer.sealAll(20_000)).rows).toBeGreaterThanOrEqual(500);
    const edited = await edit();
    const { proof, removed } = await backUp(db.superuser, true);
    expect(proof?.checks).toEqual([
      { name: 'rows', ok: true, detail: '' },
      { name: 'invariants', ok: true, detail: '' },
      { name: 'audit trail', ok: false, detail: `Row ${edited} is not as it was sealed` },
    ]);
    expect(proof?.ok).toBe(false);
    expect(removed).toEqual([]);
    expect((await new BackupStore(join(folder, 'backups')).lastFailure())?.message).toContain(
      `Row ${edited}`,
    );
  });
});
