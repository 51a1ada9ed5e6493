import { Body, Controller, Get, Param, Patch, Query, Res, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';

import type { Page } from '../../platform/http/schemas.js';
import { Ctx, Heavy, RequirePermission } from '../../platform/security/decorators.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import {
  DayBook,
  DayBookQuery,
  JournalAccounts,
  JournalAccountView,
  JournalPage,
  JournalQuery,
  PathAccountKey,
  UpdateJournalAccount,
  VatQuery,
  VatReport,
} from './journal.schemas.js';
import { JournalService } from './journal.service.js';
import type { JournalAccount, JournalLine } from './journal.types.js';

const FILES = {
  csv: { type: 'text/csv; charset=utf-8', ending: 'csv' },
  beancount: { type: 'text/plain; charset=utf-8', ending: 'beancount' },
  ledger: { type: 'text/plain; charset=utf-8', ending: 'ledger' },
} as const;

@ApiTags('journal')
@Controller('journal')
@RequirePermission('ReadReports')
export class JournalController {
  constructor(private readonly journal: JournalService) {}

  @Get()
  @Heavy()
  @ApiOkResponse({ standardSchema: JournalPage })
  async list(
    @Ctx() ctx: RequestContext,
    @Query({ schema: JournalQuery }) query: z.output<typeof JournalQuery>,
  ): Promise<Page<JournalLine> | StreamableFile> {
    const { format, from, to } = query;
    if (format === 'json') return this.journal.findPage(ctx, query);
    const { type, ending } = FILES[format];
    return new StreamableFile(await this.journal.file(ctx, format, query), {
      type,
      disposition: `attachment; filename="journal-${from}-${to}.${ending}"`,
    });
  }

  @Get('day-book')
  @Heavy()
  @ApiOkResponse({ standardSchema: DayBook })
  async dayBook(
    @Ctx() ctx: RequestContext,
    @Query({ schema: DayBookQuery }) query: z.output<typeof DayBookQuery>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<z.output<typeof DayBook> | string> {
    if (query.format === 'json') return this.journal.dayBook(ctx, query);
    asFile(reply, `day-book-${query.from}-${query.to}`);
    return this.journal.dayBookCsv(ctx, query);
  }

  @Get('vat')
  @Heavy()
  @ApiOkResponse({ standardSchema: VatReport })
  async vat(
    @Ctx() ctx: RequestContext,
    @Query({ schema: VatQuery }) query: z.output<typeof VatQuery>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<z.output<typeof VatReport> | string> {
    if (query.format === 'json') return this.journal.vat(ctx, query);
    asFile(reply, `vat-${query.from}-${query.to}`);
    return this.journal.vatCsv(ctx, query);
  }

  @Get('accounts')
  @ApiOkResponse({ standardSchema: JournalAccounts })
  accounts(@Ctx() ctx: RequestContext): Promise<{ data: JournalAccount[] }> {
    return this.journal.accounts(ctx);
  }

  @Patch('accounts/:key')
  @RequirePermission('ManageBranches')
  @ApiOkResponse({ standardSchema: JournalAccountView })
  updateAccount(
    @Ctx() ctx: RequestContext,
    @Param('key', { schema: PathAccountKey }) key: string,
    @Body({ schema: UpdateJournalAccount }) input: z.output<typeof UpdateJournalAccount>,
  ): Promise<JournalAccount> {
    return this.journal.updateAccount(ctx, key, input);
  }
}

function asFile(reply: FastifyReply, name: string): void {
  reply.header('content-type', FILES.csv.type);
  reply.header('content-disposition', `attachment; filename="${name}.csv"`);
}
