// Other ways to bring rows of a file into PostgreSQL, into a table of its columns without index, key or check: the fastest there is, and two
// that programs use.
import 'reflect-metadata';

import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';

import { parse } from 'csv-parse';
import { from as copyFrom } from 'pg-copy-streams';
import { DataSource, EntitySchema } from 'typeorm';

import { superuser, superuserOf } from './counter.mjs';

const AT_ONCE = 1000;
/** Rows an ORM is given: enough for a rate. */
const SAVED = 5000;
const COLUMNS = ['name', 'name_ar', 'composition', 'company', 'class', 'route', 'price'];
const TABLE = `create table public.raw_rows (${COLUMNS.map((name) => `${name} text`).join(', ')})`;
const PLACES = Array.from({ length: AT_ONCE }, (_, row) => `(${COLUMNS.map((_name, at) => `$${row * COLUMNS.length + at + 1}`).join(', ')})`); // prettier-ignore
const insertOf = (rows) => `insert into public.raw_rows values ${PLACES.slice(0, rows).join(', ')}`;

const Raw = new EntitySchema({
  name: 'raw_saved',
  tableName: 'raw_saved',
  columns: {
    id: { type: 'int', primary: true, generated: 'identity' },
    ...Object.fromEntries(COLUMNS.map((name) => [name, { type: 'text' }])),
  },
});

/** Rows of a file, so many at once. */
async function* batchesOf(path) {
  let batch = [];
  for await (const row of createReadStream(path).pipe(parse({ from_line: 2 }))) {
    batch.push(row);
    if (batch.length === AT_ONCE) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}

async function intoTable(home, work) {
  const client = await superuser(home);
  try {
    await client.query(TABLE);
    const from = performance.now();
    await work(client);
    const seconds = (performance.now() - from) / 1000;
    await client.query('drop table public.raw_rows');
    return seconds;
  } finally {
    await client.end();
  }
}

/** Seconds of a raw COPY of the file. */
export const rawCopy = (home, path) =>
  intoTable(home, (client) =>
    pipeline(
      createReadStream(path, { highWaterMark: 1 << 18 }),
      client.query(copyFrom('copy public.raw_rows from stdin with (format csv, header)')),
    ),
  );

/** Seconds of the file in statements of a thousand rows, in one transaction. */
export const multiRowInsert = (home, path) =>
  intoTable(home, async (client) => {
    await client.query('begin');
    for await (const batch of batchesOf(path)) {
      const name = batch.length === AT_ONCE ? 'rows' : undefined;
      await client.query({ name, text: insertOf(batch.length), values: batch.flat() });
    }
    await client.query('commit');
  });

/** Rows a second of the first rows of the file, saved by a repository of TypeORM, in its own chunks of a thousand. */
export async function ormSave(home, path) {
  const { user: username, ...rest } = superuserOf(home, 'bench');
  const source = await new DataSource({ type: 'postgres', ...rest, username, entities: [Raw], synchronize: true }).initialize(); // prettier-ignore
  try {
    let seconds = 0;
    let rows = 0;
    for await (const batch of batchesOf(path)) {
      const products = batch.map((row) => Object.fromEntries(COLUMNS.map((name, at) => [name, row[at]])));
      const from = performance.now();
      await source.getRepository(Raw).save(products, { chunk: AT_ONCE });
      seconds += (performance.now() - from) / 1000;
      rows += batch.length;
      if (rows >= SAVED) break;
    }
    return { n: rows, perSecond: Math.round(rows / seconds) };
  } finally {
    await source.destroy();
  }
}
