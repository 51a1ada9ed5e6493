// kill -9 while a month leaves the audit trail: after each step it is in the trail whole, or it is in a file that proves itself and is named by a removal.
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { DetachedFilesService } from '../../src/operational/audit-seals/detached-files.service.js';
import { packageRoot } from '../../src/platform/package-root.js';
import { chainOn, emptyTrail, useAuditSettings } from '../support/audit-chain.js';
import { useTestDatabase } from '../support/db.js';

const ROWS = 5000;

describe('a month that leaves the trail, killed', () => {
  const settings = useAuditSettings();
  const db = useTestDatabase();
  const folder = () => join(dirname(settings.anchorFile), 'detached');

  /** Detaches until a step, and is killed there; or to the end. Answers the last word. */
  async function detach(stop: string): Promise<string> {
    const child = spawn(process.execPath, [join(packageRoot(), 'test', 'crash', 'detach-child.mjs')], {
      env: {
        ...process.env,
        DETACH: JSON.stringify({ app: db.app, superuser: db.superuser, settings, folder: folder(), stop }),
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    const said = await new Promise<string>((resolve, reject) => {
      child.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString().trim()));
      child.once('exit', () => reject(new Error('the process ended by itself')));
    });
    child.kill('SIGKILL');
    await ended;
    return said;
  }

  it('loses no row that is not in a proved file, and goes on', async () => {
    await emptyTrail(db);
    const { sealer, verifier, seals } = chainOn(db, settings);
    await db.owner.query(
      `insert into operational.audit_logs (occurred_at, tx_id, table_schema, table_name, row_key, action)
       select '2018-02-01'::timestamptz + make_interval(mins => n * 25), 'old', 'operational', 'x', n::text, 'insert' from generate_series(1, $1::int) n`,
      [ROWS],
    );
    await db.owner.query('select operational.ensure_month_parts()');
    await sealer.sealAll(60_000);
    const there = async (): Promise<number | undefined> =>
      (
        await db.owner.query<{ n: number }>(
          `select count(*)::int as n from operational.audit_logs where tx_id = 'old'`,
        )
      ).rows[0]?.n;
    for (const stop of ['written', 'proved', 'taken-out']) {
      expect(await detach(stop)).toBe(stop);
      // What the transaction had not committed is as it was, once PostgreSQL has seen that the client is gone.
      await expect.poll(there, { timeout: 20_000 }).toBe(ROWS);
      expect(await verifier.verifyAll(), stop).toMatchObject({ ok: true, removedRows: 0 });
    }
    // February to May: the first is gone when the process dies after it; the others go with the next.
    expect(await detach('done')).toBe('done');
    const left = await there();
    expect(left).toBeLessThan(ROWS);
    const files = new DetachedFilesService(db.uow, seals, sealer);
    expect(await files.verify(folder())).toMatchObject({ ok: true, proved: 1, rows: ROWS - (left ?? 0) });
    expect(await detach('none')).toBe('ended');
    expect(await there()).toBe(0);
    await sealer.sealAll(60_000);
    expect(await verifier.verifyAll()).toMatchObject({ ok: true, removedRows: ROWS });
    expect(await files.verify(folder())).toMatchObject({ ok: true, rows: ROWS });
  }, 120_000);
});
