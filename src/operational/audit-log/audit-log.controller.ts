import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';

import { Ctx, RequirePermission } from '../../platform/security/decorators.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { AuditLogPage, AuditLogQuery } from './audit-log.schemas.js';
import { AuditLogService } from './audit-log.service.js';

@ApiTags('audit')
@Controller('audit-logs')
export class AuditLogController {
  constructor(private readonly logs: AuditLogService) {}

  @Get()
  @RequirePermission('ReadAuditLog')
  @ApiOkResponse({ standardSchema: AuditLogPage })
  list(
    @Ctx() ctx: RequestContext,
    @Query({ schema: AuditLogQuery }) query: z.output<typeof AuditLogQuery>,
  ): Promise<AuditLogPage> {
    return this.logs.findPage(ctx, query);
  }
}
