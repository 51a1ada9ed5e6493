import pg from 'pg';

import { isConnectionLoss } from '../errors/database-errors.js';
import { clientConfig, type ConnectionSettings } from './own-connection.js';

/**
 * One connection beside every pool, for questions that must be answered when the pools are used up: made when it is first
 * asked, and again when it broke. Questions are answered one after the other, none takes longer than `timeoutMs`.
 */
export class SpareConnection {
  private client: Promise<pg.Client> | undefined;
  private isClosed = false;

  constructor(
    private readonly settings: () => ConnectionSettings,
    private readonly name: string,
    private readonly timeoutMs: number,
  ) {}

  /** Rows of a reading statement. A connection that was cut since it was last used is made anew, once. */
  async query<Row extends object>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    const isFresh = this.client === undefined;
    try {
      return await this.ask<Row>(text, values);
    } catch (error) {
      if (isFresh || !isConnectionLoss(error)) throw error;
      return this.ask<Row>(text, values);
    }
  }

  async close(): Promise<void> {
    this.isClosed = true;
    await this.client?.then((client) => client.end()).catch(() => undefined);
  }

  private async ask<Row extends object>(text: string, values: readonly unknown[]): Promise<Row[]> {
    if (this.isClosed) throw new Error('the server is stopping');
    const connecting = (this.client ??= this.connect());
    try {
      const { rows } = await (await connecting).query<Row>(text, [...values]);
      return rows;
    } catch (error) {
      // After a time-out on this side an answer may still come: whatever failed, the next question begins anew.
      this.forget(connecting);
      throw error;
    }
  }

  private connect(): Promise<pg.Client> {
    const client = new pg.Client({
      ...clientConfig(this.settings()),
      application_name: this.name,
      connectionTimeoutMillis: this.timeoutMs,
      statement_timeout: this.timeoutMs,
      query_timeout: this.timeoutMs + 500,
    });
    const connecting = client.connect().then(() => client);
    // A connection that is cut while nobody asks says so once; the next question finds it gone.
    client.on('error', () => this.forget(connecting));
    return connecting;
  }

  private forget(connection: Promise<pg.Client>): void {
    if (this.client === connection) this.client = undefined;
    // A server that stands still would never confirm the end; nobody waits for it.
    void connection.then((client) => client.end()).catch(() => undefined);
  }
}
