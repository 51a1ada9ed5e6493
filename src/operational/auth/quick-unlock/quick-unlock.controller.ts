import { Body, Controller, Delete, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';

import { AnySignedIn, Ctx, Public } from '../../../platform/security/decorators.js';
import type { RequestContext } from '../../../platform/security/request-context.js';
import { sessionTokenOf } from '../../../platform/security/session-credential.js';
import { WorksWhenFull } from '../../../platform/storage/storage.guard.js';
import { LoginView } from '../auth.schemas.js';
import { deviceOf, giveSession } from '../device.js';
import { BadgeView, DeviceView, QuickUnlockView, SetBadge, SetPin, Unlock } from './quick-unlock.schemas.js';
import { QuickUnlockService } from './quick-unlock.service.js';

@ApiTags('auth')
@Controller('auth')
export class QuickUnlockController {
  constructor(private readonly unlocks: QuickUnlockService) {}

  @Get('quick-unlock')
  @AnySignedIn()
  @ApiOkResponse({ standardSchema: QuickUnlockView })
  state(@Ctx() ctx: RequestContext): Promise<z.output<typeof QuickUnlockView>> {
    return this.unlocks.state(ctx);
  }

  @Post('pin')
  @HttpCode(204)
  @AnySignedIn()
  @ApiNoContentResponse()
  setPin(
    @Ctx() ctx: RequestContext,
    @Body({ schema: SetPin }) input: z.output<typeof SetPin>,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    return this.unlocks.setPin(ctx, input, deviceOf(request));
  }

  @Post('badge')
  @AnySignedIn()
  @ApiCreatedResponse({ standardSchema: BadgeView })
  setBadge(
    @Ctx() ctx: RequestContext,
    @Body({ schema: SetBadge }) input: z.output<typeof SetBadge>,
    @Req() request: FastifyRequest,
  ): Promise<z.output<typeof BadgeView>> {
    return this.unlocks.setBadge(ctx, input, deviceOf(request));
  }

  @Delete('quick-unlock')
  @HttpCode(204)
  @AnySignedIn()
  @ApiNoContentResponse()
  forget(@Ctx() ctx: RequestContext): Promise<void> {
    return this.unlocks.forget(ctx);
  }

  @Post('lock')
  @WorksWhenFull()
  @HttpCode(204)
  @AnySignedIn()
  @ApiNoContentResponse()
  lock(@Ctx() ctx: RequestContext): Promise<void> {
    return this.unlocks.lock(ctx);
  }

  @Get('device')
  @Public()
  @ApiOkResponse({ standardSchema: DeviceView })
  device(@Req() request: FastifyRequest): Promise<z.output<typeof DeviceView>> {
    return this.unlocks.device(sessionTokenOf(request));
  }

  @Post('unlock')
  @WorksWhenFull()
  @HttpCode(200)
  @Public()
  @ApiOkResponse({ standardSchema: LoginView })
  async unlock(
    @Body({ schema: Unlock }) input: z.output<typeof Unlock>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<z.input<typeof LoginView>> {
    const { deviceToken, tillToken, ...answer } = await this.unlocks.unlock(
      sessionTokenOf(request),
      input,
      deviceOf(request),
    );
    giveSession(request, reply, { token: answer.token, deviceToken, tillToken });
    return answer;
  }
}
