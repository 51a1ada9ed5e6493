import { Module } from '@nestjs/common';

import { AfterSaleSettingsController } from './after-sale-settings.controller.js';
import { AfterSaleSettingsRepository } from './after-sale-settings.repository.js';
import { AfterSaleSettingsService } from './after-sale-settings.service.js';

/** Settings of what happens around a sale. */
@Module({
  controllers: [AfterSaleSettingsController],
  providers: [AfterSaleSettingsRepository, AfterSaleSettingsService],
  exports: [AfterSaleSettingsService],
})
export class AfterSaleSettingsModule {}
