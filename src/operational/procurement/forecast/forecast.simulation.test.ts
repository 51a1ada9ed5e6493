// The forecast against the plain ways of buying, on a small pharmacy that is always the same: less is lost with the same stock. The whole
// comparison is `npm run meditory -- bench replenish`.
import { describe, expect, it } from 'vitest';

import { capitalAt } from '../../../../benches/lib/replenishment-plot.mjs';
import { forecast, movingAverage, naive } from '../../../../benches/lib/replenishment-policies.mjs';
import { run } from '../../../../benches/lib/replenishment-run.mjs';
import { makeWorld } from '../../../../benches/lib/replenishment-world.mjs';
import { suggestReorder } from '../reorder/reorder.domain.js';
import * as curve from './demand-curve.domain.js';
import * as demand from './demand.domain.js';
import * as expected from './forecast.domain.js';
import * as safety from './safety.domain.js';
import * as seasonality from './seasonality.domain.js';

const domain = { ...curve, ...demand, ...expected, ...safety, ...seasonality };
const WARM_UP = 364;

describe('buying by forecast', () => {
  const world = makeWorld({ seed: 4711, products: 40, days: WARM_UP + 364 });
  const line = (way: (domain: object, service: number) => unknown) =>
    [0.7, 0.9, 0.97, 0.995].map((aim) =>
      run(world, way(domain, aim), { buy: suggestReorder, from: WARM_UP }),
    );
  const ours = line(forecast);

  it.each([
    ['as much as in the last period', naive],
    ['the mean of three periods', movingAverage],
  ])('needs less stock for the same service than buying %s', (_, way) => {
    const theirs = line(way);
    const compared = ours.flatMap(({ lostValue, capital }) => {
      const other = capitalAt(theirs, lostValue);
      return other === undefined ? [] : [{ capital, other }];
    });
    expect(compared.length).toBeGreaterThan(0);
    for (const { capital, other } of compared) expect(capital).toBeLessThan(other);
  });

  it('is the same in every run', () => {
    const once = run(world, forecast(domain, 0.9), { buy: suggestReorder, from: WARM_UP });
    expect(once).toEqual(ours[1]);
  });
});
