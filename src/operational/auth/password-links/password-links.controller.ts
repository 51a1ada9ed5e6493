import { Body, Controller, HttpCode, Post, Req } from '@nestjs/common';
import { ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';

import { Public } from '../../../platform/security/decorators.js';
import { deviceOf } from '../device.js';
import { SetPasswordByLink } from './password-links.schemas.js';
import { PasswordLinksService } from './password-links.service.js';

@ApiTags('auth')
@Controller('auth/password-links')
export class PasswordLinksController {
  constructor(private readonly links: PasswordLinksService) {}

  @Post('use')
  @HttpCode(204)
  @Public()
  @ApiNoContentResponse()
  use(
    @Body({ schema: SetPasswordByLink }) input: z.output<typeof SetPasswordByLink>,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    return this.links.use(input, deviceOf(request));
  }
}
