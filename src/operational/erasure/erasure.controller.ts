import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';

import { PathId } from '../../platform/http/schemas.js';
import { Ctx, RequirePermission, RequireStepUp } from '../../platform/security/decorators.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import {
  CreateErasureRequest,
  DecideErasureRequest,
  ErasedIdentities,
  ErasurePreview,
  ErasureRequestPage,
  ErasureRequestQuery,
  ErasureRequestView,
  ReadErasedIdentity,
  RecordClass,
  RetentionRule,
  RetentionRuleList,
  UpdateRetentionRule,
} from './erasure.schemas.js';
import { ErasureService } from './erasure.service.js';

@ApiTags('patients')
@Controller('patients/:id')
export class PatientErasureController {
  constructor(private readonly erasure: ErasureService) {}

  @Get('erasure-preview')
  @RequirePermission('ErasePatient', 'IdentifyPatients')
  @ApiOkResponse({ standardSchema: ErasurePreview })
  preview(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
  ): ReturnType<ErasureService['preview']> {
    return this.erasure.preview(ctx, id);
  }

  @Post('erasure-requests')
  @RequirePermission('ErasePatient', 'IdentifyPatients')
  @ApiCreatedResponse({ standardSchema: ErasureRequestView })
  request(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: CreateErasureRequest }) input: z.output<typeof CreateErasureRequest>,
  ): ReturnType<ErasureService['request']> {
    return this.erasure.request(ctx, id, input);
  }
}

@ApiTags('patients')
@Controller('erasure-requests')
export class ErasureController {
  constructor(private readonly erasure: ErasureService) {}

  @Get()
  @RequirePermission('ErasePatient', 'IdentifyPatients')
  @ApiOkResponse({ standardSchema: ErasureRequestPage })
  list(
    @Ctx() ctx: RequestContext,
    @Query({ schema: ErasureRequestQuery }) query: z.output<typeof ErasureRequestQuery>,
  ): ReturnType<ErasureService['findPage']> {
    return this.erasure.findPage(ctx, query);
  }

  @Get(':id')
  @RequirePermission('ErasePatient', 'IdentifyPatients')
  @ApiOkResponse({ standardSchema: ErasureRequestView })
  one(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
  ): ReturnType<ErasureService['findOne']> {
    return this.erasure.findOne(ctx, id);
  }

  @Post(':id/approve')
  @HttpCode(200)
  @RequirePermission('ErasePatient', 'IdentifyPatients')
  @RequireStepUp()
  @ApiOkResponse({ standardSchema: ErasureRequestView })
  approve(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
  ): ReturnType<ErasureService['approve']> {
    return this.erasure.approve(ctx, id);
  }

  @Post(':id/refuse')
  @HttpCode(200)
  @RequirePermission('ErasePatient', 'IdentifyPatients')
  @ApiOkResponse({ standardSchema: ErasureRequestView })
  refuse(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: DecideErasureRequest }) { reason }: z.output<typeof DecideErasureRequest>,
  ): ReturnType<ErasureService['decide']> {
    return this.erasure.decide(ctx, id, 'refused', reason);
  }

  @Post(':id/withdraw')
  @HttpCode(200)
  @RequirePermission('ErasePatient', 'IdentifyPatients')
  @ApiOkResponse({ standardSchema: ErasureRequestView })
  withdraw(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: DecideErasureRequest }) { reason }: z.output<typeof DecideErasureRequest>,
  ): ReturnType<ErasureService['decide']> {
    return this.erasure.decide(ctx, id, 'withdrawn', reason);
  }

  @Post(':id/identity')
  @HttpCode(200)
  @RequirePermission('ReadErasedIdentity', 'IdentifyPatients')
  @RequireStepUp()
  @ApiOkResponse({ standardSchema: ErasedIdentities })
  identity(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: ReadErasedIdentity }) { reason }: z.output<typeof ReadErasedIdentity>,
  ): ReturnType<ErasureService['identities']> {
    return this.erasure.identities(ctx, id, reason);
  }
}

@ApiTags('patients')
@Controller('retention-rules')
export class RetentionRulesController {
  constructor(private readonly erasure: ErasureService) {}

  @Get()
  @RequirePermission('ErasePatient')
  @ApiOkResponse({ standardSchema: RetentionRuleList })
  list(@Ctx() ctx: RequestContext): ReturnType<ErasureService['rules']> {
    return this.erasure.rules(ctx);
  }

  @Patch(':recordClass')
  @RequirePermission('ManageRetention')
  @RequireStepUp()
  @ApiOkResponse({ standardSchema: RetentionRule })
  update(
    @Ctx() ctx: RequestContext,
    @Param('recordClass', { schema: RecordClass }) recordClass: string,
    @Body({ schema: UpdateRetentionRule }) input: z.output<typeof UpdateRetentionRule>,
  ): ReturnType<ErasureService['updateRule']> {
    return this.erasure.updateRule(ctx, recordClass, input);
  }
}
