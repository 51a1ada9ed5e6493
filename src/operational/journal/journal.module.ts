import { Module } from '@nestjs/common';

import { JournalController } from './journal.controller.js';
import { JournalRepository } from './journal.repository.js';
import { JournalService } from './journal.service.js';

/** The double-entry journal, day book and tax report over the posted documents. */
@Module({
  controllers: [JournalController],
  providers: [JournalRepository, JournalService],
})
export class JournalModule {}
