// The index of the product over a generated catalogue, made in this process as the server makes it.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { root } from '../../tools/build-if-stale.mjs';
import { generateProducts, ingredientList } from '../generate/products.mjs';

/** Products kept to make queries of; the rest is forgotten as it is indexed. */
const SAMPLE = 2000;

/** Which products queries are made of: the same in every process that generates as many. */
export function* sampled(rows, products, sample) {
  const step = Math.max(1, Math.floor(rows / SAMPLE));
  for (const product of products) {
    if (product.n % step === 0) sample.push(product);
    yield product;
  }
}

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

/** Builds the index and opens it: `ask` answers ids of products, `sample` has what queries are made of. */
export async function openSnapshot(rows) {
  const compiled = async (name) =>
    import(pathToFileURL(join(root, 'dist', 'reference', 'search', 'engine', `${name}.domain.js`)).href);
  const { IndexBuilder } = await compiled('index-builder');
  const { SearchSegment } = await compiled('search-segment');
  const { DictionaryIndex } = await compiled('dictionary-index');
  const { SearchEngine } = await compiled('search-engine');
  const dictionary = dictionaryOf(ingredientList());
  const builder = new IndexBuilder();
  const sample = [];
  // In batches, for the clock: asking it for each product would cost more than some products.
  let ms = 0;
  let batch = [];
  const during = (work) => {
    const from = performance.now();
    const value = work();
    ms += performance.now() - from;
    return value;
  };
  const addBatch = () => {
    during(() => {
      for (const document of batch) builder.add(document);
    });
    batch = [];
  };
  for (const product of sampled(rows, generateProducts(rows), sample)) {
    batch.push(dictionary.toDocument(product));
    if (batch.length === 1000) addBatch();
  }
  addBatch();
  const view = during(() => ({
    dictionary: DictionaryIndex.build(dictionary.rows()),
    segments: [SearchSegment.open(builder.build())],
  }));
  const { statistics } = view.segments[0];
  const engine = new SearchEngine();
  return {
    sample,
    seconds: Math.round(ms / 100) / 10,
    megabytes: Math.round(statistics.bytes / 1e5) / 10,
    words: statistics.tokens,
    ask: (query, limit) => engine.search(view, { query, limit }).hits.map(({ drugId }) => drugId),
  };
}
