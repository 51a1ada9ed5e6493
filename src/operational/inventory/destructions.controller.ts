import { Body, Controller, Get, Header, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';

import { PathId, type Page } from '../../platform/http/schemas.js';
import { Ctx, Idempotent, RequirePermission } from '../../platform/security/decorators.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import {
  CancelDestruction,
  DestroyLot,
  DestructionPage,
  DestructionQuery,
  DestructionView,
  WitnessDestruction,
} from './destructions.schemas.js';
import { DestructionsService } from './destructions.service.js';
import type { Destruction } from './destructions.types.js';

@ApiTags('inventory')
@Controller('inventory')
export class DestructionsController {
  constructor(private readonly destructions: DestructionsService) {}

  @Post('destroy')
  @RequirePermission('WriteInventory')
  @Idempotent()
  @ApiCreatedResponse({ standardSchema: DestructionView })
  destroy(
    @Ctx() ctx: RequestContext,
    @Body({ schema: DestroyLot }) input: z.output<typeof DestroyLot>,
  ): Promise<Destruction> {
    return this.destructions.destroy(ctx, input);
  }

  @Get('destructions')
  @RequirePermission('ReadInventory')
  @ApiOkResponse({ standardSchema: DestructionPage })
  list(
    @Ctx() ctx: RequestContext,
    @Query({ schema: DestructionQuery }) query: z.output<typeof DestructionQuery>,
  ): Promise<Page<Destruction>> {
    return this.destructions.findPage(ctx, query);
  }

  @Post('destructions/:id/witness')
  @HttpCode(200)
  @RequirePermission('WitnessStock')
  @Idempotent()
  @ApiOkResponse({ standardSchema: DestructionView })
  witness(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: WitnessDestruction }) input: z.output<typeof WitnessDestruction>,
  ): Promise<Destruction> {
    return this.destructions.witness(ctx, id, input.stepUp);
  }

  @Post('destructions/:id/cancel')
  @HttpCode(200)
  @RequirePermission('WriteInventory')
  @Idempotent()
  @ApiOkResponse({ standardSchema: DestructionView })
  cancel(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: CancelDestruction }) input: z.output<typeof CancelDestruction>,
  ): Promise<Destruction> {
    return this.destructions.cancel(ctx, id, input);
  }

  @Get('destructions/:id/record')
  @RequirePermission('ReadInventory')
  @Header('content-type', 'text/html; charset=utf-8')
  record(@Ctx() ctx: RequestContext, @Param('id', { schema: PathId }) id: number): Promise<string> {
    return this.destructions.record(ctx, id);
  }
}
