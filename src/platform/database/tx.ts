import { createHash } from 'node:crypto';

import type { EntityManager, QueryRunner } from 'typeorm';

interface PgClient {
  query(config: {
    name: string;
    text: string;
    values: readonly unknown[];
  }): Promise<{ rows: unknown[]; rowCount: number | null }>;
}

const statementNames = new Map<string, string>();

/** One name a statement text, so that PostgreSQL plans it once a connection. */
function statementName(text: string): string {
  let name = statementNames.get(text);
  if (!name) {
    name = `m_${createHash('sha1').update(text).digest('hex').slice(0, 16)}`;
    statementNames.set(text, name);
  }
  return name;
}

declare const opened: unique symbol;

/**
 * An open transaction. Only UnitOfWork makes one, so a repository method that takes a `Tx` cannot run outside of a
 * transaction, without the row-level security settings, or unaudited.
 */
export class Tx {
  declare private readonly [opened]: true;
  private client: PgClient | undefined;

  /** For UnitOfWork alone. */
  constructor(private readonly runner: QueryRunner) {}

  /** Runs a constant statement with parameters and answers its rows. */
  async query<Row extends object>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    return (await this.send(text, values)).rows as Row[];
  }

  /** Runs a constant statement and answers how many rows it affected. */
  async execute(text: string, values: readonly unknown[] = []): Promise<number> {
    return (await this.send(text, values)).rowCount ?? 0;
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
    return this.runner.manager;
  }

  /** The driver's client, for COPY streams. */
  async rawClient(): Promise<unknown> {
    return this.runner.connect();
  }

  private async send(
    text: string,
    values: readonly unknown[],
  ): Promise<{ rows: unknown[]; rowCount: number | null }> {
    this.client ??= (await this.runner.connect()) as PgClient;
    return this.client.query({ name: statementName(text), text, values });
  }
}
