import { Injectable } from '@nestjs/common';

import type { LateTx, Tx } from '../../platform/database/tx.js';
import { foldText } from '../../platform/text/fold.js';
import type { DrugFilters, DrugListQuery } from './drug-list.schemas.js';
import { countStatement, exportStatement, pageStatement, type Sought } from './drug-list.sql.js';
import type { DrugStatus, IngredientStatus } from './drugs.types.js';

/** A product as a line of a list. Amounts are decimal strings. */
export interface ListRow {
  readonly drugId: number;
  readonly name: string;
  readonly nameAr: string | null;
  readonly strength: string | null;
  readonly dosageForm: string | null;
  readonly route: string | null;
  readonly company: string | null;
  readonly price: string;
  readonly baseUnit: string;
  readonly unitsPerPack: string;
  readonly rxOnly: boolean;
  readonly status: DrugStatus;
  readonly ingredientStatus: IngredientStatus;
  readonly version: number;
}

/** A product as a line of a file. */
export interface ExportRow extends ListRow {
  readonly marketer: string | null;
  readonly category: string | null;
  readonly atcCode: string | null;
  readonly activeRaw: string | null;
  readonly oldPrice: string | null;
  readonly priceEffectiveFrom: string;
  readonly priceCeiling: string | null;
  readonly unitsPerStrip: string | null;
  readonly controlledSchedule: string | null;
  readonly storage: string;
  readonly handlingFlags: string[];
  readonly source: string;
  readonly sourceId: string | null;
  readonly releaseId: number | null;
  readonly updatedAt: Date;
  readonly barcodes: string | null;
}

/** Lists of products by their filters. */
@Injectable()
export class DrugListRepository {
  /** A page and how many products there are in all. */
  async findPage(tx: LateTx, query: DrugListQuery): Promise<[ListRow[], number]> {
    const { page, limit, sort, format: _, ...filters } = query;
    const sought = soughtOf(filters.q);
    const rows = pageStatement(filters, sought, sort, (page - 1) * limit, limit);
    const count = countStatement(filters, sought);
    const data = await tx.query<ListRow>(rows.text, rows.values);
    const { total } = await tx.one<{ total: number }>(count.text, count.values);
    return [data, total];
  }

  /** The next `limit` products after an identity, in order of identity. */
  findAfter(tx: Tx, filters: DrugFilters, afterId: number, limit: number): Promise<ExportRow[]> {
    const { text, values } = exportStatement(filters, soughtOf(filters.q), afterId, limit);
    return tx.query<ExportRow>(text, values);
  }
}

function soughtOf(q: string | undefined): Sought | undefined {
  if (q === undefined) return undefined;
  const digits = q.replaceAll(/[\s-]/g, '');
  return {
    prefix: foldText(q),
    exact: q,
    gtin: /^\d{8,14}$/.test(digits) ? digits.padStart(14, '0') : null,
  };
}
