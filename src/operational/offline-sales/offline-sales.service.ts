import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { toDomainError } from '../../platform/errors/database-errors.js';
import { NotFound, type DomainError } from '../../platform/errors/domain-error.js';
import type { Page } from '../../platform/http/schemas.js';
import { Money } from '../../platform/money/money.js';
import { Quantity } from '../../platform/money/quantity.js';
import { systemContext, type RequestContext } from '../../platform/security/request-context.js';
import { SalesService } from '../sales/sales.service.js';
import { TillShiftsService } from '../sales/till-shifts/till-shifts.service.js';
import { asSale, isConflict, packPricesOf, priceDifferences } from './offline-sale.domain.js';
import {
  OfflinePriceUnknown,
  OfflineSaleDiffers,
  OfflineSaleSettled,
  OfflineTotalDiffers,
} from './offline-sales.errors.js';
import { OfflineSalesRepository } from './offline-sales.repository.js';
import type { OfflineSaleQuery, PostOfflineSale, RejectOfflineSale } from './offline-sales.schemas.js';
import type { OfflineSaleContent, OfflineSaleDetail, OfflineSaleRow } from './offline-sales.types.js';

/** An offline sale with what it takes to post it. */
interface ToPost {
  readonly offlineSaleId: number;
  readonly businessDate: string;
  readonly content: OfflineSaleContent;
}

/**
 * Sales made while the server was out of reach. Each comes in once, whatever is sent how often, and is then posted as it was sold or waits
 * for a decision: it happened, so it is never refused away.
 */
@Injectable()
export class OfflineSalesService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly offline: OfflineSalesRepository,
    private readonly sales: SalesService,
    private readonly shifts: TillShiftsService,
  ) {}

  /** Sales that wait for a decision, at these branches. */
  countConflicts(branchIds: readonly number[]): Promise<number> {
    return this.uow.read(systemContext(branchIds), (tx) => this.offline.countConflicts(tx));
  }

  /**
   * Takes a sale in and posts it through the path of every sale, at the prices it was sold for, of its seller, in the shift it was sold in or
   * else the sender's. What the sale is refused for (no stock, recalled, …) makes it a conflict, with the refusal. Refusals: `no-open-shift`
   * (409: nothing is saved, the till sends it again), `offline-sale-differs` (422), `not-found` for a seller there is not.
   */
  async receive(ctx: RequestContext, sale: OfflineSaleContent): Promise<OfflineSaleRow> {
    try {
      return await this.uow.run(ctx, (tx) => this.take(tx, ctx, sale));
    } catch (error) {
      // The database refuses by codes of its own; what was written is undone, and the sale is kept in a transaction that posts nothing.
      const refusal = toDomainError(error);
      if (!refusal || !isConflict(refusal)) throw error;
      return this.uow.run(ctx, (tx) => this.take(tx, ctx, sale, refusal));
    }
  }

  private async take(
    tx: Tx,
    ctx: RequestContext,
    sale: OfflineSaleContent,
    refusal?: DomainError,
  ): Promise<OfflineSaleRow> {
    const made = await this.offline.insert(tx, ctx.branchId, sale);
    if (!made) return this.known(tx, ctx, sale);
    const { offlineSaleId } = made;
    if (refusal) {
      const { code, params } = refusal;
      await this.offline.claimAttempt(tx, sale);
      await this.offline.insertStep(tx, ctx.branchId, offlineSaleId, { step: 'found', code, params });
    } else await this.post(tx, ctx, { ...made, content: sale }, false);
    return this.row(tx, ctx, offlineSaleId);
  }

  /** What became of a sale that came in before. */
  private async known(tx: Tx, ctx: RequestContext, sale: OfflineSaleContent): Promise<OfflineSaleRow> {
    const twin = await this.offline.findTwin(tx, ctx.branchId, sale);
    if (!twin?.isSame) throw new OfflineSaleDiffers();
    return this.row(tx, ctx, twin.offlineSaleId);
  }

  private async post(tx: Tx, ctx: RequestContext, sale: ToPost, isAccepted: boolean): Promise<void> {
    const { offlineSaleId, businessDate, content } = sale;
    const attempted = await this.offline.claimAttempt(tx, content);
    if (attempted !== null)
      return this.offline.insertPost(tx, ctx.branchId, offlineSaleId, {
        saleId: attempted,
        priceDifferences: [],
      });
    const prices = await this.offline.judgePrices(tx, content);
    const unknown = prices.find(({ isKnown, price }) => !isKnown && price !== null);
    if (unknown && !isAccepted) {
      const { drugId, soldAt, price } = unknown;
      throw new OfflinePriceUnknown({
        drugId,
        soldAt: Money.of(soldAt).toString(),
        price: Money.of(price ?? '0').toString(),
      });
    }
    const { saleId, total } = await this.sales.postIn(tx, ctx, asSale(content), {
      soldBy: content.soldBy,
      till: { shiftId: await this.shifts.shiftFor(tx, ctx, content), businessDate },
      packPrices: packPricesOf(content),
      isAccepted,
    });
    if (Money.of(total).compare(Money.of(content.total)) !== 0)
      throw new OfflineTotalDiffers({ total: Money.of(content.total).toString(), reckoned: total });
    await this.offline.insertPost(tx, ctx.branchId, offlineSaleId, {
      saleId,
      priceDifferences: priceDifferences(prices),
    });
  }

  /**
   * Posts a conflict as it was sold: price, discount and a recall of later stand no more in its way, stock must be there. Throws what the sale
   * is refused for, which is kept with it; `offline-sale-settled` (409), NotFound.
   */
  async postConflict(
    ctx: RequestContext,
    offlineSaleId: number,
    { note }: z.output<typeof PostOfflineSale>,
  ): Promise<OfflineSaleDetail> {
    try {
      return await this.uow.run(ctx, async (tx) => {
        const sale = await this.open(tx, ctx, offlineSaleId);
        await this.post(tx, ctx, sale, true);
        await this.offline.insertStep(tx, ctx.branchId, offlineSaleId, { step: 'posted', note });
        return this.detail(tx, ctx, offlineSaleId);
      });
    } catch (error) {
      const refusal = toDomainError(error);
      if (refusal && isConflict(refusal)) await this.noteFailure(ctx, offlineSaleId, refusal, note);
      throw error;
    }
  }

  /** In a transaction of its own, since the command left nothing behind; a sale that is settled or nobody's needs no note. */
  private async noteFailure(
    ctx: RequestContext,
    offlineSaleId: number,
    { code, params }: DomainError,
    note: string | undefined,
  ): Promise<void> {
    await this.uow.run({ ...ctx, idempotency: undefined }, async (tx) => {
      await this.offline.queueFor(tx, offlineSaleId);
      const row = await this.offline.find(tx, ctx.branchId, offlineSaleId);
      if (row?.status !== 'conflict') return;
      await this.offline.insertStep(tx, ctx.branchId, offlineSaleId, { step: 'failed', code, params, note });
    });
  }

  /**
   * Ends a conflict without a sale. Money that was kept is paid into the shift of the sale where it is open, else into the actor's; money that was given
   * back never was in the drawer. Throws `offline-sale-settled`, `no-open-shift` (409), NotFound.
   */
  reject(
    ctx: RequestContext,
    offlineSaleId: number,
    { note, cash }: z.output<typeof RejectOfflineSale>,
  ): Promise<OfflineSaleDetail> {
    return this.uow.run(ctx, async (tx) => {
      const { content } = await this.open(tx, ctx, offlineSaleId);
      const amount = Money.of(content.total);
      const isPaidIn = cash === 'kept' && !amount.isZero();
      const movementId = isPaidIn
        ? await this.shifts.payIn(tx, ctx, await this.shifts.shiftFor(tx, ctx, content), {
            amount: amount.toString(),
            reason: `${content.receiptNumber}: ${note}`.slice(0, 300),
          })
        : null;
      const step = { step: 'rejected' as const, note, cash, movementId };
      await this.offline.insertStep(tx, ctx.branchId, offlineSaleId, step);
      return this.detail(tx, ctx, offlineSaleId);
    });
  }

  findPage(ctx: RequestContext, query: z.output<typeof OfflineSaleQuery>): Promise<Page<OfflineSaleRow>> {
    return this.uow.read(ctx, async (tx) => {
      const [data, total] = await this.offline.findPage(tx, ctx.branchId, query);
      return { data, meta: { total, page: query.page, limit: query.limit } };
    });
  }

  /** Throws NotFound for another branch's too. */
  getDetail(ctx: RequestContext, offlineSaleId: number): Promise<OfflineSaleDetail> {
    return this.uow.read(ctx, (tx) => this.detail(tx, ctx, offlineSaleId));
  }

  /** A conflict that is not decided yet, held until the end of the transaction. */
  private async open(tx: Tx, ctx: RequestContext, offlineSaleId: number): Promise<ToPost> {
    await this.offline.queueFor(tx, offlineSaleId);
    const row = await this.row(tx, ctx, offlineSaleId);
    if (row.status !== 'conflict') throw new OfflineSaleSettled();
    const found = await this.content(tx, ctx, offlineSaleId);
    return { ...found, offlineSaleId };
  }

  private async row(tx: Tx, ctx: RequestContext, offlineSaleId: number): Promise<OfflineSaleRow> {
    const row = await this.offline.find(tx, ctx.branchId, offlineSaleId);
    if (!row) throw new NotFound('offline sale');
    return row;
  }

  private async content(tx: Tx, ctx: RequestContext, offlineSaleId: number) {
    const found = await this.offline.findContent(tx, ctx.branchId, offlineSaleId);
    if (!found) throw new NotFound('offline sale');
    return found;
  }

  private async detail(tx: Tx, ctx: RequestContext, offlineSaleId: number): Promise<OfflineSaleDetail> {
    const row = await this.row(tx, ctx, offlineSaleId);
    const { content, priceDifferences } = await this.content(tx, ctx, offlineSaleId);
    const drugIds = content.items.map(({ drugId }) => drugId);
    const products = await this.offline.findStock(tx, ctx.branchId, drugIds);
    return {
      ...row,
      cash: content.cash,
      items: content.items.map(({ drugId, description, quantity, unit, discount = '0.00', packPrice }) => {
        const product = products.get(drugId);
        const perUnit =
          unit === 'unit' ? '1' : unit === 'pack' ? product?.unitsPerPack : product?.unitsPerStrip;
        return {
          ...{ drugId, description, quantity, unit, discount, packPrice },
          nameAr: product?.nameAr ?? null,
          wanted: Quantity.of(quantity)
            .times(Quantity.of(perUnit ?? '1'))
            .toString(),
          available: Quantity.of(product?.available ?? '0').toString(),
        };
      }),
      priceDifferences,
      steps: await this.offline.findSteps(tx, offlineSaleId),
    };
  }
}
