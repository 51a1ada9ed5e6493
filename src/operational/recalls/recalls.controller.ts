import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';

import { PathId, type Page } from '../../platform/http/schemas.js';
import { Ctx, Idempotent, RequirePermission } from '../../platform/security/decorators.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import * as schemas from './recalls.schemas.js';
import { RecallsService } from './recalls.service.js';
import type { Recall, RecallHead } from './recalls.types.js';

@ApiTags('recalls')
@Controller('inventory')
export class RecallsController {
  constructor(private readonly recalls: RecallsService) {}

  @Post('recall')
  @RequirePermission('ManageRecalls')
  @Idempotent()
  @ApiCreatedResponse({ standardSchema: schemas.RecallView })
  open(
    @Ctx() ctx: RequestContext,
    @Body({ schema: schemas.OpenRecall }) input: z.output<typeof schemas.OpenRecall>,
  ): Promise<Recall> {
    return this.recalls.open(ctx, input);
  }

  @Get('recalls')
  @RequirePermission('ReadInventory')
  @ApiOkResponse({ standardSchema: schemas.RecallPage })
  list(
    @Ctx() ctx: RequestContext,
    @Query({ schema: schemas.RecallQuery }) query: z.output<typeof schemas.RecallQuery>,
  ): Promise<Page<RecallHead>> {
    return this.recalls.findPage(ctx, query);
  }

  @Get('recalls/:id')
  @RequirePermission('ReadInventory')
  @ApiOkResponse({ standardSchema: schemas.RecallView })
  one(@Ctx() ctx: RequestContext, @Param('id', { schema: PathId }) id: number): Promise<Recall> {
    return this.recalls.findOne(ctx, id);
  }

  @Get('recalls/:id/contacts')
  @RequirePermission('ReadInventory', 'ReadPatient', 'IdentifyPatients')
  @ApiOkResponse({ standardSchema: schemas.ContactPage })
  async contacts(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Query({ schema: schemas.ContactQuery }) query: z.output<typeof schemas.ContactQuery>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Awaited<ReturnType<RecallsService['findContacts']>> | string> {
    if (query.format === 'json') return this.recalls.findContacts(ctx, id, query);
    reply.header('content-type', 'text/csv; charset=utf-8');
    reply.header('content-disposition', `attachment; filename="recall-${id}-contacts.csv"`);
    return this.recalls.contactsCsv(ctx, id);
  }

  @Post('recalls/:id/apply')
  @HttpCode(200)
  @RequirePermission('ManageRecalls')
  @Idempotent()
  @ApiOkResponse({ standardSchema: schemas.RecallView })
  apply(@Ctx() ctx: RequestContext, @Param('id', { schema: PathId }) id: number): Promise<Recall> {
    return this.recalls.apply(ctx, id);
  }

  @Post('recalls/:id/close')
  @HttpCode(200)
  @RequirePermission('ManageRecalls')
  @Idempotent()
  @ApiOkResponse({ standardSchema: schemas.RecallView })
  close(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: schemas.CloseRecall }) input: z.output<typeof schemas.CloseRecall>,
  ): Promise<Recall> {
    return this.recalls.close(ctx, id, input);
  }

  @Post('recalls/:id/withdraw')
  @HttpCode(200)
  @RequirePermission('ManageRecalls')
  @Idempotent()
  @ApiOkResponse({ standardSchema: schemas.RecallView })
  withdraw(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: schemas.WithdrawRecall }) input: z.output<typeof schemas.WithdrawRecall>,
  ): Promise<Recall> {
    return this.recalls.withdraw(ctx, id, input);
  }
}
