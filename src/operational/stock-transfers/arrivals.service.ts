import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { InvalidTransition, NotFound } from '../../platform/errors/domain-error.js';
import { Quantity } from '../../platform/money/quantity.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { WitnessService } from '../auth/witness/witness.service.js';
import { OwedFillsService } from '../owed-fills/owed-fills.service.js';
import type { OwedFill } from '../owed-fills/owed-fills.types.js';
import { judgeArrival } from './arrival.domain.js';
import { ReporterMayNotResolve, WayNotOpen } from './stock-transfers.errors.js';
import {
  StockTransfersRepository,
  type NewDiscrepancy,
  type StoredDiscrepancy,
} from './stock-transfers.repository.js';
import type { ReceiveTransfer, ResolveDiscrepancy } from './stock-transfers.schemas.js';
import { StockTransfersService } from './stock-transfers.service.js';
import type { Transfer } from './stock-transfers.types.js';
import { waysOf } from './transfer-status.domain.js';

/** A transfer as it stands, and the rests owed to patients that its stock completes. */
export interface TransferTaken extends Transfer {
  readonly owedCompletable: number;
  readonly owedFills: readonly OwedFill[];
}

/** Takes stock of another branch in, and settles what did not arrive as it was sent. */
@Injectable()
export class ArrivalsService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly transfers: StockTransfersRepository,
    private readonly transfer: StockTransfersService,
    private readonly owed: OwedFillsService,
    private readonly witnesses: WitnessService,
  ) {}

  /**
   * Takes in what is in hand: usable goods come into stock, what is damaged, missing or beyond what was sent is in dispute. Lots that are not
   * named are still on their way, or lost where nothing more comes. Throws NotFound, OtherBranch, InvalidTransition, WitnessRequired.
   */
  receive(
    ctx: RequestContext,
    transferId: number,
    input: z.output<typeof ReceiveTransfer>,
  ): Promise<TransferTaken> {
    return this.uow.run(ctx, async (tx) => {
      const { status } = await this.transfer.open(tx, ctx, transferId, 'receive');
      const lots = await this.transfers.findLots(tx, transferId);
      if (input.items.some((item) => !lots.some((lot) => lot.transitLotId === item.transitLotId)))
        throw new NotFound('lot of this transfer');
      const received = new Map<number, string>();
      const disputed: NewDiscrepancy[] = [];
      for (const { transitLotId, inTransit, inDispute } of lots) {
        const item = input.items.find((one) => one.transitLotId === transitLotId);
        if (!item && !input.complete) continue;
        const arrival = judgeArrival(Quantity.of(inTransit).minus(Quantity.of(inDispute)), {
          usable: Quantity.of(item?.quantity ?? '0'),
          damaged: Quantity.of(item?.damaged ?? '0'),
          isAll: input.complete,
        });
        if (arrival.received.isPositive()) received.set(transitLotId, `-${arrival.received.toString()}`);
        for (const kind of ['damaged', 'lost', 'over'] as const)
          if (arrival[kind].isPositive())
            disputed.push({
              transitLotId,
              kind,
              quantity: arrival[kind].toString(),
              note: item?.note ?? null,
            });
      }
      const witnessId =
        input.witness === undefined ? undefined : await this.witnesses.use(tx, ctx, input.witness);
      const pairs = await this.transfers.lotsFor(tx, ctx.branchId, [...received.keys()]);
      await this.transfers.post(tx, {
        branchId: ctx.branchId,
        kind: 'receive',
        pairs: pairs.map((pair) => ({ ...pair, quantity: received.get(pair.transitLotId) ?? '0' })),
        reason: `transfer ${transferId}`,
        ...(witnessId === undefined ? {} : { witnessId }),
      });
      await this.transfers.insertDiscrepancies(tx, disputed, ctx.actor.userId);
      await this.transfer.settle(tx, ctx, transferId, status);
      const drugIds = new Set(lots.filter((lot) => received.has(lot.transitLotId)).map((lot) => lot.drugId));
      return {
        ...(await this.transfer.get(tx, ctx, transferId)),
        ...(await this.completed(tx, ctx, [...drugIds])),
      };
    });
  }

  /**
   * Settles one discrepancy: who gave it gives it up, takes it back or agrees that he sent more, who gets it says that it turned up. Throws
   * NotFound, InvalidTransition, WayNotOpen, ReporterMayNotResolve, InsufficientStock, WitnessRequired.
   */
  resolve(
    ctx: RequestContext,
    transferId: number,
    input: z.output<typeof ResolveDiscrepancy>,
  ): Promise<Transfer> {
    const { discrepancyId, resolution, note } = input;
    return this.uow.run(ctx, async (tx) => {
      const { status, side } = await this.transfer.open(tx, ctx, transferId, 'resolve');
      const all = await this.transfers.findDiscrepancies(tx, transferId);
      const found = all.find((one) => one.discrepancyId === discrepancyId);
      if (!found) throw new NotFound('discrepancy of this transfer');
      if (found.resolution !== null)
        throw new InvalidTransition('discrepancy', found.resolution, resolution, []);
      const ways = waysOf(found.kind, side);
      if (!ways.includes(resolution)) throw new WayNotOpen(ways);
      if (found.reportedById === ctx.actor.userId) throw new ReporterMayNotResolve();
      const witnessId =
        input.witness === undefined ? undefined : await this.witnesses.use(tx, ctx, input.witness);
      await this.transfers.resolve(tx, discrepancyId, resolution, note, ctx.actor.userId);
      await this.move(tx, ctx, transferId, found, resolution, witnessId);
      await this.transfer.settle(tx, ctx, transferId, status);
      return this.transfer.get(tx, ctx, transferId);
    });
  }

  /** The two sides of what settles a discrepancy; a write-off has one, and what was never sent none. */
  private async move(
    tx: Tx,
    ctx: RequestContext,
    transferId: number,
    { transitLotId, discrepancyId, quantity, kind }: StoredDiscrepancy,
    resolution: z.output<typeof ResolveDiscrepancy>['resolution'],
    witnessId: number | undefined,
  ): Promise<void> {
    const ids = [transitLotId];
    const post = (
      as: 'issue' | 'receive' | 'return',
      lots: readonly { transitLotId: number; lotId: number }[],
    ) =>
      this.transfers.post(tx, {
        branchId: ctx.branchId,
        kind: as,
        pairs: lots.map((pair) => ({ ...pair, quantity: as === 'issue' ? quantity : `-${quantity}` })),
        reason: `transfer ${transferId}: ${kind}, ${resolution}`,
        discrepancyId,
        ...(witnessId === undefined ? {} : { witnessId }),
      });
    switch (resolution) {
      case 'write_off':
        return this.transfers.writeOff(tx, { transitLotId, quantity, discrepancyId }, witnessId);
      case 'receive':
        return post('receive', await this.transfers.lotsFor(tx, ctx.branchId, ids));
      case 'return':
        // What came back broken is judged before it is sold; what was never sent lies where it lay.
        return post(
          'return',
          kind === 'damaged'
            ? await this.transfers.lotsFor(tx, ctx.branchId, ids, 'quarantined')
            : await this.transfers.lockSources(tx, ctx.branchId, ids),
        );
      case 'accept':
        return post('issue', await this.transfers.lockSources(tx, ctx.branchId, ids));
      case 'dismiss':
        return undefined;
    }
  }

  private async completed(
    tx: Tx,
    ctx: RequestContext,
    drugIds: readonly number[],
  ): Promise<{ owedCompletable: number; owedFills: readonly OwedFill[] }> {
    if (drugIds.length === 0) return { owedCompletable: 0, owedFills: [] };
    const owed = await this.owed.completedBy(tx, ctx.branchId, drugIds);
    const mayRead = ctx.actor.permissions.has('ReadPrescription');
    return { owedCompletable: owed.length, owedFills: mayRead ? owed : [] };
  }
}
