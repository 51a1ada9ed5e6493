import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';

import { PathId, type Page } from '../../platform/http/schemas.js';
import { Ctx, Heavy, Idempotent, RequirePermission } from '../../platform/security/decorators.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { BatchesService } from './batches.service.js';
import {
  BatchFormat,
  BatchPage,
  BatchQuery,
  BatchView,
  ClaimDetail,
  ClaimExport,
  ClaimPage,
  ClaimQuery,
  ClaimsEstimate,
  CreateBatch,
  EstimateClaims,
  ExportQuery,
  FillClaims,
  PayClaim,
  ResubmitClaim,
  ReverseClaim,
  SubmitClaims,
  WriteOffClaim,
} from './claims.schemas.js';
import { ClaimsService } from './claims.service.js';
import { EstimatesService } from './estimates.service.js';

type Claims = Promise<z.output<typeof FillClaims>>;

@ApiTags('insurance')
@Controller('claims')
export class ClaimsController {
  constructor(
    private readonly claims: ClaimsService,
    private readonly batches: BatchesService,
    private readonly estimates: EstimatesService,
  ) {}

  @Get()
  @RequirePermission('ReadClaims')
  @ApiOkResponse({ standardSchema: ClaimPage })
  list(
    @Ctx() ctx: RequestContext,
    @Query({ schema: ClaimQuery }) query: z.output<typeof ClaimQuery>,
  ): Promise<z.output<typeof ClaimPage>> {
    return this.claims.findPage(ctx, query);
  }

  @Get('export')
  @Heavy()
  @RequirePermission('ReadClaims', 'IdentifyPatients')
  @ApiOkResponse({ standardSchema: ClaimExport })
  async export(
    @Ctx() ctx: RequestContext,
    @Query({ schema: ExportQuery }) query: z.output<typeof ExportQuery>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<z.output<typeof ClaimExport> | string> {
    if (query.format === 'json') return this.batches.export(ctx, query);
    asCsv(reply, `claims-${query.payerId}-${query.from}-${query.to}`);
    return this.batches.exportCsv(ctx, query);
  }

  @Get('batches')
  @RequirePermission('ReadClaims')
  @ApiOkResponse({ standardSchema: BatchPage })
  listBatches(
    @Ctx() ctx: RequestContext,
    @Query({ schema: BatchQuery }) query: z.output<typeof BatchQuery>,
  ): Promise<Page<z.output<typeof BatchView>>> {
    return this.batches.findPage(ctx, query);
  }

  @Post('batches')
  @RequirePermission('WriteClaims')
  @Idempotent()
  @ApiCreatedResponse({ standardSchema: BatchView })
  createBatch(
    @Ctx() ctx: RequestContext,
    @Body({ schema: CreateBatch }) input: z.output<typeof CreateBatch>,
  ): Promise<z.output<typeof BatchView>> {
    return this.batches.create(ctx, input);
  }

  @Get('batches/:id')
  @RequirePermission('ReadClaims', 'IdentifyPatients')
  @ApiOkResponse({ standardSchema: BatchView })
  async batch(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Query({ schema: BatchFormat }) query: z.output<typeof BatchFormat>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<z.output<typeof BatchView> | string> {
    if (query.format === 'json') return this.batches.get(ctx, id);
    const content = await this.batches.csv(ctx, id);
    asCsv(reply, `claim-batch-${id}`);
    return content;
  }

  @Post('estimate')
  @HttpCode(200)
  @RequirePermission('ReadClaims')
  @ApiOkResponse({ standardSchema: ClaimsEstimate })
  estimate(
    @Ctx() ctx: RequestContext,
    @Body({ schema: EstimateClaims }) input: z.output<typeof EstimateClaims>,
  ): Promise<z.output<typeof ClaimsEstimate>> {
    return this.estimates.estimate(ctx, input);
  }

  @Post()
  @RequirePermission('WriteClaims')
  @Idempotent()
  @ApiCreatedResponse({ standardSchema: FillClaims })
  submit(
    @Ctx() ctx: RequestContext,
    @Body({ schema: SubmitClaims }) input: z.output<typeof SubmitClaims>,
  ): Claims {
    return this.claims.submit(ctx, input.fillId);
  }

  @Get(':id')
  @RequirePermission('ReadClaims')
  @ApiOkResponse({ standardSchema: ClaimDetail })
  get(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
  ): Promise<z.output<typeof ClaimDetail>> {
    return this.claims.get(ctx, id);
  }

  @Post(':id/adjudicate')
  @RequirePermission('WriteClaims')
  @Idempotent()
  @ApiCreatedResponse({ standardSchema: FillClaims })
  adjudicate(@Ctx() ctx: RequestContext, @Param('id', { schema: PathId }) id: number): Claims {
    return this.claims.adjudicate(ctx, id);
  }

  @Post(':id/pay')
  @RequirePermission('WriteClaims')
  @Idempotent()
  @ApiCreatedResponse({ standardSchema: FillClaims })
  pay(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: PayClaim }) input: z.output<typeof PayClaim>,
  ): Claims {
    return this.claims.pay(ctx, id, input);
  }

  @Post(':id/resubmit')
  @RequirePermission('WriteClaims')
  @Idempotent()
  @ApiCreatedResponse({ standardSchema: FillClaims })
  resubmit(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: ResubmitClaim }) input: z.output<typeof ResubmitClaim>,
  ): Claims {
    return this.claims.resubmit(ctx, id, input);
  }

  @Post(':id/write-off')
  @RequirePermission('WriteClaims')
  @Idempotent()
  @ApiCreatedResponse({ standardSchema: FillClaims })
  writeOff(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: WriteOffClaim }) input: z.output<typeof WriteOffClaim>,
  ): Claims {
    return this.claims.writeOff(ctx, id, input.reason);
  }

  @Post(':id/reverse')
  @RequirePermission('WriteClaims')
  @Idempotent()
  @ApiCreatedResponse({ standardSchema: FillClaims })
  reverse(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: ReverseClaim }) input: z.output<typeof ReverseClaim>,
  ): Claims {
    return this.claims.reverse(ctx, id, input.reason);
  }
}

function asCsv(reply: FastifyReply, name: string): void {
  reply.header('content-type', 'text/csv; charset=utf-8');
  reply.header('content-disposition', `attachment; filename="${name}.csv"`);
}
