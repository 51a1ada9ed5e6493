import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';

import { PathId, type Page } from '../../../platform/http/schemas.js';
import { Ctx, RequirePermission } from '../../../platform/security/decorators.js';
import type { RequestContext } from '../../../platform/security/request-context.js';
import { ListQuery } from '../list.schemas.js';
import { ListService } from '../list.service.js';
import { HANDLING_FLAGS, type HandlingFlag } from './handling-flag.entity.js';
import {
  CreateHandlingFlag,
  HandlingFlagPage,
  HandlingFlagView,
  UpdateHandlingFlag,
} from './handling-flags.schemas.js';

/** The controlled list of handling flags: cytotoxic, light-sensitive, … */
@ApiTags('reference')
@Controller('reference/handling-flags')
export class HandlingFlagsController {
  constructor(private readonly lists: ListService) {}

  @Get()
  @RequirePermission('ReadDrug')
  @ApiOkResponse({ standardSchema: HandlingFlagPage })
  list(
    @Ctx() ctx: RequestContext,
    @Query({ schema: ListQuery }) query: ListQuery,
  ): Promise<Page<HandlingFlag>> {
    return this.lists.findPage(ctx, HANDLING_FLAGS, query);
  }

  @Get(':id')
  @RequirePermission('ReadDrug')
  @ApiOkResponse({ standardSchema: HandlingFlagView })
  one(@Ctx() ctx: RequestContext, @Param('id', { schema: PathId }) id: number): Promise<HandlingFlag> {
    return this.lists.findOne(ctx, HANDLING_FLAGS, id);
  }

  @Post()
  @RequirePermission('ManageDrugCatalog')
  @ApiCreatedResponse({ standardSchema: HandlingFlagView })
  create(
    @Ctx() ctx: RequestContext,
    @Body({ schema: CreateHandlingFlag }) input: z.output<typeof CreateHandlingFlag>,
  ): Promise<HandlingFlag> {
    return this.lists.create(ctx, HANDLING_FLAGS, input);
  }

  @Patch(':id')
  @RequirePermission('ManageDrugCatalog')
  @ApiOkResponse({ standardSchema: HandlingFlagView })
  update(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: UpdateHandlingFlag }) input: z.output<typeof UpdateHandlingFlag>,
  ): Promise<HandlingFlag> {
    return this.lists.update(ctx, HANDLING_FLAGS, id, input);
  }
}
