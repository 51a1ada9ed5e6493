import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';

import { PathId, type Page } from '../../../platform/http/schemas.js';
import { Ctx, RequirePermission } from '../../../platform/security/decorators.js';
import type { RequestContext } from '../../../platform/security/request-context.js';
import { ListQuery } from '../list.schemas.js';
import { ListService } from '../list.service.js';
import type { Counted } from '../list.types.js';
import { ROUTES, type Route } from './route.entity.js';
import { CreateRoute, RoutePage, RouteView, UpdateRoute } from './routes.schemas.js';

/** Routes of administration: oral, intravenous, … */
@ApiTags('reference')
@Controller('reference/routes')
export class RoutesController {
  constructor(private readonly lists: ListService) {}

  @Get()
  @RequirePermission('ReadDrug')
  @ApiOkResponse({ standardSchema: RoutePage })
  list(
    @Ctx() ctx: RequestContext,
    @Query({ schema: ListQuery }) query: ListQuery,
  ): Promise<Page<Counted<Route>>> {
    return this.lists.findPage(ctx, ROUTES, query);
  }

  @Get(':id')
  @RequirePermission('ReadDrug')
  @ApiOkResponse({ standardSchema: RouteView })
  one(@Ctx() ctx: RequestContext, @Param('id', { schema: PathId }) id: number): Promise<Route> {
    return this.lists.findOne(ctx, ROUTES, id);
  }

  @Post()
  @RequirePermission('ManageDrugCatalog')
  @ApiCreatedResponse({ standardSchema: RouteView })
  create(
    @Ctx() ctx: RequestContext,
    @Body({ schema: CreateRoute }) input: z.output<typeof CreateRoute>,
  ): Promise<Route> {
    return this.lists.create(ctx, ROUTES, input);
  }

  @Patch(':id')
  @RequirePermission('ManageDrugCatalog')
  @ApiOkResponse({ standardSchema: RouteView })
  update(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: UpdateRoute }) input: z.output<typeof UpdateRoute>,
  ): Promise<Route> {
    return this.lists.update(ctx, ROUTES, id, input);
  }
}
