import { Injectable } from '@nestjs/common';

import type { Tx } from '../../platform/database/tx.js';
import { Quantity } from '../../platform/money/quantity.js';
import { PackCodesService } from '../../reference/drugs/pack-codes.service.js';
import { PackRefused } from './serials.errors.js';
import { SerialsRepository } from './serials.repository.js';
import { PACK_REFUSALS, type PackRefusal } from './serials.types.js';

/** A line of a sale that was taken from stock, and the codes of the packs in hand. */
export interface SoldFrom {
  readonly saleItemId: number;
  readonly drugId: number;
  readonly codes: readonly string[];
}

/** Judges packs in hand before they leave to a patient, and notes which ones gave. */
@Injectable()
export class PackCheckService {
  constructor(
    private readonly packs: SerialsRepository,
    private readonly codes: PackCodesService,
  ) {}

  /**
   * Whether a pack may leave to a patient; answers it, or undefined where nobody received it and the branch does not mind. Throws
   * PackRefused: sold out, set aside, recalled, expired, at another branch, unknown where the branch asks for known packs.
   */
  async assertFree(
    tx: Tx,
    branchId: number,
    { gtin, serial }: { readonly gtin: string; readonly serial: string },
  ): Promise<{ packSerialId: number; lotId: number; remaining: string } | undefined> {
    const { standing, demandKnown, packSerialId, lotId, remaining } = await this.packs.standing(
      tx,
      branchId,
      gtin,
      serial,
    );
    if (standing === 'unknown' && !demandKnown) return undefined;
    if (standing !== 'free' || packSerialId === null || lotId === null || remaining === null)
      throw new PackRefused({ reason: refusalOf(standing), gtin, serial });
    return { packSerialId, lotId, remaining };
  }

  /**
   * Notes which packs gave what a sale took, in the order they were scanned. Call it after the stock is taken, which holds the lots. Throws
   * PackRefused, UnreadableBarcode, AmbiguousBarcode.
   */
  async giveTo(tx: Tx, branchId: number, lines: readonly SoldFrom[]): Promise<void> {
    for (const { saleItemId, drugId, codes } of lines)
      for (const code of codes) {
        const { gtin, serialNumber: serial, ...read } = await this.codes.read(tx, code);
        if (read.drugId !== drugId) throw new PackRefused({ reason: 'other-product', gtin, serial });
        if (gtin === null || serial === null) throw new PackRefused({ reason: 'no-serial', gtin, serial });
        const pack = await this.assertFree(tx, branchId, { gtin, serial });
        if (pack) await this.give(tx, saleItemId, { ...pack, gtin, serial });
      }
  }

  private async give(
    tx: Tx,
    saleItemId: number,
    pack: {
      readonly packSerialId: number;
      readonly lotId: number;
      readonly remaining: string;
      readonly gtin: string;
      readonly serial: string;
    },
  ): Promise<void> {
    const { gtin, serial } = pack;
    const taken = await this.packs.takenByLine(tx, saleItemId);
    const lots = taken.map(({ lotNumber }) => lotNumber);
    const from = taken.find(({ lotId }) => lotId === pack.lotId);
    if (!from) throw new PackRefused({ reason: 'not-next', gtin, serial, lots });
    const [open, left] = [Quantity.of(from.open), Quantity.of(pack.remaining)];
    const units = open.compare(left) < 0 ? open : left;
    if (!units.isPositive()) throw new PackRefused({ reason: 'not-needed', gtin, serial });
    await this.packs.takePack(tx, pack.packSerialId, from.movementId, units.toString());
  }
}

const refusalOf = (standing: string): PackRefusal =>
  PACK_REFUSALS.find((reason) => reason === standing) ?? 'quarantined';
