import { z } from 'zod';

import { Id, Instant, text } from '../../../platform/http/schemas.js';

export const MAIL_STATUSES = ['waiting', 'sending', 'sent', 'refused', 'unreachable'] as const;

export const SendOrder = z
  .strictObject({
    to: text(200).regex(/^[^@\s,;<>"]+@[^@\s,;<>"]+$/, 'must be one e-mail address'),
    language: z.enum(['en', 'ar']).default('en'),
  })
  .meta({ id: 'SendPurchaseOrder' });

/** A mail of an order: to whom, by whom, and what became of it. */
export const OrderMailSent = z
  .object({
    mailId: Id,
    recipient: z.string(),
    language: z.enum(['en', 'ar']),
    /** `refused`: by the mail server; `unreachable`: it did not answer in time; both can be tried again. */
    status: z.enum(MAIL_STATUSES),
    attempts: z.int(),
    sentBy: z.string().nullable(),
    createdAt: Instant,
    endedAt: Instant.nullable(),
  })
  .meta({ id: 'PurchaseOrderMailSent' });

/** Mails of an order, the last one first, and whether the server can send one. */
export const OrderMails = z
  .object({ data: z.array(OrderMailSent), canSend: z.boolean(), to: z.string().nullable() })
  .meta({ id: 'PurchaseOrderMails' });

export type MailOfOrder = z.output<typeof OrderMailSent>;
