import { randomBytes } from 'node:crypto';

import pg from 'pg';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, inject } from 'vitest';

import type { DatabaseServer } from '../../src/platform/config/config.js';
import { dataSourceOptions, installTypeParsers } from '../../src/platform/database/data-source-options.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';

/** A database of this test file's own, cloned from the migrated template. */
export interface TestDatabase {
  /** Connection as pharmacy_app, as the server uses it. */
  readonly app: DatabaseServer;
  /** Connection as superuser. */
  readonly superuser: DatabaseServer;
  /** Pool as superuser, for preparing and looking; row-level security does not apply. */
  readonly owner: pg.Pool;
  /** TypeORM data source as pharmacy_app (no entities; pass your own where you need them). */
  readonly dataSource: DataSource;
  readonly uow: UnitOfWork;
}

const clientOf = (server: DatabaseServer): pg.ClientConfig => ({
  host: server.host,
  port: server.port,
  user: server.username,
  password: server.password,
  database: server.database,
});

/** Makes a clone of the template (or an empty database) and answers its name. */
export async function cloneDatabase(template: string | null = inject('superuser').database): Promise<string> {
  const name = `t_${randomBytes(6).toString('hex')}`;
  const client = new pg.Client({ ...clientOf(inject('superuser')), database: 'postgres' });
  await client.connect();
  try {
    await client.query(template ? `create database ${name} template ${template}` : `create database ${name}`);
  } finally {
    await client.end();
  }
  return name;
}

export async function dropDatabase(name: string): Promise<void> {
  const client = new pg.Client({ ...clientOf(inject('superuser')), database: 'postgres' });
  await client.connect();
  try {
    await client.query(`drop database if exists ${name} with (force)`);
  } finally {
    await client.end();
  }
}

/** Opens a clone for this file before its tests and drops it after them. Use the answer inside tests only. */
export function useTestDatabase(
  entities: NonNullable<ConstructorParameters<typeof DataSource>[0]['entities']> = [],
): TestDatabase {
  installTypeParsers();
  const db = {} as { -readonly [K in keyof TestDatabase]: TestDatabase[K] };
  beforeAll(async () => {
    const database = await cloneDatabase();
    db.app = { ...inject('app'), database };
    db.superuser = { ...inject('superuser'), database };
    db.owner = new pg.Pool({ ...clientOf(db.superuser), max: 4 });
    db.owner.on('error', () => undefined); // dropping the database cuts idle connections
    db.dataSource = await new DataSource({ ...dataSourceOptions(db.app, 16), entities }).initialize();
    db.uow = new UnitOfWork(db.dataSource);
  });
  afterAll(async () => {
    await db.dataSource?.destroy();
    await db.owner?.end();
    if (db.app) await dropDatabase(db.app.database);
  });
  return db;
}

/** A plain connection to the test database as any role that may log in or that the superuser may become. */
export async function connectAs(db: TestDatabase, role: string): Promise<pg.Client> {
  const client = new pg.Client(clientOf(db.superuser));
  await client.connect();
  await client.query(`set session authorization ${client.escapeIdentifier(role)}`);
  return client;
}
