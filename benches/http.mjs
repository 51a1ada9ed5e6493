// Reading over HTTP: `npm run meditory -- bench http [--products 25000] [--queries 100] [--seconds 2] [--connections 1,8] [--file egyptian-drugs.csv]`;
// --full: 400 queries, 5 s, 1, 8 and 32 connections. Makes an installation of its own in a temporary folder with a generated catalogue (or the
// file given), imported by the command line. Measures on one connection the search by kind of query (with facets and stock; whole, and as the server tells it), an edit
// until it is found, one product, the stock list and the work board; then answers a second of the mixed searches and of one product by so many
// connections. The limits are measured in the same run: an answer of Fastify that does nothing, and one of a `select 1`. Never asserts.
import { bench, grouped, numbersOf, ofLimit } from './lib/bench.mjs';
import { importCatalogue, snapshotOf } from './lib/catalogue.mjs';
import { rateFigure, repeating } from './lib/clients.mjs';
import { distribution } from './lib/distribution.mjs';
import { startEmptyServer } from './lib/empty-answers.mjs';
import { Connection } from './lib/http-client.mjs';
import { inInstallation } from './lib/installation.mjs';
import { eachOf } from './lib/processor.mjs';

const PORT = 3977;
const LIMIT_PORT = 3976;
const WARM = 100;
const INGREDIENTS = ['paracetamol', 'amoxicillin', 'warfarin', 'metformin', 'ibuprofen', 'omeprazole', 'amox 500 cap']; // prettier-ignore
const EMPTY = 'empty answer of Fastify';
const SELECT = 'select 1 behind Fastify';

const swapped = (name) => (name.length < 5 ? name : name.slice(0, 2) + name[3] + name[2] + name.slice(4));
const pathOf = (q) => `/api/drugs/search?limit=20&q=${encodeURIComponent(q)}`;

/** What people type, by kind. */
const queriesOf = (names) => ({
  'exact name': names,
  'beginning of 3 to 6': names.map((name, n) => name.slice(0, 3 + (n % 4))),
  ingredient: names.map((_, n) => INGREDIENTS[n % INGREDIENTS.length]),
  'swapped letters': names.map((name) => swapped(name.split(' ')[0])),
});

/** Times of these paths on one connection, one after the other, after some that warm up. */
async function timesOf(port, headers, paths) {
  const connection = new Connection(port, headers);
  const times = [];
  const inServer = [];
  for (let n = -Math.min(WARM, paths.length); n < paths.length; n++) {
    const path = paths[(n + paths.length) % paths.length];
    const from = performance.now();
    const body = await connection.get(path);
    if (n < 0) continue;
    times.push(performance.now() - from);
    const { meta } = JSON.parse(body.toString());
    if (meta?.tookMs !== undefined) inServer.push(meta.tookMs);
  }
  connection.close();
  return { times, inServer };
}

/** The times of an edit until its product is found by name, the edit itself not counted. */
async function afterEdits(base, headers, count) {
  const connection = new Connection(PORT, headers);
  const times = [];
  for (let n = 0; n < count; n++) {
    const name = `Benchol ${n}`;
    const made = await connection.post('/api/drugs', { name, price: '1' });
    if (made.status !== 201) throw new Error(`no product at ${base}: ${made.status}`);
    const from = performance.now();
    const { data } = JSON.parse((await connection.get(pathOf(name))).toString());
    times.push(performance.now() - from);
    if (data[0]?.name !== name) throw new Error(`the edit was not found: ${data[0]?.name}`);
  }
  connection.close();
  return times;
}

/** So many connections ask for these paths in turn. */
function asking(port, headers, paths, clients, seconds) {
  let sent = 0;
  return repeating({
    clients,
    seconds,
    done: 200,
    open() {
      const connection = new Connection(port, headers);
      const once = async () => {
        await connection.get(paths[sent++ % paths.length]);
        return 200;
      };
      return { once, close: () => connection.close() };
    },
  });
}

async function measure({ products, queries, seconds, connections, file }) {
  const figures = [];
  const notes = [];
  await inInstallation(
    PORT,
    async (installation) => {
      const { base, headers, owner, spent, home } = installation;
      const { names, inserted } = await importCatalogue(installation, products, file);
      const said = await snapshotOf(PORT, inserted);
      notes.push(`${inserted} products, searched in the ${said}.`);
      const some = names.slice(0, queries);
      const kinds = queriesOf(some);
      const { rows } = await owner.query(
        "select drug_id as id from reference.drugs where status = 'active' order by hashint4(drug_id), 1 limit $1",
        [queries],
      );
      const drugs = rows.map(({ id }) => `/api/drugs/${id}`);
      const limitServer = await startEmptyServer(LIMIT_PORT, home);
      try {
        const limitOf = async (of, path) => {
          const { times } = await timesOf(
            LIMIT_PORT,
            {},
            Array.from({ length: queries }, () => path),
          );
          const figure = { of, ...distribution(times) };
          figures.push(figure);
          return figure;
        };
        await limitOf(EMPTY, '/empty');
        const limit = await limitOf(SELECT, '/select');
        const show = (of, times) => {
          const shown = distribution(times);
          figures.push({ of, ...shown, ratio: ofLimit.time(limit.p50, shown.p50) });
        };
        for (const [kind, asked] of Object.entries(kinds)) {
          const { times, inServer } = await timesOf(PORT, headers, asked.map(pathOf));
          show(`search, ${kind}`, times);
          show(`… ${kind}, in the server`, inServer);
        }
        show('search after an edit', await afterEdits(base, headers, Math.ceil(queries / 4)));
        const pages = {
          'one product': drugs,
          'stock list': ['/api/inventory/lots'],
          'work board': ['/api/work-board'],
        };
        for (const [name, paths] of Object.entries(pages))
          show(name, (await timesOf(PORT, headers, Array.from({ length: queries }, (_, n) => paths[n % paths.length]))).times); // prettier-ignore

        const mixed = Object.values(kinds).flatMap((asked) => asked.map(pathOf));
        mixed.sort((a, b) => (a < b ? 1 : -1)); // neighbours are of different kinds, the same in every run
        for (const clients of numbersOf(connections)) {
          const empty = await asking(LIMIT_PORT, {}, ['/empty'], clients, seconds);
          const select = await asking(LIMIT_PORT, {}, ['/select'], clients, seconds);
          figures.push(rateFigure(EMPTY, empty, { done: 200 }), rateFigure(SELECT, select, { done: 200 }));
          for (const [name, paths] of [
            ['mixed searches', mixed],
            ['one product', drugs],
          ]) {
            spent();
            const answered = await asking(PORT, headers, paths, clients, seconds);
            const processor = eachOf(spent(), answered.n);
            figures.push(rateFigure(name, answered, { done: 200, limit: select.perSecond, processor }));
          }
        }
      } finally {
        await limitServer.stop();
      }
    },
    undefined,
    { MEDITORY_SAMPLE: 'none' },
  );
  notes.push(`The limit is ${SELECT}.`);
  return { axis: 'connections', figures: grouped(figures), notes };
}

await bench(
  'http',
  {
    sizes: { products: [25_000, 25_000], queries: [100, 400], seconds: [2, 5], connections: ['1,8', '1,8,32'] },
    flags: { file: { type: 'string', default: '' } },
  },
  measure,
); // prettier-ignore
