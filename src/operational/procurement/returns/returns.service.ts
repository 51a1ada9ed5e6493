import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { Tx } from '../../../platform/database/tx.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { NotFound, RuleViolation } from '../../../platform/errors/domain-error.js';
import type { Page } from '../../../platform/http/schemas.js';
import { Money } from '../../../platform/money/money.js';
import { Quantity } from '../../../platform/money/quantity.js';
import type { RequestContext } from '../../../platform/security/request-context.js';
import type { PageLanguage } from '../../../platform/text/print-html.js';
import { BranchesService } from '../../auth/branches/branches.service.js';
import { WitnessService } from '../../auth/witness/witness.service.js';
import { InvoicesService } from '../invoices/invoices.service.js';
import { printReturn } from './return-print.domain.js';
import {
  assertReturnCommand,
  returnCommands,
  type ReturnCommand,
  type ReturnStatus,
} from './return-status.domain.js';
import { ReturnsRepository, type LockedReturn } from './returns.repository.js';
import type {
  CancelReturn,
  CreateReturn,
  CreditReturn,
  DeadlinePage,
  DeadlineQuery,
  ReturnQuery,
  ShipReturn,
} from './returns.schemas.js';
import type { Return, ReturnWithLines } from './returns.types.js';

/** Goods sent back to suppliers: of any lot, whatever its status. */
@Injectable()
export class ReturnsService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly returns: ReturnsRepository,
    private readonly invoices: InvoicesService,
    private readonly witnesses: WitnessService,
    private readonly branches: BranchesService,
  ) {}

  findPage(ctx: RequestContext, query: z.output<typeof ReturnQuery>): Promise<Page<Return>> {
    return this.uow.read(ctx, async (tx) => {
      const [rows, total] = await this.returns.findPage(tx, ctx.branchId, query);
      return { data: rows.map(withCommands), meta: { total, page: query.page, limit: query.limit } };
    });
  }

  /** Throws NotFound. */
  get(ctx: RequestContext, id: number): Promise<ReturnWithLines> {
    return this.uow.read(ctx, (tx) => this.view(tx, ctx, id));
  }

  /** The paper that goes with the goods. Throws NotFound. */
  html(ctx: RequestContext, id: number, language: PageLanguage): Promise<string> {
    return this.uow.read(ctx, async (tx) => {
      const found = await this.view(tx, ctx, id);
      return printReturn(found, await this.branches.settings(tx, ctx.branchId), language);
    });
  }

  /** Lots suppliers take back, and until when. */
  deadlines(
    ctx: RequestContext,
    query: z.output<typeof DeadlineQuery>,
  ): Promise<z.output<typeof DeadlinePage>> {
    return this.uow.read(ctx, async (tx) => {
      const [data, total] = await this.returns.deadlines(tx, ctx.branchId, query);
      return { data, meta: { total, page: query.page, limit: query.limit } };
    });
  }

  /** Names what is to go back; nothing leaves before it is shipped. Throws NotFound, RuleViolation (more than is free). */
  create(ctx: RequestContext, input: z.output<typeof CreateReturn>): Promise<ReturnWithLines> {
    return this.uow.run(ctx, async (tx) => {
      const lots = await this.returns.lots(tx, ctx.branchId, input.lines);
      const lines = input.lines.map((line, index) => {
        const lot = lots.get(line.lotId);
        if (!lot) throw new NotFound('lot');
        if (Quantity.of(line.quantity).compare(Quantity.of(lot.free)) > 0)
          throw new RuleViolation('More than is free in the lot.', { lotId: line.lotId, free: lot.free }, [
            { pointer: `/lines/${index}/quantity`, detail: `must be at most ${lot.free}` },
          ]);
        return { ...line, creditExpected: line.creditExpected ?? lot.cost };
      });
      return this.view(tx, ctx, await this.returns.insert(tx, ctx.branchId, input, lines));
    });
  }

  /** It leaves stock; what is controlled by two people. Throws NotFound, InvalidTransition, InsufficientStock, WitnessRequired, WitnessRefused. */
  ship(
    ctx: RequestContext,
    id: number,
    { note, witness }: z.output<typeof ShipReturn>,
  ): Promise<ReturnWithLines> {
    return this.uow.run(ctx, async (tx) => {
      await this.open(tx, ctx, id, 'ship');
      const witnessId = witness === undefined ? undefined : await this.witnesses.use(tx, ctx, witness);
      await this.returns.ship(tx, id, witnessId);
      await this.returns.step(tx, id, 'shipped', note ?? null);
      return this.view(tx, ctx, id);
    });
  }

  /** Enters the credit note of the supplier, which is approved as any invoice. Throws NotFound, InvalidTransition, Duplicate. */
  credit(ctx: RequestContext, id: number, input: z.output<typeof CreditReturn>): Promise<ReturnWithLines> {
    return this.uow.run(ctx, async (tx) => {
      const { supplierId, returnNumber } = await this.open(tx, ctx, id, 'credit');
      const { number, creditedOn, net, tax, creditsInvoiceId } = input;
      const noteId = await this.invoices.enterIn(tx, ctx, {
        ...{ supplierId, kind: 'credit_note', number, creditsInvoiceId },
        ...{ invoiceDate: creditedOn, dueDate: creditedOn },
        total: Money.of(net).plus(Money.of(tax)).toString(),
        lines: [{ description: `Return ${returnNumber}`, net, tax }],
      });
      await this.returns.step(tx, id, 'credited', null, noteId);
      return this.view(tx, ctx, id);
    });
  }

  /** It does not go, or came back: what had left is in its lots again. Throws NotFound, InvalidTransition. */
  cancel(
    ctx: RequestContext,
    id: number,
    { reason }: z.output<typeof CancelReturn>,
  ): Promise<ReturnWithLines> {
    return this.uow.run(ctx, async (tx) => {
      const { status } = await this.open(tx, ctx, id, 'cancel');
      if (status === 'shipped') await this.returns.bringBack(tx, id, reason);
      await this.returns.step(tx, id, 'cancelled', reason);
      return this.view(tx, ctx, id);
    });
  }

  private async open(tx: Tx, ctx: RequestContext, id: number, command: ReturnCommand): Promise<LockedReturn> {
    const found = await this.returns.lock(tx, ctx.branchId, id);
    if (!found) throw new NotFound('return');
    assertReturnCommand(found.status, command);
    return found;
  }

  private async view(tx: Tx, ctx: RequestContext, id: number): Promise<ReturnWithLines> {
    const found = await this.returns.find(tx, ctx.branchId, id);
    if (!found) throw new NotFound('return');
    return withCommands(found);
  }
}

const withCommands = <Row extends { status: ReturnStatus }>(
  row: Row,
): Row & { commands: ReturnCommand[] } => ({
  ...row,
  commands: returnCommands(row.status),
});
