import { Injectable } from '@nestjs/common';
import { stringify } from 'csv-stringify/sync';
import type { z } from 'zod';

import type { Tx } from '../../../platform/database/tx.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import {
  InvalidTransition,
  NotFound,
  RuleViolation,
  StaleVersion,
} from '../../../platform/errors/domain-error.js';
import type { Page } from '../../../platform/http/schemas.js';
import type { RequestContext } from '../../../platform/security/request-context.js';
import type { PageLanguage } from '../../../platform/text/print-html.js';
import { BranchesService } from '../../auth/branches/branches.service.js';
import { ApprovalByAnother } from '../procurement.errors.js';
import { orderFigures, type GivenDiscount, type OrderFigures } from './order-figures.domain.js';
import { orderPdf } from './order-pdf.js';
import { mailOrder, printOrder } from './order-print.domain.js';
import {
  assertOrderCommand,
  orderCommands,
  type OrderCommand,
  type OrderStatus,
} from './order-status.domain.js';
import { OrdersRepository, type LineToStore, type LockedOrder } from './orders.repository.js';
import type {
  ApproveOrder,
  CreateOrder,
  EndOrder,
  GivenLine,
  OrderMail,
  OrderQuery,
  SubmitOrder,
  UpdateOrder,
} from './orders.schemas.js';
import type { Order, OrderWithLines } from './orders.types.js';

const COLUMNS = [
  'orderNumber',
  'lineNo',
  'drugId',
  'drugName',
  'level',
  'unitBaseUnits',
  'quantity',
  'bonus',
  'price',
  'discount',
  'net',
  'tax',
] as const;

/** Orders to suppliers, from draft to their end. What is received moves them by itself. */
@Injectable()
export class OrdersService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly orders: OrdersRepository,
    private readonly branches: BranchesService,
  ) {}

  findPage(ctx: RequestContext, query: z.output<typeof OrderQuery>): Promise<Page<Order>> {
    return this.uow.read(ctx, async (tx) => {
      const [rows, total] = await this.orders.findPage(tx, ctx.branchId, query);
      return { data: rows.map(withCommands), meta: { total, page: query.page, limit: query.limit } };
    });
  }

  /** Throws NotFound. */
  get(ctx: RequestContext, purchaseOrderId: number): Promise<OrderWithLines> {
    return this.uow.read(ctx, (tx) => this.view(tx, ctx, purchaseOrderId));
  }

  /** The same inside a transaction of the caller's, without lines. Throws NotFound. */
  async getIn(tx: Tx, ctx: RequestContext, purchaseOrderId: number): Promise<Order> {
    const { lines: _, events: __, ...order } = await this.view(tx, ctx, purchaseOrderId);
    return order;
  }

  /** The order as a page to print. Throws NotFound. */
  html(ctx: RequestContext, purchaseOrderId: number, language: PageLanguage): Promise<string> {
    return this.uow.read(ctx, async (tx) => {
      const order = await this.view(tx, ctx, purchaseOrderId);
      return printOrder(order, await this.branches.settings(tx, ctx.branchId), language);
    });
  }

  /** The order as a PDF. Throws NotFound. */
  async pdf(ctx: RequestContext, purchaseOrderId: number, language: PageLanguage): Promise<Buffer> {
    const [order, at] = await this.uow.read(ctx, async (tx) => [
      await this.view(tx, ctx, purchaseOrderId),
      await this.branches.settings(tx, ctx.branchId),
    ]);
    return orderPdf(order, at, language);
  }

  /** The lines as a file for the supplier. Throws NotFound. */
  async csv(ctx: RequestContext, purchaseOrderId: number): Promise<string> {
    const { orderNumber, lines } = await this.get(ctx, purchaseOrderId);
    const rows = lines.map((line) => ({ orderNumber, ...line }));
    // A name that begins like a formula must stay a name where the file is opened as a table.
    return stringify(rows, { header: true, bom: true, columns: [...COLUMNS], escape_formulas: true });
  }

  /** The order as a text to send. Throws NotFound. */
  mail(
    ctx: RequestContext,
    purchaseOrderId: number,
    language: PageLanguage,
  ): Promise<z.output<typeof OrderMail>> {
    return this.uow.read(ctx, async (tx) => {
      const order = await this.view(tx, ctx, purchaseOrderId);
      const supplier = await this.orders.supplier(tx, order.supplierId);
      const at = await this.branches.settings(tx, ctx.branchId);
      return mailOrder(order, at, supplier?.email ?? null, language);
    });
  }

  /** Throws NotFound (supplier, drug), RuleViolation. */
  create(ctx: RequestContext, input: z.output<typeof CreateOrder>): Promise<OrderWithLines> {
    return this.uow.run(ctx, async (tx) => this.view(tx, ctx, await this.createIn(tx, ctx, input)));
  }

  /** The same inside a transaction of the caller's; answers the order's identity. */
  async createIn(tx: Tx, ctx: RequestContext, input: z.output<typeof CreateOrder>): Promise<number> {
    await this.assertSupplier(tx, input.supplierId);
    const { lines, figures } = await this.priced(tx, ctx, input.lines, input);
    const { supplierId, expectedOn = null, notes = null } = input;
    const id = await this.orders.insert(tx, ctx.branchId, { supplierId, expectedOn, notes }, figures);
    await this.orders.insertLines(tx, ctx.branchId, id, lines);
    return id;
  }

  /** Changes a draft. Throws NotFound, InvalidTransition, StaleVersion, RuleViolation. */
  update(
    ctx: RequestContext,
    purchaseOrderId: number,
    input: z.output<typeof UpdateOrder>,
  ): Promise<OrderWithLines> {
    return this.uow.run(ctx, async (tx) => {
      const order = await this.orders.lock(tx, ctx.branchId, purchaseOrderId);
      if (!order) throw new NotFound('order');
      if (order.status !== 'draft')
        throw new InvalidTransition(
          'order',
          order.status,
          'update',
          orderCommands(order.status, order.needsApproval),
        );
      if (order.version !== input.version) throw new StaleVersion('order');
      if (input.supplierId !== undefined) await this.assertSupplier(tx, input.supplierId);
      await this.orders.update(tx, purchaseOrderId, input);
      if (input.lines !== undefined) {
        const { lines, figures } = await this.priced(tx, ctx, input.lines, input);
        await this.orders.replaceLines(tx, ctx.branchId, purchaseOrderId, lines, figures);
      }
      return this.view(tx, ctx, purchaseOrderId);
    });
  }

  /** Sends a draft on its way; above the limit of the branch it waits for approval. Throws NotFound, InvalidTransition, StaleVersion, RuleViolation. */
  submit(
    ctx: RequestContext,
    purchaseOrderId: number,
    { version }: z.output<typeof SubmitOrder>,
  ): Promise<OrderWithLines> {
    return this.uow.run(ctx, async (tx) => {
      const order = await this.open(tx, ctx, purchaseOrderId, 'submit');
      if (order.version !== version) throw new StaleVersion('order');
      await this.assertSupplier(tx, order.supplierId);
      await this.orders.step(tx, purchaseOrderId, 'submitted', null);
      return this.view(tx, ctx, purchaseOrderId);
    });
  }

  /** Throws NotFound, InvalidTransition, ApprovalByAnother (above the limit, for who wrote or submitted it). */
  approve(
    ctx: RequestContext,
    purchaseOrderId: number,
    { note }: z.output<typeof ApproveOrder>,
  ): Promise<OrderWithLines> {
    return this.uow.run(ctx, async (tx) => {
      const order = await this.open(tx, ctx, purchaseOrderId, 'approve');
      const isAuthor = [order.createdById, order.submittedById].includes(ctx.actor.userId);
      if (order.needsApproval && isAuthor) throw new ApprovalByAnother();
      await this.orders.step(tx, purchaseOrderId, 'approved', note ?? null);
      return this.view(tx, ctx, purchaseOrderId);
    });
  }

  /** Calls it off before anything came. Throws NotFound, InvalidTransition. */
  cancel(ctx: RequestContext, id: number, input: z.output<typeof EndOrder>): Promise<OrderWithLines> {
    return this.end(ctx, id, 'cancel', 'cancelled', input.reason);
  }

  /** Waits for no more of it. Throws NotFound, InvalidTransition. */
  close(ctx: RequestContext, id: number, input: z.output<typeof EndOrder>): Promise<OrderWithLines> {
    return this.end(ctx, id, 'close', 'closed', input.reason);
  }

  /** The order under its lock, where the command is possible. Throws NotFound, InvalidTransition. */
  async open(
    tx: Tx,
    ctx: RequestContext,
    purchaseOrderId: number,
    command: OrderCommand,
  ): Promise<LockedOrder> {
    const order = await this.orders.lock(tx, ctx.branchId, purchaseOrderId);
    if (!order) throw new NotFound('order');
    assertOrderCommand(order, command);
    return order;
  }

  private end(
    ctx: RequestContext,
    purchaseOrderId: number,
    command: OrderCommand,
    status: OrderStatus,
    reason: string,
  ): Promise<OrderWithLines> {
    return this.uow.run(ctx, async (tx) => {
      await this.open(tx, ctx, purchaseOrderId, command);
      await this.orders.step(tx, purchaseOrderId, status, reason);
      return this.view(tx, ctx, purchaseOrderId);
    });
  }

  /** Lines with what their unit holds and what they cost. Throws NotFound (drug), RuleViolation. */
  private async priced(
    tx: Tx,
    ctx: RequestContext,
    given: readonly GivenLine[],
    order: GivenDiscount & { readonly landedCost?: string | undefined },
  ): Promise<{ lines: LineToStore[]; figures: OrderFigures }> {
    const { currencyDecimals } = await this.branches.settings(tx, ctx.branchId);
    const units = given.length === 0 ? [] : await this.orders.units(tx, given);
    const lines = given.map((line, index) => {
      const unit = units[index];
      if (!unit?.status) throw new NotFound('drug');
      if (unit.status === 'recalled')
        throw new RuleViolation('A recalled product is not ordered.', { drugId: line.drugId });
      if (unit.baseUnits === null)
        throw new RuleViolation('How much such a pack holds is not known.', { drugId: line.drugId }, [
          { pointer: `/lines/${index}/packId`, detail: 'must name a pack of the product' },
        ]);
      return { ...line, unitBaseUnits: unit.baseUnits };
    });
    const { discount, discountPercent, landedCost = '0' } = order;
    const figures = orderFigures(lines, { discount, discountPercent, landedCost }, currencyDecimals);
    const whole = figures.lines.map((line, index) => ({ ...(lines[index] as LineToStore), ...line }));
    return { lines: whole, figures };
  }

  private async assertSupplier(tx: Tx, supplierId: number): Promise<void> {
    const supplier = await this.orders.supplier(tx, supplierId);
    if (!supplier) throw new NotFound('supplier');
    if (!supplier.active) throw new RuleViolation('This supplier is no longer used.', { supplierId });
  }

  private async view(tx: Tx, ctx: RequestContext, purchaseOrderId: number): Promise<OrderWithLines> {
    const order = await this.orders.find(tx, ctx.branchId, purchaseOrderId);
    if (!order) throw new NotFound('order');
    return withCommands(order);
  }
}

function withCommands<Row extends { status: OrderStatus; needsApproval: boolean }>(
  row: Row,
): Row & { commands: OrderCommand[] } {
  return { ...row, commands: orderCommands(row.status, row.needsApproval) };
}
