import { Module } from '@nestjs/common';

import { PriceTagsController } from './price-tags.controller.js';
import { PriceTagsRepository } from './price-tags.repository.js';
import { PriceTagsService } from './price-tags.service.js';

/** Price tags and shelf labels. */
@Module({
  controllers: [PriceTagsController],
  providers: [PriceTagsRepository, PriceTagsService],
})
export class PriceTagsModule {}
