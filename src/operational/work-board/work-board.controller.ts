import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';

import { PathId } from '../../platform/http/schemas.js';
import { Ctx, RequirePermission } from '../../platform/security/decorators.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { BoardEvents } from './board-events.service.js';
import {
  LeaseList,
  LeaseQuery,
  LeaseView,
  TakenView,
  TakeNext,
  WorkBoardView,
} from './work-board.schemas.js';
import { WorkBoardService } from './work-board.service.js';

@ApiTags('work-board')
@Controller('work-board')
@RequirePermission('ReadPrescription')
export class WorkBoardController {
  constructor(
    private readonly board: WorkBoardService,
    private readonly live: BoardEvents,
  ) {}

  @Get()
  @ApiOkResponse({ standardSchema: WorkBoardView })
  view(@Ctx() ctx: RequestContext): Promise<z.output<typeof WorkBoardView>> {
    return this.board.view(ctx);
  }

  @Get('events')
  @ApiProduces('text/event-stream')
  @ApiOkResponse({
    description:
      'Server-sent events of the branch: `refresh` (read the board), `changed` {prescriptionIds; none: any}, `beat` {isLive} every 4 s',
    schema: { type: 'string' },
  })
  events(@Ctx() ctx: RequestContext, @Res() reply: FastifyReply): void {
    this.live.follow(ctx, reply);
  }

  /** What of a column one may take is told by the kind of work: VerifyPrescription, DispensePrescription, WritePrescription. */
  @Post('take-next')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: TakenView })
  takeNext(
    @Ctx() ctx: RequestContext,
    @Body({ schema: TakeNext }) input: z.output<typeof TakeNext>,
  ): Promise<z.output<typeof TakenView>> {
    return this.board.takeNext(ctx, input);
  }

  @Get('leases')
  @ApiOkResponse({ standardSchema: LeaseList })
  leases(
    @Ctx() ctx: RequestContext,
    @Query({ schema: LeaseQuery }) query: z.output<typeof LeaseQuery>,
  ): Promise<z.output<typeof LeaseList>> {
    return this.board.leases(ctx, query.prescriptionId);
  }

  @Post('leases/:id/release')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: LeaseView })
  release(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
  ): Promise<z.output<typeof LeaseView>> {
    return this.board.release(ctx, id);
  }

  @Post('leases/:id/resume')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: LeaseView })
  resume(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: PathId }) id: number,
  ): Promise<z.output<typeof LeaseView>> {
    return this.board.resume(ctx, id);
  }
}
