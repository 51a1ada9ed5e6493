import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';

import { Ctx, RequirePermission } from '../../platform/security/decorators.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import {
  HealthReport,
  JobName,
  JobReport,
  JobReports,
  LicenceReport,
  ServerReport,
  StatementQuery,
  StatementReport,
  StorageReport,
} from './operations.schemas.js';
import { OperationsService } from './operations.service.js';

/** How the installation is, for who looks after it. */
@ApiTags('operations')
@Controller('operations')
@RequirePermission('ReadOperations')
export class OperationsController {
  constructor(private readonly operations: OperationsService) {}

  @Get('health')
  @ApiOkResponse({ standardSchema: HealthReport })
  async health(): Promise<z.output<typeof HealthReport>> {
    const { state, parts } = await this.operations.health();
    return { state, parts: [...parts] };
  }

  @Get('server')
  @ApiOkResponse({ standardSchema: ServerReport })
  server(@Ctx() ctx: RequestContext): Promise<z.output<typeof ServerReport>> {
    return this.operations.server(ctx);
  }

  @Get('jobs')
  @ApiOkResponse({ standardSchema: JobReports })
  jobs(): z.output<typeof JobReports> {
    return this.operations.jobs();
  }

  @Post('jobs/:name/run')
  @HttpCode(200)
  @RequirePermission('ManageOperations')
  @ApiOkResponse({ standardSchema: JobReport })
  runJob(@Param('name', { schema: JobName }) name: string): Promise<JobReport> {
    return this.operations.runJob(name);
  }

  @Get('storage')
  @ApiOkResponse({ standardSchema: StorageReport })
  storage(@Ctx() ctx: RequestContext): Promise<z.output<typeof StorageReport>> {
    return this.operations.storage(ctx);
  }

  @Get('statements')
  @ApiOkResponse({ standardSchema: StatementReport })
  statements(
    @Ctx() ctx: RequestContext,
    @Query({ schema: StatementQuery }) { sort }: z.output<typeof StatementQuery>,
  ): Promise<StatementReport> {
    return this.operations.statements(ctx, sort);
  }

  @Post('statements/reset')
  @HttpCode(204)
  @RequirePermission('ManageOperations')
  @ApiNoContentResponse()
  async resetStatements(@Ctx() ctx: RequestContext): Promise<void> {
    await this.operations.resetStatements(ctx);
  }

  @Get('licences')
  @ApiOkResponse({ standardSchema: LicenceReport })
  licences(): Promise<z.output<typeof LicenceReport>> {
    return this.operations.licences();
  }
}
