import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

import { z } from 'zod';

const KeyFile = z.strictObject({
  current: z.string().regex(/^[a-z0-9]{4,32}$/),
  keys: z.record(
    z.string().regex(/^[a-z0-9]{4,32}$/),
    z.string().refine((text) => Buffer.from(text, 'base64').length === 32, 'must be 32 bytes as base64'),
  ),
});
type KeyFile = z.output<typeof KeyFile>;

/** Nobody but the owner reads the keys. */
const MODE = 0o600;

/** The keys the trail is sealed with. They are never in the database, or who may write there could seal what he forged. */
export class AuditKeys {
  private constructor(private readonly content: KeyFile) {}

  /** No keys at all: nothing proves itself by them. */
  static none(): AuditKeys {
    return new AuditKeys({ current: 'none', keys: {} });
  }

  /** Reads the keys; throws an Error that names the file where it is not there, not ours alone, or not readable. */
  static async read(file: string): Promise<AuditKeys> {
    const { mode } = await stat(file).catch((cause: unknown) => {
      throw new Error(
        `The keys of the audit trail are not in ${file}. "meditory audit key" makes them; after a restore, bring the file back.`,
        { cause },
      );
    });
    if (process.platform !== 'win32' && (mode & 0o077) !== 0)
      throw new Error(`${file} may be read by others than its owner: set its mode to 600.`);
    const parsed = KeyFile.safeParse(asJson(await readFile(file, 'utf8')));
    if (!parsed.success || !(parsed.data.current in parsed.data.keys))
      throw new Error(`${file} does not hold keys of the audit trail.`);
    return new AuditKeys(parsed.data);
  }

  /** Makes the file with a first key where there is none. */
  static async ensure(file: string): Promise<AuditKeys> {
    const isThere = await stat(file).then(
      () => true,
      () => false,
    );
    if (!isThere) await AuditKeys.rotate(file);
    return AuditKeys.read(file);
  }

  /** Adds a key, which is the one to seal with from now on; the others stay, to prove what they sealed. Answers its name. */
  static async rotate(file: string): Promise<string> {
    const before = await stat(file).then(
      () => AuditKeys.read(file),
      () => undefined,
    );
    const name = `k${randomBytes(4).toString('hex')}`;
    const content: KeyFile = {
      current: name,
      keys: { ...before?.content.keys, [name]: randomBytes(32).toString('base64') },
    };
    await mkdir(dirname(file), { recursive: true });
    // Written beside and moved into place: a crash leaves the old keys or the new ones, whole.
    const handle = await open(`${file}.new`, 'w', MODE);
    await handle.chmod(MODE);
    await handle.writeFile(`${JSON.stringify(content, null, 2)}\n`);
    await handle.sync();
    await handle.close();
    await rename(`${file}.new`, file);
    return name;
  }

  get current(): { readonly keyId: string; readonly key: Buffer } {
    const key = this.find(this.content.current);
    if (!key) throw new Error('the current key of the audit trail is not among the keys');
    return { keyId: this.content.current, key };
  }

  find(keyId: string): Buffer | undefined {
    const text = Object.hasOwn(this.content.keys, keyId) ? this.content.keys[keyId] : undefined;
    return text === undefined ? undefined : Buffer.from(text, 'base64');
  }
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // what is no JSON is refused as what holds no keys
  }
}
