import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';

import { Ctx, RequirePermission } from '../../platform/security/decorators.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { WorksWhenFull } from '../../platform/storage/storage.guard.js';
import { ParseSig, SigReading } from './sig.schemas.js';
import { SigService } from './sig.service.js';

@ApiTags('prescriptions')
@Controller('sig/parse')
export class SigController {
  constructor(private readonly directions: SigService) {}

  @Post()
  @WorksWhenFull()
  @HttpCode(200)
  @RequirePermission('ReadDrug')
  @ApiOkResponse({ standardSchema: SigReading })
  parse(
    @Ctx() ctx: RequestContext,
    @Body({ schema: ParseSig }) input: z.output<typeof ParseSig>,
  ): Promise<z.output<typeof SigReading>> {
    return this.directions.parse(ctx, input);
  }
}
