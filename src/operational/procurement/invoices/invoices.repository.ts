import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import { escapeLike } from '../../../platform/database/like.js';
import type { Tx } from '../../../platform/database/tx.js';
import type { ChargedLine, Difference } from './invoice-match.domain.js';
import type { ChargeableLine } from './invoice-proposal.domain.js';
import type { InvoiceKind, InvoiceStatus } from './invoice-status.domain.js';
import type { Invoice, InvoiceQuery, InvoiceWithLines, Payables, PayInvoice } from './invoices.schemas.js';
import * as sql from './invoices.sql.js';

type Row = Omit<Invoice, 'commands'>;
type Ages = z.output<typeof Payables>['totals'];

/** An invoice under its lock. */
export interface LockedInvoice {
  readonly supplierInvoiceId: number;
  readonly status: InvoiceStatus;
  readonly kind: InvoiceKind;
  readonly needsApproval: boolean;
  readonly enteredById: number | null;
}

/** An invoice to be stored with its lines. */
export interface InvoiceToStore {
  readonly supplierId: number;
  readonly kind: InvoiceKind;
  readonly number: string;
  readonly purchaseOrderId: number | null;
  readonly creditsInvoiceId: number | null;
  readonly invoiceDate: string;
  readonly dueDate: string;
  readonly netTotal: string;
  readonly taxTotal: string;
  readonly total: string;
  readonly lines: readonly {
    readonly purchaseOrderItemId: number | null;
    readonly drugId: number | null;
    readonly description: string | null;
    readonly quantity: string | null;
    readonly net: string;
    readonly tax: string;
  }[];
}

/** An order beside which an invoice is entered. */
interface OrderToCharge {
  readonly purchaseOrderId: number;
  readonly orderNumber: string;
  readonly supplierId: number;
  readonly supplierName: string;
  readonly paymentDays: number;
  readonly landedCost: string;
  readonly decimals: number;
  readonly chargesBefore: string;
}

interface LineToCharge extends ChargeableLine {
  readonly purchaseOrderItemId: number;
  readonly lineNo: number;
  readonly drugId: number;
  readonly drugName: string;
  readonly baseUnit: string;
}

@Injectable()
export class InvoicesRepository {
  async findPage(tx: Tx, branchId: number, query: z.output<typeof InvoiceQuery>): Promise<[Row[], number]> {
    const filter = [
      branchId,
      query.status ?? null,
      query.kind ?? null,
      query.supplierId ?? null,
      query.purchaseOrderId ?? null,
      query.q === undefined ? null : `%${escapeLike(query.q)}%`,
      query.open ?? false,
    ];
    const page = query.sort === 'attention' ? sql.FIND_FOR_ATTENTION : sql.FIND_PAGE;
    const [rows, counted] = await Promise.all([
      tx.query<Row>(page, [...filter, query.limit, (query.page - 1) * query.limit]),
      tx.one<{ total: number }>(sql.COUNT, filter),
    ]);
    return [rows, counted.total];
  }

  async find(tx: Tx, branchId: number, id: number): Promise<Omit<InvoiceWithLines, 'commands'> | undefined> {
    const [invoice, lines, payments, events] = await Promise.all([
      tx.maybeOne<Row>(sql.FIND_ONE, [branchId, id]),
      tx.query<InvoiceWithLines['lines'][number]>(sql.LINES, [id]),
      tx.query<InvoiceWithLines['payments'][number]>(sql.PAYMENTS, [id]),
      tx.query<InvoiceWithLines['events'][number]>(sql.EVENTS, [id]),
    ]);
    return invoice && { ...invoice, lines, payments, events };
  }

  lock(tx: Tx, branchId: number, id: number): Promise<LockedInvoice | undefined> {
    return tx.maybeOne<LockedInvoice>(sql.LOCK, [branchId, id]);
  }

  toMatch(tx: Tx, id: number): Promise<ChargedLine[]> {
    return tx.query<ChargedLine>(sql.TO_MATCH, [id]);
  }

  terms(tx: Tx, id: number): Promise<{ tolerance: string; decimals: number; landedCost: string }> {
    return tx.one(sql.TERMS, [id]);
  }

  async drugsOfOrderLines(
    tx: Tx,
    branchId: number,
    ids: readonly number[],
  ): Promise<ReadonlyMap<number, number>> {
    const rows = await tx.query<{ purchaseOrderItemId: number; drugId: number }>(sql.ORDER_LINES, [
      branchId,
      ids,
    ]);
    return new Map(rows.map((row) => [row.purchaseOrderItemId, row.drugId]));
  }

  async paymentDays(tx: Tx, supplierId: number): Promise<number | undefined> {
    return (await tx.maybeOne<{ paymentDays: number }>(sql.SUPPLIER, [supplierId]))?.paymentDays;
  }

  orderToCharge(tx: Tx, branchId: number, purchaseOrderId: number): Promise<OrderToCharge | undefined> {
    return tx.maybeOne<OrderToCharge>(sql.ORDER_TO_CHARGE, [branchId, purchaseOrderId]);
  }

  linesToCharge(tx: Tx, branchId: number, purchaseOrderId: number): Promise<LineToCharge[]> {
    return tx.query<LineToCharge>(sql.LINES_TO_CHARGE, [branchId, purchaseOrderId]);
  }

  /** Throws Duplicate where the supplier has one of this number. */
  async insert(tx: Tx, branchId: number, invoice: InvoiceToStore): Promise<number> {
    const { lines } = invoice;
    const row = await tx.one<{ supplierInvoiceId: number }>(sql.INSERT, [
      ...[branchId, invoice.supplierId, invoice.kind, invoice.number],
      ...[invoice.purchaseOrderId, invoice.creditsInvoiceId, invoice.invoiceDate, invoice.dueDate],
      ...[invoice.netTotal, invoice.taxTotal, invoice.total],
    ]);
    await tx.execute(sql.INSERT_LINES, [
      branchId,
      row.supplierInvoiceId,
      ...(['purchaseOrderItemId', 'drugId', 'description', 'quantity', 'net', 'tax'] as const).map((key) =>
        lines.map((line) => line[key]),
      ),
    ]);
    return row.supplierInvoiceId;
  }

  /** Without differences those of the last match stay. */
  async step(
    tx: Tx,
    id: number,
    status: InvoiceStatus,
    reason: string | null,
    differences?: readonly Difference[],
  ): Promise<void> {
    const found = differences === undefined ? null : JSON.stringify(differences);
    await tx.execute(sql.STEP, [id, status, reason, found]);
  }

  async insertPayment(
    tx: Tx,
    branchId: number,
    id: number,
    { paidOn, amount, reference }: z.output<typeof PayInvoice>,
  ): Promise<void> {
    await tx.execute(sql.INSERT_PAYMENT, [branchId, id, paidOn, amount, reference ?? null]);
  }

  async payables(
    tx: Tx,
    branchId: number,
    at: string,
    page: number,
    limit: number,
  ): Promise<{ data: z.output<typeof Payables>['data']; totals: Ages; total: number }> {
    type Counted = z.output<typeof Payables>['data'][number] & { rowTotal: number };
    const [rows, totals] = await Promise.all([
      tx.query<Counted>(sql.PAYABLES, [branchId, at, limit, (page - 1) * limit]),
      tx.one<Ages>(sql.PAYABLES_TOTALS, [branchId, at]),
    ]);
    return { data: rows.map(({ rowTotal: _, ...row }) => row), totals, total: rows[0]?.rowTotal ?? 0 };
  }
}
