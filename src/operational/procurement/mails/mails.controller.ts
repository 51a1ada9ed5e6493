import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';

import { PathId } from '../../../platform/http/schemas.js';
import { Ctx, Idempotent, RequirePermission } from '../../../platform/security/decorators.js';
import type { RequestContext } from '../../../platform/security/request-context.js';
import { OrderMails, OrderMailSent, SendOrder, type MailOfOrder } from './mails.schemas.js';
import { MailsService } from './mails.service.js';

@ApiTags('procurement')
@Controller('purchase-orders')
export class MailsController {
  constructor(private readonly mails: MailsService) {}

  @Get(':id/mails')
  @RequirePermission('ReadProcurement')
  @ApiOkResponse({ standardSchema: OrderMails })
  list(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
  ): Promise<z.output<typeof OrderMails>> {
    return this.mails.list(ctx, id);
  }

  @Post(':id/send')
  @HttpCode(200)
  @RequirePermission('WriteProcurement')
  @Idempotent()
  @ApiOkResponse({ standardSchema: OrderMailSent })
  send(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: SendOrder }) input: z.output<typeof SendOrder>,
  ): Promise<MailOfOrder> {
    return this.mails.send(ctx, id, input);
  }
}
