// Search in the process, without HTTP: `npm run meditory -- bench search [--rows 25000] [--queries 400] [--seconds 5] [--peers all|sql|none]`;
// --full: 500,000 products, 1,000 queries, 60 s. The catalogue is generated (benches/generate/products.mjs); mixed queries, each with 20 hits
// and facets, judged by whether what was meant is among the first ten; and the broadest queries there are. The same queries
// over the same data in the same run are answered by the specification's own design and others in an embedded PostgreSQL made for it, and by search
// libraries, which are installed for it. Each may ask for so many seconds. `select 1` on the same connection is the limit of what
// PostgreSQL could do. Never asserts.
import { buildIfStale } from '../tools/build-if-stale.mjs';
import { generateHardQueries, generateProducts, generateQueries } from './generate/products.mjs';
import { askAll, figureOf, PAGE, productsOf } from './lib/asking.mjs';
import { bench, ofLimit } from './lib/bench.mjs';
import { distribution } from './lib/distribution.mjs';
import { openSnapshot } from './lib/search-index.mjs';

const OURS = 'snapshot in the process';
const LIMIT = 'select 1 of PostgreSQL';

/** Answers of each design in PostgreSQL, and the times of a round trip for nothing. */
async function askPostgres(rows, queries, seconds) {
  const { openPeers } = await import('./lib/search-peers.mjs');
  const peers = await openPeers(generateProducts(rows));
  try {
    const asked = {};
    for (const [name, ask] of Object.entries(peers.engines))
      asked[name] = await askAll(queries, ask, seconds);
    const nothing = await askAll(queries, peers.nothing, seconds);
    return { asked, limit: distribution(nothing.map(({ ms }) => ms)) };
  } finally {
    await peers.close();
  }
}

/** What each kind of query took the product, and was found. */
function byKind(queries, answers, products) {
  const kinds = [...new Set(queries.map(({ kind }) => kind))];
  return kinds.map((kind) => ({
    of: `… ${kind}`,
    ...figureOf(queries, answers.filter(({ at }) => queries[at].kind === kind), products),
  })); // prettier-ignore
}

await bench(
  'search',
  {
    sizes: { rows: [25_000, 500_000], queries: [400, 1000], seconds: [5, 60] },
    flags: { peers: { type: 'string', default: 'all' } },
  },
  async ({ rows, queries: count, seconds, peers }) => {
    buildIfStale();
    const { sample, ask, words, ...built } = await openSnapshot(rows);
    const queries = generateQueries(sample, count);
    const hard = generateHardQueries(sample);
    const ours = await askAll(queries, ask, seconds);
    const broadest = await askAll(hard, ask, seconds);
    const { asked, limit } = peers === 'none' ? { asked: {} } : await askPostgres(rows, queries, seconds);
    const libraries = peers === 'all' ? await askLibraries() : { answers: {}, notes: [] };
    async function askLibraries() {
      const { askLibraries: askEach } = await import('./lib/search-libraries.mjs');
      return askEach(rows, count, seconds);
    }
    const everything = [ours, broadest, ...Object.values(asked), ...Object.values(libraries.answers).map(({ answers }) => answers)]; // prettier-ignore
    const products = productsOf(rows, new Set(everything.flatMap((answers) => answers.flatMap(({ ids }) => ids)))); // prettier-ignore
    const figure = (of, answers, more = {}) => {
      const all = figureOf(queries, answers, products);
      return { of, ...all, ...(limit && { ratio: ofLimit.time(limit.p50, all.p50) }), ...more };
    };
    return {
      figures: [
        figure(OURS, ours, built),
        ...byKind(queries, ours, products),
        { of: '… the broadest queries', ...figureOf(hard, broadest, products) },
        ...Object.entries(asked).map(([name, answers]) => figure(name, answers)),
        ...Object.entries(libraries.answers).map(([name, { answers, ...more }]) =>
          figure(name, answers, more),
        ),
        ...(limit ? [{ of: LIMIT, ...limit }] : []),
      ],
      notes: [
        `${words} distinct words; ${PAGE} hits and facets for each query. MB: index of the product, whole process of a library. Where n is below ${count}, the time to ask was over.`,
        ...libraries.notes,
      ],
    };
  },
);
