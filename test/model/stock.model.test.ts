// Random commands of many hands at once against sums in plain numbers (stock-model.ts): after each batch, when all hands rest,
// stock on hand, reserved and in transit is what was acknowledged, to the unit, and at the end no invariant is broken.
// `MEDITORY_FAULTS=short` (2,000) and `MEDITORY_MODEL_STEPS=50000` walk further, `MEDITORY_MODEL_SEED` elsewhere.
import { describe, expect, it } from 'vitest';

import { IntegrityService } from '../../src/operational/integrity/integrity.service.js';
import { discrepancies } from '../builders/lot.js';
import { brokenInvariants } from '../faults/harness/invariants.js';
import { byProfile } from '../faults/harness/profile.js';
import { useTestApp } from '../support/app.js';
import { Hand, held, random, StockModel, twoShops, type Body, type Pharmacy } from './stock-model.js';

const STEPS = Number(
  process.env['MEDITORY_MODEL_STEPS'] ?? byProfile({ ci: 1000, short: 2000, long: 10_000 }),
);
const SEED = Number(process.env['MEDITORY_MODEL_SEED'] ?? 20_261_130);
const HANDS = 8;
const BATCH = 400;

describe('the stock of two branches under many hands', () => {
  const { db, call, app } = useTestApp();

  it('is what was acknowledged, after every batch', { timeout: Math.max(300_000, STEPS * 60) }, async () => {
    console.info(`stock model: seed ${SEED}, ${STEPS} commands`);
    const real: Pharmacy = {
      ...(await twoShops(db)),
      post: ({ token }, path, body, key) => call<Body>('POST', path, { token, body, key }),
      get: ({ token }, path) => call<Body>('GET', path, { token }),
    };
    const model = new StockModel();
    const hands = Array.from({ length: HANDS }, (_, n) => new Hand(real, model, random(SEED + n)));
    while (model.steps < STEPS) {
      const until = Math.min(STEPS, model.steps + BATCH);
      await Promise.all(
        hands.map(async (hand) => {
          while (model.steps < until) await hand.step();
        }),
      );
      expect(await held(db, real)).toEqual(model.held);
      expect(await discrepancies(db)).toEqual([]);
    }
    const reports = await app().get(IntegrityService, { strict: false }).check();
    expect(reports.filter((report) => report.broken.length > 0)).toEqual([]);
    expect(await brokenInvariants(db.owner)).toEqual([]);
    const answers = [...model.answers].toSorted(([a], [b]) => (a < b ? -1 : 1));
    console.info(answers.map(([name, times]) => `${name}: ${times}`).join('\n'));
    const refused = answers.reduce((sum, [name, times]) => sum + (/ 4\d\d$/.test(name) ? times : 0), 0);
    // Neither all refused nor all let pass.
    expect(refused / model.steps).toBeGreaterThan(0.05);
    expect(refused / model.steps).toBeLessThan(0.6);
  });
});
