import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';

import { PathId } from '../../platform/http/schemas.js';
import { Ctx, FindsPersons, RequirePermission, SearchByBody } from '../../platform/security/decorators.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import {
  BinList,
  BinView,
  CreateBin,
  SearchWillCall,
  UpdateBin,
  WillCallPage,
  WillCallQuery,
} from './will-call.schemas.js';
import { WillCallService } from './will-call.service.js';

@ApiTags('will-call')
@Controller('will-call')
export class WillCallController {
  constructor(private readonly willCall: WillCallService) {}

  @Get()
  @FindsPersons()
  @RequirePermission('ReadPrescription')
  @ApiOkResponse({ standardSchema: WillCallPage })
  list(
    @Ctx() ctx: RequestContext,
    @Query({ schema: WillCallQuery }) query: z.output<typeof WillCallQuery>,
  ): Promise<z.output<typeof WillCallPage>> {
    return this.willCall.findPage(ctx, query);
  }

  @Post('search')
  @FindsPersons()
  @SearchByBody()
  @RequirePermission('ReadPrescription')
  @ApiOkResponse({ standardSchema: WillCallPage })
  search(
    @Ctx() ctx: RequestContext,
    @Body({ schema: SearchWillCall }) query: z.output<typeof SearchWillCall>,
  ): Promise<z.output<typeof WillCallPage>> {
    return this.willCall.findPage(ctx, query);
  }

  @Get('bins')
  @RequirePermission('ReadPrescription')
  @ApiOkResponse({ standardSchema: BinList })
  bins(@Ctx() ctx: RequestContext): Promise<z.output<typeof BinList>> {
    return this.willCall.bins(ctx);
  }

  @Post('bins')
  @RequirePermission('ManageBranches')
  @ApiCreatedResponse({ standardSchema: BinView })
  createBin(
    @Ctx() ctx: RequestContext,
    @Body({ schema: CreateBin }) input: z.output<typeof CreateBin>,
  ): Promise<z.output<typeof BinView>> {
    return this.willCall.createBin(ctx, input);
  }

  @Patch('bins/:id')
  @RequirePermission('ManageBranches')
  @ApiOkResponse({ standardSchema: BinView })
  updateBin(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: UpdateBin }) input: z.output<typeof UpdateBin>,
  ): Promise<z.output<typeof BinView>> {
    return this.willCall.updateBin(ctx, id, input);
  }
}
