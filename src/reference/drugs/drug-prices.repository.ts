import { Injectable } from '@nestjs/common';

import type { Tx } from '../../platform/database/tx.js';
import {
  APPLY_DUE,
  CANCEL,
  CANCEL_UP_TO,
  FIND_PRICES,
  FIND_SCHEDULED,
  PRICE_DAY,
  SCHEDULE,
} from './drug-prices.sql.js';

/** A time in which a product had, has or will have one price. */
export interface PricePeriod {
  readonly price: string;
  readonly effectiveFrom: string;
  readonly effectiveTo: string | null;
  readonly state: 'past' | 'current' | 'scheduled';
  readonly source: string;
  readonly releaseId: number | null;
  readonly setBy: number | null;
  readonly recordedAt: Date;
}

/** A price decided for a later day. */
export interface ScheduledPrice {
  readonly scheduledPriceId: number;
  readonly price: string;
  readonly effectiveFrom: string;
  readonly source: string;
}

/** Price history and prices to come. Changes of the price itself are recorded by the database. */
@Injectable()
export class DrugPricesRepository {
  async findPage(tx: Tx, drugId: number, page: number, limit: number): Promise<[PricePeriod[], number]> {
    const rows = await tx.query<PricePeriod & { total: number }>(FIND_PRICES, [
      drugId,
      (page - 1) * limit,
      limit,
    ]);
    return [rows.map(({ total: _, ...row }) => row), rows[0]?.total ?? 0];
  }

  findScheduled(tx: Tx, drugId: number): Promise<ScheduledPrice[]> {
    return tx.query<ScheduledPrice>(FIND_SCHEDULED, [drugId]);
  }

  /** The day prices are judged by: the latest that has begun at every branch. */
  async priceDay(tx: Tx): Promise<string> {
    return (await tx.one<{ today: string }>(PRICE_DAY)).today;
  }

  async schedule(
    tx: Tx,
    drugId: number,
    scheduled: Pick<ScheduledPrice, 'price' | 'effectiveFrom' | 'source'>,
    userId: number,
  ): Promise<void> {
    const { price, effectiveFrom, source } = scheduled;
    await tx.execute(SCHEDULE, [drugId, price, effectiveFrom, source, userId > 0 ? userId : null]);
  }

  /** False when no such decision waits. */
  async cancel(tx: Tx, drugId: number, scheduledPriceId: number): Promise<boolean> {
    return (await tx.execute(CANCEL, [drugId, scheduledPriceId])) > 0;
  }

  /** Takes back what waits up to a day. */
  async cancelUpTo(tx: Tx, drugId: number, day: string): Promise<void> {
    await tx.execute(CANCEL_UP_TO, [drugId, day]);
  }

  /** Takes over every price that is due; answers how many products changed. Cheap when nothing is. */
  async applyDue(tx: Tx): Promise<number> {
    return (await tx.one<{ applied: number }>(APPLY_DUE)).applied;
  }
}
