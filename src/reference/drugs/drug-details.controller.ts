import { Controller, Delete, Get, HttpCode, Param, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';

import { PathId, type Page } from '../../platform/http/schemas.js';
import { Ctx, RequirePermission } from '../../platform/security/decorators.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { PriceHistory, PricesQuery } from './drug-prices.schemas.js';
import { DrugPricesService, type ToldPeriod } from './drug-prices.service.js';
import { DrugRules } from './drug-rules.schemas.js';
import { DrugsService } from './drugs.service.js';
import { AlternativesView, EquivalentsView } from './substitutes.schemas.js';
import { SubstitutesService } from './substitutes.service.js';

/** What is to be known around one product: what may be given instead, its prices over time, the rules that concern it. */
@ApiTags('drugs')
@Controller('drugs/:id')
@RequirePermission('ReadDrug')
export class DrugDetailsController {
  constructor(
    private readonly drugs: DrugsService,
    private readonly substitutes: SubstitutesService,
    private readonly prices: DrugPricesService,
  ) {}

  @Get('equivalents')
  @ApiOkResponse({ standardSchema: EquivalentsView })
  equivalents(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
  ): Promise<EquivalentsView> {
    return this.substitutes.equivalents(ctx, id);
  }

  @Get('alternatives')
  @ApiOkResponse({ standardSchema: AlternativesView })
  alternatives(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
  ): Promise<AlternativesView> {
    return this.substitutes.alternatives(ctx, id);
  }

  @Get('rules')
  @ApiOkResponse({ standardSchema: DrugRules })
  rules(@Ctx() ctx: RequestContext, @Param('id', { schema: PathId }) id: number): Promise<DrugRules> {
    return this.drugs.rules(ctx, id);
  }

  @Get('prices')
  @ApiOkResponse({ standardSchema: PriceHistory })
  priceHistory(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Query({ schema: PricesQuery }) query: z.output<typeof PricesQuery>,
  ): Promise<Page<ToldPeriod>> {
    return this.prices.history(ctx, id, query);
  }

  @Delete('prices/scheduled/:scheduledPriceId')
  @HttpCode(204)
  @RequirePermission('ManageDrugCatalog')
  @ApiNoContentResponse()
  cancelPrice(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Param('scheduledPriceId', { schema: PathId }) scheduledPriceId: number,
  ): Promise<void> {
    return this.prices.cancel(ctx, id, scheduledPriceId);
  }
}
