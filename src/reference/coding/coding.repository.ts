import { Injectable } from '@nestjs/common';

import type { Tx } from '../../platform/database/tx.js';
import type { BarcodeKind } from '../barcodes/barcodes.types.js';
import type { MedicineCode } from './coding.types.js';
import {
  FIND_BARCODES,
  FIND_INGREDIENTS_BY_CODE,
  FIND_INGREDIENTS_BY_NAME,
  FIND_PRODUCTS_BY_NAME,
  FIND_PRODUCTS_BY_RXCUI,
} from './coding.sql.js';

export interface FoundIngredient {
  readonly ingredientId: number;
  readonly name: string;
}

interface FoundProduct {
  readonly key: string;
  readonly drugId: number;
  readonly name: string;
}

/** A stored barcode with the name of its product. */
export interface FoundBarcode {
  readonly drugId: number;
  readonly code: string;
  readonly gtin: string;
  readonly kind: BarcodeKind;
  readonly name: string;
}

/** Reads what codes and names of other programs mean here: one statement for each way of naming. */
@Injectable()
export class CodingRepository {
  /** Ingredients for each code, which may be several, keyed 'system|code'. */
  async findIngredientsByCode(
    tx: Tx,
    codes: readonly MedicineCode[],
  ): Promise<ReadonlyMap<string, FoundIngredient[]>> {
    const found = new Map<string, FoundIngredient[]>();
    if (codes.length === 0) return found;
    const rows = await tx.query<FoundIngredient & MedicineCode>(FIND_INGREDIENTS_BY_CODE, [
      codes.map(({ system }) => system),
      codes.map(({ code }) => code),
    ]);
    for (const { system, code, ingredientId, name } of rows) {
      const key = `${system}|${code}`;
      found.set(key, [...(found.get(key) ?? []), { ingredientId, name }]);
    }
    return found;
  }

  async findIngredientsByName(
    tx: Tx,
    folded: readonly string[],
  ): Promise<ReadonlyMap<string, FoundIngredient>> {
    if (folded.length === 0) return new Map();
    const rows = await tx.query<FoundIngredient & { folded: string }>(FIND_INGREDIENTS_BY_NAME, [folded]);
    return new Map(rows.map((row) => [row.folded, { ingredientId: row.ingredientId, name: row.name }]));
  }

  findProductsByRxcui(tx: Tx, rxcuis: readonly string[]): Promise<ReadonlyMap<string, FoundProduct>> {
    return this.products(tx, FIND_PRODUCTS_BY_RXCUI, rxcuis);
  }

  findProductsByName(tx: Tx, folded: readonly string[]): Promise<ReadonlyMap<string, FoundProduct>> {
    return this.products(tx, FIND_PRODUCTS_BY_NAME, folded);
  }

  async findBarcodes(tx: Tx, gtins: readonly string[]): Promise<FoundBarcode[]> {
    return gtins.length === 0 ? [] : tx.query<FoundBarcode>(FIND_BARCODES, [gtins]);
  }

  private async products(
    tx: Tx,
    text: string,
    keys: readonly string[],
  ): Promise<ReadonlyMap<string, FoundProduct>> {
    if (keys.length === 0) return new Map();
    const rows = await tx.query<FoundProduct>(text, [keys]);
    return new Map(rows.map((row) => [row.key, row]));
  }
}
