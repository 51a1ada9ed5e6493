import { Readable } from 'node:stream';

import { Injectable } from '@nestjs/common';
import { stringify } from 'csv-stringify';

import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { moneyText, plainDecimal } from './drug.domain.js';
import { DrugListRepository, type ExportRow } from './drug-list.repository.js';
import type { DrugFilters } from './drug-list.schemas.js';

/** Products read at a time: what a file costs in memory, however long it is. */
const BATCH = 1000;
/** More products than any catalogue has; it bounds what one request can ask for. */
const MOST = 1_000_000;

const plain = (text: string | null): string | null => (text === null ? null : plainDecimal(text));

const COLUMNS: readonly (readonly [header: string, value: (row: ExportRow) => string | number | null])[] = [
  ['drug_id', (row) => row.drugId],
  ['name', (row) => row.name],
  ['name_ar', (row) => row.nameAr],
  ['active_raw', (row) => row.activeRaw],
  ['strength', (row) => row.strength],
  ['dosage_form', (row) => row.dosageForm],
  ['route', (row) => row.route],
  ['company', (row) => row.company],
  ['marketer', (row) => row.marketer],
  ['category', (row) => row.category],
  ['atc_code', (row) => row.atcCode],
  ['price', (row) => moneyText(row.price)],
  ['old_price', (row) => moneyText(row.oldPrice)],
  ['price_effective_from', (row) => row.priceEffectiveFrom],
  ['price_ceiling', (row) => moneyText(row.priceCeiling)],
  ['base_unit', (row) => row.baseUnit],
  ['units_per_strip', (row) => plain(row.unitsPerStrip)],
  ['units_per_pack', (row) => plain(row.unitsPerPack)],
  ['rx_only', (row) => String(row.rxOnly)],
  ['controlled_schedule', (row) => row.controlledSchedule],
  ['storage', (row) => row.storage],
  ['handling_flags', (row) => row.handlingFlags.join(' ')],
  ['status', (row) => row.status],
  ['ingredient_status', (row) => row.ingredientStatus],
  ['barcodes', (row) => row.barcodes],
  ['source', (row) => row.source],
  ['source_id', (row) => row.sourceId],
  ['release_id', (row) => row.releaseId],
  ['updated_at', (row) => row.updatedAt.toISOString()],
];

/** The catalogue as a file. */
@Injectable()
export class DrugExportService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly lists: DrugListRepository,
  ) {}

  /**
   * The products of a filter as CSV (UTF-8 with mark, RFC 4180), in order of identity, streamed batch by batch: each is
   * a transaction of its own, so that a slow reader holds nothing open and an edit meanwhile may or may not show. What a
   * spreadsheet would take for a formula is escaped. A failure ends the stream with an error.
   */
  csv(ctx: RequestContext, filters: DrugFilters): Readable {
    const file = stringify({
      header: true,
      bom: true,
      escape_formulas: true,
      record_delimiter: 'windows',
      columns: COLUMNS.map(([header]) => header),
    });
    const rows = Readable.from(this.records(ctx, filters));
    rows.on('error', (error) => file.destroy(error));
    file.on('close', () => rows.destroy());
    return rows.pipe(file);
  }

  private async *records(
    ctx: RequestContext,
    filters: DrugFilters,
  ): AsyncGenerator<(string | number | null)[]> {
    let afterId = 0;
    for (let told = 0; told < MOST;) {
      const from = afterId;
      const batch = await this.uow.read(ctx, (tx) => this.lists.findAfter(tx, filters, from, BATCH));
      for (const row of batch) yield COLUMNS.map(([, value]) => value(row));
      const last = batch.at(-1);
      if (!last || batch.length < BATCH) return;
      afterId = last.drugId;
      told += batch.length;
    }
  }
}
