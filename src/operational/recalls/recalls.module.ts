import { Module } from '@nestjs/common';

import { RecallsController } from './recalls.controller.js';
import { RecallsRepository } from './recalls.repository.js';
import { RecallsService } from './recalls.service.js';

/** Recalls of products and lots. */
@Module({
  controllers: [RecallsController],
  providers: [RecallsRepository, RecallsService],
})
export class RecallsModule {}
