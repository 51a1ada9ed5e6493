// One search library in a process of its own: `node search-library.mjs NAME FOLDER ROWS QUERIES SECONDS`. Prints its answers as JSON.
import { createRequire } from 'node:module';
import { join } from 'node:path';

import { generateProducts, generateQueries } from '../generate/products.mjs';
import { askAll } from './asking.mjs';
import { sampled } from './search-index.mjs';

const [name, folder, rows, count, seconds] = process.argv.slice(2).map((text) => (/^\d+$/.test(text) ? Number(text) : text)); // prettier-ignore
const installed = createRequire(join(folder, 'package.json'));
const AT_ONCE = 1000;

/** What a product can be found by, other names of its ingredients included, as the product's own index has them. */
const wordsOf = (product) => ({
  name: product.name,
  nameAr: product.nameAr,
  active: product.ingredients
    .flatMap(({ name: ingredient, synonyms }) => [ingredient, ...synonyms])
    .join(' '),
  form: product.dosageForm,
  barcode: product.barcode,
});
const facetsOf = ({ dosageForm, route, company, category, rxOnly }) => ({ dosageForm, route, company, category: category.join(' / '), rxOnly }); // prettier-ignore

/** Facets of a list of hits, counted here: neither MiniSearch nor FlexSearch has any. */
function counting(facets) {
  return (ids) => {
    const counts = {};
    for (const id of ids)
      for (const [facet, value] of Object.entries(facets[id])) {
        const of = (counts[facet] ??= new Map());
        of.set(value, (of.get(value) ?? 0) + 1);
      }
    return counts;
  };
}

const LIBRARIES = {
  async MiniSearch(products) {
    const MiniSearch = installed('minisearch');
    const index = new MiniSearch({ fields: ['name', 'nameAr', 'active', 'form', 'barcode'], searchOptions: { prefix: true, fuzzy: 0.2, combineWith: 'AND' } }); // prettier-ignore
    const facets = [];
    for (const product of products) {
      facets[product.n + 1] = facetsOf(product);
      index.add({ id: product.n + 1, ...wordsOf(product) });
    }
    const count = counting(facets);
    return (q, limit) => {
      const ids = index.search(q).map(({ id }) => id);
      count(ids);
      return ids.slice(0, limit);
    };
  },
  async FlexSearch(products) {
    const { Index } = installed('flexsearch');
    const index = new Index({ tokenize: 'forward' });
    const facets = [];
    for (const product of products) {
      facets[product.n + 1] = facetsOf(product);
      index.add(product.n + 1, Object.values(wordsOf(product)).join(' '));
    }
    const count = counting(facets);
    return (q, limit) => {
      const ids = index.search(q, { limit: rows });
      count(ids);
      return ids.slice(0, limit);
    };
  },
  async Orama(products) {
    const { create, insertMultiple, search } = installed('@orama/orama');
    const db = create({
      schema: { name: 'string', nameAr: 'string', active: 'string', form: 'string', barcode: 'string', dosageForm: 'string', route: 'string', company: 'string', category: 'string', rxOnly: 'boolean' },
    }); // prettier-ignore
    let batch = [];
    const add = async () => {
      await insertMultiple(db, batch, AT_ONCE);
      batch = [];
    };
    for (const product of products) {
      batch.push({ id: String(product.n + 1), ...wordsOf(product), ...facetsOf(product) });
      if (batch.length === AT_ONCE) await add();
    }
    await add();
    const facets = {
      dosageForm: {},
      route: {},
      company: {},
      category: {},
      rxOnly: { true: true, false: true },
    };
    const properties = ['name', 'nameAr', 'active', 'form', 'barcode'];
    return async (term, limit) => {
      const { hits } = await search(db, { term, properties, limit, tolerance: 1, threshold: 0, facets });
      return hits.map(({ id }) => Number(id));
    };
  },
};

const sample = [];
const begun = performance.now();
const ask = await LIBRARIES[name](sampled(rows, generateProducts(rows), sample));
const builtSeconds = Math.round((performance.now() - begun) / 100) / 10;
const answers = await askAll(generateQueries(sample, count), ask, seconds);
const megabytes = Math.round(process.memoryUsage().rss / 1e6);
process.stdout.write(JSON.stringify({ seconds: builtSeconds, megabytes, answers }));
