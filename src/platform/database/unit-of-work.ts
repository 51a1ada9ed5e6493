import { randomUUID } from 'node:crypto';

import { Injectable, Optional } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { isRetryable } from '../errors/database-errors.js';
import { IdempotencyKeyReused } from '../errors/domain-error.js';
import type { Idempotency, RequestContext } from '../security/request-context.js';
import { PoolRegistry } from './pools.js';
import { parseLsn } from './recovery/lsn.js';
import { WrittenMarks } from './replicas/written-marks.js';
import { Tx, type Statement } from './tx.js';

/** A transaction that lost a deadlock or serialization race is run again this often, whole and fresh. */
const MAX_ATTEMPTS = 4;

const SETTINGS = `
select /* platform.settings */ set_config('app.user_id', $1, true), set_config('app.branch_id', $2, true),
  set_config('app.branches', $3, true), set_config('app.request_id', $4, true), set_config('app.tx_id', $5, true)`;

/** Plans are made once a connection: what such a command asks for is found by keys, whatever they are. */
const FREQUENT_SETTINGS = `
select /* platform.frequentSettings */ set_config('app.user_id', $1, true), set_config('app.branch_id', $2, true),
  set_config('app.branches', $3, true), set_config('app.request_id', $4, true), set_config('app.tx_id', $5, true),
  set_config('plan_cache_mode', 'force_generic_plan', true)`;

const BEGIN = 'begin /* platform.run */';
const BEGIN_READING = 'begin /* platform.read */ read only';

/** Outside of BEGIN a batch of statements is a transaction of its own; this makes it a reading one as well. */
const READ_ONLY_SETTINGS = `
select /* platform.readOnlySettings */ set_config('app.user_id', $1, true), set_config('app.branch_id', $2, true),
  set_config('app.branches', $3, true), set_config('app.request_id', $4, true), set_config('app.tx_id', $5, true),
  set_config('transaction_read_only', 'on', true)`;

const COMMIT = 'commit /* platform.end */';
/** Behind the commit, in its message: its place in the log is not after this. */
const WRITTEN_UP_TO = 'select /* platform.writtenUpTo */ pg_current_wal_insert_lsn()::text as lsn';
const ROLLBACK = 'rollback /* platform.end */';

const CLAIM_KEY = `
insert /* platform.claimKey */ into operational.idempotency_keys (user_id, key, request_hash)
values ($1, $2, $3) on conflict do nothing`;

const FIND_KEY = `
select /* platform.findKey */ request_hash as "requestHash", response
from operational.idempotency_keys where user_id = $1 and key = $2`;

const STORE_RESPONSE = `
update /* platform.storeResponse */ operational.idempotency_keys set response = $3 where user_id = $1 and key = $2`;

/**
 * The only place a transaction starts. It tells PostgreSQL who acts (row-level security, audit), answers a repeated
 * Idempotency-Key with the first answer, and repeats the whole closure when it lost a race. The closure does no I/O
 * but SQL, since it may run more than once.
 */
@Injectable()
export class UnitOfWork {
  /**
   * Without `pools` all work shares the data source: where there is no server, as on the command line of an owner. Without `marks`, or where
   * nothing is read late, nobody asks how far was written.
   */
  constructor(
    private readonly dataSource: DataSource,
    @Optional() private readonly pools?: PoolRegistry,
    @Optional() private readonly marks?: WrittenMarks,
  ) {}

  /**
   * Runs a command in one transaction. With `ctx.idempotency` the answer is stored with it and given to retries. Statements
   * sent in the same moment (Promise.all) travel together, the first ones with the opening of the transaction.
   */
  run<T>(ctx: RequestContext, work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.retrying(() => this.attempt(ctx, BEGIN, (tx) => this.answered(tx, ctx, false, work)));
  }

  /**
   * The same for a command that is given all day and whose statements of the first moment only read: the claim of the Idempotency-Key travels
   * with them. PostgreSQL keeps one plan of each statement, those inside of functions included, where it would weigh each time whether another
   * is better: not for statements whose best plan depends on what is asked for.
   */
  runFrequent<T>(ctx: RequestContext, work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.retrying(() =>
      this.attempt(ctx, BEGIN, (tx) => this.claimedOnTheWay(tx, ctx, work), FREQUENT_SETTINGS),
    );
  }

  /** Runs a command that writes `reference`: as pharmacy_admin, for this transaction only. */
  runAsAdmin<T>(ctx: RequestContext, work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.retrying(() => this.attempt(ctx, BEGIN, (tx) => this.answered(tx, ctx, true, work)));
  }

  /** Writes `reference` inside a transaction of the day's work: as pharmacy_admin, for this closure only. */
  async asAdmin<T>(tx: Tx, work: () => Promise<T>): Promise<T> {
    await tx.execute('set local role pharmacy_admin');
    const result = await work();
    await tx.execute('set local role pharmacy_app');
    return result;
  }

  /** Runs a query in a read-only transaction: nothing can be written. Statements travel as those of `run`. */
  read<T>(ctx: RequestContext, work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.retrying(() => this.attempt(ctx, BEGIN_READING, work));
  }

  /**
   * The same in a single round trip: all statements must be sent in the same moment, and together with the settings they
   * are the transaction. A statement sent later, TypeORM's manager and COPY are refused. For what is asked on every key.
   */
  readOnce<T>(ctx: RequestContext, work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.retrying(async () => {
      const runner = (await this.poolFor(ctx)).createQueryRunner();
      try {
        const client: unknown = await runner.connect();
        return await work(new Tx(runner, 'once', [settingsOf(ctx, READ_ONLY_SETTINGS)], client));
      } finally {
        await runner.release();
      }
    });
  }

  private async retrying<T>(attempt: () => Promise<T>): Promise<T> {
    for (let n = 1; ; n++) {
      try {
        return await attempt();
      } catch (error) {
        if (n === MAX_ATTEMPTS || !isRetryable(error)) throw error;
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * n));
      }
    }
  }

  private async poolFor({ pool = 'web' }: RequestContext): Promise<DataSource> {
    return this.pools ? this.pools.of(pool) : this.dataSource;
  }

  private async attempt<T>(
    ctx: RequestContext,
    begin: string,
    work: (tx: Tx) => Promise<T>,
    settings = SETTINGS,
  ): Promise<T> {
    const runner = (await this.poolFor(ctx)).createQueryRunner();
    const opening = [{ text: begin, values: [] }, settingsOf(ctx, settings)];
    let tx: Tx | undefined;
    try {
      const client: unknown = await runner.connect();
      tx = new Tx(runner, 'batched', opening, client);
      const result = await work(tx);
      if (begin === BEGIN && this.marks?.isOn) this.note(ctx, await tx.commit(COMMIT, WRITTEN_UP_TO));
      else await tx.commit(COMMIT);
      return result;
    } catch (error) {
      // A connection that is gone took the transaction with it; the error that brought us here is the one to report.
      if (tx?.isOpen) await tx.execute(ROLLBACK).catch(() => runner.release());
      throw error;
    } finally {
      await runner.release();
    }
  }

  /** Remembers how far whoever acts has written; nothing where no transaction was opened. */
  private note(ctx: RequestContext, row: unknown): void {
    if (row === undefined) return;
    const lsn = parseLsn((row as { lsn: string }).lsn);
    this.marks?.note(ctx, lsn);
    ctx.freshness?.noteWritten(lsn);
  }

  /** The answer of a command: the first one, where its Idempotency-Key has one already. */
  private answered<T>(
    tx: Tx,
    ctx: RequestContext,
    asAdmin: boolean,
    work: (tx: Tx) => Promise<T>,
  ): Promise<T> {
    return ctx.idempotency ? this.once(tx, ctx, asAdmin, work) : this.inRole(tx, asAdmin, work);
  }

  private inRole<T>(tx: Tx, asAdmin: boolean, work: (tx: Tx) => Promise<T>): Promise<T> {
    return asAdmin ? this.asAdmin(tx, () => work(tx)) : work(tx);
  }

  private async once<T>(
    tx: Tx,
    ctx: RequestContext,
    asAdmin: boolean,
    work: (tx: Tx) => Promise<T>,
  ): Promise<T> {
    const { actor, idempotency } = ctx;
    if (!idempotency) return this.inRole(tx, asAdmin, work);
    // A concurrent twin waits here on the unique key until the first has committed or failed.
    const claimed = await tx.execute(CLAIM_KEY, [actor.userId, idempotency.key, idempotency.requestHash]);
    if (claimed === 0) return this.firstAnswer(tx, actor.userId, idempotency);
    return this.keepAnswer(tx, actor.userId, idempotency, await this.inRole(tx, asAdmin, work));
  }

  /** As `once`, with the claim and the first statements of the work in one message; where the key has its answer, the work ends there. */
  private async claimedOnTheWay<T>(tx: Tx, ctx: RequestContext, work: (tx: Tx) => Promise<T>): Promise<T> {
    const { actor, idempotency } = ctx;
    if (!idempotency) return work(tx);
    const { key, requestHash } = idempotency;
    const [isClaimed, done] = await Promise.allSettled([
      tx.executeOrEnd(CLAIM_KEY, [actor.userId, key, requestHash]),
      work(tx),
    ]);
    if (isClaimed.status === 'rejected') throw isClaimed.reason;
    if (!isClaimed.value) {
      tx.goOn();
      return this.firstAnswer(tx, actor.userId, idempotency);
    }
    if (done.status === 'rejected') throw done.reason;
    return this.keepAnswer(tx, actor.userId, idempotency, done.value);
  }

  private async firstAnswer<T>(tx: Tx, userId: number, { key, requestHash }: Idempotency): Promise<T> {
    const first = await tx.one<{ requestHash: string; response: string | null }>(FIND_KEY, [userId, key]);
    if (first.requestHash !== requestHash) throw new IdempotencyKeyReused();
    return JSON.parse(first.response ?? 'null') as T;
  }

  /** The answer goes to the database with the commit. */
  private keepAnswer<T>(tx: Tx, userId: number, { key }: Idempotency, answer: T): T {
    tx.closeWith(STORE_RESPONSE, [userId, key, JSON.stringify(answer ?? null)]);
    return answer;
  }
}

/** Tells PostgreSQL who acts, until the end of the transaction. */
function settingsOf({ actor, branchId, requestId }: RequestContext, text = SETTINGS): Statement {
  return {
    text,
    values: [
      actor.userId > 0 ? String(actor.userId) : '',
      branchId > 0 ? String(branchId) : '',
      actor.branchIds.join(','),
      requestId,
      randomUUID(),
    ],
  };
}
