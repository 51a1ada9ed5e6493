import pg from 'pg';
import { inject } from 'vitest';

import type { LegacyProduct } from './legacy-catalogue.js';
import { cloneDatabase, dropDatabase } from '../support/db.js';
import type { DatabaseServer } from '../../src/platform/config/config.js';
import { withOwnerConnection } from '../../src/platform/database/owner-connection.js';
import { StarterRulesService } from '../../src/reference/clinical/starter-rules.service.js';
import { LegacyMoveService, type MoveOptions } from '../../src/reference/legacy/legacy-move.service.js';

/** A database of a test's own with an older catalogue to be moved. */
export interface Legacy {
  readonly pool: pg.Pool;
  readonly server: DatabaseServer;
  readonly up: (options?: MoveOptions) => ReturnType<LegacyMoveService['up']>;
  readonly down: (options?: { discardEdits?: boolean }) => ReturnType<LegacyMoveService['down']>;
  readonly waiting: () => ReturnType<LegacyMoveService['waiting']>;
  readonly rows: <Row extends object>(sql: string, values?: unknown[]) => Promise<Row[]>;
}

/** Runs a test on a database of its own. */
export async function onClone(work: (legacy: Legacy) => Promise<void>): Promise<void> {
  const database = await cloneDatabase();
  const server: DatabaseServer = { ...inject('superuser'), database };
  const pool = new pg.Pool({
    host: server.host,
    port: server.port,
    user: server.username,
    password: server.password,
    database,
    max: 2,
  });
  pool.on('error', () => undefined);
  const using = <T>(run: (move: LegacyMoveService) => Promise<T>): Promise<T> =>
    withOwnerConnection(server, (uow) => run(new LegacyMoveService(uow, new StarterRulesService(uow))));
  try {
    await work({
      pool,
      server,
      up: (options) => using((move) => move.up(options)),
      down: (options) => using((move) => move.down(options)),
      waiting: () => using((move) => move.waiting()),
      rows: async <Row extends object>(sql: string, values: unknown[] = []) =>
        (await pool.query<Row>(sql, values)).rows,
    });
  } finally {
    await pool.end();
    await dropDatabase(database);
  }
}

/** A small older catalogue with what is odd about such catalogues. */
export const PRODUCTS: LegacyProduct[] = [
  {
    name: 'PANADOL 500 MG 20 TABS',
    price: '20',
    oldprice: '15.5',
    active_raw: 'PARACETAMOL 500MG',
    company: 'GSK',
    dosage_form: 'Tablets',
    route: 'oral.solid',
    barcode: '6221001000019',
    pharmacology: 'Analgesic',
    date_updated: '2024-03-01 10:00',
  },
  {
    name: 'Adol 500 mg 24 caplets',
    price: '18',
    active_raw: 'acetaminophen',
    company: 'gsk',
    dosage_form: 'TAB',
    route: 'ORAL.SOLID',
    description: 'For pain',
  },
  {
    name: 'CATAFLAM 75 MG 3 AMP',
    price: '40',
    active_raw: 'DICLOFENAC POTASSIUM',
    company: 'Novartis',
    dosage_form: 'Ampoules',
    route: 'injection.im',
    units: '3',
  },
  {
    name: 'OTRIVIN NASAL SPRAY',
    price: '30',
    active_raw: 'XYLOMETAZOLINE',
    company: 'GSK',
    route: 'SPRAY',
    dosage_form: 'Spray',
  },
  { name: 'MYSTERY THING', price: '5', active_raw: 'wobblium hydrochloride', route: 'unknown', units: '12' },
  { name: 'PERITONEAL FLUID X', price: '90', route: 'Xyzzy way', dosage_form: 'Bag' },
];
export const LISTS = {
  routes: ['oral.solid', 'Oral', 'injection.im', 'SPRAY', 'Xyzzy way'],
  dosage_forms: ['Tablets', 'TAB', 'Ampoules', 'Spray', 'Bag'],
  companies: ['GSK', 'Novartis', 'gsk '],
  therapeutic_categories: ['Analgesics'],
};
