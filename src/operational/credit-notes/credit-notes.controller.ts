import { Controller, Get, Header, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';

import { PathId, type Page } from '../../platform/http/schemas.js';
import { Ctx, RequirePermission } from '../../platform/security/decorators.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import {
  CreditNoteNumber,
  CreditNotePage,
  CreditNotePrintQuery,
  CreditNoteQuery,
  CreditNoteView,
  type CreditNote,
  type CreditNoteRow,
} from './credit-notes.schemas.js';
import { CreditNotesService } from './credit-notes.service.js';

@ApiTags('after the sale')
@Controller('credit-notes')
@RequirePermission('Refund')
export class CreditNotesController {
  constructor(private readonly notes: CreditNotesService) {}

  @Get()
  @ApiOkResponse({ standardSchema: CreditNotePage })
  list(
    @Ctx() ctx: RequestContext,
    @Query({ schema: CreditNoteQuery }) query: z.output<typeof CreditNoteQuery>,
  ): Promise<Page<CreditNoteRow>> {
    return this.notes.findPage(ctx, query);
  }

  /** Whoever has the note in hand knows its number: the till asks what is left of it. */
  @Get('by-number/:number')
  @RequirePermission('Sell')
  @ApiOkResponse({ standardSchema: CreditNoteView })
  byNumber(
    @Ctx() ctx: RequestContext,
    @Param('number', { schema: CreditNoteNumber }) number: string,
  ): Promise<CreditNote> {
    return this.notes.findByNumber(ctx, number);
  }

  @Get(':id')
  @ApiOkResponse({ standardSchema: CreditNoteView })
  get(@Ctx() ctx: RequestContext, @Param('id', { schema: PathId }) id: number): Promise<CreditNote> {
    return this.notes.findOne(ctx, id);
  }

  @Get(':id/print')
  @Header('content-type', 'text/html; charset=utf-8')
  @ApiProduces('text/html')
  @ApiOkResponse({ description: 'The credit note as a printable page.' })
  print(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Query({ schema: CreditNotePrintQuery }) query: z.output<typeof CreditNotePrintQuery>,
  ): Promise<string> {
    return this.notes.html(ctx, id, query);
  }
}
