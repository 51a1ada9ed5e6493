import { Module } from '@nestjs/common';

import { SigController } from './sig.controller.js';
import { SigRepository } from './sig.repository.js';
import { SigService } from './sig.service.js';

/** Directions for use: what is written, understood, computed and said in both languages. */
@Module({
  controllers: [SigController],
  providers: [SigRepository, SigService],
  exports: [SigService],
})
export class SigModule {}
