import { mkdir, readFile, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { z } from 'zod';

import { BackupBroken } from './backup-broken.js';
import { isSigned, signed, type BackupKey } from './backup-key.js';
import { replaceText, syncPath } from './sealed-file.js';
import { parseJson } from './wal-archive.js';

const ID = /^\d{8}T\d{6}Z-(physical|logical)$/;
const UNFINISHED = '.partial';
/** More backups than anybody keeps; what lies beyond is not looked at. */
const MOST_BACKUPS = 1000;

const Instant = z.iso.datetime();
const Sealed = z.strictObject({ bytes: z.number().int(), sha256: z.string().regex(/^[0-9a-f]{64}$/) });

const Manifest = z.strictObject({
  format: z.literal(1),
  id: z.string().regex(ID),
  kind: z.enum(['physical', 'logical']),
  /** Version of the program and of PostgreSQL that made it. */
  program: z.string(),
  postgres: z.number().int(),
  keyId: z.string(),
  startedAt: Instant,
  /** The moment the backup holds: what was committed before is in it. */
  takenAt: Instant,
  endedAt: Instant,
  /** Name of the newest migration in it. */
  migration: z.string(),
  /** Where it is in the log; of a physical backup alone. */
  log: z
    .strictObject({ systemId: z.string(), timeline: z.number().int(), start: z.string(), end: z.string() })
    .optional(),
  /** Bytes of the database before they were packed. */
  plainBytes: z.number().int(),
  /** Rows of each table at `takenAt`. */
  rows: z.record(z.string(), z.number().int()),
  files: z.record(z.string(), Sealed),
  mac: z.string(),
});
export type Manifest = z.output<typeof Manifest>;

const Proof = z.strictObject({
  id: z.string().regex(ID),
  provenAt: Instant,
  ok: z.boolean(),
  /** From the first byte read until the restored database answered: what a restoration takes on this machine. */
  restoreSeconds: z.number(),
  checks: z.array(z.strictObject({ name: z.string(), ok: z.boolean(), detail: z.string() })).max(100),
  mac: z.string(),
});
export type Proof = z.output<typeof Proof>;

const Failure = z.strictObject({ at: Instant, message: z.string().max(2000) });
export type Failure = z.output<typeof Failure>;

/** A backup as it lies in the folder; `fault` says why it cannot be used. */
export interface Backup {
  readonly id: string;
  readonly directory: string;
  readonly manifest: Manifest | undefined;
  readonly proof: Proof | undefined;
  readonly fault: string | undefined;
}

/** The folder backups lie in. What is whole has its name; what is being written, or was cut off, has not. */
export class BackupStore {
  constructor(readonly root: string) {}

  /** Makes a folder for a new backup, which does not look like one until `finish`. Unfinished ones of before go. */
  async begin(kind: Manifest['kind'], at: Date): Promise<{ id: string; directory: string }> {
    await mkdir(this.root, { recursive: true, mode: 0o700 });
    for (const name of await readdir(this.root))
      if (name.endsWith(UNFINISHED)) await rm(join(this.root, name), { recursive: true, force: true });
    const id = `${at.toISOString().slice(0, 19).replace(/[-:]/g, '')}Z-${kind}`;
    const directory = join(this.root, `${id}${UNFINISHED}`);
    await mkdir(directory, { mode: 0o700 });
    return { id, directory };
  }

  /** Gives the backup its name, after all of it is on the disk. */
  async finish(key: BackupKey, content: Omit<Manifest, 'mac'>, directory: string): Promise<Backup> {
    const manifest = signed(key, content);
    await replaceText(join(directory, 'manifest.json'), `${JSON.stringify(manifest, null, 1)}\n`);
    const whole = join(this.root, content.id);
    await rename(directory, whole);
    await syncPath(this.root);
    return { id: content.id, directory: whole, manifest, proof: undefined, fault: undefined };
  }

  /** The backups there are, newest first. */
  async list(key: BackupKey | undefined): Promise<Backup[]> {
    const names = (await readdir(this.root).catch(() => [])).filter((name) => ID.test(name));
    const newest = names.sort().reverse().slice(0, MOST_BACKUPS);
    return Promise.all(newest.map((id) => this.read(id, key)));
  }

  private async read(id: string, key: BackupKey | undefined): Promise<Backup> {
    const directory = join(this.root, id);
    const backup = { id, directory, manifest: undefined, proof: undefined };
    try {
      const manifest = await recordOf(join(directory, 'manifest.json'), Manifest, 'The manifest', key);
      if (manifest === undefined) return { ...backup, fault: 'Its manifest is missing.' };
      if (manifest.id !== id) return { ...backup, fault: 'It was renamed.' };
      const proof = await recordOf(join(directory, 'proof.json'), Proof, 'The record of its proof', key);
      return { ...backup, manifest, proof: proof?.id === id ? proof : undefined, fault: undefined };
    } catch (error) {
      if (error instanceof BackupBroken) return { ...backup, fault: error.message };
      throw error;
    }
  }

  async writeProof(key: BackupKey, backup: Backup, content: Omit<Proof, 'mac'>): Promise<Proof> {
    const proof = signed(key, content);
    await replaceText(join(backup.directory, 'proof.json'), `${JSON.stringify(proof, null, 1)}\n`);
    return proof;
  }

  async remove(backup: Backup): Promise<void> {
    // Renamed first: a removal that is cut off must not leave half a backup under its name.
    const gone = `${backup.directory}${UNFINISHED}`;
    await rename(backup.directory, gone);
    await rm(gone, { recursive: true, force: true });
  }

  async noteFailure(message: string): Promise<void> {
    await mkdir(this.root, { recursive: true, mode: 0o700 });
    const failure: Failure = { at: new Date().toISOString(), message: message.slice(0, 2000) };
    await replaceText(join(this.root, 'last-failure.json'), `${JSON.stringify(failure)}\n`);
  }

  async forgetFailure(): Promise<void> {
    await rm(join(this.root, 'last-failure.json'), { force: true });
  }

  /** What went wrong last, where nothing went well since. */
  async lastFailure(): Promise<Failure | undefined> {
    const text = await readFile(join(this.root, 'last-failure.json'), 'utf8').catch(() => undefined);
    return text === undefined ? undefined : Failure.safeParse(parseJson(text)).data;
  }
}

async function recordOf<T extends { readonly mac: string }>(
  file: string,
  schema: z.ZodType<T>,
  what: string,
  key: BackupKey | undefined,
): Promise<T | undefined> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw new BackupBroken(`${what} cannot be read: ${error.message}`);
  });
  if (text === undefined) return undefined;
  const parsed = schema.safeParse(parseJson(text));
  if (!parsed.success) throw new BackupBroken(`${what} was cut off or changed.`);
  if (key === undefined) throw new BackupBroken('There is no key to read it with.');
  const { keyId } = parsed.data as { keyId?: string };
  if (keyId !== undefined && keyId !== key.id)
    throw new BackupBroken(`It was made with the key ${keyId}; the key here is ${key.id}.`);
  if (!isSigned(key, parsed.data))
    throw new BackupBroken(`${what} was changed after it was written, or is of another key.`);
  return parsed.data;
}

const provenAt = ({ proof }: Backup): number => (proof?.ok ? Date.parse(proof.provenAt) : 0);

/** The newest backup that was restored and checked; undefined: none was. */
export function newestProven(backups: readonly Backup[]): Backup | undefined {
  return backups.find((backup) => backup.fault === undefined && provenAt(backup) > 0);
}

/**
 * Which backups may go where `keep` proven ones are kept: what is older than the oldest of them. Without so many proven ones nothing goes, and what
 * cannot be used goes only with its age.
 */
export function outdated(backups: readonly Backup[], keep: number): Backup[] {
  const proven = backups.filter((backup) => backup.fault === undefined && provenAt(backup) > 0);
  const oldest = proven[keep - 1];
  return oldest ? backups.filter((backup) => backup.id < oldest.id) : [];
}
