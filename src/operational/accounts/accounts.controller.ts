import { Body, Controller, Get, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';

import { PathId, type Page } from '../../platform/http/schemas.js';
import {
  Ctx,
  FindsPersons,
  Heavy,
  Idempotent,
  RequirePermission,
  SearchByBody,
} from '../../platform/security/decorators.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import {
  AccountPage,
  AccountPosting,
  AccountQuery,
  SearchAccounts,
  AccountView,
  Correct,
  EntryPage,
  EntryQuery,
  OpenAccount,
  PayOut,
  Receivables,
  ReceivablesQuery,
  Statement,
  StatementQuery,
  TakePayment,
  UpdateAccount,
  type AccountRow,
  type EntryRow,
} from './accounts.schemas.js';
import { AccountsService } from './accounts.service.js';
import { StatementsService } from './statements.service.js';

type Posting = Promise<z.output<typeof AccountPosting>>;

@ApiTags('customer accounts')
@Controller()
export class AccountsController {
  constructor(
    private readonly accounts: AccountsService,
    private readonly statements: StatementsService,
  ) {}

  @Get('accounts')
  @FindsPersons()
  @RequirePermission('Sell')
  @ApiOkResponse({ standardSchema: AccountPage })
  list(
    @Ctx() ctx: RequestContext,
    @Query({ schema: AccountQuery }) query: z.output<typeof AccountQuery>,
  ): Promise<Page<AccountRow>> {
    return this.accounts.findPage(ctx, query);
  }

  @Post('accounts/search')
  @FindsPersons()
  @SearchByBody()
  @RequirePermission('Sell')
  @ApiOkResponse({ standardSchema: AccountPage })
  search(
    @Ctx() ctx: RequestContext,
    @Body({ schema: SearchAccounts }) query: z.output<typeof SearchAccounts>,
  ): Promise<Page<AccountRow>> {
    return this.accounts.findPage(ctx, query);
  }

  @Post('accounts')
  @RequirePermission('Sell')
  @Idempotent()
  @ApiCreatedResponse({ standardSchema: AccountView })
  open(
    @Ctx() ctx: RequestContext,
    @Body({ schema: OpenAccount }) input: z.output<typeof OpenAccount>,
  ): Promise<AccountRow> {
    return this.accounts.open(ctx, input);
  }

  @Get('accounts/:id')
  @RequirePermission('Sell')
  @ApiOkResponse({ standardSchema: AccountView })
  get(@Ctx() ctx: RequestContext, @Param('id', { schema: PathId }) id: number): Promise<AccountRow> {
    return this.accounts.get(ctx, id);
  }

  @Patch('accounts/:id')
  @RequirePermission('ManageAccounts', 'IdentifyPatients')
  @ApiOkResponse({ standardSchema: AccountView })
  update(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: UpdateAccount }) input: z.output<typeof UpdateAccount>,
  ): Promise<AccountRow> {
    return this.accounts.update(ctx, id, input);
  }

  @Get('accounts/:id/entries')
  @RequirePermission('Sell')
  @ApiOkResponse({ standardSchema: EntryPage })
  entries(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Query({ schema: EntryQuery }) query: z.output<typeof EntryQuery>,
  ): Promise<Page<EntryRow>> {
    return this.accounts.findEntries(ctx, id, query);
  }

  @Post('accounts/:id/payments')
  @RequirePermission('Sell')
  @Idempotent()
  @ApiCreatedResponse({ standardSchema: AccountPosting })
  pay(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: TakePayment }) input: z.output<typeof TakePayment>,
  ): Posting {
    return this.accounts.pay(ctx, id, input);
  }

  @Post('accounts/:id/payouts')
  @RequirePermission('Refund')
  @Idempotent()
  @ApiCreatedResponse({ standardSchema: AccountPosting })
  payOut(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: PayOut }) input: z.output<typeof PayOut>,
  ): Posting {
    return this.accounts.payOut(ctx, id, input);
  }

  @Post('accounts/:id/corrections')
  @RequirePermission('ManageAccounts')
  @Idempotent()
  @ApiCreatedResponse({ standardSchema: AccountPosting })
  correct(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: Correct }) input: z.output<typeof Correct>,
  ): Posting {
    return this.accounts.correct(ctx, id, input);
  }

  @Get('accounts/:id/statement')
  @RequirePermission('Sell', 'IdentifyPatients')
  @ApiOkResponse({ standardSchema: Statement })
  async statement(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Query({ schema: StatementQuery }) query: z.output<typeof StatementQuery>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<z.input<typeof Statement> | string> {
    if (query.format === 'json') return this.statements.statement(ctx, id, query);
    if (query.format === 'csv') return asFile(reply, 'statement', this.statements.csv(ctx, id, query));
    const page = await this.statements.html(ctx, id, query);
    reply.header('content-type', 'text/html; charset=utf-8');
    return page;
  }

  @Get('reports/receivables')
  @Heavy()
  @RequirePermission('ReadReports')
  @ApiOkResponse({ standardSchema: Receivables })
  async receivables(
    @Ctx() ctx: RequestContext,
    @Query({ schema: ReceivablesQuery }) query: z.output<typeof ReceivablesQuery>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<z.input<typeof Receivables> | string> {
    if (query.format === 'json') return this.statements.receivables(ctx, query);
    return asFile(reply, 'receivables', this.statements.receivablesCsv(ctx));
  }
}

/** Sends a table as a file once it is made: a refusal stays a problem. */
async function asFile(reply: FastifyReply, name: string, made: Promise<string>): Promise<string> {
  const csv = await made;
  reply.header('content-type', 'text/csv; charset=utf-8');
  reply.header('content-disposition', `attachment; filename="${name}.csv"`);
  return csv;
}
