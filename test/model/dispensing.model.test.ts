// Random commands against a model in plain numbers (dispensing-model.ts): what the pharmacy answers is what the model says,
// and at the end not one invariant of the integrity check is broken. Seeds are fixed, so it is the same walk every time.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { IntegrityService } from '../../src/operational/integrity/integrity.service.js';
import { FillingService } from '../../src/operational/prescriptions/filling.service.js';
import { FillsService } from '../../src/operational/prescriptions/fills.service.js';
import { PrescriptionStepsService } from '../../src/operational/prescriptions/prescription-steps.service.js';
import { PrescriptionsService } from '../../src/operational/prescriptions/prescriptions.service.js';
import { aDrug } from '../builders/drug.js';
import { aPrescriber } from '../builders/patient.js';
import { aBranch, aWorldFor } from '../builders/world.js';
import { byProfile } from '../faults/harness/profile.js';
import { useTestApp } from '../support/app.js';
import * as model from './dispensing-model.js';

/** Walks side by side, each at a branch of its own, and what they are made of: 4 × 8 × 130 = 4,160 steps; 10,400 with MEDITORY_FAULTS=short. */
const WALKS = 4;
const RUNS = byProfile({ ci: 8, short: 20, long: 100 });
const STEPS = 130;

/** A zone where the day is far from its end, so that no walk goes past midnight. */
function noonZone(): string {
  const hoursFromNoon = (timeZone: string): number => {
    const hour = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', hourCycle: 'h23' });
    return Math.abs(Number(hour.format(new Date())) - 12);
  };
  const zones = [
    'Pacific/Auckland',
    'Asia/Tokyo',
    'Asia/Riyadh',
    'Africa/Cairo',
    'America/New_York',
    'Pacific/Honolulu',
  ];
  return zones.toSorted((a, b) => hoursFromNoon(a) - hoursFromNoon(b))[0] ?? 'Africa/Cairo';
}

const index = fc.nat({ max: 5 });
const asked = fc.option(fc.integer({ min: 1, max: 32 }), { nil: undefined, freq: 2 });
const command: fc.Arbitrary<model.Step> = fc.oneof(
  {
    weight: 10,
    arbitrary: fc
      .tuple(fc.constantFrom('fill' as const, 'refill' as const), asked, fc.boolean(), fc.boolean())
      .map((args) => model.fill(...args)),
  },
  { weight: 5, arbitrary: index.map(model.verify) },
  { weight: 5, arbitrary: index.map(model.ready) },
  { weight: 4, arbitrary: index.map(model.dispense) },
  { weight: 3, arbitrary: index.map(model.returnToStock) },
  { weight: 3, arbitrary: index.map(model.reverse) },
  { weight: 6, arbitrary: fc.integer({ min: 1, max: 25 }).map(model.daysPass) },
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 60 }).map(model.receive) },
  { weight: 2, arbitrary: fc.constant(model.hold) },
  { weight: 3, arbitrary: fc.constant(model.release) },
  { weight: 1, arbitrary: fc.constantFrom(model.cancel, model.transfer) },
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 30 }), fc.nat({ max: 2 }))
      .map((args) => model.newPrescription(...args)),
  },
);

describe('a pharmacy under random commands', () => {
  const { db, app } = useTestApp();

  it('does what the model says, step by step, and stays whole', { timeout: RUNS * 30_000 }, async () => {
    const taken = { steps: 0, refused: 0 };
    const get = <T>(type: new (...args: never[]) => T): T => app().get(type, { strict: false });

    async function walk(seed: number): Promise<void> {
      const world = await aWorldFor(db, 'pharmacist', {
        branchId: await aBranch(db, { timeZone: noonZone() }),
      });
      const prescriberId = await aPrescriber(db);
      await fc.assert(
        fc.asyncProperty(fc.array(command, { minLength: STEPS, maxLength: STEPS }), async (commands) => {
          const { drugId } = await aDrug(db, { ingredients: ['loratadine'] });
          const state: model.Model = {
            quantity: 0,
            days: 0,
            refills: 0,
            status: 'pending',
            fills: [],
            free: 0,
            reserved: 0,
            steps: 0,
            refused: 0,
          };
          const real: model.Pharmacy = {
            db,
            world,
            prescriberId,
            drugId,
            filling: get(FillingService),
            fills: get(FillsService),
            steps: get(PrescriptionStepsService),
            desk: get(PrescriptionsService),
            prescriptionId: 0,
            fillIds: [],
          };
          await model.receive(40).run(state, real);
          await model.newPrescription(30, 30, 2).run(state, real);
          await fc.asyncModelRun(() => ({ model: state, real }), commands);
          await model.expectSame(state, real);
          taken.steps += state.steps;
          taken.refused += state.refused;
        }),
        { numRuns: RUNS, seed, endOnFailure: true },
      );
    }

    await Promise.all(Array.from({ length: WALKS }, (_, n) => walk(20_261_130 + n)));
    expect(taken.steps).toBeGreaterThanOrEqual(WALKS * RUNS * STEPS * 0.95);
    // Neither all refused nor all let pass: the walk goes through both.
    expect(taken.refused / taken.steps).toBeGreaterThan(0.1);
    expect(taken.refused / taken.steps).toBeLessThan(0.8);
    const reports = await get(IntegrityService).check();
    expect(reports.filter((report) => report.broken.length > 0)).toEqual([]);
    console.info(`model: ${taken.steps} steps, ${taken.refused} refused as the model said`);
  });
});
