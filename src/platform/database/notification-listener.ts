import pg from 'pg';

import { clientConfig, type ConnectionSettings } from './own-connection.js';

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5000;

/** What a listener tells its owner. None of them may throw. */
export interface ListenerEvents {
  /** Listening, for the first time or again: notifications sent before were missed. */
  onListening(): void;
  onNotification(payload: string): void;
  /** The connection was lost or could not be made; it is tried again until `stop`. */
  onFault(error: unknown): void;
}

/** LISTEN on one channel, on a connection of its own that is made again whenever it breaks. */
export class NotificationListener {
  private client: pg.Client | undefined;
  private retry: NodeJS.Timeout | undefined;
  private pauseMs = FIRST_PAUSE_MS;
  private isStopped = false;
  private connecting: Promise<void> = Promise.resolve();

  /** `statement` is the LISTEN statement. */
  constructor(
    private readonly settings: () => ConnectionSettings,
    private readonly statement: string,
    private readonly events: ListenerEvents,
  ) {}

  start(): void {
    if (!this.isStopped) this.connecting = this.connect();
  }

  /** Ends the connection; nothing is told afterwards. */
  async stop(): Promise<void> {
    this.isStopped = true;
    clearTimeout(this.retry);
    await this.connecting;
    await this.client?.end().catch(() => undefined);
  }

  private async connect(): Promise<void> {
    const client = new pg.Client({ ...clientConfig(this.settings()), application_name: 'meditory-listen' });
    let isLost = false;
    const lose = (error: unknown): void => {
      if (isLost) return;
      isLost = true;
      if (this.client === client) this.client = undefined;
      void client.end().catch(() => undefined);
      this.again(error);
    };
    client.on('error', lose);
    client.on('end', () => lose(new Error('the listening connection was closed')));
    client.on('notification', ({ payload }) => {
      if (!this.isStopped) this.events.onNotification(payload ?? '');
    });
    try {
      await client.connect();
      await client.query(this.statement);
    } catch (error) {
      lose(error);
      return;
    }
    if (isLost) return;
    this.client = client;
    this.pauseMs = FIRST_PAUSE_MS;
    if (!this.isStopped) this.events.onListening();
  }

  private again(error: unknown): void {
    if (this.isStopped) return;
    this.events.onFault(error);
    this.retry = setTimeout(() => {
      this.connecting = this.connect();
    }, this.pauseMs);
    this.retry.unref();
    this.pauseMs = Math.min(LONGEST_PAUSE_MS, this.pauseMs * 2);
  }
}
