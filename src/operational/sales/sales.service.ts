import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import { inOrder } from '../../platform/database/in-order.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Page } from '../../platform/http/schemas.js';
import { Money } from '../../platform/money/money.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { AccountTendersService } from '../accounts/account-tenders.service.js';
import { LoyaltyService } from '../accounts/loyalty.service.js';
import { ClaimSharesService } from '../insurance/claim-shares.service.js';
import type { FillShares } from '../insurance/claims.types.js';
import { InventoryService } from '../inventory/inventory.service.js';
import type { LotPick } from '../inventory/inventory.types.js';
import type { FillForSale } from '../prescriptions/prescriptions.types.js';
import { LostSalesService } from '../lost-sales/lost-sales.service.js';
import { ClearanceService } from '../screening/clearance.service.js';
import { toShown, type ClearedScreening } from '../screening/screening.types.js';
import { PackCheckService, type SoldFrom } from '../serials/pack-check.service.js';
import { settle, type Basket, type BasketLine, type Tender } from './basket.domain.js';
import { BasketPricingService, drugIdsOf } from './pricing/basket-pricing.service.js';
import { shownLine, shownTotals } from './pricing/priced-view.domain.js';
import { BuyerChecksService } from './purchase-limits/buyer-checks.service.js';
import { required } from './required.js';
import type { PricedSale, SaleAnswer } from './sale-answer.types.js';
import { NoOpenShift } from './sales.errors.js';
import { asSold } from './sold-earlier.domain.js';
import { SalesRepository } from './sales.repository.js';
import type { CreateSale, SaleQuery } from './sales.schemas.js';
import type { PostedSale, SaleDetail, SaleHeader, SoldEarlier } from './sales.types.js';
import { rulesOf } from './till-rules.js';

type SaleInput = z.output<typeof CreateSale>;

/**
 * Sells. One sale is one transaction: shift, fills, products, screening of what a known patient buys over the counter, sale
 * with lines, promotions, taxes and payments, stock.
 */
@Injectable()
export class SalesService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly sales: SalesRepository,
    private readonly pricing: BasketPricingService,
    private readonly buyers: BuyerChecksService,
    private readonly inventory: InventoryService,
    private readonly clearance: ClearanceService,
    private readonly claims: ClaimSharesService,
    private readonly packs: PackCheckService,
    private readonly lostSales: LostSalesService,
    private readonly accounts: AccountTendersService,
    private readonly loyalty: LoyaltyService,
  ) {}

  /**
   * Posts a sale of counter lines and dispensed fills; what payers bear of the fills is tendered by itself. What it is refused for want of stock is a lost sale. Refusals: `no-open-shift`, `insufficient-stock`,
   * `fill-already-sold`, `fill-not-dispensed`, `claim-unsettled`, `promotion-changed`, `account-blocked`, `credit-limit`, `deposit-short`, `points-short` (409); `points-not-redeemable`, `prescription-required`, `drug-recalled`, `price-unknown`, `price-ceiling`,
   * `unit-not-sold`, `buyer-too-young`, `identity-check-required`, `purchase-limit-exceeded`, `pack-refused`, `pack-scan-required`, `discount-limit`, `payment-short`, `change-only-from-cash`, `amount-too-fine`; and, where the patient is
   * known, `screening-stop`, `override-reason-needed`, `override-unknown-alert` (422), `step-up-required` (403).
   */
  create(ctx: RequestContext, input: SaleInput): Promise<SaleAnswer> {
    return this.lostSales.noting(ctx, 'till', () =>
      this.clearance.keepingStops(ctx, () => this.post(ctx, input)),
    );
  }

  private post(ctx: RequestContext, input: SaleInput): Promise<SaleAnswer> {
    return this.uow.runFrequent(ctx, (tx) => this.postIn(tx, ctx, input));
  }

  /**
   * Posts a sale in the transaction of another command; refusals as `create`. With `earlier` it is one that happened before, while the server
   * was out of reach: of that seller, shift, day and prices, without promotions, by the same rules otherwise.
   */
  async postIn(tx: Tx, ctx: RequestContext, input: SaleInput, earlier?: SoldEarlier): Promise<SaleAnswer> {
    return this.complete(tx, ctx, input, await this.price(tx, ctx, input, { earlier }));
  }

  /**
   * Prices lines as they would be sold now, in the caller's transaction; nothing is written. To quote (`toSell` false), no shift is needed and
   * no fill is locked. Refusals: those of `create` that concern lines.
   */
  async price(
    tx: Tx,
    ctx: RequestContext,
    { items }: Pick<SaleInput, 'items'>,
    { toSell = true, earlier }: { toSell?: boolean; earlier?: SoldEarlier | undefined } = {},
  ): Promise<PricedSale> {
    const [found, now, limited] = await inOrder([
      this.sales.findTill(tx, ctx.branchId, ctx.actor.userId, toSell ? items.length : 0),
      this.pricing.load(tx, ctx.branchId, items, {
        isPreview: !toSell,
        day: earlier?.till.businessDate,
      }),
      this.buyers.limited(tx, ctx.branchId, drugIdsOf(items)),
    ]);
    const { itemIds, ...own } = required(found, 'branch');
    const till = { ...own, ...earlier?.till };
    if (toSell && till.shiftId === null) throw new NoOpenShift();
    const rules = { ...rulesOf(ctx, till), ...(earlier && { anyDiscount: earlier.isAccepted }) };
    const facts = earlier ? { ...now, drugs: asSold(now.drugs, earlier), promotions: [] } : now;
    const { fills } = facts;
    const payers = await this.claims.tenders(tx, ctx.branchId, [...fills.keys()]);
    const lines = this.pricing.price(facts, items, rules, new Set(payers.map(({ fillId }) => fillId)));
    return {
      ...{ shiftId: till.shiftId ?? 0, businessDate: till.businessDate, rules, itemIds, fills },
      ...{ lines, payers, limited, sellerId: earlier?.soldBy ?? ctx.actor.userId },
    };
  }

  /** Settles and posts a priced sale in the caller's transaction; `exchanged` of what came back pays for it first. Refusals: those of `create`. */
  async complete(
    tx: Tx,
    ctx: RequestContext,
    input: SaleInput,
    priced: PricedSale,
    exchanged = Money.zero,
  ): Promise<SaleAnswer> {
    const { shiftId, businessDate, rules, itemIds, fills, lines, payers, limited, sellerId } = priced;
    const tenders: Tender[] = input.payments.map((payment) => ({
      ...payment,
      reference: payment.reference ?? undefined,
    }));
    if (!exchanged.isZero()) tenders.unshift({ method: 'exchange', amount: exchanged.toString() });
    const basket = settle(lines, tenders, rules, payers);
    const accountId = input.accountId ?? null;
    // Its row stays locked until the end: what it covers now it covers then.
    if (accountId !== null) await this.accounts.require(tx, ctx.branchId, accountId, input.payments);
    const patientId = input.patientId ?? onlyPatientOf(fills);
    const { identity, limitReasons } = input;
    const buyer =
      limited.size > 0
        ? await this.buyers.clear(tx, ctx, lines, { patientId, identity, limitReasons }, businessDate)
        : undefined;
    const cleared = await this.screened(tx, ctx, input, patientId);
    const [posted, taken] = await inOrder([
      this.sales.insert(tx, ctx.branchId, sellerId, {
        ...asNewSale(basket, itemIds),
        shiftId,
        patientId,
        businessDate,
        accountId,
      }),
      this.takeStock(tx, ctx.branchId, lines, itemIds),
    ]);
    if (accountId !== null)
      await this.loyalty.earn(tx, ctx.branchId, { ...basket, saleId: posted.saleId, accountId });
    await this.packs.giveTo(tx, ctx.branchId, scannedOf(input, itemIds));
    if (buyer) await this.buyers.keep(tx, ctx, posted.saleId, buyer);
    if (cleared) await this.clearance.keep(tx, ctx, cleared, { purpose: 'sale', saleId: posted.saleId });
    // A fill's stock left when it was dispensed.
    const lots = fills.size > 0 ? await this.sales.findLots(tx, posted.saleId) : taken;
    return answer(basket, posted, lots, {
      shiftId,
      patientId,
      businessDate,
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
    const drugIds = drugIdsOf(input.items);
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

/** Counter lines with packs that were scanned for them. */
const scannedOf = (input: SaleInput, itemIds: readonly number[]): SoldFrom[] =>
  input.items.flatMap((item, index) => {
    const saleItemId = itemIds[index];
    return 'drugId' in item && item.packs !== undefined && saleItemId !== undefined
      ? [{ saleItemId, drugId: item.drugId, codes: item.packs }]
      : [];
  });

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
      tax: {
        taxClassId: line.tax.taxClassId,
        rate: line.tax.rate,
        isIncluded: line.tax.isIncluded,
        amount: line.tax.tax.toString(),
      },
      promotions: line.promotions.map(({ promotionId, version, quantity, amount }) => ({
        promotionId,
        version,
        quantity: quantity.toString(),
        amount: amount.toString(),
      })),
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
    ...shownTotals(basket.lines),
    rounding: basket.rounding.toString(),
    total: basket.total.toString(),
    paid: basket.paid.toString(),
    change: basket.change.toString(),
    items: basket.lines.map((line, index) => {
      const saleItemId = posted.saleItemIds[index] ?? 0;
      return {
        saleItemId,
        ...shownLine(line, index),
        lots: lots.get(saleItemId) ?? [],
      };
    }),
  };
}
