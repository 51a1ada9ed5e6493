import pg from 'pg';
import type { DataSourceOptions } from 'typeorm';

import type { DatabaseServer } from '../config/config.js';
import { sslOf } from './login.js';

const DATE = 1082;
const BIGINT = 20;

/** A calendar date stays 'YYYY-MM-DD'; a bigint becomes a number as long as that is exact. Once for the process. */
export function installTypeParsers(): void {
  pg.types.setTypeParser(DATE, (text: string) => text);
  pg.types.setTypeParser(BIGINT, (text: string) => {
    const value = Number(text);
    if (!Number.isSafeInteger(value)) throw new RangeError('a bigint is too large to be exact as a number');
    return value;
  });
}

/** How the server connects: as pharmacy_app, bounded in connections, waits and statement time. */
export function dataSourceOptions(
  server: DatabaseServer,
  poolMax: number,
): Extract<DataSourceOptions, { type: 'postgres' }> {
  installTypeParsers();
  return {
    type: 'postgres',
    host: server.host,
    port: server.port,
    username: server.username,
    password: server.password,
    database: server.database,
    ssl: sslOf(server.host, server.tls),
    synchronize: false,
    migrationsRun: false,
    logging: false,
    applicationName: 'meditory',
    installExtensions: false,
    extra: {
      // Not for the driver: what another thread makes its connection from, which takes plain values alone.
      tls: server.tls,
      max: poolMax,
      connectionTimeoutMillis: 5000,
      idleTimeoutMillis: 30_000,
      keepAlive: true,
      // A login that is not pharmacy_app (an administrator's, in a small set-up) acts as pharmacy_app from the start.
      options: [
        server.username === 'pharmacy_app' ? '' : '-c role=pharmacy_app',
        '-c statement_timeout=10s',
        '-c lock_timeout=3s',
        '-c idle_in_transaction_session_timeout=15s',
        '-c timezone=UTC',
        '-c search_path=pg_catalog,public,pg_temp',
      ]
        .join(' ')
        .trim(),
    },
  };
}
