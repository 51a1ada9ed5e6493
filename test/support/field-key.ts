import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where a server of a test keeps the key its fields are encrypted with: a new file for each. */
export async function aFieldKey(): Promise<{ fieldKeyFile: string }> {
  return { fieldKeyFile: join(await mkdtemp(join(tmpdir(), 'meditory-key-')), 'field.key') };
}
