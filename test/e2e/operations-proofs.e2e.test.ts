// What an installation says of its backups and of the seals of its audit trail: figures, health, and what the screens show.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { createApplication } from '../../src/application.js';
import { BackupSettings } from '../../src/platform/database/recovery/backup-settings.js';
import type { BackupStore } from '../../src/platform/database/recovery/backup-store.js';
import { createLogger } from '../../src/platform/log/logger.js';
import { Metrics } from '../../src/platform/metrics/metrics.js';
import { aWorldFor, type World } from '../builders/world.js';
import { useAuditSettings } from '../support/audit-chain.js';
import { useTestDatabase } from '../support/db.js';
import { aStoredBackup } from '../support/stored-backup.js';

const HOUR_MS = 3_600_000;
const ago = (hours: number): Date => new Date(Date.now() - hours * HOUR_MS);

interface Ready {
  status: string;
  parts: Record<string, string>;
  reasons: { part: string; state: string; words: string }[];
}

describe('an installation with backups and a sealed trail', () => {
  const db = useTestDatabase();
  const audit = useAuditSettings();
  let app: NestFastifyApplication;
  let store: BackupStore;
  let folder: string;
  let admin: World;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'meditory-backups-'));
    const [directory, keyFile] = [join(folder, 'backups'), join(folder, 'backup.key')];
    await aStoredBackup({ directory, keyFile, takenAt: ago(2), provenAt: ago(1) });
    store = await aStoredBackup({ directory, keyFile, takenAt: ago(0.5) });
    // Made at an hour that is over for today whenever this runs, and before the backup was: none is due meanwhile.
    const hour = ago(3).getHours();
    const config = { directory, keyFile, hour, keep: 7, login: undefined };
    app = await createApplication(db.app, 4, createLogger('silent'), {
      audit,
      backups: new BackupSettings(config, undefined),
    });
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
    admin = await aWorldFor(db, 'administrator');
  });
  afterAll(async () => {
    await app?.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function call<Body>(method: 'GET' | 'POST', path: string) {
    const headers = { authorization: `Bearer ${admin.token}` };
    const answer = await app.inject({ method, url: `/api${path}`, headers });
    return { status: answer.statusCode, body: answer.json<Body>() };
  }
  const run = (job: string) => call<{ outcome: string }>('POST', `/operations/jobs/${job}/run`);
  const ready = async () => (await call<Ready>('GET', '/health/ready')).body;
  const figure = async (name: string): Promise<number> =>
    Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(await app.get(Metrics).text())?.[1]);

  it('tells how old the newest backup is, and since when one is proven', async () => {
    const age = await figure('meditory_backup_age_seconds');
    expect(age).toBeGreaterThanOrEqual(1800);
    expect(age).toBeLessThan(3600);
    const proof = await figure('meditory_backup_proof_age_seconds');
    expect(proof).toBeGreaterThanOrEqual(3600);
    expect(proof).toBeLessThan(7200);
  });

  it('shows its backups, and when the next one is made', async () => {
    interface Shown {
      nextAt: string;
      rtoSeconds: number;
      data: { isProven: boolean; bytes: number }[];
    }
    const { status, body } = await call<Shown>('GET', '/backups');
    expect({ status, body }).toMatchObject({
      status: 200,
      body: {
        ...{ rtoSeconds: 12, isRunning: false },
        data: [
          { isProven: false, bytes: 2048 },
          { isProven: true, bytes: 2048 },
        ],
      },
    });
    expect(new Date(body.nextAt).getHours()).toBe(ago(3).getHours());
    expect(Date.parse(body.nextAt)).toBeGreaterThan(Date.now());
  });

  it('does less while backups fail, and says nothing of what failed', async () => {
    await run('backups');
    expect((await ready()).parts.backups).toMatch(/^last proven backup of .*, \d+ min would be lost$/);
    expect((await ready()).reasons).toEqual([]);
    await store.noteFailure('no space in /secret/place');
    await run('backups');
    const { status, reasons } = await ready();
    expect({ status, reasons }).toMatchObject({
      status: 'degraded',
      reasons: [{ part: 'backups', state: 'degraded' }],
    });
    expect(JSON.stringify(reasons)).not.toContain('secret');
    await store.forgetFailure();
    await run('backups');
    expect((await ready()).status).toBe('ok');
  });

  it('tells how long the trail has waited for its seal, and where the chain stands', async () => {
    expect((await run('audit-seals')).body.outcome).not.toBe('failed');
    const lag = await figure('meditory_audit_seal_lag_seconds');
    expect(lag).toBeGreaterThanOrEqual(0);
    expect(lag).toBeLessThan(3600);
    interface Chain {
      lagSeconds: number;
      head: { sealNo: number };
      lastAnchor: { number: number };
    }
    const chain = await call<Chain>('GET', '/audit-logs/chain');
    expect(chain.body.head.sealNo).toBeGreaterThan(0);
    expect(chain.body.lastAnchor.number).toBeGreaterThan(0);
    expect(chain.body.lagSeconds).toBeGreaterThanOrEqual(0);
    expect((await ready()).parts.auditChain).toMatch(/^ok: seal \d+ to row \d+/);
  });

  it('does less while the trail cannot be sealed, and tells no figure in place of a wrong one', async () => {
    const { anchorFile } = audit;
    // Nothing can lie below a file.
    audit.anchorFile = join(audit.keyFile, 'anchors');
    try {
      await run('audit-seals');
      expect((await ready()).reasons).toContainEqual({
        ...{ part: 'auditChain', state: 'degraded', words: 'failing: see the log' },
      });
      expect(await app.get(Metrics).text()).toContain('meditory_source_up{source="audit-seals"} 0');
    } finally {
      audit.anchorFile = anchorFile;
    }
    await run('audit-seals');
    expect((await ready()).status).toBe('ok');
  });
});
