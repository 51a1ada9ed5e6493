import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';

import { PathId, type Page } from '../../platform/http/schemas.js';
import {
  Ctx,
  FindsPersons,
  Idempotent,
  RequirePermission,
  SearchByBody,
} from '../../platform/security/decorators.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { FillingService } from './filling.service.js';
import {
  ChangeState,
  CreatePrescription,
  FilledView,
  FillPrescription,
  PatientPrescriptionsQuery,
  PrescriptionDetail,
  PrescriptionPage,
  PrescriptionQuery,
  SearchPrescriptions,
  ReviewPrescription,
  ReportStop,
  TransferPrescription,
  UpdatePromise,
  type PrescriptionRow,
} from './prescriptions.schemas.js';
import { PrescriptionStepsService } from './prescription-steps.service.js';
import { PromisesService } from './promises.service.js';
import { PrescriptionsService } from './prescriptions.service.js';

type Row = z.output<typeof PrescriptionRow>;
type Detail = z.output<typeof PrescriptionDetail>;

@ApiTags('prescriptions')
@Controller()
export class PrescriptionsController {
  constructor(
    private readonly prescriptions: PrescriptionsService,
    private readonly filling: FillingService,
    private readonly steps: PrescriptionStepsService,
    private readonly promises: PromisesService,
  ) {}

  @Get('prescriptions')
  @FindsPersons()
  @RequirePermission('ReadPrescription')
  @ApiOkResponse({ standardSchema: PrescriptionPage })
  list(
    @Ctx() ctx: RequestContext,
    @Query({ schema: PrescriptionQuery }) query: z.output<typeof PrescriptionQuery>,
  ): Promise<Page<Row>> {
    return this.prescriptions.findPage(ctx, query);
  }

  @Post('prescriptions/search')
  @FindsPersons()
  @SearchByBody()
  @RequirePermission('ReadPrescription')
  @ApiOkResponse({ standardSchema: PrescriptionPage })
  search(
    @Ctx() ctx: RequestContext,
    @Body({ schema: SearchPrescriptions }) query: z.output<typeof SearchPrescriptions>,
  ): Promise<Page<Row>> {
    return this.prescriptions.findPage(ctx, query);
  }

  @Get('patients/:id/prescriptions')
  @RequirePermission('ReadPatient', 'ReadPrescription')
  @ApiOkResponse({ standardSchema: PrescriptionPage })
  listOfPatient(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Query({ schema: PatientPrescriptionsQuery }) query: z.output<typeof PatientPrescriptionsQuery>,
  ): Promise<Page<Row>> {
    return this.prescriptions.findOfPatient(ctx, id, query);
  }

  @Get('prescriptions/:id')
  @RequirePermission('ReadPrescription')
  @ApiOkResponse({ standardSchema: PrescriptionDetail })
  findOne(@Ctx() ctx: RequestContext, @Param('id', { schema: PathId }) id: number): Promise<Detail> {
    return this.prescriptions.findOne(ctx, id);
  }

  @Post('prescriptions')
  @RequirePermission('WritePrescription')
  @ApiCreatedResponse({ standardSchema: PrescriptionDetail })
  create(
    @Ctx() ctx: RequestContext,
    @Body({ schema: CreatePrescription }) input: z.output<typeof CreatePrescription>,
  ): Promise<Detail> {
    return this.prescriptions.createWithValidation(ctx, input);
  }

  @Patch('prescriptions/:id')
  @RequirePermission('WritePrescription')
  @ApiOkResponse({ standardSchema: PrescriptionDetail })
  promise(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: UpdatePromise }) input: z.output<typeof UpdatePromise>,
  ): Promise<Detail> {
    return this.promises.ofPrescription(ctx, id, input);
  }

  @Post('prescriptions/:id/fill')
  @RequirePermission('DispensePrescription')
  @Idempotent()
  @ApiCreatedResponse({ standardSchema: FilledView })
  fill(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: FillPrescription }) input: z.output<typeof FillPrescription>,
  ): Promise<z.output<typeof FilledView>> {
    return this.filling.fill(ctx, id, input);
  }

  @Post('prescriptions/:id/refill')
  @RequirePermission('DispensePrescription')
  @Idempotent()
  @ApiCreatedResponse({ standardSchema: FilledView })
  refill(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: FillPrescription }) input: z.output<typeof FillPrescription>,
  ): Promise<z.output<typeof FilledView>> {
    return this.filling.refill(ctx, id, input);
  }

  @Post('prescriptions/:id/hold')
  @HttpCode(200)
  @RequirePermission('WritePrescription')
  @ApiOkResponse({ standardSchema: PrescriptionDetail })
  hold(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: ChangeState }) input: z.output<typeof ChangeState>,
  ): Promise<Detail> {
    return this.steps.hold(ctx, id, input.reason);
  }

  @Post('prescriptions/:id/release')
  @HttpCode(200)
  @RequirePermission('WritePrescription')
  @ApiOkResponse({ standardSchema: PrescriptionDetail })
  release(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: ChangeState }) input: z.output<typeof ChangeState>,
  ): Promise<Detail> {
    return this.steps.release(ctx, id, input.reason);
  }

  @Post('prescriptions/:id/cancel')
  @HttpCode(200)
  @RequirePermission('WritePrescription')
  @ApiOkResponse({ standardSchema: PrescriptionDetail })
  cancel(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: ChangeState }) input: z.output<typeof ChangeState>,
  ): Promise<Detail> {
    return this.prescriptions.cancel(ctx, id, input.reason);
  }

  @Post('prescriptions/:id/submit')
  @HttpCode(200)
  @RequirePermission('WritePrescription')
  @ApiOkResponse({ standardSchema: PrescriptionDetail })
  submit(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: ChangeState }) input: z.output<typeof ChangeState>,
  ): Promise<Detail> {
    return this.steps.submit(ctx, id, input.reason);
  }

  @Post('prescriptions/:id/review')
  @HttpCode(200)
  @RequirePermission('VerifyPrescription')
  @ApiOkResponse({ standardSchema: PrescriptionDetail })
  review(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: ReviewPrescription }) input: z.output<typeof ReviewPrescription>,
  ): Promise<Detail> {
    return this.steps.review(ctx, id, input.note);
  }

  @Post('prescriptions/:id/transfer')
  @HttpCode(200)
  @RequirePermission('WritePrescription')
  @ApiOkResponse({ standardSchema: PrescriptionDetail })
  transfer(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: TransferPrescription }) input: z.output<typeof TransferPrescription>,
  ): Promise<Detail> {
    return this.steps.transfer(ctx, id, input);
  }

  @Post('prescriptions/:id/report-stop')
  @HttpCode(200)
  @RequirePermission('WritePrescription')
  @ApiOkResponse({ standardSchema: PrescriptionDetail })
  reportStop(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: ReportStop }) input: z.output<typeof ReportStop>,
  ): Promise<Detail> {
    return this.steps.reportStop(ctx, id, input);
  }
}
