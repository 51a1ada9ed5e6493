import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { InvalidTransition } from '../../../platform/errors/domain-error.js';
import { Mailer, type MailMessage } from '../../../platform/mail/mailer.js';
import type { RequestContext } from '../../../platform/security/request-context.js';
import { OrdersService } from '../orders/orders.service.js';
import { MailNotConfigured, MailRefused, MailUnderWay, MailUnreachable } from '../procurement.errors.js';
import { MailsRepository } from './mails.repository.js';
import type { MailOfOrder, OrderMails, SendOrder } from './mails.schemas.js';

/**
 * Orders sent by mail. What is to be sent is written down before it is tried, and what became of it after; no transaction is open
 * while the mail server is waited for.
 */
@Injectable()
export class MailsService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly orders: OrdersService,
    private readonly mails: MailsRepository,
    private readonly mailer: Mailer,
  ) {}

  /** Throws NotFound. */
  async list(ctx: RequestContext, purchaseOrderId: number): Promise<z.output<typeof OrderMails>> {
    const { to } = await this.orders.mail(ctx, purchaseOrderId, 'en');
    const data = await this.uow.read(ctx, (tx) => this.mails.list(tx, ctx.branchId, purchaseOrderId));
    return { data, canSend: this.mailer.isConfigured, to };
  }

  /**
   * Sends an order: text and page, with the order as a PDF and its lines as a table. The same key sends it once; where it did not go out, the same key tries
   * again. Throws NotFound, MailNotConfigured, InvalidTransition (not an order yet, or none any more), MailRefused, MailUnreachable,
   * MailUnderWay.
   */
  async send(
    ctx: RequestContext,
    purchaseOrderId: number,
    input: z.output<typeof SendOrder>,
  ): Promise<MailOfOrder> {
    if (!this.mailer.isConfigured) throw new MailNotConfigured();
    const { mailId } = await this.uow.run(ctx, async (tx) => {
      const order = await this.orders.getIn(tx, ctx, purchaseOrderId);
      const isOrder = !['draft', 'cancelled'].includes(order.status);
      if (!isOrder || (order.status === 'submitted' && order.needsApproval))
        throw new InvalidTransition('order', order.status, 'send', order.commands);
      return { mailId: await this.mails.insert(tx, ctx.branchId, purchaseOrderId, input) };
    });
    // The key belongs to the writing down; trying and ending have none.
    const { idempotency: _, ...plain } = ctx;
    const message = await this.message(plain, purchaseOrderId, input);
    const isMine = await this.uow.run(plain, (tx) => this.mails.claim(tx, mailId));
    if (isMine) {
      const outcome = await this.mailer.send(message);
      await this.uow.run(plain, (tx) => this.mails.end(tx, mailId, outcome));
      if (outcome === 'refused') throw new MailRefused();
      if (outcome === 'unreachable') throw new MailUnreachable();
    }
    const mail = await this.uow.read(plain, (tx) =>
      this.mails.find(tx, ctx.branchId, purchaseOrderId, mailId),
    );
    if (mail.status !== 'sent') throw new MailUnderWay();
    return mail;
  }

  private async message(
    ctx: RequestContext,
    purchaseOrderId: number,
    { to, language }: z.output<typeof SendOrder>,
  ): Promise<MailMessage> {
    const { subject, body } = await this.orders.mail(ctx, purchaseOrderId, language);
    const name = `purchase-order-${purchaseOrderId}`;
    const pdf = await this.orders.pdf(ctx, purchaseOrderId, language);
    const csv = await this.orders.csv(ctx, purchaseOrderId);
    return {
      ...{ to, subject, text: body, html: await this.orders.html(ctx, purchaseOrderId, language) },
      attachments: [
        { filename: `${name}.pdf`, content: pdf, contentType: 'application/pdf' },
        { filename: `${name}.csv`, content: csv, contentType: 'text/csv; charset=utf-8' },
      ],
    };
  }
}
