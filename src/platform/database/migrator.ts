import { DataSource } from 'typeorm';
import pg from 'pg';

import { CLUSTER_ROLES_SQL } from '../../migrations/cluster-roles.js';
import { MIGRATIONS } from '../../migrations/index.js';
import type { DatabaseServer } from '../config/config.js';
import { installTypeParsers } from './data-source-options.js';
import { loginOf, sslOf } from './login.js';

/** Key of the advisory lock that lets one process migrate at a time. Any constant does; this spells "MEDI". */
const MIGRATION_LOCK = 0x4d454449;

export interface MigrationStatus {
  readonly name: string;
  readonly applied: boolean;
}

/** A pharmacy_app password to set, where the caller manages the cluster. */
export interface MigrateOptions {
  readonly appPassword?: string;
  /** The last migration to apply, by name; all of them where none is named. */
  readonly through?: string;
  readonly afterUp?: (dataSource: DataSource) => Promise<void>;
}

/** Runs `work` holding the migration lock: concurrent starts wait here and then find nothing left to do. */
async function locked<T>(server: DatabaseServer, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ ...loginOf(server), application_name: 'meditory-migrate' });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    return await work(client);
  } finally {
    await client.end();
  }
}

function migrationsThrough(name: string): (typeof MIGRATIONS)[number][] {
  const last = MIGRATIONS.findIndex((Migration) => (new Migration().name ?? Migration.name) === name);
  if (last < 0) throw new Error(`This program knows no migration ${name}: it is older than the data.`);
  return MIGRATIONS.slice(0, last + 1);
}

async function withMigrations<T>(
  server: DatabaseServer,
  work: (dataSource: DataSource) => Promise<T>,
  through?: string,
): Promise<T> {
  installTypeParsers();
  const dataSource = new DataSource({
    type: 'postgres',
    host: server.host,
    port: server.port,
    username: server.username,
    password: server.password,
    database: server.database,
    ssl: sslOf(() => server.host, server.tls),
    migrations: through === undefined ? [...MIGRATIONS] : migrationsThrough(through),
    migrationsTableName: 'meditory_migrations',
    migrationsTransactionMode: 'each',
    applicationName: 'meditory-migrate',
    installExtensions: false,
    // Row-level security binds the owner as well: a migration says that it is one.
    extra: {
      max: 1,
      options: '-c role=meditory_owner -c app.maintenance=on -c lock_timeout=10s -c timezone=UTC',
    },
  });
  await dataSource.initialize();
  try {
    return await work(dataSource);
  } finally {
    await dataSource.destroy();
  }
}

/** Brings a database to the newest schema: cluster roles, then every pending migration, each in a transaction. */
export async function migrateUp(server: DatabaseServer, options: MigrateOptions = {}): Promise<string[]> {
  return locked(server, async (client) => {
    await client.query('begin');
    for (const statement of CLUSTER_ROLES_SQL) await client.query(statement);
    if (options.appPassword) {
      const { rows } = await client.query<{ command: string }>(
        "select format('alter role pharmacy_app password %L', $1::text) as command",
        [options.appPassword],
      );
      for (const { command } of rows) await client.query(command);
    }
    await client.query(
      'create table if not exists public.meditory_migrations (id serial primary key, timestamp bigint not null, name varchar not null)',
    );
    await client.query('alter table public.meditory_migrations owner to meditory_owner');
    await client.query('grant select on public.meditory_migrations to pharmacy_app');
    await client.query('commit');
    return withMigrations(
      server,
      async (dataSource) => {
        const applied = await dataSource.runMigrations();
        await options.afterUp?.(dataSource);
        return applied.map((migration) => migration.name);
      },
      options.through,
    );
  });
}

/** Takes back the last `steps` migrations; a migration refuses when that would drop rows (see drop-guard). */
export async function migrateDown(server: DatabaseServer, steps: number): Promise<void> {
  await locked(server, () =>
    withMigrations(server, async (dataSource) => {
      for (let n = 0; n < steps; n++) await dataSource.undoLastMigration();
    }),
  );
}

/** Every migration with whether it is applied, oldest first. */
export async function migrationStatus(server: DatabaseServer): Promise<MigrationStatus[]> {
  return locked(server, async (client) => {
    const table = await client.query<{ there: boolean }>(
      "select to_regclass('public.meditory_migrations') is not null as there",
    );
    const applied = table.rows[0]?.there
      ? await client.query<{ name: string }>('select name from public.meditory_migrations')
      : { rows: [] };
    const names = new Set(applied.rows.map((row) => row.name));
    return migrationNames().map((name) => ({ name, applied: names.has(name) }));
  });
}

/** Names of all migrations this program knows, oldest first. */
export function migrationNames(): string[] {
  return MIGRATIONS.map((Migration) => new Migration().name ?? Migration.name);
}
