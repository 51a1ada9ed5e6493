import { Module } from '@nestjs/common';

import { ClinicalModule } from '../clinical/clinical.module.js';
import { CodingRepository } from './coding.repository.js';
import { CodingService } from './coding.service.js';

/** What codes and names of other programs mean in this catalogue. */
@Module({
  imports: [ClinicalModule],
  providers: [CodingRepository, CodingService],
  exports: [CodingService],
})
export class CodingModule {}
