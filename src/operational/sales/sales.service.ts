import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import { inOrder } from '../../platform/database/in-order.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { NotFound } from '../../platform/errors/domain-error.js';
import type { Page } from '../../platform/http/schemas.js';
import { Money } from '../../platform/money/money.js';
import { Quantity } from '../../platform/money/quantity.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import type { NotChecked } from '../../reference/clinical/clinical.types.js';
import { DrugsService } from '../../reference/drugs/drugs.service.js';
import type { SellableDrug } from '../../reference/drugs/drugs.types.js';
import { ClaimSharesService } from '../insurance/claim-shares.service.js';
import type { FillShares } from '../insurance/claims.types.js';
import { InventoryService } from '../inventory/inventory.service.js';
import type { LotPick } from '../inventory/inventory.types.js';
import { FillsService } from '../prescriptions/fills.service.js';
import type { FillForSale } from '../prescriptions/prescriptions.types.js';
import { LostSalesService } from '../lost-sales/lost-sales.service.js';
import { ClearanceService } from '../screening/clearance.service.js';
import {
  toShown,
  type AlertShown,
  type ClearedScreening,
  type RememberedOverride,
} from '../screening/screening.types.js';
import { PackCheckService, type SoldFrom } from '../serials/pack-check.service.js';
import {
  priceCounterLine,
  priceFillLine,
  settle,
  type Basket,
  type BasketLine,
  type TillRules,
} from './basket.domain.js';
import { asSold } from './sold-earlier.domain.js';
import { FillNotDispensed, NoOpenShift } from './sales.errors.js';
import { SalesRepository } from './sales.repository.js';
import type { CreateSale, SaleQuery } from './sales.schemas.js';
import type { PostedSale, SaleDetail, SaleHeader, SoldEarlier, Till } from './sales.types.js';

type SaleInput = z.output<typeof CreateSale>;

/** A posted sale as the till shows it. Amounts and quantities are decimal strings. */
export interface SaleAnswer extends Omit<PostedSale, 'saleItemIds'> {
  readonly saleType: 'sale';
  readonly shiftId: number;
  readonly patientId: number | null;
  readonly businessDate: string;
  readonly subtotal: string;
  readonly discountTotal: string;
  readonly taxTotal: string;
  readonly rounding: string;
  readonly total: string;
  readonly paid: string;
  readonly change: string;
  readonly items: readonly SaleAnswerLine[];
  /** What screening found in spite of which it was sold; of a patient who is known. */
  readonly alerts: readonly AlertShown[];
  readonly notChecked: readonly NotChecked[];
  readonly rememberedOverrides: readonly RememberedOverride[];
}

interface SaleAnswerLine {
  readonly saleItemId: number;
  readonly lineNo: number;
  readonly drugId: number;
  readonly fillId: number | null;
  readonly description: string;
  readonly quantity: string;
  readonly unit: string;
  readonly unitQuantity: string;
  readonly amount: string;
  readonly discount: string;
  readonly lineTotal: string;
  readonly lots: readonly LotPick[];
}

/**
 * Sells. One sale is one transaction: shift, fills, products, screening of what a known patient buys over the counter, sale
 * with lines and payments, stock. Tax stays 0 until tax classes exist.
 */
@Injectable()
export class SalesService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly sales: SalesRepository,
    private readonly drugs: DrugsService,
    private readonly fills: FillsService,
    private readonly inventory: InventoryService,
    private readonly clearance: ClearanceService,
    private readonly claims: ClaimSharesService,
    private readonly packs: PackCheckService,
    private readonly lostSales: LostSalesService,
  ) {}

  /**
   * Posts a sale of counter lines and dispensed fills; what payers bear of the fills is tendered by itself. What it is refused for want of stock is a lost sale. Refusals: `no-open-shift`, `insufficient-stock`,
   * `fill-already-sold`, `fill-not-dispensed`, `claim-unsettled` (409); `prescription-required`, `drug-recalled`, `price-unknown`, `price-ceiling`,
   * `unit-not-sold`, `pack-refused`, `pack-scan-required`, `discount-limit`, `payment-short`, `change-only-from-cash`, `amount-too-fine`; and, where the patient is
   * known, `screening-stop`, `override-reason-needed`, `override-unknown-alert` (422), `step-up-required` (403).
   */
  create(ctx: RequestContext, input: SaleInput): Promise<SaleAnswer> {
    return this.lostSales.noting(ctx, 'till', () =>
      this.clearance.keepingStops(ctx, () => this.post(ctx, input)),
    );
  }

  private post(ctx: RequestContext, input: SaleInput): Promise<SaleAnswer> {
    return this.uow.run(ctx, (tx) => this.postIn(tx, ctx, input));
  }

  /**
   * Posts a sale in the transaction of another command; refusals as `create`. With `earlier` it is one that happened before, while the server
   * was out of reach: of that seller, shift, day and prices, by the same rules otherwise.
   */
  async postIn(tx: Tx, ctx: RequestContext, input: SaleInput, earlier?: SoldEarlier): Promise<SaleAnswer> {
    const [found, itemIds, fills, counter] = await inOrder([
      this.sales.findTill(tx, ctx.branchId, ctx.actor.userId),
      this.sales.nextItemIds(tx, input.items.length),
      this.dispensedFills(tx, ctx.branchId, input),
      this.drugs.sellable(tx, drugIdsOf(input)),
    ]);
    const till = found && { ...found, ...earlier?.till };
    if (!till?.shiftId) throw new NoOpenShift();
    const rules = { ...rulesOf(ctx, till), ...(earlier && { anyDiscount: earlier.isAccepted }) };
    const drugs = await this.products(tx, earlier ? asSold(counter, earlier) : counter, fills);
    const sold = new Map<number, Quantity>();
    const lines = input.items.map((item, index) => {
      if ('fillId' in item) return priceFillLine(fillLine(item.fillId, fills, drugs), rules);
      const { drugId, quantity, unit = 'unit', discount = '0' } = item;
      const product = required(drugs.get(drugId), 'drug');
      const before = sold.get(drugId) ?? Quantity.zero;
      const line = priceCounterLine({ product, quantity, unit, discount }, index + 1, rules, before);
      sold.set(drugId, before.plus(line.quantity));
      return line;
    });
    const basket = settle(
      lines,
      input.payments.map((payment) => ({ ...payment, reference: payment.reference ?? undefined })),
      rules,
      await this.claims.tenders(tx, ctx.branchId, [...fills.keys()]),
    );
    const patientId = input.patientId ?? onlyPatientOf(fills);
    const cleared = await this.screened(tx, ctx, input, patientId);
    const [posted, taken] = await inOrder([
      this.sales.insert(tx, ctx.branchId, earlier?.soldBy ?? ctx.actor.userId, {
        ...asNewSale(basket, itemIds),
        shiftId: till.shiftId,
        patientId,
        businessDate: till.businessDate,
      }),
      this.takeStock(tx, ctx.branchId, lines, itemIds),
    ]);
    await this.packs.giveTo(tx, ctx.branchId, scannedOf(input, itemIds));
    if (cleared) await this.clearance.keep(tx, ctx, cleared, { purpose: 'sale', saleId: posted.saleId });
    // A fill's stock left when it was dispensed.
    const lots = fills.size > 0 ? await this.sales.findLots(tx, posted.saleId) : taken;
    return answer(basket, posted, lots, {
      shiftId: till.shiftId,
      patientId,
      businessDate: till.businessDate,
      alerts: (cleared?.alerts ?? []).map(toShown),
      notChecked: cleared?.notChecked ?? [],
      rememberedOverrides: cleared?.remembered ?? [],
    });
  }

  /** Screens what a known patient buys over the counter; his fills were screened when they were dispensed. */
  private async screened(
    tx: Tx,
    ctx: RequestContext,
    input: SaleInput,
    patientId: number | null,
  ): Promise<ClearedScreening | undefined> {
    const drugIds = drugIdsOf(input);
    if (patientId === null || drugIds.length === 0) return undefined;
    const proposed = drugIds.map((drugId) => ({ drugId }));
    const { overrides = [], stepUp } = input;
    return this.clearance.clear(
      tx,
      ctx,
      { patientId, prescriptionId: null, proposed },
      { overrides, stepUp },
    );
  }

  findPage(
    ctx: RequestContext,
    query: z.output<typeof SaleQuery>,
  ): Promise<Page<SaleHeader & { itemCount: number }>> {
    return this.uow.read(ctx, async (tx) => {
      const [data, total] = await this.sales.findPage(tx, ctx.branchId, query);
      return { data, meta: { total, page: query.page, limit: query.limit } };
    });
  }

  getDetail(ctx: RequestContext, saleId: number): Promise<SaleDetail> {
    return this.uow.read(ctx, async (tx) =>
      required(await this.sales.findDetail(tx, ctx.branchId, saleId), 'sale'),
    );
  }

  /** Who bears what of fills of the branch. */
  shares(ctx: RequestContext, fillIds: readonly number[]): Promise<{ data: FillShares[] }> {
    return this.uow.read(ctx, async (tx) => ({
      data: await this.claims.shares(tx, ctx.branchId, fillIds),
    }));
  }

  private async dispensedFills(
    tx: Tx,
    branchId: number,
    input: SaleInput,
  ): Promise<Map<number, FillForSale>> {
    const fillIds = input.items.flatMap((item) => ('fillId' in item ? [item.fillId] : []));
    if (fillIds.length === 0) return new Map();
    const found = await this.fills.forSale(tx, fillIds);
    const fills = new Map(
      found.filter((fill) => fill.branchId === branchId).map((fill) => [fill.fillId, fill]),
    );
    for (const fillId of fillIds) {
      const fill = required(fills.get(fillId), 'fill');
      if (fill.status !== 'dispensed') throw new FillNotDispensed(fillId, fill.status);
    }
    return fills;
  }

  /** Products of the counter lines with those of the fills. */
  private async products(
    tx: Tx,
    counter: ReadonlyMap<number, SellableDrug>,
    fills: ReadonlyMap<number, FillForSale>,
  ): Promise<ReadonlyMap<number, SellableDrug>> {
    if (fills.size === 0) return counter;
    const filled = await this.drugs.sellable(tx, [
      ...new Set([...fills.values()].map((fill) => fill.drugId)),
    ]);
    return new Map([...counter, ...filled]);
  }

  /** Takes the counter lines from stock. Answers lots by line. */
  private async takeStock(
    tx: Tx,
    branchId: number,
    lines: readonly BasketLine[],
    itemIds: readonly number[],
  ): Promise<ReadonlyMap<number, readonly LotPick[]>> {
    const counter = lines.flatMap((line, index) =>
      line.fillId === null
        ? [{ drugId: line.drugId, quantity: line.quantity.toString(), saleItemId: itemIds[index] }]
        : [],
    );
    const picks = await this.inventory.issue(tx, branchId, 'sale', counter);
    const lots = new Map<number, readonly LotPick[]>();
    for (const [index, { saleItemId }] of counter.entries())
      if (saleItemId !== undefined) lots.set(saleItemId, picks[index] ?? []);
    return lots;
  }
}

/** Throws NotFound of `what` where there is no value. */
export function required<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new NotFound(what);
  return value;
}

/** How this branch counts money and what this seller may. */
export const rulesOf = (ctx: RequestContext, till: Till): TillRules => ({
  currencyDecimals: till.currencyDecimals,
  cashRounding: Money.of(till.cashRounding),
  anyDiscount: ctx.actor.permissions.has('Refund'),
});

/** Counter lines with packs that were scanned for them. */
const scannedOf = (input: SaleInput, itemIds: readonly number[]): SoldFrom[] =>
  input.items.flatMap((item, index) => {
    const saleItemId = itemIds[index];
    return 'drugId' in item && item.packs !== undefined && saleItemId !== undefined
      ? [{ saleItemId, drugId: item.drugId, codes: item.packs }]
      : [];
  });

const drugIdsOf = (input: SaleInput): number[] => [
  ...new Set(input.items.flatMap((item) => ('drugId' in item ? [item.drugId] : []))),
];

function fillLine(
  fillId: number,
  fills: ReadonlyMap<number, FillForSale>,
  drugs: ReadonlyMap<number, SellableDrug>,
) {
  const fill = required(fills.get(fillId), 'fill');
  const { price: packPrice, unitsPerPack } = required(drugs.get(fill.drugId), 'drug');
  return { ...fill, packPrice, unitsPerPack };
}

/** Where nobody was named, the sale is the patient's whose fills they all are. */
function onlyPatientOf(fills: ReadonlyMap<number, FillForSale>): number | null {
  const patients = new Set([...fills.values()].map((fill) => fill.patientId));
  return patients.size === 1 ? ([...patients][0] ?? null) : null;
}

function asNewSale(basket: Basket, itemIds: readonly number[]) {
  return {
    saleType: 'sale' as const,
    originalSaleId: null,
    reason: null,
    subtotal: basket.subtotal.toString(),
    discountTotal: basket.discountTotal.toString(),
    rounding: basket.rounding.toString(),
    total: basket.total.toString(),
    items: basket.lines.map((line, index) => ({
      ...lineText(line),
      saleItemId: itemIds[index],
      packPrice: line.packPrice.toString(),
      originalSaleItemId: null,
      disposition: null,
    })),
    payments: basket.payments.map((payment) => ({
      ...payment,
      amount: payment.amount.toString(),
      change: payment.change.toString(),
    })),
  };
}

const lineText = (line: BasketLine) => ({
  drugId: line.drugId,
  fillId: line.fillId,
  description: line.description,
  quantity: line.quantity.toString(),
  unit: line.unit,
  unitQuantity: line.unitQuantity.toString(),
  amount: line.amount.toString(),
  discount: line.discount.toString(),
});

function answer(
  basket: Basket,
  posted: PostedSale,
  lots: ReadonlyMap<number, readonly LotPick[]>,
  facts: Pick<
    SaleAnswer,
    'shiftId' | 'patientId' | 'businessDate' | 'alerts' | 'notChecked' | 'rememberedOverrides'
  >,
): SaleAnswer {
  return {
    saleId: posted.saleId,
    saleNumber: posted.saleNumber,
    saleType: 'sale',
    ...facts,
    saleDate: posted.saleDate,
    subtotal: basket.subtotal.toString(),
    discountTotal: basket.discountTotal.toString(),
    taxTotal: Money.zero.toString(),
    rounding: basket.rounding.toString(),
    total: basket.total.toString(),
    paid: basket.paid.toString(),
    change: basket.change.toString(),
    items: basket.lines.map((line, index) => {
      const saleItemId = posted.saleItemIds[index] ?? 0;
      return {
        saleItemId,
        lineNo: index + 1,
        ...lineText(line),
        lineTotal: line.lineTotal.toString(),
        lots: lots.get(saleItemId) ?? [],
      };
    }),
  };
}
