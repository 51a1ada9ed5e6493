import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';

import { PathId } from '../../../platform/http/schemas.js';
import { Ctx, RequirePermission, RequireStepUp } from '../../../platform/security/decorators.js';
import type { RequestContext } from '../../../platform/security/request-context.js';
import { IdentityCheck, OneTimePasswordView, UserAccessView } from './users.schemas.js';
import { UserAccessService, type UserAccess } from './user-access.service.js';

@ApiTags('access')
@Controller('users/:id')
@RequirePermission('ManageUsers')
export class UserAccessController {
  constructor(private readonly access: UserAccessService) {}

  @Get('access')
  @ApiOkResponse({ standardSchema: UserAccessView })
  read(@Ctx() ctx: RequestContext, @Param('id', { schema: PathId }) id: number): Promise<UserAccess> {
    return this.access.find(ctx, id);
  }

  @Delete('sessions')
  @HttpCode(204)
  @RequireStepUp()
  @ApiNoContentResponse()
  endSessions(@Ctx() ctx: RequestContext, @Param('id', { schema: PathId }) id: number): Promise<void> {
    return this.access.endSessions(ctx, id);
  }

  @Delete('mfa')
  @HttpCode(204)
  @RequireStepUp()
  @ApiNoContentResponse()
  resetMfa(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: IdentityCheck }) check: z.output<typeof IdentityCheck>,
  ): Promise<void> {
    return this.access.resetMfa(ctx, id, check);
  }

  @Post('one-time-password')
  @RequireStepUp()
  @ApiCreatedResponse({ standardSchema: OneTimePasswordView })
  setOneTimePassword(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
  ): Promise<{ password: string; expiresAt: Date }> {
    return this.access.setOneTimePassword(ctx, id);
  }
}
