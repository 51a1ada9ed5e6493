import { Injectable } from '@nestjs/common';

import type { Tx } from '../../platform/database/tx.js';
import { Money } from '../../platform/money/money.js';
import type { CreditNote, CreditNoteRow } from './credit-notes.schemas.js';

const NOTE = `
  n.credit_note_id as "creditNoteId", n.credit_note_number as "creditNoteNumber", n.return_sale_id as "returnSaleId", s.sale_number as "returnSaleNumber",
  n.amount::text as amount, n.balance::text as balance, u.full_name as "issuedBy", n.issued_at as "issuedAt", n.expires_on as "expiresOn",
  coalesce(n.expires_on < (now() at time zone b.time_zone)::date, false) as "isExpired"`;

const FROM = `
from operational.credit_notes n
join operational.branches b using (branch_id)
join operational.sales s on s.sale_id = n.return_sale_id
join operational.users u on u.user_id = n.issued_by`;

/** The newest first. Indexes: credit_notes_branch_idx, credit_notes_number_key. */
const FIND_PAGE = `
select /* creditNotes.page */ ${NOTE}, count(*) over ()::integer as "rowTotal" ${FROM}
where n.branch_id = $1 and ($2::text is null or n.credit_note_number = upper($2))
  and ($3::boolean is null or (n.balance > 0 and coalesce(n.expires_on >= (now() at time zone b.time_zone)::date, true)) = $3)
order by n.credit_note_id desc limit $4 offset $5`;

const FIND = `select /* creditNotes.find */ ${NOTE} ${FROM} where n.branch_id = $1 and n.credit_note_id = $2`;

/** Index: payments_credit_note_idx; a hundred payments of one note are more than any has. */
const FIND_USES = `
select /* creditNotes.uses */ p.sale_id as "saleId", s.sale_number as "saleNumber", p.amount::text as amount, p.paid_at as at
from operational.payments p join operational.sales s using (sale_id)
where p.credit_note_id = $1 and p.amount > 0 order by p.payment_id limit 100`;

const withMoney = <Row extends { amount: string; balance: string }>(row: Row): Row => ({
  ...row,
  amount: Money.of(row.amount).toString(),
  balance: Money.of(row.balance).toString(),
});

/** Credit notes. Nothing here writes: payments do. */
@Injectable()
export class CreditNotesRepository {
  async findPage(
    tx: Tx,
    branchId: number,
    filter: {
      readonly number?: string | undefined;
      readonly open?: boolean | undefined;
      readonly page: number;
      readonly limit: number;
    },
  ): Promise<[CreditNoteRow[], number]> {
    const { number, open, page, limit } = filter;
    const values = [branchId, number ?? null, open ?? null, limit, (page - 1) * limit];
    const rows = await tx.query<CreditNoteRow & { rowTotal: number }>(FIND_PAGE, values);
    return [rows.map(({ rowTotal: _, ...row }) => withMoney(row)), rows[0]?.rowTotal ?? 0];
  }

  async find(tx: Tx, branchId: number, creditNoteId: number): Promise<CreditNote | undefined> {
    const found = await tx.maybeOne<CreditNoteRow>(FIND, [branchId, creditNoteId]);
    if (!found) return undefined;
    const uses = await tx.query<CreditNote['uses'][number]>(FIND_USES, [creditNoteId]);
    return {
      ...withMoney(found),
      uses: uses.map((use) => ({ ...use, amount: Money.of(use.amount).toString() })),
    };
  }
}
