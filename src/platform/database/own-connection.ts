import { Injectable, Optional } from '@nestjs/common';
import type pg from 'pg';
import { DataSource } from 'typeorm';

import type { DatabaseServer, DatabaseTls } from '../config/config.js';
import { loginOf } from './login.js';
import { PrimaryLocator } from './replicas/primary-locator.js';

/** How to connect apart from the pool: plain values that can be handed to another thread. */
export interface ConnectionSettings {
  readonly server: DatabaseServer;
  readonly options: string;
}

/** The same as the driver takes it. */
export const clientConfig = ({ server, options }: ConnectionSettings): pg.ClientConfig => ({
  ...loginOf(server),
  options,
  keepAlive: true,
  connectionTimeoutMillis: 5000,
});

/** Settings for the few connections that cannot come from the pool: a listener, a reader of the whole catalogue. */
@Injectable()
export class OwnConnection {
  constructor(
    private readonly dataSource: DataSource,
    @Optional() private readonly locator?: PrimaryLocator,
  ) {}

  /** The same for a connection of this thread: where another server takes the writes from now on, it is cut. */
  get inProcess(): pg.ClientConfig {
    return { ...clientConfig(this.settings), ...(this.locator ? { stream: this.locator.stream } : {}) };
  }

  /** As pharmacy_app, without the limits on statement time that requests have. */
  get settings(): ConnectionSettings {
    const { options } = this.dataSource;
    if (options.type !== 'postgres') throw new Error('the data source is not PostgreSQL');
    const { host = '', port = 5432, username = '', password, database = '' } = options;
    const { tls } = options.extra as { tls: DatabaseTls | undefined };
    return {
      server: {
        host,
        port,
        ...this.locator?.endpoint,
        username,
        password: typeof password === 'string' ? password : undefined,
        database,
        tls,
      },
      options: [
        username === 'pharmacy_app' ? '' : '-c role=pharmacy_app',
        '-c timezone=UTC',
        '-c statement_timeout=0',
        '-c idle_in_transaction_session_timeout=0',
        '-c search_path=pg_catalog,public,pg_temp',
      ]
        .join(' ')
        .trim(),
    };
  }
}
