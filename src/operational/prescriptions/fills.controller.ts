import { Body, Controller, Get, Header, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';

import { PathId } from '../../platform/http/schemas.js';
import { Ctx, Idempotent, RequirePermission } from '../../platform/security/decorators.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { FillsService } from './fills.service.js';
import { CounselFill, MoveFill } from './pick-up.schemas.js';
import { PromisesService } from './promises.service.js';
import {
  ChangeState,
  DispenseFill,
  FillView,
  LabelQuery,
  LeafletQuery,
  ReadyFill,
  UpdatePromise,
  VerifyFill,
} from './prescriptions.schemas.js';

type Shown = z.output<typeof FillView>;

@ApiTags('fills')
@Controller('fills')
export class FillsController {
  constructor(
    private readonly fills: FillsService,
    private readonly promises: PromisesService,
  ) {}

  @Get(':id')
  @RequirePermission('ReadPrescription')
  @ApiOkResponse({ standardSchema: FillView })
  findOne(@Ctx() ctx: RequestContext, @Param('id', { schema: PathId }) id: number): Promise<Shown> {
    return this.fills.findOne(ctx, id);
  }

  @Patch(':id')
  @RequirePermission('DispensePrescription')
  @ApiOkResponse({ standardSchema: FillView })
  promise(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: UpdatePromise }) input: z.output<typeof UpdatePromise>,
  ): Promise<Shown> {
    return this.promises.ofFill(ctx, id, input);
  }

  @Get(':id/label')
  @RequirePermission('ReadPrescription', 'IdentifyPatients')
  @Header('content-type', 'text/html; charset=utf-8')
  @ApiProduces('text/html')
  @ApiOkResponse({
    description: 'Printable label; every one after the first is marked COPY',
    schema: { type: 'string' },
  })
  label(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Query({ schema: LabelQuery }) query: z.output<typeof LabelQuery>,
  ): Promise<string> {
    return this.fills.label(ctx, id, query);
  }

  @Get(':id/leaflet')
  @RequirePermission('ReadPrescription', 'IdentifyPatients')
  @Header('content-type', 'text/html; charset=utf-8')
  @ApiProduces('text/html')
  @ApiOkResponse({ description: 'Printable page for the patient, A4', schema: { type: 'string' } })
  leaflet(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Query({ schema: LeafletQuery }) query: z.output<typeof LeafletQuery>,
  ): Promise<string> {
    return this.fills.leaflet(ctx, id, query.lang);
  }

  @Post(':id/verify')
  @HttpCode(200)
  @RequirePermission('VerifyPrescription')
  @ApiOkResponse({ standardSchema: FillView })
  verify(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: VerifyFill }) input: z.output<typeof VerifyFill>,
  ): Promise<Shown> {
    return this.fills.verify(ctx, id, input);
  }

  @Post(':id/ready')
  @HttpCode(200)
  @RequirePermission('DispensePrescription')
  @ApiOkResponse({ standardSchema: FillView })
  ready(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: ReadyFill }) input: z.output<typeof ReadyFill>,
  ): Promise<Shown> {
    return this.fills.ready(ctx, id, input.bin);
  }

  @Post(':id/move')
  @HttpCode(200)
  @RequirePermission('DispensePrescription')
  @ApiOkResponse({ standardSchema: FillView })
  move(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: MoveFill }) input: z.output<typeof MoveFill>,
  ): Promise<Shown> {
    return this.fills.move(ctx, id, input.bin);
  }

  @Post(':id/counsel')
  @HttpCode(200)
  @RequirePermission('DispensePrescription')
  @ApiOkResponse({ standardSchema: FillView })
  counsel(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: CounselFill }) input: z.output<typeof CounselFill>,
  ): Promise<Shown> {
    return this.fills.counsel(ctx, id, input);
  }

  @Get(':id/signature')
  @RequirePermission('ReadPrescription', 'IdentifyPatients')
  @Header('content-type', 'image/png')
  @Header('content-disposition', 'inline; filename="signature.png"')
  @ApiProduces('image/png')
  @ApiOkResponse({ description: 'Signature given at pick-up', schema: { type: 'string', format: 'binary' } })
  signature(@Ctx() ctx: RequestContext, @Param('id', { schema: PathId }) id: number): Promise<Buffer> {
    return this.fills.signature(ctx, id);
  }

  @Post(':id/dispense')
  @HttpCode(200)
  @RequirePermission('DispensePrescription')
  @Idempotent()
  @ApiOkResponse({ standardSchema: FillView })
  dispense(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: DispenseFill }) input: z.output<typeof DispenseFill>,
  ): Promise<Shown> {
    return this.fills.dispense(ctx, id, input);
  }

  @Post(':id/return-to-stock')
  @HttpCode(200)
  @RequirePermission('DispensePrescription')
  @Idempotent()
  @ApiOkResponse({ standardSchema: FillView })
  returnToStock(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: ChangeState }) input: z.output<typeof ChangeState>,
  ): Promise<Shown> {
    return this.fills.returnToStock(ctx, id, input.reason);
  }

  @Post(':id/reverse')
  @HttpCode(200)
  @RequirePermission('DispensePrescription')
  @Idempotent()
  @ApiOkResponse({ standardSchema: FillView })
  reverse(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: ChangeState }) input: z.output<typeof ChangeState>,
  ): Promise<Shown> {
    return this.fills.reverse(ctx, id, input.reason);
  }
}
