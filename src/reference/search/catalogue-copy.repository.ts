// Read by the thread that makes snapshots, which starts the faster the less it loads: no framework here.
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';

import { clientConfig, type ConnectionSettings } from '../../platform/database/own-connection.js';
import { CopyRows } from '../../platform/text/copy-rows.domain.js';
import * as sql from './catalogue-source.sql.js';
import { documentOf } from './document.domain.js';
import type { SearchDictionary, SearchDocument } from './engine/search.types.js';

/** How far the change feed of a database is. */
export interface FeedPlace {
  /** Tells the feed of one database from that of another. */
  readonly feed: string;
  readonly place: number;
}

/** Which rows of the dictionary to read; a list that is missing is not read, null means all of it. */
export interface DictionaryKeys {
  readonly ingredients?: readonly number[] | null | undefined;
  readonly groups?: readonly number[] | null | undefined;
  readonly companies?: readonly number[] | null | undefined;
  readonly categories?: readonly number[] | null | undefined;
  readonly forms?: boolean;
  readonly routes?: boolean;
}

type Reader = <Row extends object>(text: string, values: readonly unknown[]) => Promise<Row[]>;

/** Reads rows of the dictionary, with whatever runs a statement. */
export async function readDictionary(read: Reader, keys: DictionaryKeys): Promise<Partial<SearchDictionary>> {
  const { ingredients, groups, companies, categories } = keys;
  return {
    ...(ingredients === undefined ? {} : { ingredients: await read(sql.FIND_INGREDIENTS, [ingredients]) }),
    ...(groups === undefined ? {} : { groups: await read(sql.FIND_GROUPS, [groups]) }),
    ...(companies === undefined ? {} : { companies: await read(sql.FIND_COMPANIES, [companies]) }),
    ...(categories === undefined ? {} : { categories: await read(sql.FIND_CATEGORIES, [categories]) }),
    ...(keys.forms ? { forms: await read(sql.FIND_FORMS, []) } : {}),
    ...(keys.routes ? { routes: await read(sql.FIND_ROUTES, []) } : {}),
  };
}

const WHOLE: DictionaryKeys = {
  ingredients: null,
  groups: null,
  companies: null,
  categories: null,
  forms: true,
  routes: true,
};

/** The whole catalogue as of one moment. */
export interface CatalogueState {
  readonly at: FeedPlace;
  readonly dictionary: SearchDictionary;
}

/**
 * Reads the whole catalogue on a connection of its own, in one repeatable-read transaction: `take` gets every product as
 * it arrives, so memory does not grow with the catalogue. Stops with an AbortError when the signal says so.
 */
export async function readCatalogue(
  connection: ConnectionSettings,
  take: (document: SearchDocument) => void,
  signal?: AbortSignal,
): Promise<CatalogueState> {
  const client = new pg.Client({ ...clientConfig(connection), application_name: 'meditory-search-snapshot' });
  client.on('error', () => undefined); // the pending call rejects; an unheard event would end the process
  await client.connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    const read: Reader = async <Row extends object>(text: string, values: readonly unknown[]) =>
      (await client.query<Row>(text, [...values])).rows;
    const [at] = await read<FeedPlace>(sql.FIND_PLACE, []);
    const dictionary = (await readDictionary(read, WHOLE)) as SearchDictionary;
    const rows = new CopyRows();
    const sink = new Writable({
      write(chunk: Buffer, _, done) {
        for (const fields of rows.read(chunk)) take(documentOf(fields));
        done();
      },
    });
    await pipeline(client.query(copyTo(sql.COPY_DOCUMENTS)), sink, { signal });
    await client.query('commit');
    return { at: at ?? { feed: '', place: 0 }, dictionary };
  } finally {
    await client.end();
  }
}
