import { Module } from '@nestjs/common';

import { CatalogueSource } from './catalogue-source.repository.js';
import { CatalogueUpdates } from './catalogue-updates.js';
import { SearchService } from './search.service.js';
import { SnapshotBuilder } from './snapshot-builder.js';
import { SnapshotKeeper } from './snapshot-keeper.js';
import { SnapshotSearch } from './snapshot-search.js';
import { SqlSearch } from './sql-search.js';
import { SqlSearchRepository } from './sql-search.repository.js';

/** Finding products by what somebody typed. */
@Module({
  providers: [
    CatalogueSource,
    CatalogueUpdates,
    SnapshotBuilder,
    SnapshotKeeper,
    SnapshotSearch,
    SqlSearchRepository,
    SqlSearch,
    SearchService,
  ],
  exports: [SearchService],
})
export class SearchModule {}
