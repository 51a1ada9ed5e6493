// T16. Sales, returns, corrections, counts, fills, transfers and recalls of one product by many hands at once: in the end it is what was
// acknowledged, to the unit.
import { describe, expect, it } from 'vitest';

import { discrepancies } from '../builders/lot.js';
import { Hand, held, StockModel, twoShops, type Body, type Pharmacy } from '../model/stock-model.js';
import { useTestApp } from '../support/app.js';
import { brokenInvariants } from './harness/invariants.js';
import { byProfile, measured, stream } from './harness/profile.js';

const HANDS = 12;
const STEPS = byProfile({ ci: 400, short: 4000, long: 40_000 });

describe('one product under many hands', () => {
  const { db, call } = useTestApp();

  it('is what was acknowledged, to the unit', { timeout: 120_000 + STEPS * 60 }, async () => {
    const shops = await twoShops(db);
    const real: Pharmacy = {
      ...shops,
      drugIds: shops.drugIds.slice(0, 1),
      post: ({ token }, path, body, key) => call<Body>('POST', path, { token, body, key }),
      get: ({ token }, path) => call<Body>('GET', path, { token }),
    };
    const model = new StockModel();
    const begun = Date.now();
    await Promise.all(
      Array.from({ length: HANDS }, async (_, n) => {
        const hand = new Hand(real, model, stream(`hand ${n}`));
        while (model.steps < STEPS) await hand.step();
      }),
    );
    expect(await held(db, real)).toEqual(model.held);
    expect(await discrepancies(db)).toEqual([]);
    expect(await brokenInvariants(db.owner)).toEqual([]);
    const refused = [...model.answers].reduce(
      (sum, [name, times]) => sum + (/ 4\d\d$/.test(name) ? times : 0),
      0,
    );
    measured('T16', {
      hands: HANDS,
      commands: model.steps,
      refused,
      seconds: Math.round((Date.now() - begun) / 1000),
      'units adrift': 0,
    });
  });
});
