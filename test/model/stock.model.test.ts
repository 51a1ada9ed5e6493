// Random commands of many hands at once against sums in plain numbers (stock-model.ts): after each batch, when all hands rest,
// stock on hand, reserved and in transit is what was acknowledged, to the unit, and at the end no invariant is broken.
// `MEDITORY_MODEL_STEPS=50000` walks further, `MEDITORY_MODEL_SEED` elsewhere.
import { describe, expect, it } from 'vitest';

import { IntegrityService } from '../../src/operational/integrity/integrity.service.js';
import { aDrug } from '../builders/drug.js';
import { discrepancies } from '../builders/lot.js';
import { aPatient, aPrescriber } from '../builders/patient.js';
import { aPrescription } from '../builders/prescription.js';
import { aTillShift } from '../builders/sale.js';
import { aWorldFor } from '../builders/world.js';
import { useTestApp } from '../support/app.js';
import { Hand, random, StockModel, type Body, type Pharmacy } from './stock-model.js';

const STEPS = Number(process.env['MEDITORY_MODEL_STEPS'] ?? 2000);
const SEED = Number(process.env['MEDITORY_MODEL_SEED'] ?? 20_261_130);
const HANDS = 8;
const BATCH = 400;
const PRODUCTS = 6;

const SUMS = `
select 'onHand' as what, branch_id as branch, drug_id as drug, sum(quantity)::float8 as units from operational.inventory_lots group by 2, 3
union all
select 'reserved', l.branch_id, l.drug_id, sum(r.quantity)::float8 from operational.stock_reservations r join operational.inventory_lots l using (lot_id)
where r.status = 'open' group by 2, 3`;

describe('the stock of two branches under many hands', () => {
  const { db, call, app } = useTestApp();

  async function aPharmacy(): Promise<Pharmacy> {
    const [one, two] = [await aWorldFor(db, 'administrator'), await aWorldFor(db, 'administrator')];
    const people = [
      [one, await aWorldFor(db, 'administrator', { branchId: one.branchId })],
      [two, await aWorldFor(db, 'administrator', { branchId: two.branchId })],
    ] as const;
    for (const world of people.flat()) await aTillShift(db, world);
    const drugIds: number[] = [];
    for (let n = 0; n < PRODUCTS; n++)
      drugIds.push((await aDrug(db, { price: '10.00', unitsPerPack: '10', rxOnly: false })).drugId);
    const prescriberId = await aPrescriber(db);
    const patients = new Map([
      [one.branchId, await aPatient(db, one)],
      [two.branchId, await aPatient(db, two)],
    ]);
    return {
      people,
      drugIds,
      post: async (world, path, body, key) => {
        const { status, body: answer } = await call<Body>('POST', path, { token: world.token, body, key });
        return { status, body: answer };
      },
      get: async (world, path) => {
        const { status, body } = await call<Body>('GET', path, { token: world.token });
        return { status, body };
      },
      prescribe: async (branchId, drugId, quantity) => {
        const patientId = patients.get(branchId);
        const rx = { drugId, prescriberId, quantity: String(quantity), ...(patientId ? { patientId } : {}) };
        return (await aPrescription(db, { branchId }, rx)).prescriptionId;
      },
    };
  }

  /** Sums of the database by branch and product, as the model keeps them. */
  async function sums({ people }: Pharmacy): Promise<{ onHand: object; reserved: object }> {
    const { rows } = await db.owner.query<{ what: string; branch: number; drug: number; units: number }>(
      SUMS,
    );
    const kept = (what: string): object =>
      Object.fromEntries(
        rows
          .filter((row) => row.what === what && row.units !== 0)
          .map((row) => [`${row.branch === people[0][0].branchId ? 0 : 1}:${row.drug}`, row.units]),
      );
    return { onHand: kept('onHand'), reserved: kept('reserved') };
  }

  const inTransit = async (): Promise<number> =>
    (
      await db.owner.query<{ units: number }>(
        'select coalesce(sum(quantity), 0)::float8 as units from operational.stock_in_transit',
      )
    ).rows[0]?.units ?? 0;

  it('is what was acknowledged, after every batch', { timeout: Math.max(300_000, STEPS * 60) }, async () => {
    console.info(`stock model: seed ${SEED}, ${STEPS} commands`);
    const real = await aPharmacy();
    const model = new StockModel();
    const without = (map: ReadonlyMap<unknown, number>): object =>
      Object.fromEntries(
        [...map].filter(([, units]) => units !== 0).map(([key, units]) => [String(key), units]),
      );
    const hands = Array.from({ length: HANDS }, (_, n) => new Hand(real, model, random(SEED + n)));
    while (model.steps < STEPS) {
      const until = Math.min(STEPS, model.steps + BATCH);
      await Promise.all(
        hands.map(async (hand) => {
          while (model.steps < until) await hand.step();
        }),
      );
      expect(await sums(real)).toEqual({
        onHand: without(model.onHand),
        reserved: without(model.reserved),
      });
      expect(await inTransit()).toBe([...model.inTransit.values()].reduce((sum, units) => sum + units, 0));
      expect(await discrepancies(db)).toEqual([]);
    }
    const reports = await app().get(IntegrityService, { strict: false }).check();
    expect(reports.filter((report) => report.broken.length > 0)).toEqual([]);
    const answers = [...model.answers].toSorted(([a], [b]) => (a < b ? -1 : 1));
    console.info(answers.map(([name, times]) => `${name}: ${times}`).join('\n'));
    const refused = answers.reduce((sum, [name, times]) => sum + (/ 4\d\d$/.test(name) ? times : 0), 0);
    // Neither all refused nor all let pass, and every kind of command came through.
    expect(refused / model.steps).toBeGreaterThan(0.05);
    expect(refused / model.steps).toBeLessThan(0.6);
  });
});
