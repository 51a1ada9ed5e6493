import { Body, Controller, Get, Param, Patch, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';

import { PathId } from '../../platform/http/schemas.js';
import { Ctx, RequirePermission } from '../../platform/security/decorators.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import {
  AllergyList,
  AllergyView,
  ConditionList,
  ConditionView,
  CreateAllergy,
  CreateCondition,
  CreateInsurance,
  CreateMedication,
  InsuranceList,
  InsuranceView,
  MedicationList,
  MedicationView,
  UpdateAllergy,
  UpdateCondition,
  UpdateInsurance,
  UpdateMedication,
} from './patient-records.schemas.js';
import { PatientRecordsService } from './patient-records.service.js';

/** Allergies, conditions, medicines from elsewhere and insurance of a patient. */
@ApiTags('patients')
@Controller('patients/:id')
export class PatientRecordsController {
  constructor(private readonly records: PatientRecordsService) {}

  @Get('allergies')
  @RequirePermission('ReadPatient')
  @ApiOkResponse({ standardSchema: AllergyList })
  listAllergies(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
  ): Promise<z.output<typeof AllergyList>> {
    return this.records.allergies(ctx, id);
  }

  @Post('allergies')
  @RequirePermission('WritePatient')
  @ApiCreatedResponse({ standardSchema: AllergyView })
  addAllergy(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: CreateAllergy }) input: z.output<typeof CreateAllergy>,
  ): Promise<z.output<typeof AllergyView>> {
    return this.records.addAllergy(ctx, id, input);
  }

  @Patch('allergies/:allergyId')
  @RequirePermission('WritePatient')
  @ApiOkResponse({ standardSchema: AllergyView })
  updateAllergy(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Param('allergyId', { schema: PathId }) allergyId: number,
    @Body({ schema: UpdateAllergy }) input: z.output<typeof UpdateAllergy>,
  ): Promise<z.output<typeof AllergyView>> {
    return this.records.updateAllergy(ctx, id, allergyId, input);
  }

  @Get('conditions')
  @RequirePermission('ReadPatient')
  @ApiOkResponse({ standardSchema: ConditionList })
  listConditions(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
  ): Promise<z.output<typeof ConditionList>> {
    return this.records.conditions(ctx, id);
  }

  @Post('conditions')
  @RequirePermission('WritePatient')
  @ApiCreatedResponse({ standardSchema: ConditionView })
  addCondition(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: CreateCondition }) input: z.output<typeof CreateCondition>,
  ): Promise<z.output<typeof ConditionView>> {
    return this.records.addCondition(ctx, id, input);
  }

  @Patch('conditions/:conditionId')
  @RequirePermission('WritePatient')
  @ApiOkResponse({ standardSchema: ConditionView })
  updateCondition(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Param('conditionId', { schema: PathId }) conditionId: number,
    @Body({ schema: UpdateCondition }) input: z.output<typeof UpdateCondition>,
  ): Promise<z.output<typeof ConditionView>> {
    return this.records.updateCondition(ctx, id, conditionId, input);
  }

  @Get('medications')
  @RequirePermission('ReadPatient')
  @ApiOkResponse({ standardSchema: MedicationList })
  listMedications(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
  ): Promise<z.output<typeof MedicationList>> {
    return this.records.medications(ctx, id);
  }

  @Post('medications')
  @RequirePermission('WritePatient')
  @ApiCreatedResponse({ standardSchema: MedicationView })
  addMedication(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: CreateMedication }) input: z.output<typeof CreateMedication>,
  ): Promise<z.output<typeof MedicationView>> {
    return this.records.addMedication(ctx, id, input);
  }

  @Patch('medications/:medicationId')
  @RequirePermission('WritePatient')
  @ApiOkResponse({ standardSchema: MedicationView })
  updateMedication(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Param('medicationId', { schema: PathId }) medicationId: number,
    @Body({ schema: UpdateMedication }) input: z.output<typeof UpdateMedication>,
  ): Promise<z.output<typeof MedicationView>> {
    return this.records.updateMedication(ctx, id, medicationId, input);
  }

  @Get('insurance')
  @RequirePermission('ReadPatient')
  @ApiOkResponse({ standardSchema: InsuranceList })
  listInsurance(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
  ): Promise<z.output<typeof InsuranceList>> {
    return this.records.insurance(ctx, id);
  }

  @Post('insurance')
  @RequirePermission('WritePatient', 'IdentifyPatients')
  @ApiCreatedResponse({ standardSchema: InsuranceView })
  addInsurance(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: CreateInsurance }) input: z.output<typeof CreateInsurance>,
  ): Promise<z.output<typeof InsuranceView>> {
    return this.records.addInsurance(ctx, id, input);
  }

  @Patch('insurance/:insuranceId')
  @RequirePermission('WritePatient', 'IdentifyPatients')
  @ApiOkResponse({ standardSchema: InsuranceView })
  updateInsurance(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Param('insuranceId', { schema: PathId }) insuranceId: number,
    @Body({ schema: UpdateInsurance }) input: z.output<typeof UpdateInsurance>,
  ): Promise<z.output<typeof InsuranceView>> {
    return this.records.updateInsurance(ctx, id, insuranceId, input);
  }
}
