import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';

import { PathId, type Page } from '../../platform/http/schemas.js';
import { Ctx, RequirePermission } from '../../platform/security/decorators.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import {
  BeyondUseLimits,
  Costing,
  CostingQuery,
  CreateFormula,
  DraftCosting,
  DraftFormula,
  FormulaPage,
  FormulaQuery,
  FormulaView,
  UpdateFormula,
  type FormulaSummary,
} from './formulas.schemas.js';
import { FormulasService } from './formulas.service.js';

@ApiTags('compounding')
@Controller('compound-formulas')
export class FormulasController {
  constructor(private readonly formulas: FormulasService) {}

  @Get()
  @RequirePermission('ReadDrug')
  @ApiOkResponse({ standardSchema: FormulaPage })
  findPage(
    @Ctx() ctx: RequestContext,
    @Query({ schema: FormulaQuery }) query: z.output<typeof FormulaQuery>,
  ): Promise<Page<FormulaSummary>> {
    return this.formulas.findPage(ctx, query);
  }

  @Get('limits')
  @RequirePermission('ReadDrug')
  @ApiOkResponse({ standardSchema: BeyondUseLimits })
  limits(@Ctx() ctx: RequestContext): Promise<BeyondUseLimits> {
    return this.formulas.limits(ctx);
  }

  @Get(':id')
  @RequirePermission('ReadDrug')
  @ApiOkResponse({ standardSchema: FormulaView })
  findOne(@Ctx() ctx: RequestContext, @Param('id', { schema: PathId }) id: number): Promise<FormulaView> {
    return this.formulas.findOne(ctx, id);
  }

  @Post('costing')
  @HttpCode(200)
  @RequirePermission('Compound')
  @ApiOkResponse({ standardSchema: DraftCosting })
  draftCosting(
    @Ctx() ctx: RequestContext,
    @Body({ schema: DraftFormula }) draft: DraftFormula,
  ): Promise<DraftCosting> {
    return this.formulas.draftCosting(ctx, draft);
  }

  @Get(':id/costing')
  @RequirePermission('Compound')
  @ApiOkResponse({ standardSchema: Costing })
  costing(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Query({ schema: CostingQuery }) query: z.output<typeof CostingQuery>,
  ): Promise<Costing> {
    return this.formulas.costing(ctx, id, query.quantity);
  }

  @Post()
  @RequirePermission('Compound', 'VerifyPrescription')
  @ApiCreatedResponse({ standardSchema: FormulaView })
  create(
    @Ctx() ctx: RequestContext,
    @Body({ schema: CreateFormula }) input: CreateFormula,
  ): Promise<FormulaView> {
    return this.formulas.create(ctx, input);
  }

  @Patch(':id')
  @RequirePermission('Compound', 'VerifyPrescription')
  @ApiOkResponse({ standardSchema: FormulaView })
  update(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: UpdateFormula }) input: UpdateFormula,
  ): Promise<FormulaView> {
    return this.formulas.update(ctx, id, input);
  }
}
