import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';

import { PathId, type Page } from '../../../platform/http/schemas.js';
import { Ctx, RequirePermission } from '../../../platform/security/decorators.js';
import type { RequestContext } from '../../../platform/security/request-context.js';
import { ListQuery } from '../list.schemas.js';
import { ListService } from '../list.service.js';
import type { Counted } from '../list.types.js';
import { COMPANIES, type Company } from './company.entity.js';
import { CreateCompany, CompanyPage, CompanyView, UpdateCompany } from './companies.schemas.js';

/** Manufacturers and marketing companies. */
@ApiTags('reference')
@Controller('reference/companies')
export class CompaniesController {
  constructor(private readonly lists: ListService) {}

  @Get()
  @RequirePermission('ReadDrug')
  @ApiOkResponse({ standardSchema: CompanyPage })
  list(
    @Ctx() ctx: RequestContext,
    @Query({ schema: ListQuery }) query: ListQuery,
  ): Promise<Page<Counted<Company>>> {
    return this.lists.findPage(ctx, COMPANIES, query);
  }

  @Get(':id')
  @RequirePermission('ReadDrug')
  @ApiOkResponse({ standardSchema: CompanyView })
  one(@Ctx() ctx: RequestContext, @Param('id', { schema: PathId }) id: number): Promise<Company> {
    return this.lists.findOne(ctx, COMPANIES, id);
  }

  @Post()
  @RequirePermission('ManageDrugCatalog')
  @ApiCreatedResponse({ standardSchema: CompanyView })
  create(
    @Ctx() ctx: RequestContext,
    @Body({ schema: CreateCompany }) input: z.output<typeof CreateCompany>,
  ): Promise<Company> {
    return this.lists.create(ctx, COMPANIES, input);
  }

  @Patch(':id')
  @RequirePermission('ManageDrugCatalog')
  @ApiOkResponse({ standardSchema: CompanyView })
  update(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: UpdateCompany }) input: z.output<typeof UpdateCompany>,
  ): Promise<Company> {
    return this.lists.update(ctx, COMPANIES, id, input);
  }
}
