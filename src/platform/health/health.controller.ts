import { Controller, Get, Header } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';

import { Public } from '../security/decorators.js';
import { NotReady } from './health.errors.js';
import { HealthService } from './health.service.js';

const Alive = z.object({ status: z.literal('ok') }).meta({ id: 'Health' });
const Readiness = z
  .object({
    /** `degraded`: it works, with less than it should; `reasons` say why. */
    status: z.enum(['ok', 'degraded']),
    /** What each part of the server says of itself, such as how drug search is answered. */
    parts: z.record(z.string(), z.string()),
    /** The parts that are not as they should be. */
    reasons: z.array(
      z.object({ part: z.string(), state: z.enum(['degraded', 'failed']), words: z.string() }),
    ),
  })
  .meta({ id: 'Readiness' });
const OK: z.output<typeof Alive> = { status: 'ok' };

/** Whether the process lives, and whether it can work. */
@ApiTags('health')
@Public()
@Controller('health')
export class HealthController {
  constructor(private readonly health: HealthService) {}

  @Get('live')
  @Header('cache-control', 'no-store')
  @ApiOkResponse({ standardSchema: Alive })
  live(): z.output<typeof Alive> {
    return OK;
  }

  @Get('ready')
  @Header('cache-control', 'no-store')
  @ApiOkResponse({ standardSchema: Readiness })
  async ready(): Promise<z.output<typeof Readiness>> {
    const { state, parts } = await this.health.look();
    const reasons = parts.flatMap((one) => (one.state === 'ok' ? [] : [{ ...one, state: one.state }]));
    if (state === 'failed') throw new NotReady(reasons);
    return {
      status: state,
      parts: Object.fromEntries(parts.map(({ part, words }) => [part, words])),
      reasons,
    };
  }
}
