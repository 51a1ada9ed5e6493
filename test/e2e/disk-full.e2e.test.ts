// A disk that is really full (trust.md T06): PostgreSQL's own refusal is a 507 in plain words, reading goes on, and writing does when there
// is space. Only root may make a small disk; elsewhere this is skipped, and says so.
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, mkdtemp, rm, statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { postgresIdentity } from '../../src/platform/database/embedded-binaries.js';
import { aWorldFor, type World } from '../builders/world.js';
import { useTestApp } from '../support/app.js';

/** Nothing that could be written shorter. */
const aLongNote = (): string => randomBytes(750).toString('hex');

const SIZE = 8 * 1024 * 1024;

function smallDisk(folder: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE},mode=0700`, 'tmpfs', folder], {
      stdio: 'pipe',
    });
    return true;
  } catch {
    process.stderr.write('SKIPPED: a disk that is really full. Mounting one needs root.\n');
    return false;
  }
}

const folder = await mkdtemp(join(tmpdir(), 'meditory-full-'));
const isMounted = process.platform === 'linux' && smallDisk(folder);

describe.skipIf(!isMounted)('a full disk', () => {
  const { db, call } = useTestApp();
  let world: World;
  beforeAll(async () => {
    const { uid, gid } = await postgresIdentity();
    if (uid !== undefined && gid !== undefined) await chown(folder, uid, gid);
    world = await aWorldFor(db, 'administrator');
    await db.owner.query(`create tablespace meditory_full location '${folder}'`);
    await db.owner.query('alter table operational.patients set tablespace meditory_full');
  });
  afterAll(async () => {
    await db.owner.query('alter table operational.patients set tablespace pg_default');
    await db.owner.query('drop tablespace meditory_full');
    execFileSync('umount', [folder]);
    await rm(folder, { recursive: true, force: true });
  });

  const aPatient = (notes: string) =>
    call('POST', '/patients', {
      token: world.token,
      body: { firstName: 'Mona', lastName: 'Adel', birthDate: '1980-01-01', sex: 'female', notes },
    });

  it('is told as 507 while reading goes on, and is over when there is space', async () => {
    expect((await aPatient('before')).status).toBe(201);
    const { bavail, bsize } = await statfs(folder);
    const ballast = join(folder, 'ballast');
    await writeFile(ballast, Buffer.alloc(bavail * bsize)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOSPC') throw error;
    });
    // What is left of a page takes a few more.
    let refused = await aPatient(aLongNote());
    for (let n = 0; n < 50 && refused.status === 201; n++) refused = await aPatient(aLongNote());
    expect(refused).toMatchObject({ status: 507, body: { type: '/problems/storage-full' } });
    expect(refused.headers['retry-after']).toBe('30');
    expect((await call('GET', '/patients', { token: world.token })).status).toBe(200);
    expect((await call('GET', '/health/ready')).status).toBe(200);
    await rm(ballast);
    expect((await aPatient(aLongNote())).status).toBe(201);
  });
});
