import { Module } from '@nestjs/common';

import { NearMissesController } from './near-misses.controller.js';
import { NearMissesRepository } from './near-misses.repository.js';
import { NearMissesService } from './near-misses.service.js';

/** The register of near misses. */
@Module({
  controllers: [NearMissesController],
  providers: [NearMissesRepository, NearMissesService],
  exports: [NearMissesService],
})
export class NearMissesModule {}
