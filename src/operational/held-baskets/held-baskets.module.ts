import { Module } from '@nestjs/common';

import { HeldBasketsController } from './held-baskets.controller.js';
import { HeldBasketsRepository } from './held-baskets.repository.js';
import { HeldBasketsService } from './held-baskets.service.js';

/** Baskets that wait for their customer. */
@Module({
  controllers: [HeldBasketsController],
  providers: [HeldBasketsRepository, HeldBasketsService],
})
export class HeldBasketsModule {}
