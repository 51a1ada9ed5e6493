import { mkdir, open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';

import { z } from 'zod';

/** A record that was erased: numbers and an instant, nothing of who it was. */
export const ErasedRecord = z.strictObject({
  patientId: z.int().min(1),
  branchId: z.int().min(1),
  /** When the record was entered, µs since 1970: the same number of another installation is another record. */
  createdAt: z.string().regex(/^\d{1,17}$/),
  recordedBy: z.int().min(1),
  decidedBy: z.int().min(1),
});
export type ErasedRecord = z.output<typeof ErasedRecord>;

const Line = ErasedRecord.extend({ keyId: z.string(), mac: z.string().regex(/^[0-9a-f]{64}$/) });
export type ErasedLine = z.output<typeof Line>;

/** What the MAC of a line covers. */
export const contentOf = (record: ErasedRecord): string =>
  JSON.stringify([
    'meditory erased record 1',
    record.patientId,
    record.branchId,
    record.createdAt,
    record.recordedBy,
    record.decidedBy,
  ]);

/** Lines of the list; none where there is no file. A line that a crash cut off is left out: its record is noted again. */
export async function readList(file: string): Promise<ErasedLine[]> {
  let content: string;
  try {
    content = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  return content.split('\n').flatMap((text) => lineOf(text) ?? []);
}

/** Adds lines at the end, and returns when they are on the disk. */
export async function appendList(file: string, lines: readonly ErasedLine[]): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const handle = await open(file, 'a', 0o600);
  try {
    // A line end first: what a crash left of a line before stays by itself.
    await handle.writeFile(`\n${lines.map((line) => JSON.stringify(line)).join('\n')}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function lineOf(text: string): ErasedLine | undefined {
  if (text === '') return undefined;
  try {
    return Line.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined; // cut off by a crash
  }
}
