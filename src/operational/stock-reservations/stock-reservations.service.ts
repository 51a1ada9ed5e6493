import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { InvalidTransition, NotFound } from '../../platform/errors/domain-error.js';
import type { Page } from '../../platform/http/schemas.js';
import { Quantity } from '../../platform/money/quantity.js';
import { jobContext, type RequestContext } from '../../platform/security/request-context.js';
import { InventoryService } from '../inventory/inventory.service.js';
import { StockReservationsRepository, type Reservation } from './stock-reservations.repository.js';
import type { KeepStock, ReservationQuery } from './stock-reservations.schemas.js';

/** Reservations one transaction lets lapse: it holds the locks of their lots. */
const AT_ONCE = 50;

/** Stock kept for somebody for a time, without a fill: it lapses by itself. */
@Injectable()
export class StockReservationsService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly reservations: StockReservationsRepository,
    private readonly inventory: InventoryService,
  ) {}

  findPage(ctx: RequestContext, query: z.output<typeof ReservationQuery>): Promise<Page<Reservation>> {
    return this.uow.read(ctx, async (tx) => {
      const [data, total] = await this.reservations.findPage(tx, ctx.branchId, query);
      return { data, meta: { total, page: query.page, limit: query.limit } };
    });
  }

  /** Keeps stock, first expiry first, all of it or nothing. Throws InsufficientStock. */
  keep(ctx: RequestContext, input: z.output<typeof KeepStock>): Promise<Reservation> {
    const { drugId, minutes } = input;
    const quantity = Quantity.of(input.quantity).toString();
    return this.uow.run(ctx, async (tx) => {
      const [lots = []] = await this.inventory.plan(tx, ctx.branchId, [{ drugId, quantity }], false);
      const kept = { drugId, quantity, minutes, heldFor: input.heldFor ?? null };
      return this.get(
        tx,
        ctx,
        await this.reservations.insert(tx, ctx.branchId, kept, lots, ctx.actor.userId),
      );
    });
  }

  /** Gives it up before its time. Throws NotFound, InvalidTransition. */
  release(ctx: RequestContext, reservationId: number): Promise<Reservation> {
    return this.uow.run(ctx, async (tx) => {
      const status = await this.reservations.lock(tx, ctx.branchId, reservationId);
      if (status === undefined) throw new NotFound('reservation');
      if (status !== 'open') throw new InvalidTransition('reservation', status, 'release', []);
      await this.reservations.close(tx, [reservationId], 'released', ctx.actor.userId);
      return this.get(tx, ctx, reservationId);
    });
  }

  /** Lets lapse what is over, at all branches; a second time does nothing. Several servers at once take different ones. Answers how many. */
  async lapse(): Promise<number> {
    const branchIds = await this.uow.read(jobContext(), (tx) => this.reservations.branchIds(tx));
    let lapsed = 0;
    for (;;) {
      const ended = await this.uow.run(jobContext(branchIds), async (tx) => {
        const due = await this.reservations.lockDue(tx, AT_ONCE);
        if (due.length > 0) await this.reservations.close(tx, due, 'lapsed', null);
        return due.length;
      });
      lapsed += ended;
      if (ended < AT_ONCE) return lapsed;
    }
  }

  private async get(tx: Tx, ctx: RequestContext, reservationId: number): Promise<Reservation> {
    const found = await this.reservations.find(tx, ctx.branchId, reservationId);
    if (!found) throw new NotFound('reservation');
    return found;
  }
}
