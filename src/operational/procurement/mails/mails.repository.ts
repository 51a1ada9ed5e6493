import { Injectable } from '@nestjs/common';

import type { Tx } from '../../../platform/database/tx.js';
import type { MailOfOrder } from './mails.schemas.js';

const MAIL = `
select /* orderMails.shown */ m.mail_id as "mailId", m.recipient, m.language, m.status, m.attempts, u.full_name as "sentBy",
  m.created_at as "createdAt", m.ended_at as "endedAt"
from operational.purchase_order_mails m left join operational.users u on u.user_id = m.sent_by
where m.branch_id = $1 and m.purchase_order_id = $2`;

/** Index: purchase_order_mails_order_idx. */
const LIST = `${MAIL} order by m.mail_id desc limit 50`;
const FIND = `${MAIL} and m.mail_id = $3`;

const INSERT = `
insert /* orderMails.insert */ into operational.purchase_order_mails (branch_id, purchase_order_id, recipient, language)
values ($1, $2, $3, $4) returning mail_id as "mailId"`;

/** One of several that try the same mail wins. */
const CLAIM = `
update /* orderMails.claim */ operational.purchase_order_mails set status = 'sending', attempts = attempts + 1
where mail_id = $1 and status in ('waiting', 'refused', 'unreachable')`;

const END = `
update /* orderMails.end */ operational.purchase_order_mails set status = $2 where mail_id = $1 and status = 'sending'`;

@Injectable()
export class MailsRepository {
  list(tx: Tx, branchId: number, purchaseOrderId: number): Promise<MailOfOrder[]> {
    return tx.query<MailOfOrder>(LIST, [branchId, purchaseOrderId]);
  }

  find(tx: Tx, branchId: number, purchaseOrderId: number, mailId: number): Promise<MailOfOrder> {
    return tx.one<MailOfOrder>(FIND, [branchId, purchaseOrderId, mailId]);
  }

  async insert(
    tx: Tx,
    branchId: number,
    purchaseOrderId: number,
    { to, language }: { to: string; language: string },
  ): Promise<number> {
    const row = await tx.one<{ mailId: number }>(INSERT, [branchId, purchaseOrderId, to, language]);
    return row.mailId;
  }

  /** True: this caller tries it now. */
  async claim(tx: Tx, mailId: number): Promise<boolean> {
    return (await tx.execute(CLAIM, [mailId])) === 1;
  }

  async end(tx: Tx, mailId: number, outcome: 'sent' | 'refused' | 'unreachable'): Promise<void> {
    await tx.execute(END, [mailId, outcome]);
  }
}
