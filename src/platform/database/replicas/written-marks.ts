import type { RequestContext } from '../../security/request-context.js';

interface Mark {
  readonly lsn: bigint;
  readonly atMs: number;
}

/**
 * Up to where in the log each user has written, so that he sees it again. Forgotten after the longest lag a replica may have: one that is read
 * later than that has it.
 */
export class WrittenMarks {
  private readonly marks = new Map<number, Mark>();

  /** `keptMs` undefined: nothing is read late, and nothing is remembered. */
  constructor(readonly keptMs: number | undefined) {}

  get isOn(): boolean {
    return this.keptMs !== undefined;
  }

  /** Whoever acts has written, or seen, everything up to `lsn`. */
  note({ actor }: RequestContext, lsn: bigint): void {
    if (actor.userId <= 0 || lsn <= (this.marks.get(actor.userId)?.lsn ?? 0n)) return;
    this.marks.set(actor.userId, { lsn, atMs: performance.now() });
  }

  /** Up to where whoever acts must see: what this process knows of him, and what he brought along. */
  requiredBy({ actor, freshness }: RequestContext): bigint {
    const known = this.marks.get(actor.userId)?.lsn ?? 0n;
    const seen = freshness?.seen ?? 0n;
    return known > seen ? known : seen;
  }

  /** Forgets what every replica that may be read has by now. */
  prune(): void {
    const before = performance.now() - (this.keptMs ?? 0);
    for (const [userId, { atMs }] of this.marks) if (atMs < before) this.marks.delete(userId);
  }
}
