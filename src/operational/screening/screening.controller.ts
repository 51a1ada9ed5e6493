import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';

import { Ctx, RequirePermission } from '../../platform/security/decorators.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { WorksWhenFull } from '../../platform/storage/storage.guard.js';
import type { Screening } from '../../reference/clinical/clinical.types.js';
import { ClinicalCheck, ClinicalCheckResult } from './screening.schemas.js';
import { ScreeningService } from './screening.service.js';

@ApiTags('clinical')
@Controller('clinical/check')
export class ScreeningController {
  constructor(private readonly screening: ScreeningService) {}

  @Post()
  @WorksWhenFull()
  @HttpCode(200)
  @RequirePermission('ReadDrug')
  @ApiOkResponse({ standardSchema: ClinicalCheckResult })
  check(
    @Ctx() ctx: RequestContext,
    @Body({ schema: ClinicalCheck }) input: z.output<typeof ClinicalCheck>,
  ): Promise<Screening> {
    return this.screening.check(ctx, input);
  }
}
