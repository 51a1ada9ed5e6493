import { Module } from '@nestjs/common';

import { AccountTendersService } from './account-tenders.service.js';
import { AccountsController } from './accounts.controller.js';
import { AccountsRepository } from './accounts.repository.js';
import { AccountsService } from './accounts.service.js';
import { LoyaltyController } from './loyalty.controller.js';
import { LoyaltyRepository } from './loyalty.repository.js';
import { LoyaltyService } from './loyalty.service.js';
import { StatementsService } from './statements.service.js';

/** What customers owe, paid ahead and collected. */
@Module({
  controllers: [AccountsController, LoyaltyController],
  providers: [
    AccountsRepository,
    AccountsService,
    AccountTendersService,
    LoyaltyRepository,
    LoyaltyService,
    StatementsService,
  ],
  exports: [AccountTendersService, LoyaltyService],
})
export class AccountsModule {}
