import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';

import { PathId, type Page } from '../../platform/http/schemas.js';
import { Ctx, RequirePermission } from '../../platform/security/decorators.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import type { Payer } from './payer.entity.js';
import {
  CreatePayer,
  CreatePlan,
  CreateRule,
  PayerPage,
  PayerQuery,
  PayerView,
  PlanList,
  PlanView,
  RulePage,
  RuleQuery,
  RuleView,
  UpdatePayer,
  UpdatePlan,
  UpdateRule,
} from './payers.schemas.js';
import { PayersService } from './payers.service.js';

@ApiTags('insurance')
@Controller()
export class PayersController {
  constructor(private readonly payers: PayersService) {}

  @Get('payers')
  @RequirePermission('ReadClaims')
  @ApiOkResponse({ standardSchema: PayerPage })
  list(
    @Ctx() ctx: RequestContext,
    @Query({ schema: PayerQuery }) query: z.output<typeof PayerQuery>,
  ): Promise<Page<Payer>> {
    return this.payers.findPage(ctx, query);
  }

  @Get('payers/:id')
  @RequirePermission('ReadClaims')
  @ApiOkResponse({ standardSchema: PayerView })
  get(@Ctx() ctx: RequestContext, @Param('id', { schema: PathId }) id: number): Promise<Payer> {
    return this.payers.get(ctx, id);
  }

  @Post('payers')
  @RequirePermission('WriteClaims')
  @ApiCreatedResponse({ standardSchema: PayerView })
  create(
    @Ctx() ctx: RequestContext,
    @Body({ schema: CreatePayer }) input: z.output<typeof CreatePayer>,
  ): Promise<Payer> {
    return this.payers.create(ctx, input);
  }

  @Patch('payers/:id')
  @RequirePermission('WriteClaims')
  @ApiOkResponse({ standardSchema: PayerView })
  update(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: UpdatePayer }) input: z.output<typeof UpdatePayer>,
  ): Promise<Payer> {
    return this.payers.update(ctx, id, input);
  }

  @Get('payers/:id/plans')
  @RequirePermission('ReadClaims')
  @ApiOkResponse({ standardSchema: PlanList })
  plans(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
  ): Promise<z.output<typeof PlanList>> {
    return this.payers.plans(ctx, id);
  }

  @Post('payers/:id/plans')
  @RequirePermission('WriteClaims')
  @ApiCreatedResponse({ standardSchema: PlanView })
  createPlan(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: CreatePlan }) input: z.output<typeof CreatePlan>,
  ): Promise<z.output<typeof PlanView>> {
    return this.payers.createPlan(ctx, id, input);
  }

  @Patch('plans/:id')
  @RequirePermission('WriteClaims')
  @ApiOkResponse({ standardSchema: PlanView })
  updatePlan(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: UpdatePlan }) input: z.output<typeof UpdatePlan>,
  ): Promise<z.output<typeof PlanView>> {
    return this.payers.updatePlan(ctx, id, input);
  }

  @Get('plans/:id/rules')
  @RequirePermission('ReadClaims')
  @ApiOkResponse({ standardSchema: RulePage })
  rules(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Query({ schema: RuleQuery }) query: z.output<typeof RuleQuery>,
  ): Promise<Page<z.output<typeof RuleView>>> {
    return this.payers.rules(ctx, id, query);
  }

  @Post('plans/:id/rules')
  @RequirePermission('WriteClaims')
  @ApiCreatedResponse({ standardSchema: RuleView })
  createRule(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: CreateRule }) input: z.output<typeof CreateRule>,
  ): Promise<z.output<typeof RuleView>> {
    return this.payers.createRule(ctx, id, input);
  }

  @Patch('plans/rules/:id')
  @RequirePermission('WriteClaims')
  @ApiOkResponse({ standardSchema: RuleView })
  updateRule(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: UpdateRule }) input: z.output<typeof UpdateRule>,
  ): Promise<z.output<typeof RuleView>> {
    return this.payers.updateRule(ctx, id, input);
  }
}
