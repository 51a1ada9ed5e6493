import { Body, Controller, Get, Param, Patch, Post, Query, StreamableFile } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';

import { PathId, type Page } from '../../platform/http/schemas.js';
import { Ctx, RequirePermission, RequireStepUp, SearchByBody } from '../../platform/security/decorators.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { DrugExportService } from './drug-export.service.js';
import { DrugListQuery } from './drug-list.schemas.js';
import {
  DrugSearchQuery,
  DrugSearchResult,
  DrugSuggestions,
  DrugSuggestQuery,
  SearchDrugs,
} from './drug-search.schemas.js';
import { DrugSearchService } from './drug-search.service.js';
import {
  BarcodeAnswer,
  CreateDrug,
  DrugPage,
  type DrugSummary,
  DrugView,
  PathBarcode,
  UpdateDrug,
} from './drugs.schemas.js';
import { DrugsService } from './drugs.service.js';

/** The product catalogue. */
@ApiTags('drugs')
@Controller('drugs')
@RequirePermission('ReadDrug')
export class DrugsController {
  constructor(
    private readonly drugs: DrugsService,
    private readonly searching: DrugSearchService,
    private readonly exports: DrugExportService,
  ) {}

  @Get()
  @ApiOkResponse({ standardSchema: DrugPage })
  list(
    @Ctx() ctx: RequestContext,
    @Query({ schema: DrugListQuery }) query: DrugListQuery,
  ): Promise<Page<DrugSummary>> | StreamableFile {
    const { page: _, limit: __, sort: ___, format, ...filters } = query;
    if (format === 'json') return this.drugs.findAll(ctx, query);
    return new StreamableFile(this.exports.csv(ctx, filters), {
      type: 'text/csv; charset=utf-8',
      disposition: 'attachment; filename="drugs.csv"',
    });
  }

  @Get('search')
  @ApiOkResponse({ standardSchema: DrugSearchResult })
  search(
    @Ctx() ctx: RequestContext,
    @Query({ schema: DrugSearchQuery }) query: z.output<typeof DrugSearchQuery>,
  ): Promise<DrugSearchResult> {
    return this.drugs.search(ctx, query);
  }

  @Post('search')
  @SearchByBody()
  @ApiOkResponse({ standardSchema: DrugSearchResult })
  searchByBody(
    @Ctx() ctx: RequestContext,
    @Body({ schema: SearchDrugs }) query: z.output<typeof SearchDrugs>,
  ): Promise<DrugSearchResult> {
    return this.drugs.search(ctx, query);
  }

  @Get('suggest')
  @ApiOkResponse({ standardSchema: DrugSuggestions })
  suggest(
    @Ctx() ctx: RequestContext,
    @Query({ schema: DrugSuggestQuery }) query: z.output<typeof DrugSuggestQuery>,
  ): Promise<DrugSuggestions> {
    return this.searching.suggest(ctx, query.q);
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
  @RequireStepUp({ fields: ['price', 'priceCeiling'] })
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
