import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import { inOrder } from '../../../platform/database/in-order.js';
import type { Tx } from '../../../platform/database/tx.js';
import { Quantity } from '../../../platform/money/quantity.js';
import { DrugsService } from '../../../reference/drugs/drugs.service.js';
import type { SellableDrug } from '../../../reference/drugs/drugs.types.js';
import { FillsService } from '../../prescriptions/fills.service.js';
import type { FillForSale } from '../../prescriptions/prescriptions.types.js';
import { priceCounterLine, priceFillLine, type BasketLine, type TillRules } from '../basket.domain.js';
import { required } from '../required.js';
import { FillNotDispensed } from '../sales.errors.js';
import type { SaleItems } from '../sales.schemas.js';
import { priceBasket } from './price-basket.domain.js';
import { PricingRepository } from './pricing.repository.js';
import type { Promotion } from './promotions.domain.js';
import type { TaxRule } from './tax.domain.js';

type Items = z.output<typeof SaleItems>;

/** Everything a basket is priced from, as it stands in this transaction. */
export interface BasketFacts {
  readonly drugs: ReadonlyMap<number, SellableDrug>;
  readonly fills: ReadonlyMap<number, FillForSale>;
  readonly taxes: ReadonlyMap<number, TaxRule>;
  readonly promotions: readonly Promotion[];
}

/** Prices baskets: catalogue, fills, promotions and taxes. The sale and what is only shown of it go the same way. */
@Injectable()
export class BasketPricingService {
  constructor(
    private readonly drugs: DrugsService,
    private readonly fills: FillsService,
    private readonly pricing: PricingRepository,
  ) {}

  /**
   * Reads what a basket is priced from. Fills are locked unless it is only shown; `day`: with the tax rates
   * of that day in place of today's. Throws NotFound (fill of another branch),
   * FillNotDispensed.
   */
  async load(
    tx: Tx,
    branchId: number,
    items: Items,
    options: { readonly isPreview: boolean; readonly day?: string | undefined },
  ): Promise<BasketFacts> {
    const fillIds = fillIdsOf(items);
    const of = { drugIds: drugIdsOf(items), fillIds };
    const [found, counter, taxes, promotions] = await inOrder([
      options.isPreview ? this.fills.forSalePreview(tx, fillIds) : this.fills.forSale(tx, fillIds),
      this.drugs.sellable(tx, of.drugIds),
      this.pricing.findTaxes(tx, branchId, of, options.day),
      this.pricing.findPromotions(tx, branchId, of),
    ]);
    const fills = dispensed(found, branchId, fillIds);
    return { drugs: await this.products(tx, counter, fills), fills, taxes, promotions };
  }

  /** Lines with their promotions and taxes. Throws what priceCounterLine and priceFillLine throw. */
  price(facts: BasketFacts, items: Items, rules: TillRules, claimedFills: ReadonlySet<number>): BasketLine[] {
    const sold = new Map<number, Quantity>();
    const lines = items.map((item, index) => {
      if ('fillId' in item) return priceFillLine(fillLine(item.fillId, facts), rules);
      const { drugId, quantity, unit = 'unit', discount = '0' } = item;
      const product = required(facts.drugs.get(drugId), 'drug');
      const before = sold.get(drugId) ?? Quantity.zero;
      const line = priceCounterLine({ product, quantity, unit, discount }, index + 1, rules, before);
      sold.set(drugId, before.plus(line.quantity));
      return line;
    });
    const { currencyDecimals } = rules;
    const { promotions, taxes } = facts;
    return priceBasket(lines, { currencyDecimals, promotions, taxes, claimedFills });
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
}

/** Products sold over the counter, each once. */
export const drugIdsOf = (items: Items): number[] => [
  ...new Set(items.flatMap((item) => ('drugId' in item ? [item.drugId] : []))),
];

const fillIdsOf = (items: Items): number[] =>
  items.flatMap((item) => ('fillId' in item ? [item.fillId] : []));

function dispensed(
  found: readonly FillForSale[],
  branchId: number,
  fillIds: readonly number[],
): Map<number, FillForSale> {
  const fills = new Map(
    found.filter((fill) => fill.branchId === branchId).map((fill) => [fill.fillId, fill]),
  );
  for (const fillId of fillIds) {
    const fill = required(fills.get(fillId), 'fill');
    if (fill.status !== 'dispensed') throw new FillNotDispensed(fillId, fill.status);
  }
  return fills;
}

function fillLine(fillId: number, { fills, drugs }: BasketFacts) {
  const fill = required(fills.get(fillId), 'fill');
  const { price: packPrice, unitsPerPack } = required(drugs.get(fill.drugId), 'drug');
  return { ...fill, packPrice, unitsPerPack };
}
