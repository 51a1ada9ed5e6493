import { DataSource } from 'typeorm';

import type { DatabaseServer } from '../config/config.js';
import { installTypeParsers } from './data-source-options.js';
import { sslOf } from './login.js';
import { UnitOfWork } from './unit-of-work.js';

/**
 * Runs work that changes what tables there are, as the login migrations use: a member of meditory_owner, or a superuser.
 * No bound on the time of a statement; nobody but the command line may come here.
 */
export async function withOwnerConnection<T>(
  server: DatabaseServer,
  work: (uow: UnitOfWork) => Promise<T>,
): Promise<T> {
  installTypeParsers();
  const { host, port, username, password, database, tls } = server;
  const dataSource = await new DataSource({
    type: 'postgres',
    host,
    port,
    username,
    password,
    database,
    ssl: sslOf(() => host, tls),
    synchronize: false,
    applicationName: 'meditory-owner',
    installExtensions: false,
    extra: {
      max: 1,
      options: '-c timezone=UTC -c idle_in_transaction_session_timeout=0 -c statement_timeout=0',
    },
  }).initialize();
  try {
    return await work(new UnitOfWork(dataSource));
  } finally {
    await dataSource.destroy();
  }
}
