import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import { symbolSvg } from '../../platform/barcode/symbols.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { AfterSaleSettingsService } from '../after-sale-settings/after-sale-settings.service.js';
import { BranchesService } from '../auth/branches/branches.service.js';
import { EInvoiceService } from './e-invoice/e-invoice.service.js';
import type { EInvoice } from './e-invoice/e-invoice.types.js';
import { renderReceipt } from './receipt-html.domain.js';
import { receiptModel, type ReceiptOptions } from './receipt.domain.js';
import type { ReceiptModel } from './receipt.types.js';
import { SalesRepository } from './sales.repository.js';
import type { ReceiptQuery } from './sales.schemas.js';
import { required } from './required.js';
import type { SaleDetail } from './sales.types.js';

/** A receipt as it goes to paper: what stands on it, and the text of the authority's code (null: none). */
export interface Receipt {
  readonly model: ReceiptModel;
  readonly code: string | null;
  /** True: cash went in or out, so the drawer is needed. */
  readonly isCash: boolean;
}

/** Receipts of posted sales, returns and voids, printable. Every printing is counted; all after the first are copies. */
@Injectable()
export class ReceiptsService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly sales: SalesRepository,
    private readonly branches: BranchesService,
    private readonly settings: AfterSaleSettingsService,
    private readonly eInvoices: EInvoiceService,
  ) {}

  /** The receipt as an HTML page; throws NotFound for another branch's sale too. */
  html(ctx: RequestContext, saleId: number, query: z.output<typeof ReceiptQuery>): Promise<string> {
    return this.uow.read(ctx, async (tx) => {
      const prints = await this.sales.countPrints(tx, saleId);
      const copy = query.copy ?? false;
      const options = { ...query, copy, ...(copy && prints > 1 ? { copyNo: prints - 1 } : {}) };
      const { model, code } = await this.receipt(tx, ctx, saleId, options);
      return renderReceipt(model, options, {
        barcode: symbolSvg('code128', model.barcode),
        qr: code === null ? null : symbolSvg('qrcode', code),
      });
    });
  }

  /** Counts a printing; the answer says which it is: 1 the receipt, from 2 its copies. Throws NotFound. */
  count(ctx: RequestContext, saleId: number): Promise<{ printNo: number }> {
    return this.uow.run(ctx, (tx) => this.countIn(tx, ctx, saleId));
  }

  async countIn(tx: Tx, ctx: RequestContext, saleId: number): Promise<{ printNo: number }> {
    required(await this.sales.find(tx, ctx.branchId, saleId), 'sale');
    return { printNo: await this.sales.insertPrint(tx, ctx.branchId, saleId) };
  }

  /** What stands on a receipt, in the caller's transaction. Throws NotFound. */
  async receipt(tx: Tx, ctx: RequestContext, saleId: number, options: ReceiptOptions): Promise<Receipt> {
    const sale = required(await this.sales.findDetail(tx, ctx.branchId, saleId), 'sale');
    const branch = await this.branches.settings(tx, ctx.branchId);
    const { taxNumber } = await this.settings.of(tx, ctx.branchId);
    return {
      model: receiptModel(sale, { ...branch, taxNumber }, options),
      code: (await this.eInvoiceOf(tx, ctx, sale))?.code ?? null,
      isCash: sale.payments.some(({ method }) => method === 'cash'),
    };
  }

  /** What the authority of the branch asks for; null: it has none. Throws NotFound. */
  eInvoice(ctx: RequestContext, saleId: number): Promise<EInvoice | null> {
    return this.uow.read(ctx, async (tx) => {
      const sale = required(await this.sales.findDetail(tx, ctx.branchId, saleId), 'sale');
      return (await this.eInvoiceOf(tx, ctx, sale)) ?? null;
    });
  }

  private async eInvoiceOf(tx: Tx, ctx: RequestContext, sale: SaleDetail): Promise<EInvoice | undefined> {
    const branch = await this.branches.settings(tx, ctx.branchId);
    const settings = await this.settings.of(tx, ctx.branchId);
    return this.eInvoices.of(sale, branch, settings);
  }
}
