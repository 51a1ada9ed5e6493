import { Injectable, Optional } from '@nestjs/common';

import { isConnectionLoss, isRetryable } from '../../errors/database-errors.js';
import type { RequestContext } from '../../security/request-context.js';
import type { LateTx } from '../tx.js';
import { UnitOfWork } from '../unit-of-work.js';
import type { Replica } from './replica.js';
import { ReplicaSet } from './replica-set.js';
import { WrittenMarks } from './written-marks.js';

/**
 * Reads that may be late: on a replica where there is one that is fresh enough and has all that its reader wrote, else on the primary. What is
 * read so decides nothing: no stock, price of a sale, refill, clinical check or right. Its transaction is a LateTx, which no repository method
 * takes that asks for a Tx. Who may use it is listed in test/contract/late-reads.test.ts.
 */
@Injectable()
export class LateReads {
  /** Reads answered late, and reads answered by the primary, since the start. */
  readonly answered = { late: 0, primary: 0 };

  /** Without `replicas` and `marks` everything is read on the primary: where there is no server. */
  constructor(
    private readonly uow: UnitOfWork,
    @Optional() private readonly replicas?: ReplicaSet,
    @Optional() private readonly marks?: WrittenMarks,
  ) {}

  /** Runs a query in a read-only transaction. The closure does no I/O but SQL: where a replica fails it runs again elsewhere. */
  async read<T>(ctx: RequestContext, work: (tx: LateTx) => Promise<T>): Promise<T> {
    const failed = new Set<Replica>();
    for (;;) {
      const replica = this.marks?.isOn
        ? await this.replicas?.find(this.marks.requiredBy(ctx), failed)
        : undefined;
      if (!replica) {
        this.answered.primary += 1;
        return this.uow.read(ctx, work);
      }
      const { asOf, replayed } = replica;
      try {
        const answer = await (await replica.work()).read(ctx, work);
        this.answered.late += 1;
        if (asOf) ctx.freshness?.noteReadAsOf(asOf);
        // What he reads next is not older than this.
        this.marks?.note(ctx, replayed);
        return answer;
      } catch (error) {
        // A replica that catches up ends queries that stand in its way (40001); the next one, or the primary, does not.
        if (isConnectionLoss(error)) replica.failed(performance.now());
        else if (!isRetryable(error)) throw error;
        failed.add(replica);
      }
    }
  }
}
