import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Memory of the process above which it is tidied, in bytes: an import is to hold 400 MB at most. */
const ENOUGH = 280 * 1024 * 1024;
/** Rows between two looks: a tidying takes a tenth of a second. */
const EVERY_ROWS = 20_000;

/**
 * Keeps the memory of a long import small. What an import really holds does not grow with the file, but on a machine with
 * much memory the engine lets garbage pile up to half a gigabyte before it looks; a command may tell it to look sooner. The
 * server never does: there a pause of a tenth of a second is one at the till.
 */
export class MemoryKeeper {
  private readonly collect: () => void;
  private lookedAt = 0;

  constructor(
    private readonly rss: () => number = () => process.memoryUsage.rss(),
    collect?: () => void,
  ) {
    this.collect = collect ?? exposedCollector();
  }

  /** To be told the rows read so far. */
  look(rows: number): void {
    if (rows - this.lookedAt < EVERY_ROWS) return;
    this.lookedAt = rows;
    if (this.rss() > ENOUGH) this.collect();
  }
}

function exposedCollector(): () => void {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  return typeof collect === 'function' ? () => void Reflect.apply(collect, undefined, []) : () => undefined;
}
