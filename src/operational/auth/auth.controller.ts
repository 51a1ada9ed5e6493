import { Body, Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';

import { AnySignedIn, Ctx, Public } from '../../platform/security/decorators.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { SESSION_COOKIE } from '../../platform/security/session-reader.js';
import { WorksWhenFull } from '../../platform/storage/storage.guard.js';
import {
  ChangePassword,
  Login,
  LoginView,
  MeView,
  StepUp,
  StepUpView,
  WitnessSign,
  WitnessSigned,
} from './auth.schemas.js';
import { AuthService } from './auth.service.js';
import { cookieFor, deviceOf } from './device.js';

@ApiTags('auth')
@Controller('auth')
@WorksWhenFull()
export class AuthController {
  constructor(private readonly auth: AuthService) {}

  @Post('login')
  @HttpCode(200)
  @Public()
  @ApiOkResponse({ standardSchema: LoginView })
  async login(
    @Body({ schema: Login }) input: z.output<typeof Login>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<z.input<typeof LoginView>> {
    const answer = await this.auth.login(input, deviceOf(request));
    reply.setCookie(SESSION_COOKIE, answer.token, cookieFor(request));
    return answer;
  }

  @Post('logout')
  @HttpCode(204)
  @AnySignedIn()
  @ApiNoContentResponse()
  async logout(
    @Ctx() ctx: RequestContext,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.auth.logout(ctx);
    reply.clearCookie(SESSION_COOKIE, cookieFor(request));
  }

  @Get('me')
  @AnySignedIn()
  @ApiOkResponse({ standardSchema: MeView })
  me(@Ctx() ctx: RequestContext): Promise<z.input<typeof MeView>> {
    return this.auth.me(ctx);
  }

  @Post('password')
  @HttpCode(204)
  @AnySignedIn()
  @ApiNoContentResponse()
  changePassword(
    @Ctx() ctx: RequestContext,
    @Body({ schema: ChangePassword }) input: z.output<typeof ChangePassword>,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    return this.auth.changePassword(ctx, input, deviceOf(request));
  }

  @Post('step-up')
  @AnySignedIn()
  @ApiCreatedResponse({ standardSchema: StepUpView })
  stepUp(
    @Ctx() ctx: RequestContext,
    @Body({ schema: StepUp }) input: z.output<typeof StepUp>,
    @Req() request: FastifyRequest,
  ): Promise<z.output<typeof StepUpView>> {
    return this.auth.stepUp(ctx, input, deviceOf(request));
  }

  @Post('witness')
  @AnySignedIn()
  @ApiCreatedResponse({ standardSchema: WitnessSigned })
  witness(
    @Ctx() ctx: RequestContext,
    @Body({ schema: WitnessSign }) input: z.output<typeof WitnessSign>,
    @Req() request: FastifyRequest,
  ): Promise<z.output<typeof WitnessSigned>> {
    return this.auth.witness(ctx, input, deviceOf(request));
  }
}
