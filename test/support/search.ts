import { HttpAdapterHost } from '@nestjs/core';

import { OwnConnection } from '../../src/platform/database/own-connection.js';
import { HealthNotes } from '../../src/platform/health/health-notes.js';
import { DrugHitsRepository } from '../../src/reference/drugs/drug-hits.repository.js';
import { DrugSearchService } from '../../src/reference/drugs/drug-search.service.js';
import { CatalogueSource } from '../../src/reference/search/catalogue-source.repository.js';
import { CatalogueUpdates } from '../../src/reference/search/catalogue-updates.js';
import { SearchService } from '../../src/reference/search/search.service.js';
import { SnapshotBuilder } from '../../src/reference/search/snapshot-builder.js';
import { SnapshotKeeper } from '../../src/reference/search/snapshot-keeper.js';
import { SnapshotSearch } from '../../src/reference/search/snapshot-search.js';
import { SqlSearch } from '../../src/reference/search/sql-search.js';
import { SqlSearchRepository } from '../../src/reference/search/sql-search.repository.js';
import type { TestDatabase } from './db.js';
import { stockOnHandLookup } from './stock-lookup.js';

/** Drug search as one server process has it. */
export interface SearchProcess {
  readonly drugs: DrugSearchService;
  readonly keeper: SnapshotKeeper;
  readonly health: HealthNotes;
}

/** A search of its own on the database, not started; stop it with `keeper.onModuleDestroy()`. */
export function aSearchProcess(db: TestDatabase, builder?: Pick<SnapshotBuilder, 'build'>): SearchProcess {
  const source = new CatalogueSource();
  const connection = new OwnConnection(db.dataSource);
  const health = new HealthNotes();
  const keeper = new SnapshotKeeper(
    (builder ?? new SnapshotBuilder(connection)) as SnapshotBuilder,
    new CatalogueUpdates(db.uow, source),
    connection,
    health,
    new HttpAdapterHost(),
  );
  const search = new SearchService(
    new SnapshotSearch(db.uow, keeper, source),
    new SqlSearch(db.uow, new SqlSearchRepository()),
  );
  const drugs = new DrugSearchService(search, new DrugHitsRepository(), stockOnHandLookup);
  return { drugs, keeper, health };
}
