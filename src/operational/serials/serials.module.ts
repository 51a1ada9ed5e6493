import { Module } from '@nestjs/common';

import { ReferenceModule } from '../../reference/reference.module.js';
import { NearMissesModule } from '../near-misses/near-misses.module.js';
import { PackCheckService } from './pack-check.service.js';
import { PackIntakeService } from './pack-intake.service.js';
import { SerialsController } from './serials.controller.js';
import { SerialsRepository } from './serials.repository.js';
import { SerialsService } from './serials.service.js';

/** Packs known by GTIN and serial. */
@Module({
  imports: [ReferenceModule, NearMissesModule],
  controllers: [SerialsController],
  providers: [SerialsRepository, SerialsService, PackIntakeService, PackCheckService],
  exports: [PackIntakeService, PackCheckService],
})
export class SerialsModule {}
