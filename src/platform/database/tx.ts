import { createHash } from 'node:crypto';

import type { EntityManager, QueryRunner } from 'typeorm';

import { inOrder } from './in-order.js';
import { StatementBatch, type PendingStatement, type StatementResult } from './statement-batch.js';

/** What is used of the driver's client. */
interface PgClient {
  query(batch: StatementBatch): unknown;
}

const statementNames = new Map<string, string>();

/** One name a statement text, so that PostgreSQL plans it once a connection. */
export function statementName(text: string): string {
  let name = statementNames.get(text);
  if (!name) {
    name = `m_${createHash('sha1').update(text).digest('hex').slice(0, 16)}`;
    statementNames.set(text, name);
  }
  return name;
}

/** A constant statement with its parameters. */
export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

/**
 * How statements travel: `batched`, those sent in the same moment together, behind the opening statements; `once`, likewise,
 * but one batch is all there is, and it is the whole transaction.
 */
export type Travel = 'batched' | 'once';

const ENDED = 'the transaction has its answer: nothing more is asked of it';

declare const opened: unique symbol;

/**
 * A transaction that may see the database as it was a moment ago. A method that takes one may be called in any transaction; one that takes a
 * Tx, which reads what decides, cannot be called in this.
 */
export type LateTx = Pick<Tx, 'query' | 'maybeOne' | 'one'>;

/**
 * An open transaction. Only UnitOfWork makes one, so a repository method that takes a `Tx` cannot run outside of a
 * transaction, without the row-level security settings, or unaudited.
 */
export class Tx {
  declare private readonly [opened]: true;
  private readonly client: PgClient;
  private opening: readonly Statement[];
  private pending: PendingStatement[] = [];
  private isSent = false;
  private isEnded = false;
  private readonly closing: Statement[] = [];

  /** For UnitOfWork alone. `opening` goes before the first statement; `client` is the connection of `runner`. */
  constructor(
    private readonly runner: QueryRunner,
    private readonly travel: Travel,
    opening: readonly Statement[],
    client: unknown,
  ) {
    this.opening = opening;
    this.client = client as PgClient;
  }

  /** Runs a constant statement with parameters and answers its rows. */
  async query<Row extends object>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    return (await this.send(text, values)).rows as Row[];
  }

  /** Runs a constant statement and answers how many rows it affected. */
  async execute(text: string, values: readonly unknown[] = []): Promise<number> {
    return (await this.send(text, values)).rowCount ?? 0;
  }

  /**
   * Runs a statement and answers whether it affected a row. Where it did not, statements of later moments are refused, until `goOn`: those of
   * its own moment have run. For UnitOfWork.
   */
  executeOrEnd(text: string, values: readonly unknown[]): Promise<boolean> {
    return new Promise((resolve, reject) => {
      this.enqueue(text, values, {
        // At once, before anybody who waits for what was sent with it goes on.
        resolve: ({ rowCount }) => {
          this.isEnded = rowCount === 0;
          resolve(!this.isEnded);
        },
        reject,
      });
    });
  }

  /** Takes statements again. For UnitOfWork. */
  goOn(): void {
    this.isEnded = false;
  }

  /** Keeps a statement whose answer nobody needs for the moment of the commit, and sends it with that. For UnitOfWork. */
  closeWith(text: string, values: readonly unknown[]): void {
    this.closing.push({ text, values });
  }

  /**
   * Ends the transaction with `text`, and answers the row of `after`, which travels behind it; nothing happens where none was opened. For
   * UnitOfWork.
   */
  async commit(text: string, after?: string): Promise<unknown> {
    if (!this.isSent && this.closing.length === 0) return undefined;
    const last = this.closing.map((one) => this.send(one.text, one.values));
    const [, ...rows] = await inOrder([
      inOrder([...last, this.send(text, [])]),
      ...(after === undefined ? [] : [this.send(after, [])]),
    ]);
    return rows[0]?.rows[0];
  }

  /** First row or undefined. */
  async maybeOne<Row extends object>(
    text: string,
    values: readonly unknown[] = [],
  ): Promise<Row | undefined> {
    return (await this.query<Row>(text, values))[0];
  }

  /** The only row; throws when there is none. */
  async one<Row extends object>(text: string, values: readonly unknown[] = []): Promise<Row> {
    const row = await this.maybeOne<Row>(text, values);
    if (!row) throw new Error('a statement that always answers a row answered none');
    return row;
  }

  /** TypeORM's manager on this transaction, for plain reading and writing of entities. */
  get manager(): EntityManager {
    this.open();
    // The transaction was opened without TypeORM, which must know of it: else it refuses row locks, and would begin one itself.
    Object.assign(this.runner, { isTransactionActive: true });
    return this.runner.manager;
  }

  /** The driver's client, for COPY streams. */
  async rawClient(): Promise<unknown> {
    this.open();
    return this.runner.connect();
  }

  /** True when something was sent to PostgreSQL, the opening included. For UnitOfWork. */
  get isOpen(): boolean {
    return this.isSent;
  }

  private send(text: string, values: readonly unknown[]): Promise<StatementResult> {
    if (this.travel === 'once' && this.isSent)
      return Promise.reject(new Error('readOnce sends its statements together: this one came later'));
    if (this.isEnded)
      return Promise.reject(new Error('the transaction has its answer: nothing more is asked'));
    return new Promise((resolve, reject) => {
      this.enqueue(text, values, { resolve, reject });
    });
  }

  private enqueue(
    text: string,
    values: readonly unknown[],
    waiting: Pick<PendingStatement, 'resolve' | 'reject'>,
  ): void {
    if (this.pending.length === 0) queueMicrotask(() => this.flush());
    this.pending.push({ name: statementName(text), text, values, ...waiting });
  }

  private flush(): void {
    const statements = [...this.takeOpening(), ...this.pending];
    this.pending = [];
    this.isSent = true;
    if (statements.length > 0) this.client.query(new StatementBatch(statements));
  }

  /** Sends the opening before TypeORM or a COPY uses the connection. */
  private open(): void {
    if (this.travel === 'once') throw new Error('readOnce takes statements only');
    if (this.isEnded) throw new Error(ENDED);
    if (this.opening.length > 0) this.flush();
  }

  private takeOpening(): PendingStatement[] {
    const opening = this.opening;
    this.opening = [];
    // Whether these work is seen by the statements behind them, which fail with the batch.
    const ignore = (): void => undefined;
    return opening.map(({ text, values }) => ({
      name: statementName(text),
      text,
      values,
      resolve: ignore,
      reject: ignore,
    }));
  }
}
