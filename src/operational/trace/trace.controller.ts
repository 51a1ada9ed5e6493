import { Body, Controller, Get, HttpCode, Param, Post, Put, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';

import { PathId, type Page } from '../../platform/http/schemas.js';
import { Ctx, Idempotent, RequirePermission } from '../../platform/security/decorators.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import * as schemas from './trace.schemas.js';
import { TraceService, type BatchWithCommands, type TraceStanding } from './trace.service.js';
import type { DscsaStatement, ListedEvent, TraceBatch, TracePolicy } from './trace.types.js';

@ApiTags('trace')
@Controller('trace')
export class TraceController {
  constructor(private readonly trace: TraceService) {}

  @Get('status')
  @RequirePermission('ReadInventory')
  @ApiOkResponse({ standardSchema: schemas.TraceStatus })
  status(@Ctx() ctx: RequestContext): Promise<TraceStanding> {
    return this.trace.status(ctx);
  }

  @Get('policy')
  @RequirePermission('ReadInventory')
  @ApiOkResponse({ standardSchema: schemas.PolicyView })
  policy(@Ctx() ctx: RequestContext): Promise<TracePolicy> {
    return this.trace.policy(ctx);
  }

  @Put('policy')
  @RequirePermission('ManageBranches')
  @ApiOkResponse({ standardSchema: schemas.PolicyView })
  savePolicy(
    @Ctx() ctx: RequestContext,
    @Body({ schema: schemas.SavePolicy }) input: z.output<typeof schemas.SavePolicy>,
  ): Promise<TracePolicy> {
    return this.trace.savePolicy(ctx, input);
  }

  @Get('events')
  @RequirePermission('ReadInventory')
  @ApiOkResponse({ standardSchema: schemas.EventPage })
  events(
    @Ctx() ctx: RequestContext,
    @Query({ schema: schemas.EventQuery }) query: z.output<typeof schemas.EventQuery>,
  ): Promise<{ data: ListedEvent[]; nextCursor: string | null }> {
    return this.trace.findEvents(ctx, query);
  }

  @Post('events/:id/correct')
  @RequirePermission('WriteInventory')
  @Idempotent()
  @ApiCreatedResponse({ standardSchema: schemas.EventView })
  correct(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: schemas.PathEventId }) id: number,
    @Body({ schema: schemas.CorrectEvent }) input: z.output<typeof schemas.CorrectEvent>,
  ): Promise<ListedEvent> {
    return this.trace.correct(ctx, id, input.reason);
  }

  @Get('batches')
  @RequirePermission('ReadInventory')
  @ApiOkResponse({ standardSchema: schemas.BatchPage })
  batches(
    @Ctx() ctx: RequestContext,
    @Query({ schema: schemas.BatchQuery }) query: z.output<typeof schemas.BatchQuery>,
  ): Promise<Page<TraceBatch>> {
    return this.trace.findBatches(ctx, query);
  }

  @Post('batches')
  @RequirePermission('WriteInventory')
  @Idempotent()
  @ApiCreatedResponse({ standardSchema: schemas.BatchView })
  makeBatch(
    @Ctx() ctx: RequestContext,
    @Body({ schema: schemas.MakeBatch }) input: z.output<typeof schemas.MakeBatch>,
  ): Promise<BatchWithCommands> {
    return this.trace.makeBatch(ctx, input);
  }

  @Get('batches/:id')
  @RequirePermission('ReadInventory')
  @ApiOkResponse({ standardSchema: schemas.BatchView })
  batch(@Ctx() ctx: RequestContext, @Param('id', { schema: PathId }) id: number): Promise<BatchWithCommands> {
    return this.trace.getBatch(ctx, id);
  }

  @Get('batches/:id/file')
  @RequirePermission('ReadInventory')
  @ApiOkResponse({ schema: { type: 'string' } })
  async file(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Query({ schema: schemas.FileQuery }) { format }: z.output<typeof schemas.FileQuery>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const file = await this.trace.file(ctx, id, format);
    const isCsv = format === 'csv';
    reply.header('content-type', isCsv ? 'text/csv; charset=utf-8' : 'application/ld+json; charset=utf-8');
    const name = `trace-batch-${id}.${isCsv ? 'csv' : 'jsonld'}`;
    reply.header('content-disposition', `attachment; filename="${name}"`);
    return file;
  }

  @Post('batches/:id/accept')
  @HttpCode(200)
  @RequirePermission('WriteInventory')
  @Idempotent()
  @ApiOkResponse({ standardSchema: schemas.BatchView })
  accept(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: schemas.AcceptBatch }) input: z.output<typeof schemas.AcceptBatch>,
  ): Promise<BatchWithCommands> {
    return this.trace.accept(ctx, id, input);
  }

  @Post('batches/:id/reject')
  @HttpCode(200)
  @RequirePermission('WriteInventory')
  @Idempotent()
  @ApiOkResponse({ standardSchema: schemas.BatchView })
  reject(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: schemas.RejectBatch }) input: z.output<typeof schemas.RejectBatch>,
  ): Promise<BatchWithCommands> {
    return this.trace.reject(ctx, id, input);
  }

  @Get('dscsa')
  @RequirePermission('ReadInventory')
  @ApiOkResponse({ standardSchema: schemas.DscsaStatements })
  async dscsa(
    @Ctx() ctx: RequestContext,
    @Query({ schema: schemas.DscsaQuery }) query: z.output<typeof schemas.DscsaQuery>,
  ): Promise<{ data: DscsaStatement[] }> {
    return { data: await this.trace.dscsa(ctx, query) };
  }
}
