import { Module } from '@nestjs/common';

import { ApplyRepository } from './apply.repository.js';
import { ImportsService } from './imports.service.js';
import { StagingRepository } from './staging.repository.js';

/** Loading catalogues from outside. */
@Module({
  providers: [ImportsService, StagingRepository, ApplyRepository],
  exports: [ImportsService],
})
export class ImportsModule {}
