import { BranchStock } from './engine/branch-stock.domain.js';

/** Older than this it is not used, in milliseconds: what api.md promises of the in-stock facet. */
const MAX_AGE_MS = 1000;
/** Older than this it is read anew beside the search that uses it, so that typing rarely waits for it. */
const REFRESH_AGE_MS = 500;

interface Entry {
  stock: BranchStock;
  drugIds: readonly number[];
  readAt: number;
}

/** Which products each branch has in stock, at most a second old. */
export class BranchStockCache {
  private readonly entries = new Map<number, Entry>();
  private readonly readings = new Map<number, Promise<BranchStock>>();

  /** `read` answers the products in stock at the branch; `now` is a clock in milliseconds. */
  constructor(private readonly now: () => number = () => performance.now()) {}

  /** The stock of a branch; read first where what is there is too old. */
  async of(branchId: number, read: () => Promise<readonly number[]>): Promise<BranchStock> {
    const entry = this.entries.get(branchId);
    const age = entry ? this.now() - entry.readAt : Infinity;
    if (entry && age <= MAX_AGE_MS) {
      if (age > REFRESH_AGE_MS) this.refresh(branchId, read).catch(() => undefined); // the next one reads it in the open
      return entry.stock;
    }
    return this.refresh(branchId, read);
  }

  private refresh(branchId: number, read: () => Promise<readonly number[]>): Promise<BranchStock> {
    const begun = this.readings.get(branchId);
    if (begun) return begun;
    const startedAt = this.now();
    const reading = read()
      .then((drugIds) => {
        const before = this.entries.get(branchId);
        // The same stock stays the same object: what the engine remembers of searches with it stays good.
        const stock = before && isSame(before.drugIds, drugIds) ? before.stock : new BranchStock(drugIds);
        this.entries.set(branchId, { stock, drugIds, readAt: startedAt });
        return stock;
      })
      .finally(() => this.readings.delete(branchId));
    this.readings.set(branchId, reading);
    return reading;
  }
}

const isSame = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((drugId, n) => drugId === b[n]);
