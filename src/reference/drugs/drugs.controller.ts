import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';

import { PathId, type Page } from '../../platform/http/schemas.js';
import { Ctx, RequirePermission } from '../../platform/security/decorators.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import {
  DrugSearchQuery,
  DrugSearchResult,
  DrugSuggestions,
  DrugSuggestQuery,
} from './drug-search.schemas.js';
import {
  BarcodeAnswer,
  CreateDrug,
  DrugListQuery,
  DrugPage,
  type DrugSummary,
  DrugView,
  EquivalentsView,
  PathBarcode,
  UpdateDrug,
} from './drugs.schemas.js';
import { DrugsService } from './drugs.service.js';

/** The product catalogue. */
@ApiTags('drugs')
@Controller('drugs')
@RequirePermission('ReadDrug')
export class DrugsController {
  constructor(private readonly drugs: DrugsService) {}

  @Get()
  @ApiOkResponse({ standardSchema: DrugPage })
  list(
    @Ctx() ctx: RequestContext,
    @Query({ schema: DrugListQuery }) query: z.output<typeof DrugListQuery>,
  ): Promise<Page<DrugSummary>> {
    return this.drugs.findAll(ctx, query);
  }

  @Get('search')
  @ApiOkResponse({ standardSchema: DrugSearchResult })
  search(
    @Ctx() ctx: RequestContext,
    @Query({ schema: DrugSearchQuery }) query: z.output<typeof DrugSearchQuery>,
  ): Promise<DrugSearchResult> {
    return this.drugs.search(ctx, query);
  }

  @Get('suggest')
  @ApiOkResponse({ standardSchema: DrugSuggestions })
  suggest(
    @Ctx() ctx: RequestContext,
    @Query({ schema: DrugSuggestQuery }) query: z.output<typeof DrugSuggestQuery>,
  ): Promise<DrugSuggestions> {
    return this.drugs.suggest(ctx, query.q);
  }

  @Get('by-barcode/:code')
  @ApiOkResponse({ standardSchema: BarcodeAnswer })
  byBarcode(
    @Ctx() ctx: RequestContext,
    @Param('code', { schema: PathBarcode }) code: string,
  ): Promise<BarcodeAnswer> {
    return this.drugs.findByBarcode(ctx, code);
  }

  @Get(':id')
  @ApiOkResponse({ standardSchema: DrugView })
  one(@Ctx() ctx: RequestContext, @Param('id', { schema: PathId }) id: number): Promise<DrugView> {
    return this.drugs.findOne(ctx, id);
  }

  @Get(':id/equivalents')
  @ApiOkResponse({ standardSchema: EquivalentsView })
  equivalents(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
  ): Promise<EquivalentsView> {
    return this.drugs.equivalents(ctx, id);
  }

  @Post()
  @RequirePermission('ManageDrugCatalog')
  @ApiCreatedResponse({ standardSchema: DrugView })
  create(
    @Ctx() ctx: RequestContext,
    @Body({ schema: CreateDrug }) input: z.output<typeof CreateDrug>,
  ): Promise<DrugView> {
    return this.drugs.create(ctx, input);
  }

  @Patch(':id')
  @RequirePermission('ManageDrugCatalog')
  @ApiOkResponse({ standardSchema: DrugView })
  update(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: UpdateDrug }) input: z.output<typeof UpdateDrug>,
  ): Promise<DrugView> {
    return this.drugs.update(ctx, id, input);
  }
}
