/** What tells a cache that products changed; the index of the process is one. */
export interface CatalogueFollower {
  /** Calls back before the next search with the products that changed; null: any may have. */
  onChange(tell: (drugIds: readonly number[] | null) => void): void;
}

const MOST_ROWS = 10_000;

/**
 * Rows of products as they are shown, kept until the product changes. A row belongs to one index: it was read when the
 * change feed stood where the index does, and the index tells of every change it takes in. With another index, or
 * without one, nothing is kept.
 */
export class RowCache<Row> {
  private follower: CatalogueFollower | undefined;
  private rows = new Map<number, Row>();

  constructor(private readonly mostRows = MOST_ROWS) {}

  /** The rows kept for an index. */
  of(follower: CatalogueFollower): ReadonlyMap<number, Row> {
    if (this.follower !== follower) {
      this.follower = follower;
      const rows = new Map<number, Row>();
      this.rows = rows;
      follower.onChange((drugIds) => {
        if (drugIds === null) rows.clear();
        else for (const drugId of drugIds) rows.delete(drugId);
      });
    }
    return this.rows;
  }

  /** Keeps rows that are as the index is at this moment. */
  keep(follower: CatalogueFollower, rows: ReadonlyMap<number, Row>): void {
    if (this.follower !== follower) return;
    for (const [drugId, row] of rows) this.rows.set(drugId, row);
    for (const drugId of this.rows.keys()) {
      if (this.rows.size <= this.mostRows) break;
      this.rows.delete(drugId);
    }
  }
}
