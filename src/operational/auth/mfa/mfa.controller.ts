import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Req } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';

import { PathId } from '../../../platform/http/schemas.js';
import { AnySignedIn, Ctx, RequireStepUp } from '../../../platform/security/decorators.js';
import type { RequestContext } from '../../../platform/security/request-context.js';
import { deviceOf } from '../device.js';
import {
  AddKey,
  BeginTotp,
  ConfirmTotp,
  KeyOptions,
  MfaView,
  RecoveryCodesView,
  RenameFactor,
  TotpBegun,
} from './mfa.schemas.js';
import { MfaService, type MfaState } from './mfa.service.js';

/** The caller's second factors. */
@ApiTags('auth')
@Controller('auth/mfa')
@AnySignedIn()
export class MfaController {
  constructor(private readonly mfa: MfaService) {}

  @Get()
  @ApiOkResponse({ standardSchema: MfaView })
  state(@Ctx() ctx: RequestContext, @Req() request: FastifyRequest): Promise<MfaState> {
    return this.mfa.state(ctx, deviceOf(request));
  }

  @Post('totp')
  @RequireStepUp()
  @ApiCreatedResponse({ standardSchema: TotpBegun })
  beginTotp(
    @Ctx() ctx: RequestContext,
    @Body({ schema: BeginTotp }) input: z.output<typeof BeginTotp>,
  ): Promise<z.output<typeof TotpBegun>> {
    return this.mfa.beginTotp(ctx, input.name);
  }

  @Post('totp/:id/confirm')
  @HttpCode(200)
  @RequireStepUp()
  @ApiOkResponse({ standardSchema: RecoveryCodesView })
  async confirmTotp(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: ConfirmTotp }) input: z.output<typeof ConfirmTotp>,
  ): Promise<z.output<typeof RecoveryCodesView>> {
    return { recoveryCodes: await this.mfa.confirmTotp(ctx, id, input.otp) };
  }

  @Post('webauthn/options')
  @HttpCode(200)
  @RequireStepUp()
  @ApiOkResponse({ standardSchema: KeyOptions })
  async keyOptions(
    @Ctx() ctx: RequestContext,
    @Req() request: FastifyRequest,
  ): Promise<z.input<typeof KeyOptions>> {
    return (await this.mfa.keyOptions(ctx, deviceOf(request))) as z.input<typeof KeyOptions>;
  }

  @Post('webauthn')
  @RequireStepUp()
  @ApiCreatedResponse({ standardSchema: RecoveryCodesView })
  async addKey(
    @Ctx() ctx: RequestContext,
    @Body({ schema: AddKey }) input: z.output<typeof AddKey>,
    @Req() request: FastifyRequest,
  ): Promise<z.output<typeof RecoveryCodesView>> {
    return { recoveryCodes: await this.mfa.addKey(ctx, input, deviceOf(request)) };
  }

  @Post('recovery-codes')
  @RequireStepUp()
  @ApiCreatedResponse({ standardSchema: RecoveryCodesView })
  async newRecoveryCodes(@Ctx() ctx: RequestContext): Promise<z.output<typeof RecoveryCodesView>> {
    return { recoveryCodes: await this.mfa.newRecoveryCodes(ctx) };
  }

  @Patch(':id')
  @HttpCode(204)
  @RequireStepUp()
  @ApiNoContentResponse()
  rename(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
    @Body({ schema: RenameFactor }) input: z.output<typeof RenameFactor>,
  ): Promise<void> {
    return this.mfa.rename(ctx, id, input.name);
  }

  @Delete(':id')
  @HttpCode(204)
  @RequireStepUp()
  @ApiNoContentResponse()
  remove(@Ctx() ctx: RequestContext, @Param('id', { schema: PathId }) id: number): Promise<void> {
    return this.mfa.remove(ctx, id);
  }
}
