import { Body, Controller, Delete, Get, HttpCode, Param, Put, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';

import { PathId, type Page } from '../../platform/http/schemas.js';
import { Ctx, RequirePermission } from '../../platform/security/decorators.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import type { Maximum } from './controlled-limits.repository.js';
import {
  ControlledMaximumPage,
  MaximaQuery,
  CapPlace,
  SetControlledMaximum,
} from './controlled-limits.schemas.js';
import { ControlledMaximaService } from './controlled-maxima.service.js';

@ApiTags('controlled medicines')
@Controller('controlled-maxima')
export class ControlledLimitsController {
  constructor(private readonly maxima: ControlledMaximaService) {}

  @Get()
  @RequirePermission('ReadDrug')
  @ApiOkResponse({ standardSchema: ControlledMaximumPage })
  list(
    @Ctx() ctx: RequestContext,
    @Query({ schema: MaximaQuery }) query: z.output<typeof MaximaQuery>,
  ): Promise<Page<Maximum>> {
    return this.maxima.findPage(ctx, query);
  }

  @Put()
  @RequirePermission('ManageDrugCatalog')
  @ApiOkResponse({ standardSchema: SetControlledMaximum })
  set(
    @Ctx() ctx: RequestContext,
    @Body({ schema: SetControlledMaximum }) input: z.output<typeof SetControlledMaximum>,
  ): ReturnType<ControlledMaximaService['set']> {
    return this.maxima.set(ctx, input);
  }

  @Delete(':jurisdiction/:drugId')
  @HttpCode(204)
  @RequirePermission('ManageDrugCatalog')
  @ApiNoContentResponse()
  end(
    @Ctx() ctx: RequestContext,
    @Param('jurisdiction', { schema: CapPlace }) jurisdiction: z.output<typeof CapPlace>,
    @Param('drugId', { schema: PathId }) drugId: number,
  ): Promise<void> {
    return this.maxima.end(ctx, jurisdiction, drugId);
  }
}
