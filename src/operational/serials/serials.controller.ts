import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';

import { PathId, type Page } from '../../platform/http/schemas.js';
import { Ctx, Idempotent, RequirePermission } from '../../platform/security/decorators.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import type { LotToTake } from './next-packs.domain.js';
import * as schemas from './serials.schemas.js';
import { SerialsService, type FoundPack, type PackWithLife } from './serials.service.js';
import type { Pack, PackTaken } from './serials.types.js';

@ApiTags('trace')
@Controller('trace')
export class SerialsController {
  constructor(private readonly packs: SerialsService) {}

  @Get('serials')
  @RequirePermission('ReadInventory')
  @ApiOkResponse({ standardSchema: schemas.PackPage })
  list(
    @Ctx() ctx: RequestContext,
    @Query({ schema: schemas.PackQuery }) query: z.output<typeof schemas.PackQuery>,
  ): Promise<Page<Pack>> {
    return this.packs.findPage(ctx, query);
  }

  @Get('next-packs')
  @RequirePermission('ReadInventory')
  @ApiOkResponse({ standardSchema: schemas.NextPacks })
  async next(
    @Ctx() ctx: RequestContext,
    @Query({ schema: schemas.NextPacksQuery }) query: z.output<typeof schemas.NextPacksQuery>,
  ): Promise<{ data: LotToTake[] }> {
    return { data: await this.packs.next(ctx, query) };
  }

  @Get('serials/:id')
  @RequirePermission('ReadInventory')
  @ApiOkResponse({ standardSchema: schemas.PackLife })
  one(@Ctx() ctx: RequestContext, @Param('id', { schema: PathId }) id: number): Promise<PackWithLife> {
    return this.packs.get(ctx, id);
  }

  @Post('serials/look-up')
  @HttpCode(200)
  @RequirePermission('ReadInventory')
  @ApiOkResponse({ standardSchema: schemas.PackFound })
  lookUp(
    @Ctx() ctx: RequestContext,
    @Body({ schema: schemas.LookUpPack }) input: z.output<typeof schemas.LookUpPack>,
  ): Promise<FoundPack> {
    return this.packs.lookUp(ctx, input.code);
  }

  @Post('serials')
  @RequirePermission('WriteInventory')
  @Idempotent()
  @ApiCreatedResponse({ standardSchema: schemas.PacksRegistered })
  async register(
    @Ctx() ctx: RequestContext,
    @Body({ schema: schemas.RegisterPacks }) input: z.output<typeof schemas.RegisterPacks>,
  ): Promise<{ data: PackTaken[] }> {
    return { data: await this.packs.register(ctx, input) };
  }

  @Post('serials/:id/report')
  @HttpCode(200)
  @RequirePermission('WriteInventory')
  @Idempotent()
  @ApiOkResponse({ standardSchema: schemas.PackLife })
  report(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: schemas.ReportPack }) input: z.output<typeof schemas.ReportPack>,
  ): Promise<PackWithLife> {
    return this.packs.report(ctx, id, input);
  }

  @Post('serials/:id/quarantine')
  @HttpCode(200)
  @RequirePermission('WriteInventory')
  @Idempotent()
  @ApiOkResponse({ standardSchema: schemas.PackLife })
  quarantine(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: schemas.JudgePack }) input: z.output<typeof schemas.JudgePack>,
  ): Promise<PackWithLife> {
    return this.packs.quarantine(ctx, id, input);
  }

  @Post('serials/:id/release')
  @HttpCode(200)
  @RequirePermission('WriteInventory')
  @Idempotent()
  @ApiOkResponse({ standardSchema: schemas.PackLife })
  release(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: schemas.JudgePack }) input: z.output<typeof schemas.JudgePack>,
  ): Promise<PackWithLife> {
    return this.packs.release(ctx, id, input);
  }
}
