import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';

import { PathId, type Page } from '../../../platform/http/schemas.js';
import { Ctx, RequirePermission } from '../../../platform/security/decorators.js';
import type { RequestContext } from '../../../platform/security/request-context.js';
import { ListQuery } from '../list.schemas.js';
import { ListService } from '../list.service.js';
import type { Counted } from '../list.types.js';
import { DOSAGE_FORMS, type DosageForm } from './dosage-form.entity.js';
import {
  CreateDosageForm,
  DosageFormPage,
  DosageFormView,
  UpdateDosageForm,
} from './dosage-forms.schemas.js';

/** Pharmaceutical forms: tablet, syrup, … */
@ApiTags('reference')
@Controller('reference/dosage-forms')
export class DosageFormsController {
  constructor(private readonly lists: ListService) {}

  @Get()
  @RequirePermission('ReadDrug')
  @ApiOkResponse({ standardSchema: DosageFormPage })
  list(
    @Ctx() ctx: RequestContext,
    @Query({ schema: ListQuery }) query: ListQuery,
  ): Promise<Page<Counted<DosageForm>>> {
    return this.lists.findPage(ctx, DOSAGE_FORMS, query);
  }

  @Get(':id')
  @RequirePermission('ReadDrug')
  @ApiOkResponse({ standardSchema: DosageFormView })
  one(@Ctx() ctx: RequestContext, @Param('id', { schema: PathId }) id: number): Promise<DosageForm> {
    return this.lists.findOne(ctx, DOSAGE_FORMS, id);
  }

  @Post()
  @RequirePermission('ManageDrugCatalog')
  @ApiCreatedResponse({ standardSchema: DosageFormView })
  create(
    @Ctx() ctx: RequestContext,
    @Body({ schema: CreateDosageForm }) input: z.output<typeof CreateDosageForm>,
  ): Promise<DosageForm> {
    return this.lists.create(ctx, DOSAGE_FORMS, input);
  }

  @Patch(':id')
  @RequirePermission('ManageDrugCatalog')
  @ApiOkResponse({ standardSchema: DosageFormView })
  update(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: UpdateDosageForm }) input: z.output<typeof UpdateDosageForm>,
  ): Promise<DosageForm> {
    return this.lists.update(ctx, DOSAGE_FORMS, id, input);
  }
}
