import { Injectable } from '@nestjs/common';

import type { Tx } from '../../../platform/database/tx.js';
import { Money } from '../../../platform/money/money.js';
import type { BasketLine, SaleUnit } from '../basket.domain.js';
import type { QuotationRow } from './quotations.schemas.js';
import * as sql from './quotations.sql.js';

/** A line as it was quoted. Amounts and quantities are decimal strings. */
export interface QuotedLine {
  readonly lineNo: number;
  readonly drugId: number;
  readonly description: string;
  readonly nameAr: string | null;
  readonly baseUnit: string;
  readonly unit: SaleUnit;
  readonly quantity: string;
  readonly unitQuantity: string;
  readonly packPrice: string;
  readonly amount: string;
  readonly discount: string;
  readonly lineTotal: string;
  /** The ceiling of its price today, where there is one. */
  readonly priceCeiling: string | null;
}

const money = (text: string): string => Money.of(text).toString();
const withMoney = (row: QuotationRow): QuotationRow => ({ ...row, total: money(row.total) });

@Injectable()
export class QuotationsRepository {
  async findPage(
    tx: Tx,
    branchId: number,
    filter: { readonly number?: string | undefined; readonly page: number; readonly limit: number },
  ): Promise<[QuotationRow[], number]> {
    const { number, page, limit } = filter;
    const values = [branchId, number ?? null, limit, (page - 1) * limit];
    const rows = await tx.query<QuotationRow & { rowTotal: number }>(sql.FIND_PAGE, values);
    return [rows.map(({ rowTotal: _, ...row }) => withMoney(row)), rows[0]?.rowTotal ?? 0];
  }

  async find(tx: Tx, branchId: number, quotationId: number): Promise<QuotationRow | undefined> {
    const row = await tx.maybeOne<QuotationRow>(sql.FIND, [branchId, quotationId]);
    return row && withMoney(row);
  }

  async findLines(tx: Tx, quotationId: number): Promise<QuotedLine[]> {
    const lines = await tx.query<QuotedLine>(sql.FIND_LINES, [quotationId]);
    return lines.map((line) => ({
      ...line,
      amount: money(line.amount),
      discount: money(line.discount),
      lineTotal: money(line.lineTotal),
    }));
  }

  async insert(
    tx: Tx,
    branchId: number,
    quoted: {
      readonly patientId: number | null;
      readonly customerName: string | null;
      readonly lines: readonly BasketLine[];
    },
  ): Promise<number> {
    const { patientId, customerName, lines } = quoted;
    const total = Money.sum(lines.map((line) => line.lineTotal)).toString();
    const row = await tx.one<{ quotationId: number }>(sql.INSERT, [
      ...[branchId, patientId, customerName, total],
      lines.map((line) => line.drugId),
      lines.map((line) => line.description),
      lines.map((line) => line.quantity.toString()),
      lines.map((line) => line.unit),
      lines.map((line) => line.unitQuantity.toString()),
      lines.map((line) => line.packPrice.toString()),
      lines.map((line) => line.amount.toString()),
      lines.map((line) => line.discount.toString()),
    ]);
    return row.quotationId;
  }

  async linkSale(tx: Tx, branchId: number, quotationId: number, saleId: number): Promise<void> {
    await tx.execute(sql.LINK_SALE, [branchId, quotationId, saleId]);
  }
}
