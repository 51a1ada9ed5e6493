import { mkdir, readFile, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';

import { z } from 'zod';

import { BackupBroken } from './backup-broken.js';
import { isSigned, signed, type BackupKey } from './backup-key.js';
import { SEGMENT_BYTES, parseLsn, parseSegmentName, segmentName, segmentOf } from './lsn.js';
import { readSealedBytes, replaceSealed, replaceText, type SealedFile } from './sealed-file.js';
import type { SegmentSink } from './wal-receiver.js';

const SEALED = '.bak';
const PARTIAL = '.partial';
const HISTORY = /^([0-9A-F]{8})\.history$/;
/** A file of the history of timelines has a line of some 60 bytes for each. */
const MOST_HISTORY_BYTES = 1024 * 1024;

const Head = z.strictObject({
  systemId: z.string(),
  timeline: z.number().int(),
  from: z.string(),
  upTo: z.string(),
  at: z.iso.datetime(),
  mac: z.string(),
});

/** How far an archive goes: without a gap from `from` to `upTo`, which was all there was at `at`. */
export type ArchiveHead = Omit<z.output<typeof Head>, 'mac'>;

/** A file of the log that is kept. */
export interface KeptSegment {
  readonly timeline: number;
  readonly segment: bigint;
  readonly file: string;
}

/** The log of one cluster, segment by segment, beside its backups: what happened after each of them. */
export class WalArchive implements SegmentSink {
  readonly directory: string;

  constructor(
    root: string,
    readonly systemId: string,
    private readonly key: BackupKey,
  ) {
    this.directory = join(root, `wal-${systemId}`);
  }

  private purpose(name: string): string {
    return `wal ${this.systemId} ${name}`;
  }

  async open(): Promise<void> {
    await mkdir(this.directory, { recursive: true, mode: 0o700 });
  }

  async keep(name: string, bytes: Buffer, isWhole: boolean): Promise<void> {
    const partial = join(this.directory, `${name}${PARTIAL}${SEALED}`);
    const file = isWhole ? join(this.directory, `${name}${SEALED}`) : partial;
    await replaceSealed(Readable.from([bytes]), file, this.key, this.purpose(name));
    if (isWhole) await rm(partial, { force: true });
  }

  async keepHistory(name: string, content: Buffer): Promise<void> {
    const file = join(this.directory, `${name}${SEALED}`);
    await replaceSealed(Readable.from([content]), file, this.key, this.purpose(name));
  }

  async writeHead(head: Omit<ArchiveHead, 'systemId'>): Promise<void> {
    const content = signed(this.key, { systemId: this.systemId, ...head });
    await replaceText(join(this.directory, 'head.json'), `${JSON.stringify(content)}\n`);
  }

  /** How far the archive goes; undefined where there is none. */
  async readHead(): Promise<ArchiveHead | undefined> {
    const text = await readFile(join(this.directory, 'head.json'), 'utf8').catch(() => undefined);
    if (text === undefined) return undefined;
    const parsed = Head.safeParse(parseJson(text));
    if (!parsed.success || !isSigned(this.key, parsed.data))
      throw new BackupBroken(
        'The record of how far the archived log goes was changed, or is of another key.',
      );
    const { mac: _mac, ...head } = parsed.data;
    return head;
  }

  private async names(): Promise<string[]> {
    const entries = await readdir(this.directory).catch(() => []);
    return entries.filter((name) => name.endsWith(SEALED)).map((name) => name.slice(0, -SEALED.length));
  }

  /**
   * What continues the log from a place on, without a gap: of its timeline, and of those that branched off later. What lies beyond a gap is left out,
   * since nothing can be made of it.
   */
  async continuing(timeline: number, from: bigint): Promise<KeptSegment[]> {
    const byTimeline = new Map<number, Map<bigint, string>>();
    // Sorted: the whole file of a segment comes before the part of it, and wins.
    for (const name of (await this.names()).sort()) {
      const place = parseSegmentName(name.endsWith(PARTIAL) ? name.slice(0, -PARTIAL.length) : name);
      if (!place || place.timeline < timeline || place.segment < from) continue;
      const segments = byTimeline.get(place.timeline) ?? new Map<bigint, string>();
      if (!segments.has(place.segment)) segments.set(place.segment, name);
      byTimeline.set(place.timeline, segments);
    }
    const kept: KeptSegment[] = [];
    let next = from;
    for (const [line, segments] of [...byTimeline].sort(([a], [b]) => a - b)) {
      // A timeline begins within a segment of the one before, which it holds a copy of.
      let segment = [...segments.keys()].reduce((least, one) => (one < least ? one : least));
      if (segment > next) break;
      for (; segments.has(segment); segment += 1n)
        kept.push({ timeline: line, segment, file: segments.get(segment) ?? '' });
      next = segment;
    }
    return kept;
  }

  /** A segment as PostgreSQL has it: what was not written yet is zeros. */
  async read({ file, timeline, segment }: KeptSegment): Promise<Buffer> {
    const name = segmentName(timeline, segment);
    const path = join(this.directory, `${file}${SEALED}`);
    return readSegment(path, this.key, this.purpose(name), `The archived log ${name}`);
  }

  async histories(): Promise<{ name: string; timeline: number; read: () => Promise<Buffer> }[]> {
    const found = (await this.names()).filter((name) => HISTORY.test(name));
    return found.map((name) => ({
      name,
      timeline: Number.parseInt(name, 16),
      read: () =>
        readSealedBytes(
          join(this.directory, `${name}${SEALED}`),
          this.key,
          this.purpose(name),
          `The history ${name}`,
          MOST_HISTORY_BYTES,
        ),
    }));
  }

  /** Takes away what no backup needs any more: everything before a place, whatever its timeline. */
  async prune(before: string): Promise<number> {
    const first = segmentOf(parseLsn(before));
    let removed = 0;
    for (const name of await this.names()) {
      const place = parseSegmentName(name.endsWith(PARTIAL) ? name.slice(0, -PARTIAL.length) : name);
      if (!place || place.segment >= first) continue;
      await rm(join(this.directory, `${name}${SEALED}`), { force: true });
      removed += 1;
    }
    return removed;
  }

  async bytes(): Promise<number> {
    let sum = 0;
    for (const name of await this.names())
      sum += (await stat(join(this.directory, `${name}${SEALED}`)).catch(() => ({ size: 0 }))).size;
    return sum;
  }
}

/** A sealed segment with zeros behind what was written of it. */
export async function readSegment(
  path: string,
  key: BackupKey,
  purpose: string,
  name: string,
  expected?: SealedFile,
): Promise<Buffer> {
  const written = await readSealedBytes(path, key, purpose, name, SEGMENT_BYTES, expected);
  return Buffer.concat([written, Buffer.alloc(SEGMENT_BYTES - written.length)]);
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined; // the schema says what is wrong with it
  }
}
