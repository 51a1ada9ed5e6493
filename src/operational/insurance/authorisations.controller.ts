import { Body, Controller, Get, Param, Patch, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';

import { PathId } from '../../platform/http/schemas.js';
import { Ctx, RequirePermission } from '../../platform/security/decorators.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import {
  AuthorisationList,
  AuthorisationView,
  CreateAuthorisation,
  UpdateAuthorisation,
} from './authorisations.schemas.js';
import { AuthorisationsService } from './authorisations.service.js';

@ApiTags('insurance')
@Controller()
export class AuthorisationsController {
  constructor(private readonly authorisations: AuthorisationsService) {}

  @Get('patients/:id/authorisations')
  @RequirePermission('ReadClaims', 'ReadPatient')
  @ApiOkResponse({ standardSchema: AuthorisationList })
  list(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
  ): Promise<z.output<typeof AuthorisationList>> {
    return this.authorisations.ofPatient(ctx, id);
  }

  @Post('covers/:id/authorisations')
  @RequirePermission('WriteClaims')
  @ApiCreatedResponse({ standardSchema: AuthorisationView })
  create(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: CreateAuthorisation }) input: z.output<typeof CreateAuthorisation>,
  ): Promise<z.output<typeof AuthorisationView>> {
    return this.authorisations.create(ctx, id, input);
  }

  @Patch('authorisations/:id')
  @RequirePermission('WriteClaims')
  @ApiOkResponse({ standardSchema: AuthorisationView })
  update(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: UpdateAuthorisation }) input: z.output<typeof UpdateAuthorisation>,
  ): Promise<z.output<typeof AuthorisationView>> {
    return this.authorisations.update(ctx, id, input);
  }
}
