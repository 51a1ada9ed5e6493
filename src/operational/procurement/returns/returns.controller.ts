import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';

import { PathId, type Page } from '../../../platform/http/schemas.js';
import { Ctx, Idempotent, RequirePermission } from '../../../platform/security/decorators.js';
import type { RequestContext } from '../../../platform/security/request-context.js';
import {
  CancelReturn,
  CreateReturn,
  CreditReturn,
  DeadlinePage,
  DeadlineQuery,
  ReturnDetail,
  ReturnFormat,
  ReturnPage,
  ReturnQuery,
  ShipReturn,
} from './returns.schemas.js';
import { ReturnsService } from './returns.service.js';
import type { Return, ReturnWithLines } from './returns.types.js';

@ApiTags('procurement')
@Controller('supplier-returns')
export class ReturnsController {
  constructor(private readonly returns: ReturnsService) {}

  @Get()
  @RequirePermission('ReadProcurement')
  @ApiOkResponse({ standardSchema: ReturnPage })
  list(
    @Ctx() ctx: RequestContext,
    @Query({ schema: ReturnQuery }) query: z.output<typeof ReturnQuery>,
  ): Promise<Page<Return>> {
    return this.returns.findPage(ctx, query);
  }

  @Get('deadlines')
  @RequirePermission('ReadProcurement')
  @ApiOkResponse({ standardSchema: DeadlinePage })
  deadlines(
    @Ctx() ctx: RequestContext,
    @Query({ schema: DeadlineQuery }) query: z.output<typeof DeadlineQuery>,
  ): Promise<z.output<typeof DeadlinePage>> {
    return this.returns.deadlines(ctx, query);
  }

  @Get(':id')
  @RequirePermission('ReadProcurement')
  @ApiOkResponse({ standardSchema: ReturnDetail })
  async get(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Query({ schema: ReturnFormat }) { format, language }: z.output<typeof ReturnFormat>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReturnWithLines | string> {
    if (format === 'json') return this.returns.get(ctx, id);
    const page = await this.returns.html(ctx, id, language);
    reply.header('content-type', 'text/html; charset=utf-8');
    return page;
  }

  @Post()
  @RequirePermission('WriteProcurement')
  @Idempotent()
  @ApiCreatedResponse({ standardSchema: ReturnDetail })
  create(
    @Ctx() ctx: RequestContext,
    @Body({ schema: CreateReturn }) input: z.output<typeof CreateReturn>,
  ): Promise<ReturnWithLines> {
    return this.returns.create(ctx, input);
  }

  @Post(':id/ship')
  @HttpCode(200)
  @RequirePermission('WriteProcurement', 'WriteInventory')
  @Idempotent()
  @ApiOkResponse({ standardSchema: ReturnDetail })
  ship(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: ShipReturn }) input: z.output<typeof ShipReturn>,
  ): Promise<ReturnWithLines> {
    return this.returns.ship(ctx, id, input);
  }

  @Post(':id/credit')
  @HttpCode(200)
  @RequirePermission('WriteProcurement')
  @Idempotent()
  @ApiOkResponse({ standardSchema: ReturnDetail })
  credit(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: CreditReturn }) input: z.output<typeof CreditReturn>,
  ): Promise<ReturnWithLines> {
    return this.returns.credit(ctx, id, input);
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @RequirePermission('WriteProcurement', 'WriteInventory')
  @Idempotent()
  @ApiOkResponse({ standardSchema: ReturnDetail })
  cancel(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: CancelReturn }) input: z.output<typeof CancelReturn>,
  ): Promise<ReturnWithLines> {
    return this.returns.cancel(ctx, id, input);
  }
}
