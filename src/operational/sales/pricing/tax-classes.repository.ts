import { Injectable } from '@nestjs/common';

import type { Tx } from '../../../platform/database/tx.js';
import type { TaxClass, TaxedDrug } from './tax-classes.schemas.js';
import * as sql from './tax-classes.sql.js';

@Injectable()
export class TaxClassesRepository {
  async findPage(tx: Tx, branchId: number, page: number, limit: number): Promise<[TaxClass[], number]> {
    const values = [branchId, limit, (page - 1) * limit];
    const rows = await tx.query<TaxClass & { rowTotal: number }>(sql.FIND_PAGE, values);
    return [rows.map(({ rowTotal: _, ...row }) => row), rows[0]?.rowTotal ?? 0];
  }

  find(tx: Tx, branchId: number, taxClassId: number): Promise<TaxClass | undefined> {
    return tx.maybeOne<TaxClass>(sql.FIND_ONE, [branchId, taxClassId]);
  }

  async insert(
    tx: Tx,
    { code, name, nameAr, pricesIncludeTax }: Pick<TaxClass, 'code' | 'name' | 'nameAr' | 'pricesIncludeTax'>,
  ): Promise<number> {
    const values = [code, name, nameAr, pricesIncludeTax];
    return (await tx.one<{ taxClassId: number }>(sql.INSERT, values)).taxClassId;
  }

  /** False: it has another version. */
  async update(
    tx: Tx,
    taxClassId: number,
    version: number,
    { name, nameAr }: Pick<TaxClass, 'name' | 'nameAr'>,
  ): Promise<boolean> {
    return (await tx.execute(sql.UPDATE, [taxClassId, version, name, nameAr])) === 1;
  }

  async setRate(
    tx: Tx,
    taxClassId: number,
    { validFrom, rate }: { readonly validFrom: string; readonly rate: string },
    userId: number,
  ): Promise<void> {
    await tx.execute(sql.SET_RATE, [taxClassId, validFrom, rate, userId]);
  }

  async setDefaults(
    tx: Tx,
    branchId: number,
    {
      taxClassId,
      rxTaxClassId,
    }: { readonly taxClassId: number | null; readonly rxTaxClassId: number | null },
  ): Promise<void> {
    await tx.execute(sql.SET_DEFAULTS, [branchId, taxClassId, rxTaxClassId]);
  }

  async setDrug(tx: Tx, drugId: number, taxClassId: number | null): Promise<void> {
    if (taxClassId === null) await tx.execute(sql.UNSET_DRUG, [drugId]);
    else await tx.execute(sql.SET_DRUG, [drugId, taxClassId]);
  }

  async findDrugs(tx: Tx, taxClassId: number, page: number, limit: number): Promise<[TaxedDrug[], number]> {
    const values = [taxClassId, limit, (page - 1) * limit];
    const rows = await tx.query<TaxedDrug & { rowTotal: number }>(sql.FIND_DRUGS, values);
    return [rows.map(({ rowTotal: _, ...row }) => row), rows[0]?.rowTotal ?? 0];
  }
}
