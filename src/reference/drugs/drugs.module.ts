import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';

import { DrugSearchRepository } from './drug-search.repository.js';
import { DrugsController } from './drugs.controller.js';
import { DrugsRepository } from './drugs.repository.js';
import { DrugsService } from './drugs.service.js';
import { DrugBarcode } from './entities/drug-barcode.entity.js';
import { DrugIngredient } from './entities/drug-ingredient.entity.js';
import { Drug } from './entities/drug.entity.js';

/** The product catalogue and its search. What is on the shelf comes from STOCK_LOOKUP, which inventory provides globally. */
@Module({
  imports: [TypeOrmModule.forFeature([Drug, DrugIngredient, DrugBarcode])],
  controllers: [DrugsController],
  providers: [DrugsRepository, DrugSearchRepository, DrugsService],
  exports: [DrugsService],
})
export class DrugsModule {}
