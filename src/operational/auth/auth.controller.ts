import { Body, Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';

import { AnySignedIn, Ctx, Public } from '../../platform/security/decorators.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { WorksWhenFull } from '../../platform/storage/storage.guard.js';
import { Login, LoginView, MeView } from './auth.schemas.js';
import { AuthService } from './auth.service.js';
import { deviceOf, giveSession, takeSession } from './device.js';
import { KeyOptions, PasskeySignIn } from './mfa/mfa.schemas.js';
import type { Opened } from './session-opener.service.js';

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
    return given(request, reply, await this.auth.login(input, deviceOf(request)));
  }

  @Post('passkey/options')
  @HttpCode(200)
  @Public()
  @ApiOkResponse({ standardSchema: KeyOptions })
  async passkeyOptions(@Req() request: FastifyRequest): Promise<z.input<typeof KeyOptions>> {
    return (await this.auth.passkeyOptions(deviceOf(request))) as z.input<typeof KeyOptions>;
  }

  @Post('passkey')
  @HttpCode(200)
  @Public()
  @ApiOkResponse({ standardSchema: LoginView })
  async passkey(
    @Body({ schema: PasskeySignIn }) input: z.output<typeof PasskeySignIn>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<z.input<typeof LoginView>> {
    return given(request, reply, await this.auth.passkeySignIn(input, deviceOf(request)));
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
    takeSession(request, reply);
  }

  @Get('me')
  @AnySignedIn()
  @ApiOkResponse({ standardSchema: MeView })
  me(@Ctx() ctx: RequestContext): Promise<z.input<typeof MeView>> {
    return this.auth.me(ctx);
  }
}

function given(
  request: FastifyRequest,
  reply: FastifyReply,
  { deviceToken, tillToken, ...answer }: Opened,
): z.input<typeof LoginView> {
  giveSession(request, reply, { token: answer.token, deviceToken, tillToken });
  return answer;
}
