import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';

import { PathId, type Page } from '../../../platform/http/schemas.js';
import {
  Ctx,
  RequirePermission,
  RequireStepUp,
  SearchByBody,
} from '../../../platform/security/decorators.js';
import type { RequestContext } from '../../../platform/security/request-context.js';
import type { UserRow } from './users.repository.js';
import { CreateUser, SearchUsers, UpdateUser, UserPage, UserQuery, UserView } from './users.schemas.js';
import { UsersService } from './users.service.js';

@ApiTags('access')
@Controller('users')
@RequirePermission('ManageUsers')
export class UsersController {
  constructor(private readonly users: UsersService) {}

  @Get()
  @ApiOkResponse({ standardSchema: UserPage })
  list(
    @Ctx() ctx: RequestContext,
    @Query({ schema: UserQuery }) query: z.output<typeof UserQuery>,
  ): Promise<Page<UserRow>> {
    return this.users.findPage(ctx, query);
  }

  @Post('search')
  @SearchByBody()
  @ApiOkResponse({ standardSchema: UserPage })
  search(
    @Ctx() ctx: RequestContext,
    @Body({ schema: SearchUsers }) query: z.output<typeof SearchUsers>,
  ): Promise<Page<UserRow>> {
    return this.users.findPage(ctx, query);
  }

  @Get(':id')
  @ApiOkResponse({ standardSchema: UserView })
  read(@Ctx() ctx: RequestContext, @Param('id', { schema: PathId }) id: number): Promise<UserRow> {
    return this.users.findOne(ctx, id);
  }

  @Post()
  @RequireStepUp()
  @ApiCreatedResponse({ standardSchema: UserView })
  create(
    @Ctx() ctx: RequestContext,
    @Body({ schema: CreateUser }) input: z.output<typeof CreateUser>,
  ): Promise<UserRow> {
    return this.users.create(ctx, input);
  }

  @Patch(':id')
  @RequireStepUp({ fields: ['roleIds', 'branchIds', 'status', 'mustChangePassword'] })
  @ApiOkResponse({ standardSchema: UserView })
  update(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: UpdateUser }) input: z.output<typeof UpdateUser>,
  ): Promise<UserRow> {
    return this.users.update(ctx, id, input);
  }
}
