import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';

import { RequirePermission } from '../../platform/security/decorators.js';
import { HubLinksService } from './hub-links.service.js';
import { HubView } from './hub.schemas.js';

/** Where master data is managed: here, or at a hub. */
@ApiTags('reference')
@Controller('reference/hub')
export class HubController {
  constructor(private readonly links: HubLinksService) {}

  @Get()
  @RequirePermission('ReadDrug')
  @ApiOkResponse({ standardSchema: HubView })
  async show(): Promise<z.output<typeof HubView>> {
    const { role, heardAt, releasedAt } = await this.links.state();
    const text = (at: Date | null): string | null => at?.toISOString() ?? null;
    return { role, heardAt: role === 'branch' ? text(heardAt) : null, releasedAt: text(releasedAt) };
  }
}
