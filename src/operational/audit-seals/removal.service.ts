import { Injectable } from '@nestjs/common';

import type { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { systemContext } from '../../platform/security/request-context.js';
import { AuditSealsRepository } from './audit-seals.repository.js';
import { verifyExport } from './export-file.js';
import { removalMac } from './seal-codec.js';
import { SealerService } from './sealer.service.js';

/** Seals whose rows are taken out in one transaction. */
const SEALS_AT_ONCE = 100;

/** What was taken out. */
export interface Removed {
  readonly fromSeal: number | null;
  readonly toSeal: number | null;
  readonly rows: number;
}

/** Takes old rows out of the trail, once they are in an export that proves itself. Their seals stay, so that the chain still holds. */
@Injectable()
export class RemovalService {
  constructor(
    private readonly seals: AuditSealsRepository,
    private readonly sealer: SealerService,
  ) {}

  /**
   * Takes out rows older than so many years, in whole seals from the beginning, as far as the file has them. `owner` is a connection of
   * the owner of the tables: nobody else may. Throws where the file does not hold what the trail holds.
   */
  async remove(owner: UnitOfWork, years: number, file: string): Promise<Removed> {
    const keys = await this.sealer.keys();
    const exported = await verifyExport(file, keys);
    if (!exported.ok) throw new Error(`${file} does not prove itself: ${exported.findings[0]?.detail ?? ''}`);
    const { keyId, key } = keys.current;
    let done: Removed = { fromSeal: null, toSeal: null, rows: 0 };
    for (;;) {
      const some = await owner.run(systemContext(), async (tx) => {
        await this.seals.becomeOwner(tx);
        const removedAt = await this.seals.now(tx);
        const before = new Date(removedAt);
        before.setUTCFullYear(before.getUTCFullYear() - years);
        const old = await this.seals.findRemovable(tx, before, SEALS_AT_ONCE);
        const hashes = new Map(
          (
            await this.seals.findHashes(
              tx,
              old.map(({ sealNo }) => sealNo),
            )
          ).map((row) => [row.sealNo, row.hash]),
        );
        const isNot = old.findIndex(
          ({ sealNo, isOld }) => !isOld || exported.seals.get(sealNo) !== hashes.get(sealNo),
        );
        const whole = isNot < 0 ? old : old.slice(0, isNot);
        const [first, last] = [whole[0], whole.at(-1)];
        if (!first || !last) return undefined;
        const removal = {
          removalNo: (await this.seals.lastRemovalNo(tx)) + 1,
          firstSeal: first.sealNo,
          lastSeal: last.sealNo,
          firstId: first.firstId,
          lastId: last.lastId,
          rowCount: whole.reduce((sum, { rowCount }) => sum + rowCount, 0),
          keepYears: years,
          exportSha256: Buffer.from(exported.sha256, 'hex'),
          removedAt,
          keyId,
        };
        await this.seals.removeRows(tx, { ...removal, mac: removalMac(key, removal) });
        return removal;
      });
      if (!some) return done;
      done = {
        fromSeal: done.fromSeal ?? some.firstSeal,
        toSeal: some.lastSeal,
        rows: done.rows + some.rowCount,
      };
    }
  }
}
