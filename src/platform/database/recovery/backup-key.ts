import { createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import { link, open, readFile, rm } from 'node:fs/promises';

const KEY_BYTES = 32;
/** What a key file holds: 64 hexadecimal digits, in groups so that they can be copied from paper. */
const KEY_TEXT = /^[0-9a-f]{64}$/;

/** The key backups are encrypted with. `id` names it without telling it. */
export interface BackupKey {
  readonly id: string;
  readonly bytes: Buffer;
}

/** A key of its own for one purpose. */
export function derivedKey(key: BackupKey, salt: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key.bytes, salt, purpose, KEY_BYTES));
}

function keyOf(bytes: Buffer): BackupKey {
  const id = Buffer.from(hkdfSync('sha256', bytes, '', 'meditory backup key id', 8)).toString('hex');
  return { id, bytes };
}

/** The key of a file; undefined where there is no file. Throws where the file holds no key. */
export async function readBackupKey(file: string): Promise<BackupKey | undefined> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw new Error(`The backup key cannot be read: ${error.message}`);
  });
  if (text === undefined) return undefined;
  const digits = text.toLowerCase().replace(/[\s-]/g, '');
  if (!KEY_TEXT.test(digits))
    throw new Error(`${file} is no backup key: it must hold 64 hexadecimal digits.`);
  return keyOf(Buffer.from(digits, 'hex'));
}

/** The key of a file, made first where there is none. */
export async function ensureBackupKey(file: string): Promise<{ key: BackupKey; isNew: boolean }> {
  const known = await readBackupKey(file);
  if (known) return { key: known, isNew: false };
  await keepBackupKey(file, keyOf(randomBytes(KEY_BYTES)));
  const key = await readBackupKey(file);
  if (!key) throw new Error(`The backup key ${file} is gone again.`);
  return { key, isNew: true };
}

/** Writes a key into a file that only its owner reads, unless there is one: two processes must not make two keys. */
export async function keepBackupKey(file: string, key: BackupKey): Promise<void> {
  const beside = `${file}.${randomBytes(4).toString('hex')}.new`;
  const handle = await open(beside, 'wx', 0o600);
  try {
    await handle.writeFile(`${keyText(key)}\n`);
    await handle.sync();
    await link(beside, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await handle.close();
    await rm(beside, { force: true });
  }
}

/** The key as people copy it: 16 groups of four digits. */
export function keyText(key: BackupKey): string {
  return (key.bytes.toString('hex').match(/.{4}/g) ?? []).join(' ');
}

/** The same text for the same content, in whatever order its parts were put in. */
const canonical = (content: object): string =>
  JSON.stringify(content, (_, value: unknown) =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );

const macOf = (key: BackupKey, content: object): Buffer =>
  createHmac('sha256', derivedKey(key, Buffer.alloc(0), 'meditory backup record'))
    .update(canonical(content))
    .digest();

/** A record with a code that only the key can make, so that a record written or changed by hand is found. */
export function signed<T extends object>(key: BackupKey, content: T): T & { readonly mac: string } {
  return { ...content, mac: macOf(key, content).toString('hex') };
}

/** Whether a record is as it was signed. */
export function isSigned(key: BackupKey, { mac, ...content }: { readonly mac: string }): boolean {
  const given = Buffer.from(mac, 'hex');
  const own = macOf(key, content);
  return given.length === own.length && timingSafeEqual(given, own);
}
