import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';

import { PathId, type Page } from '../../platform/http/schemas.js';
import { Ctx, RequirePermission } from '../../platform/security/decorators.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import type { Supplier } from './supplier.entity.js';
import {
  CreateSupplier,
  SupplierPage,
  SupplierQuery,
  SupplierView,
  UpdateSupplier,
} from './suppliers.schemas.js';
import { SuppliersService } from './suppliers.service.js';

@ApiTags('procurement')
@Controller('suppliers')
export class SuppliersController {
  constructor(private readonly suppliers: SuppliersService) {}

  @Get()
  @RequirePermission('ReadProcurement')
  @ApiOkResponse({ standardSchema: SupplierPage })
  list(
    @Ctx() ctx: RequestContext,
    @Query({ schema: SupplierQuery }) query: z.output<typeof SupplierQuery>,
  ): Promise<Page<Supplier>> {
    return this.suppliers.findPage(ctx, query);
  }

  @Get(':id')
  @RequirePermission('ReadProcurement')
  @ApiOkResponse({ standardSchema: SupplierView })
  get(@Ctx() ctx: RequestContext, @Param('id', { schema: PathId }) id: number): Promise<Supplier> {
    return this.suppliers.get(ctx, id);
  }

  @Post()
  @RequirePermission('WriteProcurement')
  @ApiCreatedResponse({ standardSchema: SupplierView })
  create(
    @Ctx() ctx: RequestContext,
    @Body({ schema: CreateSupplier }) input: z.output<typeof CreateSupplier>,
  ): Promise<Supplier> {
    return this.suppliers.create(ctx, input);
  }

  @Patch(':id')
  @RequirePermission('WriteProcurement')
  @ApiOkResponse({ standardSchema: SupplierView })
  update(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: UpdateSupplier }) input: z.output<typeof UpdateSupplier>,
  ): Promise<Supplier> {
    return this.suppliers.update(ctx, id, input);
  }
}
