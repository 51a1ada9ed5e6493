import pg from 'pg';
import type { DataSourceOptions } from 'typeorm';

import type { DatabaseServer } from '../config/config.js';
import { sslOf } from './login.js';
import type { PrimaryLocator } from './replicas/primary-locator.js';

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

/** How the server connects: as pharmacy_app, bounded in connections, waits and statement time; with `locator` to the server that takes writes. */
export function dataSourceOptions(
  server: DatabaseServer,
  poolMax: number,
  locator?: PrimaryLocator,
): Extract<DataSourceOptions, { type: 'postgres' }> {
  installTypeParsers();
  return {
    type: 'postgres',
    host: server.host,
    port: server.port,
    username: server.username,
    password: server.password,
    database: server.database,
    ssl: sslOf(() => locator?.endpoint.host ?? server.host, server.tls),
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
      ...(locator ? { stream: locator.stream, onConnect: locator.check } : {}),
      // A login that is not pharmacy_app (an administrator's, in a small set-up) acts as pharmacy_app from the start.
      options: [
        server.username === 'pharmacy_app' ? '' : '-c role=pharmacy_app',
        '-c statement_timeout=10s',
        '-c lock_timeout=3s',
        '-c idle_in_transaction_session_timeout=15s',
        // What was acknowledged is on the disk, and on the standbys that synchronous_standby_names asks for.
        locator ? '-c synchronous_commit=on' : '',
        '-c timezone=UTC',
        '-c search_path=pg_catalog,public,pg_temp',
      ]
        .filter(Boolean)
        .join(' '),
    },
  };
}
