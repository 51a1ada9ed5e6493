import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';

import { PathId } from '../../platform/http/schemas.js';
import { Ctx, RequirePermission } from '../../platform/security/decorators.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { BypassScan, FillScanned, ScanFill } from './fill-scans.schemas.js';
import { FillScansService } from './fill-scans.service.js';

@ApiTags('fills')
@Controller('fills')
export class FillScansController {
  constructor(private readonly scans: FillScansService) {}

  @Post(':id/scan')
  @HttpCode(200)
  @RequirePermission('DispensePrescription')
  @ApiOkResponse({ standardSchema: FillScanned })
  scan(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: ScanFill }) input: z.output<typeof ScanFill>,
  ): Promise<z.output<typeof FillScanned>> {
    return this.scans.scan(ctx, id, input);
  }

  @Post(':id/bypass-scan')
  @HttpCode(200)
  @RequirePermission('DispensePrescription', 'BypassScan')
  @ApiOkResponse({ standardSchema: FillScanned })
  bypass(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: BypassScan }) input: z.output<typeof BypassScan>,
  ): Promise<z.output<typeof FillScanned>> {
    return this.scans.bypass(ctx, id, input);
  }
}
