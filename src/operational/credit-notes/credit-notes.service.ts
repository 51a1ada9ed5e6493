import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import { symbolSvg } from '../../platform/barcode/symbols.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { NotFound } from '../../platform/errors/domain-error.js';
import type { Page } from '../../platform/http/schemas.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { BranchesService } from '../auth/branches/branches.service.js';
import { renderCreditNote } from './credit-note.domain.js';
import { CreditNotesRepository } from './credit-notes.repository.js';
import type {
  CreditNote,
  CreditNotePrintQuery,
  CreditNoteQuery,
  CreditNoteRow,
} from './credit-notes.schemas.js';

/** Credit notes of a branch: found, looked at, printed. They are given by returns and redeemed by sales. */
@Injectable()
export class CreditNotesService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly notes: CreditNotesRepository,
    private readonly branches: BranchesService,
  ) {}

  findPage(ctx: RequestContext, query: z.output<typeof CreditNoteQuery>): Promise<Page<CreditNoteRow>> {
    return this.uow.read(ctx, async (tx) => {
      const [data, total] = await this.notes.findPage(tx, ctx.branchId, query);
      return { data, meta: { total, page: query.page, limit: query.limit } };
    });
  }

  /** Throws NotFound. */
  findOne(ctx: RequestContext, creditNoteId: number): Promise<CreditNote> {
    return this.uow.read(ctx, (tx) => this.get(tx, ctx, creditNoteId));
  }

  /** By the number as printed, in any case. Throws NotFound. */
  findByNumber(ctx: RequestContext, number: string): Promise<CreditNote> {
    return this.uow.read(ctx, async (tx) => {
      const [[row]] = await this.notes.findPage(tx, ctx.branchId, { number, page: 1, limit: 1 });
      if (!row) throw new NotFound('credit note');
      return this.get(tx, ctx, row.creditNoteId);
    });
  }

  /** The note as an HTML page. Throws NotFound. */
  html(
    ctx: RequestContext,
    creditNoteId: number,
    query: z.output<typeof CreditNotePrintQuery>,
  ): Promise<string> {
    return this.uow.read(ctx, async (tx) => {
      const note = await this.get(tx, ctx, creditNoteId);
      const { name, nameAr, currency, timeZone } = await this.branches.settings(tx, ctx.branchId);
      const printed = {
        ...{ shop: name, shopAr: nameAr, currency, amount: note.amount, balance: note.balance },
        ...{ number: note.creditNoteNumber, returnNumber: note.returnSaleNumber, expiresOn: note.expiresOn },
        issuedOn: new Intl.DateTimeFormat('en-CA', { timeZone }).format(new Date(note.issuedAt)),
      };
      return renderCreditNote(printed, query, symbolSvg('code128', note.creditNoteNumber));
    });
  }

  private async get(tx: Tx, ctx: RequestContext, creditNoteId: number): Promise<CreditNote> {
    const found = await this.notes.find(tx, ctx.branchId, creditNoteId);
    if (!found) throw new NotFound('credit note');
    return found;
  }
}
