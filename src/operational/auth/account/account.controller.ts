import { Body, Controller, Delete, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';

import { PathId } from '../../../platform/http/schemas.js';
import { AnySignedIn, Ctx, RequireStepUp } from '../../../platform/security/decorators.js';
import type { RequestContext } from '../../../platform/security/request-context.js';
import { sentTokenOf } from '../../../platform/security/session-credential.js';
import { ChangePassword, StepUp, StepUpView, WitnessSign, WitnessSigned } from '../auth.schemas.js';
import { deviceOf, giveSession } from '../device.js';
import { KeyOptions } from '../mfa/mfa.schemas.js';
import { AccountService, type OwnSession } from './account.service.js';
import { KeyOptionsView, OwnSessionsView } from './account.schemas.js';
import { ConfirmationsService } from './confirmations.service.js';

const byOf = (request: FastifyRequest) => sentTokenOf(request)?.by ?? 'bearer';

/** What concerns the account and the sessions of the caller himself. */
@ApiTags('auth')
@Controller('auth')
@AnySignedIn()
export class AccountController {
  constructor(
    private readonly account: AccountService,
    private readonly confirmations: ConfirmationsService,
  ) {}

  @Post('password')
  @HttpCode(204)
  @ApiNoContentResponse()
  async changePassword(
    @Ctx() ctx: RequestContext,
    @Body({ schema: ChangePassword }) input: z.output<typeof ChangePassword>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const token = await this.account.changePassword(ctx, input, byOf(request), deviceOf(request));
    if (token !== undefined) giveSession(request, reply, { token });
  }

  @Post('step-up')
  @ApiCreatedResponse({ standardSchema: StepUpView })
  async stepUp(
    @Ctx() ctx: RequestContext,
    @Body({ schema: StepUp }) input: z.output<typeof StepUp>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<z.output<typeof StepUpView>> {
    const { sessionToken, ...answer } = await this.confirmations.stepUp(
      ctx,
      input,
      byOf(request),
      deviceOf(request),
    );
    if (sessionToken !== undefined) giveSession(request, reply, { token: sessionToken });
    return answer;
  }

  @Post('step-up/options')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: KeyOptionsView })
  async stepUpOptions(
    @Ctx() ctx: RequestContext,
    @Req() request: FastifyRequest,
  ): Promise<z.input<typeof KeyOptionsView>> {
    const options = await this.confirmations.keyOptions(ctx, deviceOf(request));
    return { options: options as z.input<typeof KeyOptions> | null };
  }

  @Post('witness')
  @ApiCreatedResponse({ standardSchema: WitnessSigned })
  witness(
    @Ctx() ctx: RequestContext,
    @Body({ schema: WitnessSign }) input: z.output<typeof WitnessSign>,
    @Req() request: FastifyRequest,
  ): Promise<z.output<typeof WitnessSigned>> {
    return this.confirmations.witness(ctx, input, deviceOf(request));
  }

  @Get('sessions')
  @ApiOkResponse({ standardSchema: OwnSessionsView })
  async sessions(@Ctx() ctx: RequestContext): Promise<{ data: OwnSession[] }> {
    return { data: await this.account.openSessions(ctx) };
  }

  @Delete('sessions/:id')
  @HttpCode(204)
  @RequireStepUp()
  @ApiNoContentResponse()
  endSession(@Ctx() ctx: RequestContext, @Param('id', { schema: PathId }) id: number): Promise<void> {
    return this.account.endSession(ctx, id);
  }

  @Post('sessions/end-others')
  @HttpCode(204)
  @RequireStepUp()
  @ApiNoContentResponse()
  endOthers(@Ctx() ctx: RequestContext): Promise<void> {
    return this.account.endOthers(ctx);
  }
}
