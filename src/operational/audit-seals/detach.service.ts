import { mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { Injectable } from '@nestjs/common';

import { replaceText } from '../../platform/database/recovery/sealed-file.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { databaseFailure } from '../../platform/errors/database-errors.js';
import { systemContext } from '../../platform/security/request-context.js';
import { AuditSealsRepository } from './audit-seals.repository.js';
import type { Removal } from './audit-seals.types.js';
import { AuditExportService } from './export.service.js';
import { verifyExport, type ExportReport } from './export-file.js';
import { removalMac } from './seal-codec.js';
import { SealerService } from './sealer.service.js';

/** SQLSTATE of a lock that was not to be had in time. */
const LOCK_NOT_AVAILABLE = '55P03';
/** How often it is tried to have the trail for itself, and how long it waits in between, ms. */
const TRIES = 60;
const PAUSE_MS = 1000;

/** What is done with a month, in this order. Nothing leaves the trail before it is proved. */
export type DetachStep = 'written' | 'proved' | 'taken-out' | 'done';

export interface DetachOptions {
  /** Months before this one (2026-01) go, from the oldest on. */
  readonly before: string;
  /** How old their rows must be. */
  readonly years: number;
  /** Where the files go. */
  readonly folder: string;
  /** Told after each step; `taken-out` is told before it is committed. */
  readonly onStep?: (month: string, step: DetachStep) => Promise<void>;
}

/** A month that left. */
export interface Detached {
  readonly month: string;
  readonly rows: number;
  /** Null: the month had no rows. */
  readonly file: string | null;
  readonly sha256: string | null;
}

interface Range {
  readonly firstSeal: number;
  readonly lastSeal: number;
  readonly firstId: number;
  readonly lastId: number;
}

/**
 * Takes old months out of the trail whole: each is written to a file, the file is read again and proved against the chain, and then the
 * part is dropped in the transaction that writes the signed removal. The seals stay, so that the chain holds without the rows.
 */
@Injectable()
export class DetachService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly seals: AuditSealsRepository,
    private readonly sealer: SealerService,
    private readonly exports: AuditExportService,
  ) {}

  /** `owner` is a connection of the owner of the tables: nobody else may. Throws at the first month that cannot go; those before it are gone. */
  async detach(owner: UnitOfWork, options: DetachOptions): Promise<Detached[]> {
    const months = await this.uow.read(systemContext(), (tx) => this.seals.findMonths(tx, options.before));
    const done: Detached[] = [];
    if (months.length > 0) await mkdir(options.folder, { recursive: true, mode: 0o700 });
    for (const month of months) done.push(await this.detachMonth(owner, month, options));
    return done;
  }

  private async detachMonth(owner: UnitOfWork, month: string, options: DetachOptions): Promise<Detached> {
    const range = await this.rangeOf(month, options.years);
    if (!range) {
      const rows = await this.takeOut(owner, month, undefined, options);
      return { month, rows, file: null, sha256: null };
    }
    const name = `audit-${month}.seals-${range.firstSeal}-${range.lastSeal}`;
    const file = join(options.folder, `${name}.ndjson.gz`);
    const written = await this.exports.exportSeals(range, file);
    await options.onStep?.(month, 'written');
    const proved = await verifyExport(file, await this.sealer.keys());
    await this.requireEqual(file, range, proved, written.sha256);
    const last = proved.seals.get(range.lastSeal) ?? '';
    await replaceText(
      join(options.folder, `${name}.json`),
      `${JSON.stringify({ format: 1, month, file: basename(file), sha256: proved.sha256, chainId: proved.chainId, ...range, rows: proved.checked.rows, lastHash: last }, null, 2)}\n`,
    );
    await options.onStep?.(month, 'proved');
    const removal = { ...range, rowCount: proved.checked.rows, keepYears: options.years, exportSha256: Buffer.from(proved.sha256, 'hex') }; // prettier-ignore
    const rows = await this.takeOut(owner, month, removal, options);
    return { month, rows, file, sha256: proved.sha256 };
  }

  /** The seals a month goes with; undefined: it has no rows. Throws where it cannot go. */
  private rangeOf(month: string, years: number): Promise<Range | undefined> {
    return this.uow.read(systemContext(), async (tx) => {
      const before = await this.seals.now(tx);
      before.setUTCFullYear(before.getUTCFullYear() - years);
      await this.seals.becomeSealer(tx);
      const { lastId, firstSeal, firstSealId, lastSeal, lastSealId, isOld } = await this.seals.findMonthSeals(tx, month, before); // prettier-ignore
      if (lastId === null) return undefined;
      if (firstSeal === null || firstSealId === null || lastSeal === null || lastSealId === null || lastSeal < firstSeal)
        throw new Error(`${month} is not sealed to its end, so it stays.`); // prettier-ignore
      if (!isOld) throw new Error(`${month} has rows younger than ${years} years, so it stays.`);
      return { firstSeal, lastSeal, firstId: firstSealId, lastId: lastSealId };
    });
  }

  /** Throws where the file that was read again is not what was written, proves nothing, or is not what the chain says. */
  private async requireEqual(
    file: string,
    range: Range,
    proved: ExportReport,
    sha256: string,
  ): Promise<void> {
    const numbers = [...proved.seals.keys()];
    const hashes = await this.uow.read(systemContext(), (tx) => this.seals.findHashes(tx, numbers));
    const isWhole =
      proved.ok &&
      proved.sha256 === sha256 &&
      numbers.length === range.lastSeal - range.firstSeal + 1 &&
      hashes.length === numbers.length &&
      hashes.every(({ sealNo, hash }) => proved.seals.get(sealNo) === hash);
    if (!isWhole)
      throw new Error(
        `${file} does not prove what is in the trail, so nothing was taken out. ${proved.findings[0]?.detail ?? ''}`.trim(),
      );
  }

  /** Again and again, where the trail is being written to: it gives way to tills. */
  private async takeOut(
    owner: UnitOfWork,
    month: string,
    removal: Omit<Removal, 'removalNo' | 'removedAt' | 'keyId' | 'mac'> | undefined,
    { onStep }: DetachOptions,
  ): Promise<number> {
    const { keyId, key } = (await this.sealer.keys()).current;
    for (let n = 1; ; n++) {
      try {
        const rows = await owner.run(systemContext(), async (tx) => {
          await this.seals.becomeOwner(tx);
          const signed = removal && {
            ...removal,
            removalNo: (await this.seals.lastRemovalNo(tx)) + 1,
            removedAt: await this.seals.now(tx),
            keyId,
          };
          const gone = await this.seals.detachMonth(tx, month, signed && { ...signed, mac: removalMac(key, signed) }); // prettier-ignore
          await onStep?.(month, 'taken-out');
          return gone;
        });
        await onStep?.(month, 'done');
        return rows;
      } catch (error) {
        if (databaseFailure(error)?.code !== LOCK_NOT_AVAILABLE || n === TRIES) throw error;
        await pause(PAUSE_MS);
      }
    }
  }
}
