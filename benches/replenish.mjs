// Ways of buying: `npm run meditory -- bench replenish [--products 500] [--days 730] [--seeds 101,102,103] [--noted 0] [--plot file] [--json]`.
// A pharmacy of seasonal, trending, slow, lumpy and erratic products, run for a year to get to know it and then measured for `days`, once for
// each way of buying and each service aimed at. What is lost against the capital tied up is a line for each way: the lower, the better.
// Prints, never asserts. The constants of the forecast were set before the first run, by no seed.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

import { buildIfStale, root } from '../tools/build-if-stale.mjs';
import { atSame, plotFrontier } from './lib/replenishment-plot.mjs';
import { forecast, meanOf90, movingAverage, naive } from './lib/replenishment-policies.mjs';
import { run } from './lib/replenishment-run.mjs';
import { makeWorld } from './lib/replenishment-world.mjs';

const { values: options } = parseArgs({
  options: {
    products: { type: 'string', default: '500' },
    days: { type: 'string', default: '730' },
    seed: { type: 'string' },
    seeds: { type: 'string', default: '101,102,103' },
    noted: { type: 'string', default: '0' },
    plot: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
const WARM_UP = 365;
const AIMS = [0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999];
const SAFETY_DAYS = [3, 7, 14, 21, 30, 45];

buildIfStale();
const load = async (path) =>
  import(pathToFileURL(join(root, 'dist', 'operational', 'procurement', `${path}.js`)).href);
const domain = {
  ...(await load('forecast/demand.domain')),
  ...(await load('forecast/demand-curve.domain')),
  ...(await load('forecast/seasonality.domain')),
  ...(await load('forecast/forecast.domain')),
  ...(await load('forecast/safety.domain')),
};
const { suggestReorder } = await load('reorder/reorder.domain');

/** Each way of buying, over what it aims at. */
const POLICIES = [
  { name: 'forecast', aims: AIMS, of: (aim) => forecast(domain, aim) },
  { name: 'moving average', aims: AIMS, of: (aim) => movingAverage(domain, aim) },
  { name: 'last period', aims: AIMS, of: (aim) => naive(domain, aim) },
  { name: 'mean of 90 days', aims: SAFETY_DAYS, of: (days) => meanOf90(domain, days) },
];

const seeds = (options.seed ?? options.seeds).split(',').map(Number);
const results = seeds.map((seed) => {
  const world = makeWorld({ seed, products: Number(options.products), days: WARM_UP + Number(options.days) });
  return {
    seed,
    policies: POLICIES.map(({ name, aims, of }) => ({
      name,
      points: aims.map((aim) => ({
        aim,
        ...run(world, of(aim), { buy: suggestReorder, from: WARM_UP, noted: Number(options.noted) }),
      })),
    })),
  };
});

const percent = (value) => `${(value * 100).toFixed(2)} %`.padStart(8);
if (options.json) process.stdout.write(`${JSON.stringify(results, null, 2)}\n`);
else
  for (const { seed, policies } of results) {
    process.stdout.write(`\nseed ${seed}: ${options.products} products, ${options.days} days after a year\n`);
    process.stdout.write(
      'way of buying      aim     lost    lost value  out of stock  expired   stock, days   lines\n',
    );
    for (const { name, points } of policies)
      for (const one of points)
        process.stdout.write(
          `${name.padEnd(16)} ${String(one.aim).padStart(5)}  ${percent(one.lostUnits)}  ${percent(one.lostValue)}     ${percent(one.outDays)}  ${percent(one.wasted)}  ${one.capital.toFixed(1).padStart(10)}  ${String(one.lines).padStart(7)}\n`,
        );
    for (const line of atSame(policies)) process.stdout.write(`${line}\n`);
  }
if (options.plot !== undefined) writeFileSync(options.plot, plotFrontier(results));
