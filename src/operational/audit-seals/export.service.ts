import { createHash } from 'node:crypto';
import { open, rename, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

import { Injectable } from '@nestjs/common';

import { syncPath } from '../../platform/database/recovery/sealed-file.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { systemContext } from '../../platform/security/request-context.js';
import { copyColumns } from '../../platform/text/copy-rows.domain.js';
import { AuditSealsRepository } from './audit-seals.repository.js';
import type { WholeSeal } from './audit-seals.types.js';
import { redactionLine, ROW_FIELDS, sealLine } from './export-file.js';
import { exportMac, rowHashOf, unpackRows } from './seal-codec.js';
import { SealerService } from './sealer.service.js';

const compress = promisify(gzip);

/** Rows and seals read at once. */
const STEP_ROWS = 5000;
const STEP_SEALS = 500;

/** What was written. */
export interface Exported {
  readonly fromSeal: number;
  readonly toSeal: number;
  readonly seals: number;
  readonly rows: number;
  /** SHA-256 of the file, in hex. */
  readonly sha256: string;
}

/** Writes the trail of a time to a file that proves itself: whole seals with their rows, one JSON object a line. */
@Injectable()
export class AuditExportService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly seals: AuditSealsRepository,
    private readonly sealer: SealerService,
  ) {}

  /** Rows from one instant up to before another, and what is sealed with them; undefined: no sealed row is of that time. */
  async export(from: string, to: string, file: string): Promise<Exported | undefined> {
    const range = await this.uow.read(systemContext(), async (tx) => {
      await this.seals.becomeSealer(tx);
      const { firstId, lastId } = await this.seals.findNumbers(tx, from, to);
      if (firstId === null || lastId === null) return undefined;
      const { firstSeal, lastSeal } = await this.seals.findCovering(tx, firstId, lastId);
      return firstSeal === null || lastSeal === null ? undefined : { firstSeal, lastSeal };
    });
    return range && this.exportSeals(range, file);
  }

  /** Whole seals from one to another with their rows; compressed where the file is named .gz. There whole, or not at all. */
  async exportSeals(range: { firstSeal: number; lastSeal: number }, file: string): Promise<Exported> {
    const keys = await this.sealer.keys();
    const out = new Out(await open(`${file}.part`, 'w', 0o600), file.endsWith('.gz'));
    try {
      const [before, now] = await this.uow.read(
        systemContext(),
        async (tx) =>
          [
            (await this.seals.findSeals(tx, range.firstSeal - 1, range.firstSeal - 1, 1, 1))[0],
            await this.seals.now(tx),
          ] as const,
      );
      let [rows, seals, redactionId] = [0, 0, 0];
      let at = range.firstSeal;
      while (at <= range.lastSeal) {
        const written = await this.uow.read(systemContext(), (tx) =>
          this.step(tx, { from: at, to: range.lastSeal, redactionId }, before, now, out),
        );
        rows += written.rows;
        seals += written.seals;
        at = written.next;
        redactionId = written.redactionId;
      }
      const { keyId, key } = keys.current;
      const mac = exportMac(key, `${out.hex} ${seals} ${rows}`);
      await out.write(JSON.stringify({ kind: 'end', seals, rows, keyId, mac }));
      await out.close();
      await rename(`${file}.part`, file);
      await syncPath(dirname(file));
      await this.uow.run(systemContext(), (tx) =>
        this.seals.logExport(tx, `export of seals ${range.firstSeal} to ${range.lastSeal}`),
      );
      return { fromSeal: range.firstSeal, toSeal: range.lastSeal, seals, rows, sha256: out.hex };
    } finally {
      await out.close();
    }
  }

  private async step(
    tx: Tx,
    { from, to, redactionId }: { from: number; to: number; redactionId: number },
    before: WholeSeal | undefined,
    now: Date,
    out: Out,
  ): Promise<{ rows: number; seals: number; next: number; redactionId: number }> {
    await this.seals.becomeSealer(tx);
    const seals = await this.seals.findSeals(tx, from, to, STEP_ROWS, STEP_SEALS);
    const [first, last] = [seals[0], seals.at(-1)];
    if (!first || !last) throw new Error(`Seal ${from} is missing: "meditory audit verify" says what else.`);
    if (out.isEmpty)
      await out.write(
        JSON.stringify({
          kind: 'export',
          format: 1,
          chainId: first.chainId,
          fromSeal: from,
          toSeal: to,
          createdAt: now.toISOString(),
          before: before ? (JSON.parse(sealLine(before)) as object) : null,
        }),
      );
    // Before the rows, so that who reads the file knows them then.
    const redactions = await this.seals.findRedactions(tx, redactionId);
    for (const redaction of redactions) await out.write(redactionLine(redaction));
    const waiting = [...seals];
    let rows = 0;
    const sealed = new Map(
      seals.flatMap((seal) => unpackRows(seal.rowHashes).map((row) => [row.id, row.hash] as const)),
    );
    for await (const line of this.seals.lines(tx, first.firstId - 1, last.lastId)) {
      const { id, hash } = rowHashOf(line);
      while (waiting[0] && waiting[0].firstId <= id) await out.write(sealLine(waiting.shift() as WholeSeal));
      const columns = copyColumns(line.toString('utf8'));
      const fields = Object.fromEntries(ROW_FIELDS.map((name, n) => [name, columns[n] ?? null]));
      // As it was sealed: a row that was blanked since is proved by its redaction.
      const due = sealed.get(id) ?? hash;
      await out.write(JSON.stringify({ kind: 'row', hash: due.toString('hex'), ...fields }));
      rows += 1;
    }
    for (const seal of waiting) await out.write(sealLine(seal));
    const next = last.sealNo + 1;
    return { rows, seals: seals.length, next, redactionId: redactions.at(-1)?.redactionId ?? redactionId };
  }
}

/** A file that is written line by line, knows the hash of what it holds, and is on the disk when it is closed. */
class Out {
  private readonly hash = createHash('sha256');
  private lines: string[] = [];
  private waiting = 0;
  private isClosed = false;
  isEmpty = true;

  constructor(
    private readonly handle: FileHandle,
    private readonly isCompressed: boolean,
  ) {}

  get hex(): string {
    return this.hash.copy().digest('hex');
  }

  async write(line: string): Promise<void> {
    this.isEmpty = false;
    this.hash.update(`${line}\n`);
    this.lines.push(line);
    this.waiting += line.length;
    if (this.waiting > 1_000_000) await this.flush();
  }

  async close(): Promise<void> {
    if (this.isClosed) return;
    this.isClosed = true;
    await this.flush();
    await this.handle.sync();
    await this.handle.close();
  }

  private async flush(): Promise<void> {
    const text = this.lines.map((line) => `${line}\n`).join('');
    this.lines = [];
    this.waiting = 0;
    // Each piece is a member of its own; together they are one file to whoever unpacks it.
    await this.handle.appendFile(this.isCompressed ? await compress(text) : text);
  }
}
