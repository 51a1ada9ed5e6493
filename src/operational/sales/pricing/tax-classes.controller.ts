import { Body, Controller, Get, Param, Patch, Post, Put, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';

import { PathId, type Page } from '../../../platform/http/schemas.js';
import { Ctx, RequirePermission } from '../../../platform/security/decorators.js';
import type { RequestContext } from '../../../platform/security/request-context.js';
import {
  CreateTaxClass,
  SetDrugTaxClass,
  SetTaxRate,
  TaxClassPage,
  TaxClassQuery,
  TaxClassView,
  TaxDefaults,
  TaxedDrugPage,
  UpdateTaxClass,
  type TaxClass,
  type TaxedDrug,
} from './tax-classes.schemas.js';
import { TaxClassesService } from './tax-classes.service.js';

@ApiTags('tax classes')
@Controller('tax-classes')
export class TaxClassesController {
  constructor(private readonly classes: TaxClassesService) {}

  @Get()
  @RequirePermission('ReadDrug')
  @ApiOkResponse({ standardSchema: TaxClassPage })
  list(
    @Ctx() ctx: RequestContext,
    @Query({ schema: TaxClassQuery }) query: z.output<typeof TaxClassQuery>,
  ): Promise<Page<TaxClass>> {
    return this.classes.findPage(ctx, query);
  }

  @Post()
  @RequirePermission('ManagePricing')
  @ApiCreatedResponse({ standardSchema: TaxClassView })
  create(
    @Ctx() ctx: RequestContext,
    @Body({ schema: CreateTaxClass }) input: z.output<typeof CreateTaxClass>,
  ): Promise<TaxClass> {
    return this.classes.create(ctx, input);
  }

  @Put('defaults')
  @RequirePermission('ManagePricing')
  @ApiOkResponse({ standardSchema: TaxDefaults })
  setDefaults(
    @Ctx() ctx: RequestContext,
    @Body({ schema: TaxDefaults }) input: z.output<typeof TaxDefaults>,
  ): Promise<z.output<typeof TaxDefaults>> {
    return this.classes.setDefaults(ctx, input);
  }

  @Put('drugs')
  @RequirePermission('ManagePricing')
  @ApiOkResponse({ standardSchema: SetDrugTaxClass })
  setDrug(
    @Ctx() ctx: RequestContext,
    @Body({ schema: SetDrugTaxClass }) input: z.output<typeof SetDrugTaxClass>,
  ): Promise<z.output<typeof SetDrugTaxClass>> {
    return this.classes.setDrug(ctx, input);
  }

  @Patch(':id')
  @RequirePermission('ManagePricing')
  @ApiOkResponse({ standardSchema: TaxClassView })
  update(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: UpdateTaxClass }) input: z.output<typeof UpdateTaxClass>,
  ): Promise<TaxClass> {
    return this.classes.update(ctx, id, input);
  }

  @Put(':id/rates')
  @RequirePermission('ManagePricing')
  @ApiOkResponse({ standardSchema: TaxClassView })
  setRate(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: SetTaxRate }) input: z.output<typeof SetTaxRate>,
  ): Promise<TaxClass> {
    return this.classes.setRate(ctx, id, input);
  }

  @Get(':id/drugs')
  @RequirePermission('ReadDrug')
  @ApiOkResponse({ standardSchema: TaxedDrugPage })
  drugs(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Query({ schema: TaxClassQuery }) query: z.output<typeof TaxClassQuery>,
  ): Promise<Page<TaxedDrug>> {
    return this.classes.findDrugs(ctx, id, query);
  }
}
