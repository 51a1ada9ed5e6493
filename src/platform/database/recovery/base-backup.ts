import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { mkdir } from 'node:fs/promises';
import { Readable } from 'node:stream';

import type pg from 'pg';

import type { DatabaseServer } from '../../config/config.js';
import type { BackupKey } from './backup-key.js';
import { connect } from './backup-lock.js';
import type { Backup, BackupStore } from './backup-store.js';
import type { AuditSettings } from '../../config/audit-settings.module.js';
import { packHomeFiles } from './home-files.js';
import { SEGMENT_BYTES, lsnText, parseLsn } from './lsn.js';
import { ReplicationConnection } from './replication.js';
import { countRows } from './row-counts.js';
import { replaceSealed, syncPath, writeSealed, type SealedFile } from './sealed-file.js';
import { WalReceiver } from './wal-receiver.js';

/** While a backup is made the log from its start is read; it has to come within this time. */
const LOG_WITHIN_MS = 600_000;
/** How often, and how far apart, a moment without a transaction that ends is looked for: a load of a catalogue takes minutes. */
const MOMENT_ATTEMPTS = 60;
const MOMENT_PAUSES_MS = [500, 500, 500, 500, 10_000] as const;

/** What a backup is made of. */
export interface BackupSource {
  /** Where the keys and anchors of the audit trail lie; undefined: it is not sealed here. */
  readonly audit: AuditSettings | undefined;
  /** As who may read everything: the superuser of the embedded cluster. */
  readonly server: DatabaseServer;
  readonly home: string;
  readonly program: string;
  /** True: the embedded cluster, whose files are ours; false: a server that may hold other databases too. */
  readonly isCluster: boolean;
  /** Brings a restored copy up to this program. */
  readonly bringUp: (copy: DatabaseServer) => Promise<unknown>;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Backs a running cluster up, all of it: its files by the protocol of replication, its log from then until a moment whose rows are counted, and the
 * files of the installation. `admin` holds the lock of backups.
 */
export async function backUpCluster(
  source: BackupSource,
  store: BackupStore,
  key: BackupKey,
  admin: pg.Client,
): Promise<Backup> {
  const startedAt = new Date();
  const { migration, postgres } = await aboutDatabase(admin);
  const { id, directory } = await store.begin('physical', startedAt);
  const files: Record<string, SealedFile> = {};
  const logConnection = await ReplicationConnection.open(source.server);
  const baseConnection = await ReplicationConnection.open(source.server);
  try {
    const { systemId } = await logConnection.identify();
    const slot = `meditory_backup_${randomBytes(6).toString('hex')}`;
    await logConnection.createSlot(slot, true);
    const base = baseConnection.baseBackup(`meditory ${id}`);
    const { file, plainBytes } = await writeSealed(base, join(directory, 'base.bak'), key, `${id} base.bak`);
    files['base.bak'] = file;

    await mkdir(join(directory, 'wal'), { mode: 0o700 });
    const receiver = new WalReceiver(logConnection, slot, base.startLsn, base.timeline, {
      keep: async (name, bytes) => {
        const log = `wal/${name}.bak`;
        files[log] = await replaceSealed(Readable.from([bytes]), join(directory, log), key, `${id} ${log}`);
      },
    });
    // Before the moment that is restored to: an anchor of the audit trail must not name what the copy does not have yet.
    const homeFiles = await packHomeFiles(source.home);
    const moment = await countAtMoment(source.server, id);
    await receiver.reach(moment.lsn, LOG_WITHIN_MS);

    files['home.bak'] = await replaceSealed(
      Readable.from([homeFiles]),
      join(directory, 'home.bak'),
      key,
      `${id} home.bak`,
    );
    await syncPath(join(directory, 'wal'));
    return await store.finish(
      key,
      {
        format: 1,
        id,
        kind: 'physical',
        program: source.program,
        postgres,
        keyId: key.id,
        startedAt: startedAt.toISOString(),
        takenAt: moment.at.toISOString(),
        endedAt: new Date().toISOString(),
        migration,
        log: {
          systemId,
          timeline: base.timeline,
          start: lsnText(base.startLsn),
          end: lsnText(moment.lsn),
        },
        plainBytes,
        rows: moment.rows,
        files,
      },
      directory,
    );
  } finally {
    await baseConnection.close();
    await logConnection.close();
  }
}

/** Refuses what holds no pharmacy, or is not laid out as we can read it. */
async function aboutDatabase(admin: pg.Client): Promise<{ migration: string; postgres: number }> {
  const { rows } = await admin.query<{ migration: string | null; postgres: number; segment: number }>(`
    select /* recovery.about */ (select max(name) from public.meditory_migrations where timestamp = (select max(timestamp) from public.meditory_migrations)) as migration,
      current_setting('server_version_num')::int as postgres,
      (select setting::int from pg_settings where name = 'wal_segment_size') as segment`);
  const [about] = rows;
  if (!about?.migration) throw new Error('There is nothing to back up: the database is empty.');
  if (about.segment !== SEGMENT_BYTES)
    throw new Error(
      `The log of the database has files of ${about.segment} bytes; ${SEGMENT_BYTES} are read.`,
    );
  return { migration: about.migration, postgres: about.postgres };
}

/**
 * Names a place in the log and counts the rows as they were exactly there. A commit is written to the log before others see it, so the place and the
 * snapshot agree only while nothing commits: every change is audited, and for the instant between both the lock on the audit trail lets nobody end.
 * Who writes meanwhile waits for the transactions that were open, `lock_timeout` at the most.
 */
async function countAtMoment(
  server: DatabaseServer,
  name: string,
): Promise<{ lsn: bigint; at: Date; rows: Record<string, number> }> {
  const [holder, reader] = [await connect(server), await connect(server)];
  try {
    // An automatic vacuum of the trail gives way to who waits this long.
    await holder.query("set lock_timeout = '300ms'; set deadlock_timeout = '50ms'");
    for (let attempt = 0; ; attempt++) {
      await holder.query('begin');
      try {
        await holder.query('lock table operational.audit_logs in share mode');
        break;
      } catch (error) {
        await holder.query('rollback');
        if ((error as { code?: string }).code !== '55P03') throw error;
        if (attempt === MOMENT_ATTEMPTS)
          throw new Error(
            'Something has been writing for minutes, such as the load of a catalogue. Back up again when it is over.',
            { cause: error },
          );
        await pause(MOMENT_PAUSES_MS[Math.min(attempt, MOMENT_PAUSES_MS.length - 1)] ?? 0);
      }
    }
    await reader.query('begin isolation level repeatable read read only');
    await reader.query('select /* recovery.snapshot */ pg_current_snapshot()');
    const { rows: points } = await holder.query<{ lsn: string; at: Date }>(
      'select /* recovery.moment */ pg_create_restore_point($1)::text as lsn, clock_timestamp() as at',
      [name],
    );
    await holder.query('commit');
    // The log is sent when it is on the disk; a commit brings it there.
    await holder.query("select pg_logical_emit_message(true, 'meditory', 'backup')");
    const [point] = points;
    if (!point) throw new Error('The database gave no place in its log.');
    return { lsn: parseLsn(point.lsn), at: point.at, rows: await countRows(reader) };
  } finally {
    await holder.end();
    await reader.end();
  }
}
