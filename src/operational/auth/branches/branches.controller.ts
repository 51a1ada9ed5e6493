import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';

import { PathId, type Page } from '../../../platform/http/schemas.js';
import { Ctx, RequirePermission } from '../../../platform/security/decorators.js';
import type { RequestContext } from '../../../platform/security/request-context.js';
import type { Branch } from './branch.entity.js';
import { BranchPage, BranchQuery, BranchView, CreateBranch, UpdateBranch } from './branches.schemas.js';
import { BranchesService } from './branches.service.js';

@ApiTags('access')
@Controller('branches')
@RequirePermission('ManageBranches')
export class BranchesController {
  constructor(private readonly branches: BranchesService) {}

  @Get()
  @ApiOkResponse({ standardSchema: BranchPage })
  list(
    @Ctx() ctx: RequestContext,
    @Query({ schema: BranchQuery }) query: z.output<typeof BranchQuery>,
  ): Promise<Page<Branch>> {
    return this.branches.findPage(ctx, query);
  }

  @Get(':id')
  @ApiOkResponse({ standardSchema: BranchView })
  read(@Ctx() ctx: RequestContext, @Param('id', { schema: PathId }) id: number): Promise<Branch> {
    return this.branches.findOne(ctx, id);
  }

  @Post()
  @ApiCreatedResponse({ standardSchema: BranchView })
  create(
    @Ctx() ctx: RequestContext,
    @Body({ schema: CreateBranch }) input: z.output<typeof CreateBranch>,
  ): Promise<Branch> {
    return this.branches.create(ctx, input);
  }

  @Patch(':id')
  @ApiOkResponse({ standardSchema: BranchView })
  update(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: UpdateBranch }) input: z.output<typeof UpdateBranch>,
  ): Promise<Branch> {
    return this.branches.update(ctx, id, input);
  }
}
