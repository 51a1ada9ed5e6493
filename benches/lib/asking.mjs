// Queries asked one after the other of whatever can search, and whether it found what was meant.
import { generateProducts } from '../generate/products.mjs';
import { distribution } from './distribution.mjs';

export const PAGE = 20;
const JUDGED = 10;
const WARM = 200;

/**
 * Asks every query once, for at most so many seconds: what is slow is asked fewer, of every kind as many, since kinds stand in turn.
 * Answers the time of each and the first ids.
 */
export async function askAll(queries, ask, seconds) {
  const begun = performance.now();
  const share = 1 / 10;
  for (const { q } of queries.slice(0, WARM)) {
    await ask(`${q} `, PAGE); // warm, without filling a cache of answers
    if (performance.now() - begun > seconds * 1000 * share) break;
  }
  const answers = [];
  const from = performance.now();
  for (let at = 0; at < queries.length && performance.now() - from < seconds * 1000; at++) {
    const before = performance.now();
    const ids = await ask(queries[at].q, PAGE);
    answers.push({ at, ms: performance.now() - before, ids: ids.slice(0, JUDGED) });
  }
  return answers;
}

/** The products with these ids: the generator is run again, so that they need not be kept while times are taken. */
export function productsOf(rows, ids) {
  const products = new Map();
  for (const product of generateProducts(rows))
    if (ids.has(product.n + 1)) products.set(product.n + 1, product);
  return products;
}

/** The distribution of some answers, and the share of those with something to find that found it. */
export function figureOf(queries, answers, products) {
  const judged = answers.filter(({ at }) => queries[at].wanted);
  const found = judged.filter(({ at, ids }) =>
    ids.some((id) => products.has(id) && queries[at].wanted(products.get(id))),
  );
  return {
    ...distribution(answers.map(({ ms }) => ms)),
    ...(judged.length > 0 && { found: Math.round((1000 * found.length) / judged.length) / 1000 }),
  };
}
