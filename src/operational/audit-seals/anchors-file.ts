import { mkdir, open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';

import { z } from 'zod';

import type { AuditKeys } from './audit-keys.js';
import type { AnchorEntry, AnchorReason } from './audit-seals.types.js';
import { anchorMac } from './seal-codec.js';

const Hex = z.string().regex(/^[0-9a-f]{64}$/);
const Entry = {
  number: z.int().min(1),
  at: z.iso.datetime(),
  chainId: z.uuid(),
  sealNo: z.int().min(0),
  lastId: z.int().min(0),
  hash: z.union([Hex, z.literal('')]),
  keyId: z.string().regex(/^[a-z0-9]{4,32}$/),
  previous: Hex.nullable(),
  mac: Hex,
};
const AnchorLine = z.discriminatedUnion('kind', [
  z.strictObject({
    ...Entry,
    kind: z.literal('anchor'),
    reason: z.enum(['daily', 'z-report', 'command', 'start']),
  }),
  z.strictObject({ ...Entry, kind: z.literal('restored'), reason: z.string().max(300) }),
]);

/** What a file of anchors holds. */
export interface AnchorsContent {
  readonly entries: readonly AnchorEntry[];
  /** Lines that are no entries: a write that was cut off. */
  readonly torn: number;
}

/** What is written down; number, MAC and the one before come with it. */
export type NewEntry = Pick<AnchorEntry, 'at' | 'chainId' | 'sealNo' | 'lastId' | 'hash'> &
  ({ kind: 'anchor'; reason: AnchorReason } | { kind: 'restored'; reason: string });

/** Reads a file of anchors; undefined where there is none. */
export async function readAnchors(file: string): Promise<AnchorsContent | undefined> {
  let content: string;
  try {
    content = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  const lines = content.split('\n').filter((line) => line !== '');
  const entries = lines.flatMap((line) => entryOf(line) ?? []);
  return { entries, torn: lines.length - entries.length };
}

/** Adds an entry at the end of the file, and returns when it is on the disk. One at a time: the caller holds the lock of the sealer. */
export async function appendAnchor(file: string, keys: AuditKeys, entry: NewEntry): Promise<AnchorEntry> {
  const before = (await readAnchors(file))?.entries.at(-1);
  const { keyId, key } = keys.current;
  const unsigned = {
    ...entry,
    number: (before?.number ?? 0) + 1,
    keyId,
    previous: before?.mac ?? null,
  };
  const written = { ...unsigned, mac: anchorMac(key, unsigned) };
  await mkdir(dirname(file), { recursive: true });
  const handle = await open(file, 'a', 0o600);
  try {
    // A line end first: what a crash left of a line before stays by itself.
    await handle.writeFile(`\n${JSON.stringify(written)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  return written;
}

function entryOf(line: string): AnchorEntry | undefined {
  try {
    return AnchorLine.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined; // counted as torn
  }
}
