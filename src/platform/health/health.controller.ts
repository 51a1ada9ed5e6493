import { Controller, Get, Header } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';

import { PoolRegistry } from '../database/pools.js';
import { TemporarilyUnavailable } from '../errors/domain-error.js';
import { Public } from '../security/decorators.js';
import { HealthNotes } from './health-notes.js';

const Health = z.object({ status: z.literal('ok') }).meta({ id: 'Health' });
const Readiness = z
  .object({
    status: z.literal('ok'),
    /** What parts of the server say of themselves, such as how drug search is answered. */
    parts: z.record(z.string(), z.string()),
  })
  .meta({ id: 'Readiness' });
const OK: z.output<typeof Health> = { status: 'ok' };

/** Whether the process lives, and whether it can work. */
@ApiTags('health')
@Public()
@Controller('health')
export class HealthController {
  constructor(
    private readonly pools: PoolRegistry,
    private readonly notes: HealthNotes,
  ) {}

  @Get('live')
  @Header('cache-control', 'no-store')
  @ApiOkResponse({ standardSchema: Health })
  live(): z.output<typeof Health> {
    return OK;
  }

  @Get('ready')
  @Header('cache-control', 'no-store')
  @ApiOkResponse({ standardSchema: Readiness })
  async ready(): Promise<z.output<typeof Readiness>> {
    try {
      // On a connection of its own: a server whose connections are all at work is well.
      await (await this.pools.of('health')).query('select /* health.ready */ 1');
    } catch (error) {
      throw new TemporarilyUnavailable(error instanceof Error ? 'The database does not answer.' : undefined);
    }
    return { ...OK, parts: this.notes.all() };
  }
}
