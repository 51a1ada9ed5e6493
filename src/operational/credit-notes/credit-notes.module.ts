import { Module } from '@nestjs/common';

import { CreditNotesController } from './credit-notes.controller.js';
import { CreditNotesRepository } from './credit-notes.repository.js';
import { CreditNotesService } from './credit-notes.service.js';

/** Credit in place of money. */
@Module({
  controllers: [CreditNotesController],
  providers: [CreditNotesRepository, CreditNotesService],
})
export class CreditNotesModule {}
