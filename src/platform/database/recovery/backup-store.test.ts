// Backups as they lie in a folder: what is listed, what may go, and an archive with gaps.
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { ensureBackupKey, isSigned, signed, type BackupKey } from './backup-key.js';
import { BackupStore, newestProven, outdated, type Backup, type Manifest } from './backup-store.js';
import { lsnText, parseLsn, parseSegmentName, segmentName, segmentOf } from './lsn.js';
import { WalArchive } from './wal-archive.js';

const key: BackupKey = { id: '0123456789abcdef', bytes: randomBytes(32) };
let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'meditory-store-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function stored(store: BackupStore, at: string, isProven: boolean | undefined): Promise<Backup> {
  const { id, directory } = await store.begin('logical', new Date(at));
  const content: Omit<Manifest, 'mac'> = {
    format: 1, id, kind: 'logical', program: '1', postgres: 180004, keyId: key.id, startedAt: at, takenAt: at, endedAt: at,
    migration: 'M1', plainBytes: 1, rows: { 'operational.b': 2, 'operational.a': 1 }, files: {},
  }; // prettier-ignore
  const backup = await store.finish(key, content, directory);
  if (isProven !== undefined)
    await store.writeProof(key, backup, { id, provenAt: at, ok: isProven, restoreSeconds: 1, checks: [] });
  return backup;
}

describe('a folder of backups', () => {
  it('lists whole ones alone, newest first', async () => {
    const store = new BackupStore(root);
    await stored(store, '2026-11-01T03:00:00.000Z', true);
    await stored(store, '2026-11-02T03:00:00.000Z', undefined);
    await mkdir(join(root, '20261103T030000Z-logical.partial'));
    const list = await store.list(key);
    expect(list.map(({ id, fault }) => [id, fault])).toEqual([
      ['20261102T030000Z-logical', undefined],
      ['20261101T030000Z-logical', undefined],
    ]);
    expect(newestProven(list)?.id).toBe('20261101T030000Z-logical');
    await store.begin('logical', new Date('2026-11-04T03:00:00Z'));
    expect((await readdir(root)).filter((name) => name.endsWith('.partial'))).toEqual([
      '20261104T030000Z-logical.partial',
    ]);
  });

  it('says why one cannot be used', async () => {
    const store = new BackupStore(root);
    const backup = await stored(store, '2026-11-01T03:00:00.000Z', true);
    const manifest = join(backup.directory, 'manifest.json');
    const fault = async (by = key): Promise<string | undefined> => (await store.list(by))[0]?.fault;
    expect(await fault({ id: 'fedcba9876543210', bytes: randomBytes(32) })).toContain('made with the key 0123456789abcdef'); // prettier-ignore
    const text = await readFile(manifest, 'utf8');
    await writeFile(manifest, text.replace('"operational.b": 2', '"operational.b": 3'));
    expect(await fault()).toContain('changed after it was written');
    await writeFile(manifest, text.slice(0, 100));
    expect(await fault()).toContain('cut off or changed');
    await rm(manifest);
    expect(await fault()).toContain('missing');
    await writeFile(manifest, text);
    await rename(backup.directory, join(root, '20261109T030000Z-logical'));
    expect(await fault()).toBe('It was renamed.');
  });

  it('lets go what is older than the oldest of those kept, and counts proven ones alone', async () => {
    const store = new BackupStore(root);
    const proofs = [true, true, false, undefined, true];
    for (const [n, proof] of proofs.entries()) await stored(store, `2026-11-0${n + 1}T03:00:00.000Z`, proof);
    const list = await store.list(key);
    const days = (backups: Backup[]): string[] => backups.map(({ id }) => id.slice(6, 8));
    expect(days(outdated(list, 1))).toEqual(['04', '03', '02', '01']);
    expect(days(outdated(list, 2))).toEqual(['01']);
    expect(days(outdated(list, 4))).toEqual([]);
  });
});

describe('the archived log', () => {
  it('names segments as PostgreSQL does', () => {
    expect(lsnText(parseLsn('16/B374D848'))).toBe('16/B374D848');
    const segment = segmentOf(parseLsn('16/B374D848'));
    expect(segmentName(3, segment)).toBe('0000000300000016000000B3');
    expect(parseSegmentName('0000000300000016000000B3')).toEqual({ timeline: 3, segment });
  });

  it('goes on without a gap, over timelines, and a whole segment wins over a part', async () => {
    const archive = new WalArchive(root, '7', key);
    await archive.open();
    const keep = (timeline: number, segment: bigint, isWhole = true): Promise<void> =>
      archive.keep(segmentName(timeline, segment), Buffer.from('x'), isWhole);
    for (const segment of [4n, 5n, 6n]) await keep(1, segment);
    await keep(1, 7n, false);
    for (const segment of [7n, 8n]) await keep(2, segment);
    await keep(2, 10n);
    await writeFile(join(archive.directory, `${segmentName(1, 6n)}.partial.bak`), 'left from before');
    const found = await archive.continuing(1, 5n);
    expect(found.map(({ timeline, segment }) => `${timeline}/${segment}`)).toEqual([
      '1/5',
      '1/6',
      '1/7',
      '2/7',
      '2/8',
    ]);
    expect(found[1]?.file).toBe(segmentName(1, 6n));
    expect((await archive.read(found[0] ?? { timeline: 0, segment: 0n, file: '' })).length).toBe(
      16 * 1024 * 1024,
    );
    expect(await archive.continuing(1, 3n)).toEqual([]);
    expect(await archive.prune('0/6000000')).toBe(2);
    expect((await archive.continuing(1, 6n)).length).toBe(4);
  });
});

describe('the key', () => {
  it('is made once, and read in whatever way it was copied', async () => {
    const file = join(root, 'backup.key');
    const [first, second] = await Promise.all([ensureBackupKey(file), ensureBackupKey(file)]);
    expect(first.key.id).toBe(second.key.id);
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.toUpperCase().replaceAll(' ', '-\n'));
    expect((await ensureBackupKey(file)).key.id).toBe(first.key.id);
    await writeFile(file, 'not a key');
    await expect(ensureBackupKey(file)).rejects.toThrow('no backup key');
  });

  it('signs content in whatever order it comes', () => {
    const { mac } = signed(key, { a: 1, b: { c: 2, d: 3 } });
    expect(isSigned(key, { b: { d: 3, c: 2 }, a: 1, mac } as { mac: string })).toBe(true);
    expect(isSigned(key, { a: 1, b: { c: 2, d: 4 }, mac } as { mac: string })).toBe(false);
  });
});
