import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import { symbolSvg } from '../../../platform/barcode/symbols.js';
import type { Tx } from '../../../platform/database/tx.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { DomainError } from '../../../platform/errors/domain-error.js';
import type { Page } from '../../../platform/http/schemas.js';
import { Money } from '../../../platform/money/money.js';
import type { RequestContext } from '../../../platform/security/request-context.js';
import { AfterSaleSettingsService } from '../../after-sale-settings/after-sale-settings.service.js';
import { BranchesService } from '../../auth/branches/branches.service.js';
import { LostSalesService } from '../../lost-sales/lost-sales.service.js';
import { ClearanceService } from '../../screening/clearance.service.js';
import type { BasketLine } from '../basket.domain.js';
import type { SaleAnswer } from '../sale-answer.types.js';
import { atPrice } from '../pricing/price-basket.domain.js';
import { required } from '../required.js';
import { SalesService } from '../sales.service.js';
import { renderQuotation } from './quotation-html.domain.js';
import { QuotationNotKept, QuotationSoldAlready } from './quotations.errors.js';
import { QuotationsRepository, type QuotedLine } from './quotations.repository.js';
import type {
  CreateQuotation,
  Quotation,
  QuotationPrintQuery,
  QuotationQuery,
  QuotationRow,
  SellQuotation,
} from './quotations.schemas.js';

/** Quotations: given at the prices of the day, sold once, at their own prices while that is allowed. */
@Injectable()
export class QuotationsService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly quotations: QuotationsRepository,
    private readonly sales: SalesService,
    private readonly settings: AfterSaleSettingsService,
    private readonly branches: BranchesService,
    private readonly clearance: ClearanceService,
    private readonly lostSales: LostSalesService,
  ) {}

  findPage(ctx: RequestContext, query: z.output<typeof QuotationQuery>): Promise<Page<QuotationRow>> {
    return this.uow.read(ctx, async (tx) => {
      const [data, total] = await this.quotations.findPage(tx, ctx.branchId, query);
      return { data, meta: { total, page: query.page, limit: query.limit } };
    });
  }

  /** One quotation beside the prices of today. Throws NotFound. */
  findOne(ctx: RequestContext, quotationId: number): Promise<Quotation> {
    return this.uow.read(ctx, (tx) => this.view(tx, ctx, quotationId));
  }

  /** Prices a basket and writes it down. Refusals: those of a sale that concern lines. */
  create(ctx: RequestContext, input: z.output<typeof CreateQuotation>): Promise<Quotation> {
    const { patientId = null, customerName = null, items } = input;
    return this.uow.run(ctx, async (tx) => {
      const { lines } = await this.sales.price(tx, ctx, { items }, { toSell: false });
      const quotationId = await this.quotations.insert(tx, ctx.branchId, { patientId, customerName, lines });
      return this.view(tx, ctx, quotationId);
    });
  }

  /** Sells it, once. Refusals: `quotation-sold` (409), `quotation-not-kept` (422), and those of a sale. */
  sell(ctx: RequestContext, quotationId: number, input: z.output<typeof SellQuotation>): Promise<SaleAnswer> {
    return this.lostSales.noting(ctx, 'till', () =>
      this.clearance.keepingStops(ctx, () => this.post(ctx, quotationId, input)),
    );
  }

  /** The quotation as an HTML page. Throws NotFound. */
  html(
    ctx: RequestContext,
    quotationId: number,
    query: z.output<typeof QuotationPrintQuery>,
  ): Promise<string> {
    return this.uow.read(ctx, async (tx) => {
      const row = required(await this.quotations.find(tx, ctx.branchId, quotationId), 'quotation');
      const lines = await this.quotations.findLines(tx, quotationId);
      const branch = await this.branches.settings(tx, ctx.branchId);
      const printed = {
        ...{ shop: branch.name, shopAr: branch.nameAr, currency: branch.currency },
        contact: [branch.address, branch.phone].flatMap((line) => line ?? []),
        ...{ number: row.quotationNumber, customer: row.customerName, validUntil: row.validUntil },
        quotedOn: new Intl.DateTimeFormat('en-CA', { timeZone: branch.timeZone }).format(
          new Date(row.quotedAt),
        ),
        ...{ total: row.total, lines },
      };
      return renderQuotation(printed, query, symbolSvg('code128', row.quotationNumber));
    });
  }

  private post(
    ctx: RequestContext,
    quotationId: number,
    { prices, ...input }: z.output<typeof SellQuotation>,
  ): Promise<SaleAnswer> {
    return this.uow.run(ctx, async (tx) => {
      const row = required(await this.quotations.find(tx, ctx.branchId, quotationId), 'quotation');
      if (row.saleId !== null) throw new QuotationSoldAlready();
      const quoted = await this.quotations.findLines(tx, quotationId);
      if (prices === 'quoted' && !(await this.keepsPrices(tx, ctx, row, quoted)))
        throw new QuotationNotKept();
      const sale = { ...input, patientId: row.patientId, items: quoted.map(toItem) };
      const priced = await this.sales.price(tx, ctx, sale);
      const lines =
        prices === 'quoted'
          ? priced.lines.map((line, index) => asQuoted(line, quoted[index], priced.rules.currencyDecimals))
          : priced.lines;
      const sold = await this.sales.complete(tx, ctx, sale, { ...priced, lines });
      await this.quotations.linkSale(tx, ctx.branchId, quotationId, sold.saleId);
      return sold;
    });
  }

  private async view(tx: Tx, ctx: RequestContext, quotationId: number): Promise<Quotation> {
    const row = required(await this.quotations.find(tx, ctx.branchId, quotationId), 'quotation');
    const quoted = await this.quotations.findLines(tx, quotationId);
    const current = await this.current(tx, ctx, quoted);
    return {
      ...row,
      lines: quoted.map((line, index) => ({
        ...{ lineNo: line.lineNo, drugId: line.drugId, description: line.description, unit: line.unit },
        ...{
          unitQuantity: line.unitQuantity,
          amount: line.amount,
          discount: line.discount,
          lineTotal: line.lineTotal,
        },
        currentTotal: current?.[index]?.lineTotal.toString() ?? null,
      })),
      currentTotal: current ? Money.sum(current.map((line) => line.lineTotal)).toString() : null,
      keepsPrices: await this.keepsPrices(tx, ctx, row, quoted),
    };
  }

  /** What the lines cost today; undefined where something of them may not be sold today. */
  private async current(
    tx: Tx,
    ctx: RequestContext,
    quoted: readonly QuotedLine[],
  ): Promise<readonly BasketLine[] | undefined> {
    try {
      return (await this.sales.price(tx, ctx, { items: quoted.map(toItem) }, { toSell: false })).lines;
    } catch (error) {
      // A rule refuses a line; what else goes wrong is no answer to what it costs.
      if (error instanceof DomainError) return undefined;
      throw error;
    }
  }

  /** True: it is valid, the branch keeps the prices of its quotations, and none is above a ceiling that is lower now. */
  private async keepsPrices(
    tx: Tx,
    ctx: RequestContext,
    row: QuotationRow,
    quoted: readonly QuotedLine[],
  ): Promise<boolean> {
    const { quotationKeepsPrices } = await this.settings.of(tx, ctx.branchId);
    const isWithinCeilings = quoted.every(
      ({ packPrice, priceCeiling }) =>
        priceCeiling === null || Money.of(packPrice).compare(Money.of(priceCeiling)) <= 0,
    );
    return row.status === 'valid' && quotationKeepsPrices && isWithinCeilings;
  }
}

/** A quoted line as a sale asks for it; its discount was within the limit of who quoted it. */
const toItem = ({ drugId, unitQuantity, unit }: QuotedLine) => ({ drugId, quantity: unitQuantity, unit });

/** A line at the price it was quoted, with the tax of today. */
const asQuoted = (line: BasketLine, quoted: QuotedLine | undefined, decimals: number): BasketLine =>
  quoted === undefined
    ? line
    : atPrice(
        line,
        { packPrice: quoted.packPrice, amount: quoted.amount, discount: quoted.discount },
        decimals,
      );
