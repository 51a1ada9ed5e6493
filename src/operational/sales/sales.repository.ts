import { Injectable } from '@nestjs/common';

import type { Tx } from '../../platform/database/tx.js';
import { Money } from '../../platform/money/money.js';
import { Quantity } from '../../platform/money/quantity.js';
import type { LotPick } from '../inventory/inventory.types.js';
import { taxesOf } from './pricing/tax-view.domain.js';
import type { TenderBalance } from './refund.domain.js';
import * as sql from './sales.sql.js';
import type { NewSale, PostedSale, SaleDetail, SaleHeader, SaleLine, SaleLot, Till } from './sales.types.js';

/** What a list of sales may be narrowed by. */
export interface SaleFilter {
  readonly date?: string;
  readonly patientId?: number;
  readonly saleNumber?: string;
  readonly page: number;
  readonly limit: number;
}

const money = (text: string): string => Money.of(text).toString();
const quantity = (text: string): string => Quantity.of(text).toString();

const withMoney = <Row extends SaleHeader>(row: Row): Row => ({
  ...row,
  subtotal: money(row.subtotal),
  discountTotal: money(row.discountTotal),
  taxTotal: money(row.taxTotal),
  taxInPrices: money(row.taxInPrices),
  rounding: money(row.rounding),
  total: money(row.total),
});

const taxOf = (items: NewSale['items']): string =>
  Money.sum(items.map(({ tax }) => Money.of(tax?.amount ?? '0'))).toString();

/** Posted sales. Nothing here updates or deletes: the database would refuse. */
@Injectable()
export class SalesRepository {
  /** The till of a seller, with identities of so many lines about to be written. */
  async findTill(
    tx: Tx,
    branchId: number,
    userId: number,
    lineCount = 0,
  ): Promise<(Till & { readonly itemIds: readonly number[] }) | undefined> {
    return tx.maybeOne(sql.FIND_TILL, [branchId, userId, lineCount]);
  }

  async insert(tx: Tx, branchId: number, userId: number, sale: NewSale): Promise<PostedSale> {
    const { items, payments } = sale;
    const promotions = items.flatMap(({ saleItemId, promotions: taken = [] }) =>
      taken.map((promotion) => ({ saleItemId, ...promotion })),
    );
    return tx.one<PostedSale>(sql.POST_SALE, [
      branchId,
      sale.saleType,
      sale.originalSaleId,
      sale.shiftId,
      sale.patientId,
      userId,
      sale.businessDate,
      sale.subtotal,
      sale.discountTotal,
      sale.rounding,
      sale.total,
      sale.reason,
      items.map((item) => item.drugId),
      items.map((item) => item.fillId),
      items.map((item) => item.originalSaleItemId),
      items.map((item) => item.description),
      items.map((item) => item.quantity),
      items.map((item) => item.unit),
      items.map((item) => item.unitQuantity),
      items.map((item) => item.packPrice),
      items.map((item) => item.amount),
      items.map((item) => item.discount),
      items.map((item) => item.disposition),
      payments.map((payment) => payment.method),
      payments.map((payment) => payment.amount),
      payments.map((payment) => payment.change),
      payments.map((payment) => payment.reference),
      payments.map((payment) => payment.claimId),
      items.map((item) => item.saleItemId ?? null),
      items.map((item) => item.tax?.taxClassId ?? null),
      items.map((item) => item.tax?.rate ?? '0'),
      items.map((item) => item.tax?.isIncluded ?? false),
      items.map((item) => item.tax?.amount ?? '0'),
      promotions.map((promotion) => promotion.saleItemId),
      promotions.map((promotion) => promotion.promotionId),
      promotions.map((promotion) => promotion.version),
      promotions.map((promotion) => promotion.quantity),
      promotions.map((promotion) => promotion.amount),
      sale.accountId,
      taxOf(items),
      taxOf(items.filter(({ tax }) => tax?.isIncluded)),
    ]);
  }

  /** Joins a return and the sale it paid for. */
  async linkExchange(tx: Tx, branchId: number, returnSaleId: number, saleId: number): Promise<void> {
    await tx.execute(sql.LINK_EXCHANGE, [branchId, returnSaleId, saleId]);
  }

  /** How often the receipt of a sale was printed. */
  async countPrints(tx: Tx, saleId: number): Promise<number> {
    return (await tx.one<{ prints: number }>(sql.COUNT_PRINTS, [saleId])).prints;
  }

  /** Writes a printing down; answers which it is. */
  async insertPrint(tx: Tx, branchId: number, saleId: number): Promise<number> {
    return (await tx.one<{ printNo: number }>(sql.INSERT_PRINT, [branchId, saleId])).printNo;
  }

  /** Waits until no other return or void of this sale is under way. */
  async queueForSale(tx: Tx, saleId: number): Promise<void> {
    await tx.query(sql.QUEUE_FOR_SALE, [saleId]);
  }

  async find(
    tx: Tx,
    branchId: number,
    saleId: number,
  ): Promise<(SaleHeader & { shiftStatus: 'open' | 'closed' }) | undefined> {
    return tx.maybeOne(sql.FIND_SALE, [saleId, branchId]);
  }

  async findLines(tx: Tx, saleId: number): Promise<SaleLine[]> {
    return tx.query<SaleLine>(sql.FIND_LINES, [saleId]);
  }

  async findBalances(tx: Tx, saleId: number): Promise<TenderBalance[]> {
    return tx.query<TenderBalance>(sql.FIND_BALANCES, [saleId]);
  }

  /** Lots of every line of a sale by line; a fill's are the ones it was dispensed from. */
  async findLots(tx: Tx, saleId: number): Promise<Map<number, LotPick[]>> {
    const lots = new Map<number, LotPick[]>();
    for (const { saleItemId, ...lot } of await tx.query<SaleLot>(sql.FIND_LOTS, [saleId]))
      lots.set(saleItemId, [...(lots.get(saleItemId) ?? []), { ...lot, quantity: quantity(lot.quantity) }]);
    return lots;
  }

  async findPage(
    tx: Tx,
    branchId: number,
    filter: SaleFilter,
  ): Promise<[(SaleHeader & { itemCount: number })[], number]> {
    const rows = await tx.query<SaleHeader & { itemCount: number; rowTotal: number }>(sql.FIND_SALES, [
      branchId,
      filter.date ?? null,
      filter.patientId ?? null,
      filter.saleNumber ?? null,
      filter.limit,
      (filter.page - 1) * filter.limit,
    ]);
    return [rows.map(({ rowTotal: _, ...row }) => withMoney(row)), rows[0]?.rowTotal ?? 0];
  }

  /** A sale with lines, lots, payments and what was taken back of it. */
  async findDetail(tx: Tx, branchId: number, saleId: number): Promise<SaleDetail | undefined> {
    const found = await this.find(tx, branchId, saleId);
    if (!found) return undefined;
    const { shiftStatus: _, ...header } = found;
    const lines = await this.findLines(tx, saleId);
    const lots = await this.findLots(tx, saleId);
    const payments = await tx.query<SaleDetail['payments'][number]>(sql.FIND_PAYMENTS, [saleId]);
    const reversals = await tx.query<SaleDetail['reversals'][number]>(sql.FIND_REVERSALS, [saleId]);
    return {
      ...withMoney(header),
      items: lines.map((line) => ({ ...asShown(line), lots: lots.get(line.saleItemId) ?? [] })),
      taxes: taxesOf(lines),
      payments: payments.map((one) => ({ ...one, amount: money(one.amount), change: money(one.change) })),
      paid: Money.sum(payments.map((one) => Money.of(one.amount))).toString(),
      change: Money.sum(payments.map((one) => Money.of(one.change))).toString(),
      rememberedOverrides: await tx.query<SaleDetail['rememberedOverrides'][number]>(sql.FIND_REMEMBERED, [
        saleId,
      ]),
      reversals: reversals.map((one) => ({ ...one, total: money(one.total) })),
    };
  }
}

const asShown = (line: SaleLine): SaleLine => ({
  ...line,
  quantity: quantity(line.quantity),
  unitQuantity: quantity(line.unitQuantity),
  packPrice: money(line.packPrice),
  amount: money(line.amount),
  discount: money(line.discount),
  promotions: line.promotions.map((one) => ({ ...one, amount: money(one.amount) })),
  tax: money(line.tax),
  lineTotal: money(line.lineTotal),
  returnedQuantity: quantity(line.returnedQuantity),
  returnedAmount: money(line.returnedAmount),
  returnedDiscount: money(line.returnedDiscount),
  returnedTax: money(line.returnedTax),
});
