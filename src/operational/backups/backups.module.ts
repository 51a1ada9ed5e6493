import { Module } from '@nestjs/common';

import { BackupsController } from './backups.controller.js';
import { BackupsJobService } from './backups-job.service.js';
import { BackupsRepository } from './backups.repository.js';
import { BackupsService } from './backups.service.js';
import { LogArchiveService } from './log-archive.service.js';

/** Backups of the day, their proof, and the log between them. */
@Module({
  controllers: [BackupsController],
  providers: [BackupsRepository, BackupsService, BackupsJobService, LogArchiveService],
})
export class BackupsModule {}
