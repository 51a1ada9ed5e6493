import { Body, Controller, Get, Patch } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';

import { Ctx, RequirePermission } from '../../platform/security/decorators.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { AfterSaleSettingsView, UpdateAfterSaleSettings } from './after-sale-settings.schemas.js';
import { AfterSaleSettingsService } from './after-sale-settings.service.js';
import type { AfterSaleSettings } from './after-sale-settings.types.js';

@ApiTags('after the sale')
@Controller('after-sale-settings')
export class AfterSaleSettingsController {
  constructor(private readonly settings: AfterSaleSettingsService) {}

  @Get()
  @RequirePermission('Sell')
  @ApiOkResponse({ standardSchema: AfterSaleSettingsView })
  read(@Ctx() ctx: RequestContext): Promise<AfterSaleSettings> {
    return this.settings.read(ctx);
  }

  @Patch()
  @RequirePermission('ManageBranches')
  @ApiOkResponse({ standardSchema: AfterSaleSettingsView })
  update(
    @Ctx() ctx: RequestContext,
    @Body({ schema: UpdateAfterSaleSettings }) input: z.output<typeof UpdateAfterSaleSettings>,
  ): Promise<AfterSaleSettings> {
    return this.settings.update(ctx, input);
  }
}
