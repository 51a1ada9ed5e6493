import { LateReads } from '../../src/platform/database/replicas/late-reads.js';
import { DrugListRepository } from '../../src/reference/drugs/drug-list.repository.js';
import { DrugListService } from '../../src/reference/drugs/drug-list.service.js';
import { DrugPacksRepository } from '../../src/reference/drugs/drug-packs.repository.js';
import { DrugPricesRepository } from '../../src/reference/drugs/drug-prices.repository.js';
import { DrugPricesService } from '../../src/reference/drugs/drug-prices.service.js';
import { DrugWriter } from '../../src/reference/drugs/drug-writer.service.js';
import { DrugsRepository } from '../../src/reference/drugs/drugs.repository.js';
import { DrugsService } from '../../src/reference/drugs/drugs.service.js';
import { DrugBarcode } from '../../src/reference/drugs/entities/drug-barcode.entity.js';
import { DrugIngredient } from '../../src/reference/drugs/entities/drug-ingredient.entity.js';
import { DrugPack } from '../../src/reference/drugs/entities/drug-pack.entity.js';
import { Drug } from '../../src/reference/drugs/entities/drug.entity.js';
import { SubstitutesRepository } from '../../src/reference/drugs/substitutes.repository.js';
import { SubstitutesService } from '../../src/reference/drugs/substitutes.service.js';
import { Company } from '../../src/reference/reference-data/companies/company.entity.js';
import { Ingredient } from '../../src/reference/reference-data/ingredients/ingredient.entity.js';
import { TherapeuticCategory } from '../../src/reference/reference-data/therapeutic-categories/therapeutic-category.entity.js';
import type { TestDatabase } from '../support/db.js';
import { aSearchProcess } from '../support/search.js';
import { stockOnHandLookup } from '../support/stock-lookup.js';

/** The entities the catalogue's services need. */
export const CATALOGUE_ENTITIES = [
  Drug,
  DrugIngredient,
  DrugBarcode,
  DrugPack,
  Company,
  TherapeuticCategory,
  Ingredient,
];

/** The catalogue's services on a test database, without a server. */
export function theCatalogue(db: TestDatabase) {
  const drugs = new DrugsRepository();
  const listing = new DrugListService(
    db.uow,
    new LateReads(db.uow),
    new DrugListRepository(),
    stockOnHandLookup,
  );
  const [packing, prices] = [new DrugPacksRepository(), new DrugPricesRepository()];
  const writer = new DrugWriter(drugs, packing, prices);
  return {
    drugs: new DrugsService(
      db.uow,
      drugs,
      listing,
      packing,
      prices,
      writer,
      aSearchProcess(db).drugs,
      stockOnHandLookup,
    ),
    substitutes: new SubstitutesService(db.uow, drugs, new SubstitutesRepository(), stockOnHandLookup),
    prices: new DrugPricesService(db.uow, drugs, prices),
  };
}
