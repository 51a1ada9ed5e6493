import { Controller, Get, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';

import { Ctx, Heavy, RequirePermission, ShowsPersons } from '../../platform/security/decorators.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { RegisterPage, RegisterQuery } from './controlled-register.schemas.js';
import { ControlledRegisterService } from './controlled-register.service.js';

@ApiTags('reports')
@Controller('reports/controlled-register')
@Heavy()
export class ControlledRegisterController {
  constructor(private readonly register: ControlledRegisterService) {}

  @Get()
  @RequirePermission('ReadReports')
  @ShowsPersons('law wants the register with whom a controlled medicine was given to')
  @ApiOkResponse({ standardSchema: RegisterPage })
  async report(
    @Ctx() ctx: RequestContext,
    @Query({ schema: RegisterQuery }) query: z.output<typeof RegisterQuery>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Awaited<ReturnType<ControlledRegisterService['findPage']>> | string> {
    if (query.format === 'json') return this.register.findPage(ctx, query);
    if (query.format === 'html') {
      reply.header('content-type', 'text/html; charset=utf-8');
      return this.register.html(ctx, query);
    }
    reply.header('content-type', 'text/csv; charset=utf-8');
    reply.header('content-disposition', 'attachment; filename="controlled-register.csv"');
    return this.register.csv(ctx, query);
  }
}
