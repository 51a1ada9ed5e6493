import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { NotFound, RuleViolation } from '../../platform/errors/domain-error.js';
import { Quantity } from '../../platform/money/quantity.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { WitnessService } from '../auth/witness/witness.service.js';
import { InventoryService } from '../inventory/inventory.service.js';
import { MoreThanApproved } from './stock-transfers.errors.js';
import { StockTransfersRepository } from './stock-transfers.repository.js';
import type { IssueTransfer } from './stock-transfers.schemas.js';
import { StockTransfersService } from './stock-transfers.service.js';
import type { Transfer, TransferLine } from './stock-transfers.types.js';

/** What one lot gives to a line. */
interface Pick {
  readonly transferLineId: number;
  readonly lotId: number;
  readonly quantity: string;
}

/** Sends stock off to another branch. */
@Injectable()
export class IssueService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly transfers: StockTransfersRepository,
    private readonly transfer: StockTransfersService,
    private readonly inventory: InventoryService,
    private readonly witnesses: WitnessService,
  ) {}

  /**
   * Takes what was agreed to from the shelf into transit, from chosen lots or first expiry first; all lines or none, or what there is where it
   * may be part. Throws NotFound, OtherBranch, InvalidTransition, MoreThanApproved, InsufficientStock, LotNotDispensable, WitnessRequired.
   */
  issue(ctx: RequestContext, transferId: number, input: z.output<typeof IssueTransfer>): Promise<Transfer> {
    return this.uow.run(ctx, async (tx) => {
      await this.transfer.open(tx, ctx, transferId, 'issue');
      const lines = await this.transfers.findLines(tx, ctx.branchId, transferId);
      const witnessId =
        input.witness === undefined ? undefined : await this.witnesses.use(tx, ctx, input.witness);
      const picks = [
        ...(await this.chosen(tx, ctx, lines, input)),
        ...(await this.planned(tx, ctx, lines, input)),
      ];
      if (picks.length === 0)
        throw new RuleViolation('There is nothing to send: nothing was agreed to, or stock has none of it.');
      await this.transfers.setStatus(tx, transferId, 'in_transit', ctx.actor.userId);
      const lots = await this.transfers.insertTransitLots(tx, transferId, picks);
      const quantityOf = new Map(picks.map((pick) => [pick.lotId, pick.quantity]));
      await this.transfers.post(tx, {
        branchId: ctx.branchId,
        kind: 'issue',
        pairs: lots.map((lot) => ({ ...lot, quantity: quantityOf.get(lot.lotId) ?? '0' })),
        reason: `transfer ${transferId}`,
        ...(witnessId === undefined ? {} : { witnessId }),
      });
      return this.transfer.get(tx, ctx, transferId);
    });
  }

  private async chosen(
    tx: Tx,
    ctx: RequestContext,
    lines: readonly TransferLine[],
    input: z.output<typeof IssueTransfer>,
  ): Promise<Pick[]> {
    const wanted = input.lines.flatMap(({ transferLineId, lots }) => {
      const line = lines.find((one) => one.transferLineId === transferLineId);
      if (!line) throw new NotFound('line of this transfer');
      const sum = lots.reduce((total, lot) => total.plus(Quantity.of(lot.quantity)), Quantity.zero);
      const approved = line.approved ?? '0';
      if (sum.compare(Quantity.of(approved)) > 0) throw new MoreThanApproved({ transferLineId, approved });
      return lots.map((lot) => ({ ...lot, drugId: line.drugId, transferLineId }));
    });
    const found = await this.transfers.lockChosen(tx, ctx.branchId, wanted);
    if (wanted.some((lot) => !found.has(lot.lotId))) throw new NotFound('lot of this product');
    return wanted.map(({ transferLineId, lotId, quantity }) => ({ transferLineId, lotId, quantity }));
  }

  private async planned(
    tx: Tx,
    ctx: RequestContext,
    lines: readonly TransferLine[],
    input: z.output<typeof IssueTransfer>,
  ): Promise<Pick[]> {
    const rest = lines.filter(
      (line) =>
        Quantity.of(line.approved ?? '0').isPositive() &&
        !input.lines.some(({ transferLineId }) => transferLineId === line.transferLineId),
    );
    const wanted = rest.map((line) => ({ drugId: line.drugId, quantity: line.approved ?? '0' }));
    const picks = await this.inventory.plan(tx, ctx.branchId, wanted, input.partial);
    return rest.flatMap(({ transferLineId }, index) =>
      (picks[index] ?? []).map(({ lotId, quantity }) => ({ transferLineId, lotId, quantity })),
    );
  }
}
