import { Injectable } from '@nestjs/common';

import type { RequestContext } from '../../platform/security/request-context.js';
import { RowCache } from './row-cache.js';
import type { DrugQuery, Found, Shelf } from './search.types.js';
import { SnapshotSearch } from './snapshot-search.js';
import { SqlSearch } from './sql-search.js';

/** Finds products: in the snapshot of this process, and by PostgreSQL while there is none that is current. */
@Injectable()
export class SearchService {
  constructor(
    private readonly snapshot: SnapshotSearch,
    private readonly database: SqlSearch,
  ) {}

  /** Products found, with what `shelf` shows of them, all of one moment. */
  async find<Row>(ctx: RequestContext, query: DrugQuery, shelf: Shelf<Row>): Promise<Found<Row>> {
    return (await this.snapshot.find(ctx, query, shelf)) ?? this.database.find(ctx, query, shelf);
  }

  /** A place where what is shown of products is kept until they change. */
  keepRows<Row>(): RowCache<Row> {
    return new RowCache<Row>();
  }
}
