import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';

import { PathId, type Page } from '../../../platform/http/schemas.js';
import { Ctx, RequirePermission, RequireStepUp } from '../../../platform/security/decorators.js';
import type { RequestContext } from '../../../platform/security/request-context.js';
import type { PermissionEntry } from './permission.entity.js';
import type { RoleRow } from './roles.repository.js';
import {
  CreateRole,
  PermissionPage,
  PermissionQuery,
  RolePage,
  RoleQuery,
  RoleView,
  UpdateRole,
} from './roles.schemas.js';
import { RolesService } from './roles.service.js';

@ApiTags('access')
@Controller()
@RequirePermission('ManageRoles')
export class RolesController {
  constructor(private readonly roles: RolesService) {}

  @Get('permissions')
  @ApiOkResponse({ standardSchema: PermissionPage })
  permissions(
    @Ctx() ctx: RequestContext,
    @Query({ schema: PermissionQuery }) query: z.output<typeof PermissionQuery>,
  ): Promise<Page<PermissionEntry>> {
    return this.roles.findPermissions(ctx, query);
  }

  @Get('roles')
  @ApiOkResponse({ standardSchema: RolePage })
  list(
    @Ctx() ctx: RequestContext,
    @Query({ schema: RoleQuery }) query: z.output<typeof RoleQuery>,
  ): Promise<Page<RoleRow>> {
    return this.roles.findPage(ctx, query);
  }

  @Get('roles/:id')
  @ApiOkResponse({ standardSchema: RoleView })
  read(@Ctx() ctx: RequestContext, @Param('id', { schema: PathId }) id: number): Promise<RoleRow> {
    return this.roles.findOne(ctx, id);
  }

  @Post('roles')
  @RequireStepUp()
  @ApiCreatedResponse({ standardSchema: RoleView })
  create(
    @Ctx() ctx: RequestContext,
    @Body({ schema: CreateRole }) input: z.output<typeof CreateRole>,
  ): Promise<RoleRow> {
    return this.roles.create(ctx, input);
  }

  @Patch('roles/:id')
  @RequireStepUp({ fields: ['permissions', 'requiresMfa'] })
  @ApiOkResponse({ standardSchema: RoleView })
  update(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: UpdateRole }) input: z.output<typeof UpdateRole>,
  ): Promise<RoleRow> {
    return this.roles.update(ctx, id, input);
  }
}
