import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';

import { STOCK_LOOKUP } from '../../reference/drugs/drugs.types.js';
import { OwedFillsModule } from '../owed-fills/owed-fills.module.js';
import { SerialsModule } from '../serials/serials.module.js';
import { AdjustmentsController } from './adjustments.controller.js';
import { AdjustmentsRepository } from './adjustments.repository.js';
import { AdjustmentsService } from './adjustments.service.js';
import { DestructionsController } from './destructions.controller.js';
import { DestructionsRepository } from './destructions.repository.js';
import { DestructionsService } from './destructions.service.js';
import { InventoryLot } from './entities/inventory-lot.entity.js';
import { InventoryController } from './inventory.controller.js';
import { InventoryService } from './inventory.service.js';
import { LotsRepository } from './lots.repository.js';
import { LotsService } from './lots.service.js';
import { ReceivingRepository } from './receiving.repository.js';
import { ReceivingService } from './receiving.service.js';
import { ShelvesController } from './shelves.controller.js';
import { ShelvesRepository } from './shelves.repository.js';
import { ShelvesService } from './shelves.service.js';
import { StockRepository } from './stock.repository.js';

/** Lots and their ledger. Global: the catalogue shows stock, fills and sales move it. */
@Global()
@Module({
  imports: [OwedFillsModule, SerialsModule, TypeOrmModule.forFeature([InventoryLot])],
  controllers: [InventoryController, AdjustmentsController, ShelvesController, DestructionsController],
  providers: [
    StockRepository,
    LotsRepository,
    LotsService,
    AdjustmentsRepository,
    AdjustmentsService,
    ShelvesRepository,
    ShelvesService,
    DestructionsRepository,
    DestructionsService,
    ReceivingRepository,
    ReceivingService,
    InventoryService,
    { provide: STOCK_LOOKUP, useExisting: InventoryService },
  ],
  exports: [InventoryService, ReceivingService, STOCK_LOOKUP],
})
export class InventoryModule {}
