import { Module } from '@nestjs/common';

import { HubLinksRepository } from './hub-links.repository.js';
import { HubLinksService } from './hub-links.service.js';
import { HubWatchJob } from './hub-watch-job.service.js';
import { HubController } from './hub.controller.js';
import './hub.errors.js';

/** Master data of several pharmacies in one place: what this one is among them. Commands: src/cli/hub.command.ts. */
@Module({
  controllers: [HubController],
  providers: [HubLinksRepository, HubLinksService, HubWatchJob],
  exports: [HubLinksService],
})
export class HubModule {}
