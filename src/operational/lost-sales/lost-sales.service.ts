import { Injectable, Logger } from '@nestjs/common';
import type { z } from 'zod';

import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { toDomainError } from '../../platform/errors/database-errors.js';
import type { ProblemParams } from '../../platform/errors/domain-error.js';
import type { Page } from '../../platform/http/schemas.js';
import { Quantity } from '../../platform/money/quantity.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { addDays } from '../../platform/time/local-date.js';
import { BranchesService } from '../auth/branches/branches.service.js';
import { InventoryService } from '../inventory/inventory.service.js';
import './lost-sales.errors.js';
import { LostSalesRepository, type Wish } from './lost-sales.repository.js';
import type { LostSaleNoted, LostSaleQuery, LostSaleRow, NoteLostSale } from './lost-sales.schemas.js';
import type { LostSaleSource } from './lost-sales.types.js';

/** Days the list looks back unless it is said otherwise: a quarter. */
const DAYS_BACK = 90;

/** What was wanted and not in stock: demand that the ledger does not know. */
@Injectable()
export class LostSalesService {
  private readonly logger = new Logger('stock');

  constructor(
    private readonly uow: UnitOfWork,
    private readonly lostSales: LostSalesRepository,
    private readonly branches: BranchesService,
    private readonly inventory: InventoryService,
  ) {}

  /**
   * Runs a command; what it is refused for want of stock is noted in a transaction of its own (the command left nothing behind), and the
   * refusal is thrown again whether that succeeds or not, with the recalls that set the product aside.
   */
  async noting<T>(ctx: RequestContext, source: LostSaleSource, command: () => Promise<T>): Promise<T> {
    try {
      return await command();
    } catch (error) {
      // The ledger refuses by a code of its own; the answer to the request is made of it later.
      const refusal = toDomainError(error);
      const wish = refusal?.code === 'insufficient-stock' ? missingOf(refusal.params, source) : undefined;
      if (refusal === undefined || wish === undefined) throw error;
      await this.insert(ctx, wish).catch((failure: unknown) => this.logger.warn(failure));
      throw await this.uow
        .read(ctx, (tx) => this.inventory.namingRecalls(tx, ctx.branchId, refusal))
        .catch((failure: unknown) => {
          this.logger.warn(failure);
          return refusal;
        });
    }
  }

  /** Throws NotFound for a product that does not exist. */
  async note(
    ctx: RequestContext,
    { drugId, quantity, source }: z.output<typeof NoteLostSale>,
  ): Promise<z.output<typeof LostSaleNoted>> {
    return { isCounted: await this.insert(ctx, { drugId, quantity, source }) };
  }

  /** A page of products that were wanted and not there, those most often noted first; the last 90 days unless it is said otherwise. */
  findPage(ctx: RequestContext, query: z.output<typeof LostSaleQuery>): Promise<Page<LostSaleRow>> {
    const { page, limit } = query;
    return this.uow.read(ctx, async (tx) => {
      const { today } = await this.branches.settings(tx, ctx.branchId);
      const to = query.to ?? today;
      const from = query.from ?? addDays(to, -DAYS_BACK);
      const [data, total] = await this.lostSales.findPage(tx, ctx.branchId, { ...query, from, to });
      return { data, meta: { total, page, limit } };
    });
  }

  private insert(ctx: RequestContext, wish: Wish): Promise<boolean> {
    // Without the idempotency key: a refused command must be free to come again with it.
    return this.uow.run({ ...ctx, idempotency: undefined }, (tx) =>
      this.lostSales.note(tx, ctx.branchId, wish),
    );
  }
}

/** What was asked for and not there; undefined where the refusal does not say it. */
function missingOf(
  { drugId, requested, available }: ProblemParams,
  source: LostSaleSource,
): Wish | undefined {
  if (typeof drugId !== 'number' || typeof requested !== 'string') return undefined;
  const free = typeof available === 'string' ? Quantity.of(available) : Quantity.zero;
  const missing = Quantity.of(requested).minus(free);
  return missing.isPositive() ? { drugId, quantity: missing.toString(), source } : undefined;
}
