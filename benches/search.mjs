// Search in the process, without HTTP: `npm run meditory -- bench search [--rows 50000,500000,2000000] [--peers 500000]
// [--hard] [--plot docs/figures/search-costs.svg] [--json]`. The catalogue is generated (benches/generate/products.mjs);
// 1,000 mixed queries, each with 20 hits and six facets, judged by whether what was meant is among the first ten.
// --peers: with so many products the specification's own design (GIN over to_tsvector, plainto_tsquery) and pg_trgm
// answer the same queries over the same data in the same run, in an embedded PostgreSQL made for it.
// --hard: the broadest queries there are as well. --plot: costs by number of products as a figure.
// Times by the clock and, where the machine does other work, by the processor (of this process alone, so it says nothing
// of PostgreSQL). Prints, never asserts.
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

import {
  generateHardQueries,
  generateProducts,
  generateQueries,
  ingredientList,
} from './generate/products.mjs';
import { plotCosts } from './lib/cost-plot.mjs';
import { distribution, timed } from './lib/distribution.mjs';
import { buildIfStale, root } from '../tools/build-if-stale.mjs';

const { values: options } = parseArgs({
  options: {
    rows: { type: 'string', default: '50000,500000' },
    peers: { type: 'string', default: '0' },
    hard: { type: 'boolean', default: false },
    plot: { type: 'string' },
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

/** Products kept to make queries of; the rest is forgotten as it is indexed. */
const SAMPLE = 2000;
const PAGE = 20;
const JUDGED = 10;
const WARM = 200;
const SNAPSHOT = 'snapshot';
const BROADEST = 'broadest queries';

const idsOf = (names) => new Map(names.map((name, at) => [name, at + 1]));

/** What the products refer to, as the server's dictionary has it. */
function dictionaryOf(ingredients) {
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

/** Asks every query once; answers times and hits. */
async function askAll(queries, ask, warm = WARM) {
  for (const { q } of queries.slice(0, warm)) await ask(`${q} `); // warm, without filling a cache of answers
  const answers = [];
  for (const { kind, q, wanted } of queries) {
    const { value, wall, cpu } = await timed(() => ask(q));
    answers.push({ kind, q, wanted, wall, cpu, drugIds: value.slice(0, JUDGED) });
  }
  return answers;
}

/** The products with these ids: the generator is run again, so that they need not be kept while times are taken. */
function productsOf(rows, drugIds) {
  const products = new Map();
  for (const product of generateProducts(rows))
    if (drugIds.has(product.n + 1)) products.set(product.n + 1, product);
  return products;
}

const round = (value) => Math.round(value * 1000) / 1000;

/** Distributions of clock and processor time, and the share of queries that found what was meant; by kind. */
function figuresOf(answers, products) {
  const figures = (some) => {
    const judged = some.filter(({ wanted }) => wanted !== undefined);
    const found = judged.filter(({ wanted, drugIds }) => drugIds.some((id) => wanted(products.get(id))));
    return {
      wall: distribution(some.map(({ wall }) => wall)),
      cpu: distribution(some.map(({ cpu }) => cpu)),
      ...(judged.length > 0 ? { found: round(found.length / judged.length) } : {}),
    };
  };
  const slowest = answers.reduce((worst, answer) => (answer.cpu > worst.cpu ? answer : worst));
  const kinds = [...new Set(answers.map(({ kind }) => kind))];
  return {
    ...figures(answers),
    slowest: { q: slowest.q, cpu: round(slowest.cpu) },
    kinds: Object.fromEntries(
      kinds.map((kind) => [kind, figures(answers.filter((answer) => answer.kind === kind))]),
    ),
  };
}

/** Builds the index in this process, product by product as the server does, and opens it. */
function build(rows) {
  const step = Math.max(1, Math.floor(rows / SAMPLE));
  const dictionary = dictionaryOf(ingredientList());
  const sample = [];
  const builder = new IndexBuilder();
  const parts = { adding: { wall: 0, cpu: 0 }, building: { wall: 0, cpu: 0 } };
  const during = (part, work) => {
    const before = process.cpuUsage();
    const from = performance.now();
    const value = work();
    const { user, system } = process.cpuUsage(before);
    parts[part].wall += performance.now() - from;
    parts[part].cpu += (user + system) / 1000;
    return value;
  };
  // In batches: asking the clock for each product would cost more than some products.
  let batch = [];
  const addBatch = () => {
    during('adding', () => {
      for (const document of batch) builder.add(document);
    });
    batch = [];
  };
  for (const product of generateProducts(rows)) {
    if (product.n % step === 0) sample.push(product);
    batch.push(dictionary.toDocument(product));
    if (batch.length === 1000) addBatch();
  }
  addBatch();
  const view = during('building', () => {
    const segment = SearchSegment.open(builder.build());
    return { dictionary: DictionaryIndex.build(dictionary.rows()), segments: [segment] };
  });
  return { view, sample, parts };
}

async function run(rows, withPeers) {
  const { view, sample, parts } = build(rows);
  globalThis.gc?.();
  const { statistics } = view.segments[0];
  const queries = generateQueries(sample, 1000);
  const hard = options.hard ? generateHardQueries(sample) : [];
  const engine = new SearchEngine();
  const ask = (query) => engine.search(view, { query, limit: PAGE }).hits.map(({ drugId }) => drugId);
  const asked = { [SNAPSHOT]: await askAll(queries, ask) };
  if (hard.length > 0) asked[BROADEST] = await askAll(hard, ask);
  if (withPeers) {
    const { openPeers } = await import('./lib/search-peers.mjs');
    const peers = await openPeers(generateProducts(rows));
    try {
      for (const [name, peer] of Object.entries(peers.engines)) {
        // Kinds stand in turn: a beginning of the list has as many of each.
        const some = queries.slice(0, Math.ceil(queries.length * peer.share));
        asked[name] = await askAll(some, (q) => peer.ask(q, PAGE), WARM * peer.share);
      }
    } finally {
      await peers.close();
    }
  }
  const drugIds = new Set(Object.values(asked).flatMap((answers) => answers.flatMap((one) => one.drugIds)));
  const products = productsOf(rows, drugIds);
  const seconds = (key) => Math.round((parts.adding[key] + parts.building[key]) / 100) / 10;
  return {
    rows,
    build: { seconds: seconds('wall'), cpuSeconds: seconds('cpu') },
    indexMegabytes: Math.round(statistics.bytes / 1e6),
    memoryMegabytes: Math.round(process.memoryUsage().rss / 1e6),
    words: statistics.tokens,
    engines: Object.fromEntries(
      Object.entries(asked).map(([name, answers]) => [name, figuresOf(answers, products)]),
    ),
  };
}

const times = ({ p50, p95, p99, max }) =>
  [p50, p95, p99, max].map((ms) => ms.toFixed(2).padStart(8)).join('');

function print(result) {
  const { rows, words, build, indexMegabytes, memoryMegabytes } = result;
  console.log(
    `\n${rows} products, ${words} words; built in ${build.seconds} s (processor ${build.cpuSeconds} s), ` +
      `index ${indexMegabytes} MB, process ${memoryMegabytes} MB`,
  );
  console.log(`${'ms'.padEnd(34)}${'clock p50'.padStart(10)}     p95     p99     max  | processor …  found`);
  for (const [name, { kinds, slowest, ...all }] of Object.entries(result.engines)) {
    // What PostgreSQL took of the processor is not in the time of this process.
    const isHere = name === SNAPSHOT || name === BROADEST;
    for (const [kind, one] of [[name, all], ...Object.entries(kinds)])
      console.log(
        `${(kind === name ? `${name}, ${one.wall.n}` : `  ${kind}`).padEnd(36)}${times(one.wall)}  |${isHere ? times(one.cpu) : ' '.repeat(32)}  ${one.found ?? ''}`,
      );
    if (isHere) console.log(`  slowest: "${slowest.q}", ${slowest.cpu} ms of the processor`);
  }
}

const machine = `${cpus().length} cores, load ${loadavg()[0].toFixed(1)}, Node ${process.version}`;
if (!options.json) console.log(machine);
const results = [];
const withPeers = options.peers.split(',').map(Number);
for (const rows of options.rows.split(',').map(Number)) {
  const result = await run(rows, withPeers.includes(rows));
  results.push(result);
  if (!options.json) print(result);
}
if (options.json) console.log(JSON.stringify({ machine, results }));
if (options.plot !== undefined) {
  for (const { engines } of results) delete engines[BROADEST];
  mkdirSync(dirname(options.plot), { recursive: true });
  writeFileSync(options.plot, plotCosts(results, 'wall'));
}
