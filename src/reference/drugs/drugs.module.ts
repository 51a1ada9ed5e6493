import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';

import { SearchModule } from '../search/search.module.js';
import { DrugHitsRepository } from './drug-hits.repository.js';
import { DrugDetailsController } from './drug-details.controller.js';
import { DrugExportService } from './drug-export.service.js';
import { DrugListRepository } from './drug-list.repository.js';
import { DrugListService } from './drug-list.service.js';
import { DrugPacksRepository } from './drug-packs.repository.js';
import { DrugPricesRepository } from './drug-prices.repository.js';
import { DrugPricesService } from './drug-prices.service.js';
import { DrugSearchService } from './drug-search.service.js';
import { DrugWriter } from './drug-writer.service.js';
import { DrugsController } from './drugs.controller.js';
import { DrugsRepository } from './drugs.repository.js';
import { DrugsService } from './drugs.service.js';
import { DrugBarcode } from './entities/drug-barcode.entity.js';
import { DrugIngredient } from './entities/drug-ingredient.entity.js';
import { DrugPack } from './entities/drug-pack.entity.js';
import { Drug } from './entities/drug.entity.js';
import { PackCodesService } from './pack-codes.service.js';
import { PreparationsService } from './preparations.service.js';
import { PriceDayService } from './price-day.service.js';
import { ProductComparisonRepository } from './product-comparison.repository.js';
import { ProductComparisonService } from './product-comparison.service.js';
import { SubstitutesRepository } from './substitutes.repository.js';
import { SubstitutesService } from './substitutes.service.js';

/** The product catalogue and its search. What is on the shelf comes from STOCK_LOOKUP, which inventory provides globally. */
@Module({
  imports: [SearchModule, TypeOrmModule.forFeature([Drug, DrugIngredient, DrugBarcode, DrugPack])],
  controllers: [DrugsController, DrugDetailsController],
  providers: [
    DrugsRepository,
    DrugHitsRepository,
    DrugsService,
    DrugSearchService,
    DrugListRepository,
    DrugListService,
    DrugExportService,
    DrugPacksRepository,
    DrugPricesRepository,
    DrugPricesService,
    PriceDayService,
    DrugWriter,
    PackCodesService,
    PreparationsService,
    ProductComparisonRepository,
    ProductComparisonService,
    SubstitutesRepository,
    SubstitutesService,
  ],
  exports: [
    DrugsService,
    PackCodesService,
    PreparationsService,
    ProductComparisonService,
    SubstitutesService,
  ],
})
export class DrugsModule {}
