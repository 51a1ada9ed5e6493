import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';

import type { Page } from '../../platform/http/schemas.js';
import { Ctx, RequirePermission } from '../../platform/security/decorators.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import {
  ControlledCounted,
  CountControlled,
  CountSheet,
  SheetQuery,
  SignOffDay,
  SignOffPage,
  SignOffQuery,
  SignOffView,
} from './sign-offs.schemas.js';
import { SignOffsService } from './sign-offs.service.js';
import type { Counted, SignOff } from './sign-offs.types.js';

@ApiTags('controlled medicines')
@Controller('controlled-register')
export class SignOffsController {
  constructor(private readonly signOffs: SignOffsService) {}

  @Get('sheet')
  @RequirePermission('SignOffControlled')
  @ApiOkResponse({ standardSchema: CountSheet })
  sheet(
    @Ctx() ctx: RequestContext,
    @Query({ schema: SheetQuery }) query: z.output<typeof SheetQuery>,
  ): Promise<z.input<typeof CountSheet>> {
    return this.signOffs.sheet(ctx, query);
  }

  @Post('counts')
  @RequirePermission('SignOffControlled')
  @ApiCreatedResponse({ standardSchema: ControlledCounted })
  count(
    @Ctx() ctx: RequestContext,
    @Body({ schema: CountControlled }) input: z.output<typeof CountControlled>,
  ): Promise<Counted> {
    return this.signOffs.count(ctx, input);
  }

  @Get('sign-offs')
  @RequirePermission('ReadReports')
  @ApiOkResponse({ standardSchema: SignOffPage })
  list(
    @Ctx() ctx: RequestContext,
    @Query({ schema: SignOffQuery }) query: z.output<typeof SignOffQuery>,
  ): Promise<Page<SignOff>> {
    return this.signOffs.findPage(ctx, query);
  }

  @Post('sign-offs')
  @RequirePermission('SignOffControlled')
  @ApiCreatedResponse({ standardSchema: SignOffView })
  sign(
    @Ctx() ctx: RequestContext,
    @Body({ schema: SignOffDay }) input: z.output<typeof SignOffDay>,
  ): Promise<SignOff> {
    return this.signOffs.sign(ctx, input);
  }
}
