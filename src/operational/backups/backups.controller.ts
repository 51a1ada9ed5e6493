import { Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';

import { Ctx, RequirePermission } from '../../platform/security/decorators.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { Backups, BackupStarted } from './backups.schemas.js';
import { BackupsService } from './backups.service.js';

@ApiTags('operations')
@Controller('backups')
export class BackupsController {
  constructor(private readonly backups: BackupsService) {}

  @Get()
  @RequirePermission('ManageBackups')
  @ApiOkResponse({ standardSchema: Backups })
  list(@Ctx() ctx: RequestContext): Promise<Backups> {
    return this.backups.list(ctx);
  }

  @Post()
  @HttpCode(202)
  @RequirePermission('ManageBackups')
  @ApiAcceptedResponse({ standardSchema: BackupStarted })
  async start(@Ctx() ctx: RequestContext): Promise<z.output<typeof BackupStarted>> {
    await this.backups.start(ctx);
    return { status: 'started' };
  }
}
