import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { InvalidTransition, NotFound, RuleViolation } from '../../platform/errors/domain-error.js';
import type { Page } from '../../platform/http/schemas.js';
import { Quantity } from '../../platform/money/quantity.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { WitnessService } from '../auth/witness/witness.service.js';
import { OtherBranch, TransferOpen } from './stock-transfers.errors.js';
import { StockTransfersRepository, type LockedTransfer } from './stock-transfers.repository.js';
import type {
  ApproveTransfer,
  CancelTransfer,
  CreateTransfer,
  InTransitQuery,
  TransferQuery,
} from './stock-transfers.schemas.js';
import type {
  InTransitRow,
  Transfer,
  TransferCommand,
  TransferHead,
  TransferSide,
} from './stock-transfers.types.js';
import { commandsFor } from './transfer-status.domain.js';

/** Stock from one branch to another: asked for, agreed to, called off. Sending it and taking it in have services of their own. */
@Injectable()
export class StockTransfersService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly transfers: StockTransfersRepository,
    private readonly witnesses: WitnessService,
  ) {}

  /** A page of the transfers that concern the branch, newest first. */
  findPage(ctx: RequestContext, query: z.output<typeof TransferQuery>): Promise<Page<TransferHead>> {
    return this.uow.read(ctx, async (tx) => {
      const [data, total] = await this.transfers.findPage(tx, ctx.branchId, query);
      return { data, meta: { total, page: query.page, limit: query.limit } };
    });
  }

  /** Throws NotFound. */
  findOne(ctx: RequestContext, transferId: number): Promise<Transfer> {
    return this.uow.read(ctx, (tx) => this.get(tx, ctx, transferId));
  }

  /** Lots on their way to or from the branch. */
  findInTransit(ctx: RequestContext, query: z.output<typeof InTransitQuery>): Promise<Page<InTransitRow>> {
    return this.uow.read(ctx, async (tx) => {
      const [data, total] = await this.transfers.findInTransit(tx, ctx.branchId, query);
      return { data, meta: { total, page: query.page, limit: query.limit } };
    });
  }

  findBranches(ctx: RequestContext): Promise<{ data: { branchId: number; code: string; name: string }[] }> {
    return this.uow.read(ctx, async (tx) => ({ data: await this.transfers.findBranches(tx, ctx.branchId) }));
  }

  /** Asks another branch for stock, or begins to send it some. Throws NotFound, RuleViolation. */
  create(ctx: RequestContext, input: z.output<typeof CreateTransfer>): Promise<Transfer> {
    const { origin, otherBranchId } = input;
    return this.uow.run(ctx, async (tx) => {
      const others = await this.transfers.findBranches(tx, ctx.branchId);
      if (!others.some((branch) => branch.branchId === otherBranchId))
        throw new RuleViolation('Stock goes to another branch that is open.', {}, [
          { pointer: '/otherBranchId', detail: 'must be another branch that is open' },
        ]);
      const transferId = await this.transfers.insert(tx, {
        fromBranchId: origin === 'request' ? otherBranchId : ctx.branchId,
        toBranchId: origin === 'request' ? ctx.branchId : otherBranchId,
        origin,
        note: input.note ?? null,
        userId: ctx.actor.userId,
        lines: input.lines,
      });
      return this.get(tx, ctx, transferId);
    });
  }

  /** Agrees to what another branch asks for, line by line. Throws NotFound, OtherBranch, InvalidTransition, RuleViolation. */
  approve(
    ctx: RequestContext,
    transferId: number,
    input: z.output<typeof ApproveTransfer>,
  ): Promise<Transfer> {
    return this.uow.run(ctx, async (tx) => {
      await this.open(tx, ctx, transferId, 'approve');
      const lines = await this.transfers.findLines(tx, ctx.branchId, transferId);
      for (const [index, { transferLineId, quantity }] of input.lines.entries()) {
        const line = lines.find((one) => one.transferLineId === transferLineId);
        if (!line) throw new NotFound('line of this transfer');
        if (Quantity.of(quantity).compare(Quantity.of(line.quantity)) > 0)
          throw new RuleViolation('No more is agreed to than was asked for.', {}, [
            { pointer: `/lines/${index}/quantity`, detail: `must be at most ${line.quantity}` },
          ]);
      }
      await this.transfers.approveLines(tx, transferId, input.lines);
      await this.transfers.setStatus(tx, transferId, 'approved', ctx.actor.userId);
      return this.get(tx, ctx, transferId);
    });
  }

  /**
   * Calls a transfer off. What was sent, and nothing of it arrived or is in dispute, goes back to the lots it came from, by the branch that sent
   * it. Throws NotFound, InvalidTransition, TransferOpen, WitnessRequired.
   */
  cancel(ctx: RequestContext, transferId: number, input: z.output<typeof CancelTransfer>): Promise<Transfer> {
    return this.uow.run(ctx, async (tx) => {
      const { status } = await this.open(tx, ctx, transferId, 'cancel');
      if (status === 'in_transit') await this.takeBack(tx, ctx, transferId, input.witness);
      await this.transfers.setStatus(tx, transferId, 'cancelled', ctx.actor.userId, input.reason);
      return this.get(tx, ctx, transferId);
    });
  }

  /** Locks a transfer for a command of this branch. Throws NotFound, OtherBranch, InvalidTransition. */
  async open(
    tx: Tx,
    ctx: RequestContext,
    transferId: number,
    command: TransferCommand,
  ): Promise<LockedTransfer & { side: TransferSide }> {
    const transfer = await this.transfers.lock(tx, ctx.branchId, transferId);
    if (!transfer) throw new NotFound('transfer');
    const side = sideOf(ctx, transfer);
    const allowed = commandsFor(side, transfer.status);
    if (!allowed.includes(command)) {
      const other = side === 'from' ? 'to' : 'from';
      if (commandsFor(other, transfer.status).includes(command))
        throw new OtherBranch(other === 'from' ? transfer.fromBranchId : transfer.toBranchId);
      throw new InvalidTransition('transfer', transfer.status, command, allowed);
    }
    return { ...transfer, side };
  }

  /** Sets a transfer to where it stands by what is left of it: on its way, in dispute, or settled. */
  async settle(
    tx: Tx,
    ctx: RequestContext,
    transferId: number,
    status: LockedTransfer['status'],
  ): Promise<void> {
    const { isOnItsWay, isDisputed } = await this.transfers.findStanding(tx, transferId);
    const now = isOnItsWay ? 'in_transit' : isDisputed ? 'discrepant' : 'closed';
    if (now !== status) await this.transfers.setStatus(tx, transferId, now, ctx.actor.userId);
  }

  async get(tx: Tx, ctx: RequestContext, transferId: number): Promise<Transfer> {
    const head = await this.transfers.find(tx, ctx.branchId, transferId);
    if (!head) throw new NotFound('transfer');
    const discrepancies = await this.transfers.findDiscrepancies(tx, transferId);
    return {
      ...head,
      lines: await this.transfers.findLines(tx, ctx.branchId, transferId),
      lots: await this.transfers.findLots(tx, transferId),
      discrepancies: discrepancies.map(({ reportedById: _, ...row }) => row),
      commands: commandsFor(sideOf(ctx, head), head.status),
    };
  }

  private async takeBack(
    tx: Tx,
    ctx: RequestContext,
    transferId: number,
    witness: string | undefined,
  ): Promise<void> {
    const lots = await this.transfers.findLots(tx, transferId);
    if (lots.some((lot) => lot.inTransit !== lot.issued || lot.inDispute !== '0')) throw new TransferOpen();
    const witnessId = witness === undefined ? undefined : await this.witnesses.use(tx, ctx, witness);
    const pairs = await this.transfers.lockSources(
      tx,
      ctx.branchId,
      lots.map((lot) => lot.transitLotId),
    );
    const quantityOf = new Map(lots.map((lot) => [lot.transitLotId, lot.inTransit]));
    await this.transfers.post(tx, {
      branchId: ctx.branchId,
      kind: 'return',
      pairs: pairs.map((pair) => ({ ...pair, quantity: `-${quantityOf.get(pair.transitLotId) ?? '0'}` })),
      reason: `transfer ${transferId} called off`,
      ...(witnessId === undefined ? {} : { witnessId }),
    });
  }
}

const sideOf = (ctx: RequestContext, transfer: { readonly fromBranchId: number }): TransferSide =>
  transfer.fromBranchId === ctx.branchId ? 'from' : 'to';
