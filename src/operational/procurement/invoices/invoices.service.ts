import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { Tx } from '../../../platform/database/tx.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { NotFound, RuleViolation } from '../../../platform/errors/domain-error.js';
import type { Page } from '../../../platform/http/schemas.js';
import { Money } from '../../../platform/money/money.js';
import type { RequestContext } from '../../../platform/security/request-context.js';
import { addDays } from '../../../platform/time/local-date.js';
import { BranchesService } from '../../auth/branches/branches.service.js';
import { ApprovalByAnother, InvoiceDiffers } from '../procurement.errors.js';
import { matchInvoice, type Difference } from './invoice-match.domain.js';
import { proposeCharge, proposeCharges } from './invoice-proposal.domain.js';
import {
  assertInvoiceCommand,
  invoiceCommands,
  type InvoiceCommand,
  type InvoiceKind,
  type InvoiceStatus,
} from './invoice-status.domain.js';
import { InvoicesRepository, type LockedInvoice } from './invoices.repository.js';
import type {
  ApproveInvoice,
  EndInvoice,
  EnterInvoice,
  Invoice,
  InvoiceProposal,
  InvoiceQuery,
  InvoiceWithLines,
  Payables,
  PayablesQuery,
  PayInvoice,
} from './invoices.schemas.js';
import { payablesFile } from './payables-file.js';

/** Most suppliers of a file: none has so many. */
const MOST_ROWS = 10_000;

/** Invoices and credit notes of suppliers: matched, approved, paid. */
@Injectable()
export class InvoicesService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly invoices: InvoicesRepository,
    private readonly branches: BranchesService,
  ) {}

  findPage(ctx: RequestContext, query: z.output<typeof InvoiceQuery>): Promise<Page<Invoice>> {
    return this.uow.read(ctx, async (tx) => {
      const [rows, total] = await this.invoices.findPage(tx, ctx.branchId, query);
      return { data: rows.map(withCommands), meta: { total, page: query.page, limit: query.limit } };
    });
  }

  /** Throws NotFound. */
  get(ctx: RequestContext, id: number): Promise<InvoiceWithLines> {
    return this.uow.read(ctx, (tx) => this.view(tx, ctx, id));
  }

  /** What an invoice of an order would charge now. Throws NotFound. */
  proposal(ctx: RequestContext, purchaseOrderId: number): Promise<z.output<typeof InvoiceProposal>> {
    return this.uow.read(ctx, async (tx) => {
      const order = await this.invoices.orderToCharge(tx, ctx.branchId, purchaseOrderId);
      if (!order) throw new NotFound('order');
      const { landedCost, decimals, chargesBefore, ...head } = order;
      const lines = await this.invoices.linesToCharge(tx, ctx.branchId, purchaseOrderId);
      return {
        ...head,
        lines: lines.map((line) => ({ ...line, ...proposeCharge(line, decimals) })),
        charges: proposeCharges(landedCost, chargesBefore),
      };
    });
  }

  /** Throws NotFound (supplier, order, order line, drug, invoice), Duplicate, RuleViolation (lines that do not add up). */
  enter(ctx: RequestContext, input: z.output<typeof EnterInvoice>): Promise<InvoiceWithLines> {
    return this.uow.run(ctx, async (tx) => this.view(tx, ctx, await this.enterIn(tx, ctx, input)));
  }

  /** The same inside a transaction of the caller's; answers the invoice's identity. */
  async enterIn(tx: Tx, ctx: RequestContext, input: z.output<typeof EnterInvoice>): Promise<number> {
    const paymentDays = await this.invoices.paymentDays(tx, input.supplierId);
    if (paymentDays === undefined) throw new NotFound('supplier');
    const drugs = await this.invoices.drugsOfOrderLines(
      tx,
      ctx.branchId,
      input.lines.flatMap((line) => line.purchaseOrderItemId ?? []),
    );
    const lines = input.lines.map(({ purchaseOrderItemId, drugId, description, quantity, net, tax }) => {
      const ordered = purchaseOrderItemId === undefined ? undefined : drugs.get(purchaseOrderItemId);
      if (purchaseOrderItemId !== undefined && ordered === undefined) throw new NotFound('order line');
      return {
        purchaseOrderItemId: purchaseOrderItemId ?? null,
        drugId: ordered ?? drugId ?? null,
        description: description ?? null,
        quantity: quantity ?? null,
        net,
        tax,
      };
    });
    const netTotal = Money.sum(lines.map((line) => Money.of(line.net)));
    const taxTotal = Money.sum(lines.map((line) => Money.of(line.tax)));
    const total = netTotal.plus(taxTotal);
    if (total.compare(Money.of(input.total)) !== 0)
      throw new RuleViolation(
        'The lines do not add up to the total on the paper.',
        { total: input.total, lines: total.toString() },
        [{ pointer: '/total', detail: `lines add up to ${total.toString()}` }],
      );
    return this.invoices.insert(tx, ctx.branchId, {
      supplierId: input.supplierId,
      kind: input.kind,
      number: input.number,
      purchaseOrderId: input.purchaseOrderId ?? null,
      creditsInvoiceId: input.creditsInvoiceId ?? null,
      invoiceDate: input.invoiceDate,
      dueDate: input.dueDate ?? addDays(input.invoiceDate, paymentDays),
      netTotal: netTotal.toString(),
      taxTotal: taxTotal.toString(),
      total: total.toString(),
      lines,
    });
  }

  /** Compares it with what was ordered and what came. Throws NotFound, InvalidTransition. */
  match(ctx: RequestContext, id: number): Promise<InvoiceWithLines> {
    return this.uow.run(ctx, async (tx) => {
      const invoice = await this.open(tx, ctx, id, 'match');
      await this.matched(tx, invoice, null);
      return this.view(tx, ctx, id);
    });
  }

  /**
   * Makes it payable. It is matched once more; where it differs a reason is asked. Throws NotFound, InvalidTransition, InvoiceDiffers,
   * ApprovalByAnother.
   */
  approve(
    ctx: RequestContext,
    id: number,
    { reason }: z.output<typeof ApproveInvoice>,
  ): Promise<InvoiceWithLines> {
    return this.uow.run(ctx, async (tx) => {
      await this.approveIn(tx, ctx, id, reason);
      return this.view(tx, ctx, id);
    });
  }

  /** The same inside a transaction of the caller's. */
  async approveIn(tx: Tx, ctx: RequestContext, id: number, reason: string | undefined): Promise<void> {
    const invoice = await this.open(tx, ctx, id, 'approve');
    if (invoice.needsApproval && invoice.enteredById === ctx.actor.userId) throw new ApprovalByAnother();
    const differences = await this.matched(tx, invoice, null);
    if (differences.length > 0 && reason === undefined) throw new InvoiceDiffers(differences);
    await this.invoices.step(tx, id, 'approved', reason ?? null);
  }

  /** Tells that it is not accepted as it is. Throws NotFound, InvalidTransition. */
  dispute(ctx: RequestContext, id: number, input: z.output<typeof EndInvoice>): Promise<InvoiceWithLines> {
    return this.step(ctx, id, 'dispute', 'disputed', input.reason);
  }

  /** It was entered wrongly: its number is free again. Throws NotFound, InvalidTransition. */
  void(ctx: RequestContext, id: number, input: z.output<typeof EndInvoice>): Promise<InvoiceWithLines> {
    return this.step(ctx, id, 'void', 'void', input.reason);
  }

  /** Notes a payment. Throws NotFound, InvalidTransition, MoreThanOpen. */
  pay(ctx: RequestContext, id: number, input: z.output<typeof PayInvoice>): Promise<InvoiceWithLines> {
    return this.uow.run(ctx, async (tx) => {
      await this.open(tx, ctx, id, 'pay');
      await this.invoices.insertPayment(tx, ctx.branchId, id, input);
      return this.view(tx, ctx, id);
    });
  }

  /** What is owed to suppliers by how long it is overdue. */
  payables(
    ctx: RequestContext,
    { at, page, limit }: z.output<typeof PayablesQuery>,
  ): Promise<z.output<typeof Payables>> {
    return this.uow.read(ctx, async (tx) => {
      const day = at ?? (await this.branches.settings(tx, ctx.branchId)).today;
      const { total, ...found } = await this.invoices.payables(tx, ctx.branchId, day, page, limit);
      return { at: day, ...found, meta: { total, page, limit } };
    });
  }

  /** The same as a file, all suppliers. */
  payablesCsv(ctx: RequestContext, { at }: z.output<typeof PayablesQuery>): Promise<string> {
    return this.uow.read(ctx, async (tx) => {
      const day = at ?? (await this.branches.settings(tx, ctx.branchId)).today;
      const { data } = await this.invoices.payables(tx, ctx.branchId, day, 1, MOST_ROWS + 1);
      if (data.length > MOST_ROWS) throw new RuleViolation(`More than ${MOST_ROWS} suppliers.`);
      return payablesFile(day, data);
    });
  }

  private async matched(tx: Tx, invoice: LockedInvoice, reason: string | null): Promise<Difference[]> {
    const id = invoice.supplierInvoiceId;
    const differences =
      invoice.kind === 'credit_note'
        ? []
        : matchInvoice(await this.invoices.toMatch(tx, id), await this.invoices.terms(tx, id));
    await this.invoices.step(tx, id, differences.length > 0 ? 'differing' : 'matched', reason, differences);
    return differences;
  }

  private step(
    ctx: RequestContext,
    id: number,
    command: InvoiceCommand,
    status: InvoiceStatus,
    reason: string,
  ): Promise<InvoiceWithLines> {
    return this.uow.run(ctx, async (tx) => {
      await this.open(tx, ctx, id, command);
      await this.invoices.step(tx, id, status, reason);
      return this.view(tx, ctx, id);
    });
  }

  private async open(
    tx: Tx,
    ctx: RequestContext,
    id: number,
    command: InvoiceCommand,
  ): Promise<LockedInvoice> {
    const invoice = await this.invoices.lock(tx, ctx.branchId, id);
    if (!invoice) throw new NotFound('invoice');
    assertInvoiceCommand(invoice, command);
    return invoice;
  }

  private async view(tx: Tx, ctx: RequestContext, id: number): Promise<InvoiceWithLines> {
    const invoice = await this.invoices.find(tx, ctx.branchId, id);
    if (!invoice) throw new NotFound('invoice');
    return withCommands(invoice);
  }
}

function withCommands<Row extends { status: InvoiceStatus; kind: InvoiceKind }>(
  row: Row,
): Row & { commands: InvoiceCommand[] } {
  return { ...row, commands: invoiceCommands(row.status, row.kind) };
}
