// What else could search a catalogue in PostgreSQL: the specification's own indexes, and trigrams. Each answers 20 hits and facets in
// one statement, as PostgreSQL does best, on a cluster of its own.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { once } from 'node:events';

import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

import { root } from '../../tools/build-if-stale.mjs';

const { EmbeddedCluster } = await import(
  pathToFileURL(join(root, 'dist', 'platform', 'database', 'embedded-cluster.js')).href
);

const FACETS = `
facets as (
  select grouping(dosage_form, route, company, category, rx_only) as facet, dosage_form, route, company, category, rx_only, count(*) as count
  from matched group by grouping sets ((dosage_form), (route), (company), (category), (rx_only)))
select (select coalesce(array_agg(drug_id order by rank desc, drug_id), '{}') from (select drug_id, rank from matched order by rank desc, drug_id limit $2) hits) as ids,
  (select count(*) from matched) as total, (select jsonb_agg(facets) from facets) as facets`;
const COLUMNS = 'drug_id, dosage_form, route, company, category, rx_only';

/** The specification: to_tsvector('english', …) of name and active_raw, plainto_tsquery, ranked. */
const SPECIFICATION = `
with q as (select plainto_tsquery('english', $1) as query), matched as (
  select ${COLUMNS}, ts_rank(to_tsvector('english', name), q.query) as rank
  from products, q
  where to_tsvector('english', name) @@ q.query or to_tsvector('english', active_raw) @@ q.query
), ${FACETS}`;
/** The same without an English dictionary: words as they are written, each a beginning, ranked. */
const BEGINNINGS = `
with q as (select to_tsquery('simple', (select string_agg(quote_literal(word) || ':*', ' & ') from unnest(regexp_split_to_array(trim($1), '\\s+')) word)) as query), matched as (
  select ${COLUMNS}, ts_rank(to_tsvector('simple', name || ' ' || active_raw), q.query) as rank
  from products, q
  where to_tsvector('simple', name || ' ' || active_raw) @@ q.query
), ${FACETS}`;
/** pg_trgm: word similarity of 0.6 over name and composition. */
const TRIGRAMS = `
with matched as (
  select ${COLUMNS}, greatest(word_similarity($1, name), word_similarity($1, active_raw)) as rank
  from products
  where $1 <% name or $1 <% active_raw
), ${FACETS}`;

const escapeText = (text) => text.replace(/[\\\t\n\r]/g, (character) => `\\${character}`);

/** Loads the products and makes every index; `close` takes everything away. */
export async function openPeers(products) {
  const home = mkdtempSync(join(tmpdir(), 'meditory-peers-'));
  chmodSync(home, 0o755);
  const cluster = await EmbeddedCluster.open(home);
  await cluster.start();
  const { host, port, username, password, database } = cluster.server('superuser');
  const client = new pg.Client({ host, port, user: username, password, database });
  await client.connect();
  await client.query(`
    create extension if not exists pg_trgm;
    create table products (drug_id integer primary key, name text, active_raw text, dosage_form text, route text, company text, category text,
      rx_only boolean, barcode text)`);
  const stream = client.query(copyFrom('copy products from stdin'));
  for (const product of products) {
    const { n, name, activeRaw, dosageForm, route, company, category, rxOnly, barcode } = product;
    const row = [n + 1, name, activeRaw, dosageForm, route, company, category.join(' / '), rxOnly, barcode];
    if (!stream.write(`${row.map((value) => escapeText(String(value))).join('\t')}\n`))
      await once(stream, 'drain');
  }
  stream.end();
  await once(stream, 'finish');
  await client.query(`
    create index on products using gin (to_tsvector('english', name));
    create index on products using gin (to_tsvector('english', active_raw));
    create index on products using gin (to_tsvector('simple', name || ' ' || active_raw));
    create index on products using gin (name gin_trgm_ops, active_raw gin_trgm_ops);
    analyze products`);
  const asking = (name, text) => async (q, limit) =>
    (await client.query({ name, text, values: [q, limit] })).rows[0].ids;
  return {
    /** One round trip, for nothing: what any search in PostgreSQL takes at least. */
    nothing: async () => (await client.query({ name: 'nothing', text: 'select 1 as one' })).rows,
    engines: {
      'specification (GIN to_tsvector, plainto_tsquery)': asking('specification', SPECIFICATION),
      'simple, :*, ranked': asking('beginnings', BEGINNINGS),
      pg_trgm: asking('trigrams', TRIGRAMS),
    },
    async close() {
      await client.end();
      await cluster.stop();
      rmSync(home, { recursive: true, force: true });
    },
  };
}
