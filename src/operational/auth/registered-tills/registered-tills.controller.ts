import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query, Req, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';

import { PathId, type Page } from '../../../platform/http/schemas.js';
import { Ctx, RequirePermission, RequireStepUp } from '../../../platform/security/decorators.js';
import type { RequestContext } from '../../../platform/security/request-context.js';
import { deviceOf, giveTill } from '../device.js';
import type { RegisteredTill } from './registered-tills.repository.js';
import {
  RegisteredTillPage,
  RegisteredTillQuery,
  RegisteredTillView,
  RegisterTill,
} from './registered-tills.schemas.js';
import { RegisteredTillsService } from './registered-tills.service.js';

@ApiTags('access')
@Controller('registered-tills')
@RequirePermission('ManageUsers')
export class RegisteredTillsController {
  constructor(private readonly tills: RegisteredTillsService) {}

  @Get()
  @ApiOkResponse({ standardSchema: RegisteredTillPage })
  list(
    @Ctx() ctx: RequestContext,
    @Query({ schema: RegisteredTillQuery }) query: z.output<typeof RegisteredTillQuery>,
    @Req() request: FastifyRequest,
  ): Promise<Page<RegisteredTill>> {
    return this.tills.findPage(ctx, query, deviceOf(request));
  }

  @Post()
  @RequireStepUp()
  @ApiCreatedResponse({ standardSchema: RegisteredTillView })
  async register(
    @Ctx() ctx: RequestContext,
    @Body({ schema: RegisterTill }) input: z.output<typeof RegisterTill>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RegisteredTill> {
    const { token, till } = await this.tills.register(ctx, input, deviceOf(request));
    giveTill(request, reply, token);
    return till;
  }

  @Patch(':id')
  @HttpCode(204)
  @ApiNoContentResponse()
  rename(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: RegisterTill }) input: z.output<typeof RegisterTill>,
  ): Promise<void> {
    return this.tills.rename(ctx, id, input);
  }

  @Delete(':id')
  @HttpCode(204)
  @RequireStepUp()
  @ApiNoContentResponse()
  revoke(@Ctx() ctx: RequestContext, @Param('id', { schema: PathId }) id: number): Promise<void> {
    return this.tills.revoke(ctx, id);
  }
}
