// Search in the process, without HTTP: `npm run meditory -- bench search [--rows 500000,2000000] [--peers] [--json]`.
// The catalogue is generated (benches/generate/products.mjs). 1,000 mixed queries, each with 20 hits and six facets.
// With --peers the specification's own design (GIN over to_tsvector, plainto_tsquery) and pg_trgm answer the same
// queries over the same data in the same run, in an embedded PostgreSQL made for it. Prints, never asserts.
import { cpus } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

import { generateProducts, generateQueries, ingredientList } from './generate/products.mjs';
import { openPeers } from './lib/search-peers.mjs';
import { distribution } from './lib/distribution.mjs';
import { buildIfStale, root } from '../tools/build-if-stale.mjs';

const { values: options } = parseArgs({
  options: {
    rows: { type: 'string', default: '50000,500000' },
    peers: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
buildIfStale();
const engineFile = (name) =>
  pathToFileURL(join(root, 'dist', 'reference', 'search', 'engine', `${name}.domain.js`)).href;
const { IndexBuilder } = await import(engineFile('index-builder'));
const { SearchSegment } = await import(engineFile('search-segment'));
const { DictionaryIndex } = await import(engineFile('dictionary-index'));
const { SearchEngine } = await import(engineFile('search-engine'));

/** Products kept to make queries of and to judge the hits of; the rest is forgotten as it is indexed. */
const SAMPLE = 2000;
const PAGE = 20;

const idsOf = (names) => new Map(names.map((name, at) => [name, at + 1]));

/** What the products refer to, as the server's dictionary has it. */
function dictionaryOf(products, ingredients) {
  const companies = new Map();
  const categories = new Map();
  const forms = new Set();
  const routes = new Set();
  const idIn = (map, key) => map.get(key) ?? (map.set(key, map.size + 1), map.size);
  const ingredientIds = idsOf(ingredients.map(({ name }) => name));
  return {
    toDocument: (product) => {
      forms.add(product.dosageForm);
      routes.add(product.route);
      return {
        drugId: product.n + 1,
        name: product.name,
        nameAr: product.nameAr,
        activeRaw: product.activeRaw,
        ingredientIds: product.ingredients.map(({ name }) => ingredientIds.get(name)),
        ingredientTexts: [],
        strength: product.strength,
        dosageForm: product.dosageForm,
        route: product.route,
        companyId: idIn(companies, product.company),
        marketerCompanyId: null,
        categoryId: idIn(categories, product.category.join(' / ')),
        atcCode: product.ingredients.length === 1 ? product.ingredients[0].atcCode : null,
        rxOnly: product.rxOnly,
        isActive: true,
        barcodes: [product.barcode],
      };
    },
    rows: () => ({
      ingredients: ingredients.map(({ name, synonyms, atcCode }) => ({
        ingredientId: ingredientIds.get(name),
        name,
        nameAr: null,
        synonyms,
        atcCode,
        groupIds: [],
      })),
      groups: [],
      companies: [...companies].map(([name, companyId]) => ({ companyId, name })),
      categories: [...categories].map(([name, categoryId]) => ({
        categoryId,
        name,
        nameAr: null,
        atcCode: null,
        parentCategoryId: null,
      })),
      forms: [...forms].map((name) => ({ name, nameAr: null, family: null })),
      routes: [...routes].map((name) => ({ name, nameAr: null })),
    }),
  };
}

/** Times the queries and judges the hits: share of queries with a wanted product among the first ten, by kind. */
async function measure(queries, productOf, ask) {
  for (const { q } of queries.slice(0, 200)) await ask(`${q} `); // warm, without filling a cache of answers
  const all = [];
  const kinds = new Map();
  for (const { kind, q, wanted } of queries) {
    const from = performance.now();
    const drugIds = await ask(q);
    const ms = performance.now() - from;
    all.push(ms);
    const found = (await Promise.all(drugIds.slice(0, 10).map(productOf))).some((hit) => wanted(hit));
    const entry = kinds.get(kind) ?? { ms: [], found: 0 };
    entry.ms.push(ms);
    if (found) entry.found += 1;
    kinds.set(kind, entry);
  }
  return {
    ...distribution(all),
    kinds: Object.fromEntries(
      [...kinds].map(([kind, { ms, found }]) => [
        kind,
        { ...distribution(ms), recall: Math.round((1000 * found) / ms.length) / 1000 },
      ]),
    ),
  };
}

/** Every product again by its place: the generator is run once more and what hits need is packed. */
function productStore(rows) {
  const products = [];
  for (const { n, name, brand, ingredients, dosageForm } of generateProducts(rows))
    products.push({ n, name, brand, ingredients, dosageForm });
  return (drugId) => products[drugId - 1];
}

async function run(rows) {
  const sample = [];
  const dictionary = dictionaryOf(sample, ingredientList());
  const step = Math.max(1, Math.floor(rows / SAMPLE));
  globalThis.gc?.();
  const before = process.memoryUsage();
  let building = 0;
  const builder = new IndexBuilder();
  for (const product of generateProducts(rows)) {
    if (product.n % step === 0) sample.push(product);
    const document = dictionary.toDocument(product);
    const from = performance.now();
    builder.add(document);
    building += performance.now() - from;
  }
  const from = performance.now();
  const segment = SearchSegment.open(builder.build());
  const names = DictionaryIndex.build(dictionary.rows());
  building += performance.now() - from;
  const view = { dictionary: names, segments: [segment] };
  globalThis.gc?.();
  const after = process.memoryUsage();
  const queries = generateQueries(sample, 1000);
  const productOf = productStore(rows);
  const engine = new SearchEngine();
  const snapshot = await measure(queries, productOf, (query) =>
    engine.search(view, { query, limit: PAGE }).hits.map(({ drugId }) => drugId),
  );
  const result = {
    rows,
    buildSeconds: Math.round(building / 100) / 10,
    indexMegabytes: Math.round(segment.statistics.bytes / 1e6),
    memoryMegabytes: Math.round((after.rss - before.rss) / 1e6),
    tokens: segment.statistics.tokens,
    engines: { snapshot },
  };
  if (options.peers) {
    const peers = await openPeers(generateProducts(rows));
    try {
      for (const [name, ask] of Object.entries(peers.engines))
        result.engines[name] = await measure(queries, productOf, (q) => ask(q, PAGE));
    } finally {
      await peers.close();
    }
  }
  return result;
}

const results = [];
for (const rows of options.rows.split(',').map(Number)) {
  const result = await run(rows);
  results.push(result);
  if (options.json) continue;
  console.log(
    `\n${rows} products, ${result.tokens} words; built in ${result.buildSeconds} s, index ${result.indexMegabytes} MB, process +${result.memoryMegabytes} MB; ` +
      `${cpus().length} cores, Node ${process.version}`,
  );
  for (const [name, { kinds, ...all }] of Object.entries(result.engines)) {
    console.log(`${name.padEnd(36)} p50 ${all.p50}  p95 ${all.p95}  p99 ${all.p99}  max ${all.max} ms`);
    for (const [kind, one] of Object.entries(kinds))
      console.log(
        `  ${kind.padEnd(34)} p50 ${one.p50}  p95 ${one.p95}  p99 ${one.p99} ms  found ${one.recall}`,
      );
  }
}
if (options.json) console.log(JSON.stringify({ cores: cpus().length, node: process.version, results }));
