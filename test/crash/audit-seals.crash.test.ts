// kill -9 of the process that seals, while others write the trail: whatever it was doing, the chain has no gap and no double, and goes on
// with the next process. MEDITORY_SEALER_KILLS kills more often.
import { spawn } from 'node:child_process';
import { join } from 'node:path';

import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { packageRoot } from '../../src/platform/package-root.js';
import { useAuditSettings, chainOn } from '../support/audit-chain.js';
import { useTestDatabase } from '../support/db.js';

const KILLS = Number(process.env['MEDITORY_SEALER_KILLS'] ?? 4);

describe('a sealer that is killed', () => {
  const settings = useAuditSettings();
  const db = useTestDatabase();
  let writer: pg.Client;

  beforeAll(async () => {
    const { host, port, username: user, password, database } = db.superuser;
    writer = new pg.Client({ host, port, user, password, database });
    await writer.connect();
  });
  afterAll(() => writer.end());

  /** A process that seals without an end; answers when it has said that it sealed. */
  async function sealing(): Promise<{ kill: () => Promise<void> }> {
    const child = spawn(process.execPath, [join(packageRoot(), 'test', 'crash', 'seal-child.mjs')], {
      env: {
        ...process.env,
        SEAL_SERVER: JSON.stringify(db.app),
        SEAL_SETTINGS: JSON.stringify(settings),
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    await new Promise<void>((resolve, reject) => {
      child.stdout.once('data', () => resolve());
      child.once('exit', () => reject(new Error('the sealer ended by itself')));
    });
    return {
      kill: () => {
        child.kill('SIGKILL');
        return ended;
      },
    };
  }

  it(
    `leaves a chain without gap or double, ${KILLS} times`,
    async () => {
      let isOver = false;
      let written = 0;
      const writing = (async () => {
        while (!isOver) {
          await writer.query(
            `insert into operational.audit_logs (tx_id, table_schema, table_name, row_key, action)
           select 'crash', 'operational', 'x', n::text, 'insert' from generate_series(1, 300) n`,
          );
          written += 300;
        }
      })();
      try {
        for (let n = 0; n < KILLS; n++) {
          // Killed between a moment after its first seal and some seals later: reading rows, inserting, committing.
          const { kill } = await sealing();
          await new Promise((resolve) => setTimeout(resolve, (n * 37) % 100));
          await kill();
        }
      } finally {
        isOver = true;
        await writing;
      }
      const { sealer, verifier } = chainOn(db, settings);
      await sealer.sealAll(30_000);
      const report = await verifier.verifyAll();
      expect(report.findings).toEqual([]);
      const { rows } = await db.owner.query<{ rows: number; sealed: number; gaps: number }>(
        `select (select count(*)::int from operational.audit_logs) as rows, sum(row_count)::int as sealed,
         count(*) filter (where first_id <> before + 1)::int as gaps
       from (select *, coalesce(lag(last_id) over (order by seal_no), 0) as before from operational.audit_seals) s`,
      );
      expect(rows[0]).toMatchObject({ gaps: 0, sealed: rows[0]?.rows });
      expect(rows[0]?.rows).toBeGreaterThanOrEqual(written);
      expect(report.checked.rows).toBe(rows[0]?.rows);
    },
    120_000 + KILLS * 5000,
  );
});
