import { Injectable } from '@nestjs/common';
import { In, Not } from 'typeorm';

import type { Tx } from '../../platform/database/tx.js';
import type { PackLevel, ProductCode } from '../barcodes/barcodes.types.js';
import { packKey, type Pack } from './drug-packs.domain.js';
import { DrugBarcode } from './entities/drug-barcode.entity.js';
import { DrugPack } from './entities/drug-pack.entity.js';

/** A way a product can be counted. Decimal strings. */
export interface PackSize {
  /** Null: only the product itself says it. */
  readonly packId: number | null;
  readonly level: PackLevel;
  readonly description: string;
  readonly baseUnits: string;
  readonly price: string | null;
  readonly isDefault: boolean;
}

/** A barcode with what one scan of it stands for. */
export interface BarcodeRow extends Pick<ProductCode, 'code' | 'gtin' | 'kind'> {
  readonly packLevel: PackLevel;
  readonly packId: number | null;
  /** Base units of one scan; null where nobody stated them. */
  readonly scanUnits: string | null;
}

/** A barcode to store. */
export interface BarcodeToStore extends Pick<ProductCode, 'code' | 'gtin' | 'kind'> {
  readonly packLevel: PackLevel;
  /** Undefined: that of the same code before, where it still is of the level. */
  readonly packId: number | null | undefined;
  readonly baseUnits: string | null;
}

const FIND_SIZES = `
select /* drugPacks.findSizes */ pack_id as "packId", level, description, base_units as "baseUnits", price, is_default as "isDefault"
from reference.drug_pack_sizes
where drug_id = $1`;

const FIND_BARCODES = `
select /* drugPacks.findBarcodes */ b.code, b.gtin, b.kind, u.level as "packLevel", b.pack_id as "packId", u.base_units as "scanUnits"
from reference.drug_barcodes b
join reference.drug_barcode_units u using (barcode_id)
where b.drug_id = $1
order by b.gtin`;

/** Packs of products and the barcodes on them. Writing needs a transaction as pharmacy_admin that holds the product. */
@Injectable()
export class DrugPacksRepository {
  /** Every way the product can be counted. */
  findSizes(tx: Tx, drugId: number): Promise<PackSize[]> {
    return tx.query<PackSize>(FIND_SIZES, [drugId]);
  }

  /** The barcodes in order, with what one scan stands for. */
  findBarcodes(tx: Tx, drugId: number): Promise<BarcodeRow[]> {
    return tx.query<BarcodeRow>(FIND_BARCODES, [drugId]);
  }

  /** Identities of the packs that have a row, by what tells one from another. */
  async findKeys(tx: Tx, drugId: number): Promise<ReadonlyMap<string, DrugPack>> {
    const rows = await tx.manager.findBy(DrugPack, { drugId });
    return new Map(rows.map((pack) => [packKey(pack), pack]));
  }

  /**
   * Makes these the packs; one that stays keeps its identity. `freesBarcodes`: barcodes are written anew afterwards, so
   * those on packs that go may be let loose; otherwise the foreign key refuses.
   */
  async replacePacks(tx: Tx, drugId: number, packs: readonly Pack[], freesBarcodes: boolean): Promise<void> {
    const present = await this.findKeys(tx, drugId);
    const wanted = new Map(packs.map((pack) => [packKey(pack), pack]));
    const gone = [...present].flatMap(([key, { packId }]) => (wanted.has(key) ? [] : [packId]));
    if (gone.length > 0) {
      if (freesBarcodes) await tx.manager.update(DrugBarcode, { drugId, packId: In(gone) }, { packId: null });
      await tx.manager.delete(DrugPack, { drugId, packId: In(gone) });
    }
    // One default for a level at a time: what ceases to be it ceases first.
    const staying = [...wanted].flatMap(([key, pack]) => {
      const row = present.get(key);
      return row && (row.price !== pack.price || row.isDefault !== pack.isDefault) ? [{ row, pack }] : [];
    });
    for (const { row, pack } of staying.sort((a, b) => Number(a.pack.isDefault) - Number(b.pack.isDefault)))
      await tx.manager.update(
        DrugPack,
        { packId: row.packId },
        { price: pack.price, isDefault: pack.isDefault },
      );
    const added = [...wanted].flatMap(([key, pack]) => (present.has(key) ? [] : [{ ...pack, drugId }]));
    if (added.length > 0) await tx.manager.insert(DrugPack, added);
  }

  /** Makes these the barcodes; a code that stays keeps its identity. */
  async replaceBarcodes(tx: Tx, drugId: number, codes: readonly BarcodeToStore[]): Promise<void> {
    const gtins = codes.map(({ gtin }) => gtin);
    await tx.manager.delete(DrugBarcode, gtins.length > 0 ? { drugId, gtin: Not(In(gtins)) } : { drugId });
    const rows = await tx.manager.findBy(DrugBarcode, { drugId });
    const present = new Map(rows.map((row) => [row.gtin, row]));
    for (const { packId, ...code } of codes) {
      const row = present.get(code.gtin);
      const kept = row?.packLevel === code.packLevel && code.baseUnits === null ? row.packId : null;
      const values = { ...code, packId: packId === undefined ? kept : packId };
      if (!row) await tx.manager.insert(DrugBarcode, { ...values, drugId });
      else if (!isSame(row, values))
        await tx.manager.update(DrugBarcode, { barcodeId: row.barcodeId }, values);
    }
  }
}

function isSame(
  row: DrugBarcode,
  values: Omit<BarcodeToStore, 'packId'> & { packId: number | null },
): boolean {
  const { code, kind, packLevel, packId, baseUnits } = values;
  return (
    row.code === code &&
    row.kind === kind &&
    row.packLevel === packLevel &&
    row.packId === packId &&
    row.baseUnits === baseUnits
  );
}
