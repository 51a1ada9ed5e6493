// What keepers of rules are told: what a rule would have fired, which names are alike, and what is overridden how often.
import { describe, expect, it } from 'vitest';

import { aDrug } from '../builders/drug.js';
import { aLot } from '../builders/lot.js';
import { aPatient } from '../builders/patient.js';
import { aPrescription } from '../builders/prescription.js';
import { aWorldFor } from '../builders/world.js';
import { override, useGate, type Alert, type Stop } from '../support/gate.js';

describe('screening', () => {
  const { aPair, db, get, post } = useGate();

  it('says before a rule is kept what it would have fired in the last months, and keeps nothing', async () => {
    const world = await aWorldFor(db, 'pharmacist');
    const one = await aDrug(db, { ingredients: ['preview one'] });
    const other = await aDrug(db, { ingredients: ['preview other'] });
    for (const takes of [[other.drugId], [other.drugId], []]) {
      await aLot(db, { branchId: world.branchId, drugId: one.drugId, quantity: '100' });
      const patientId = await aPatient(db, world, { takes });
      const { prescriptionId } = await aPrescription(db, world, { drugId: one.drugId, patientId });
      expect((await post(`/prescriptions/${prescriptionId}/fill`, {}, world)).status).toBe(201);
    }
    const rule = {
      code: 'preview:pair',
      a: { ingredientId: one.ingredientIds[0] },
      b: { ingredientId: other.ingredientIds[0] },
      severity: 'major',
      description: 'Harm.',
      management: 'Avoid.',
      evidence: 'probable',
      source: 'test source',
    };
    const preview = await post('/clinical/interactions/preview', rule, world);
    expect(preview.body).toMatchObject({
      months: 12,
      judged: 3,
      isComplete: true,
      before: null,
      after: { screenings: 2, patients: 2, stops: 2 },
      examples: [expect.stringContaining('Harm.') as unknown],
    });
    const listed = await get<{ data: object[] }>('/clinical/interactions?q=preview:pair', world);
    expect(listed.body.data).toEqual([]);
    const made = await post<{ id: number }>('/clinical/interactions', rule, world);
    expect(made.status).toBe(201);
    const at = `/clinical/interactions/${made.body.id}/preview`;
    expect((await post(at, { version: 1, severity: 'minor' }, world)).body).toMatchObject({
      before: { screenings: 2, stops: 2 },
      after: { screenings: 2, stops: 0 },
      examples: [],
    });
    // It meets the refusals keeping it would meet.
    expect((await post('/clinical/interactions/preview', rule, world)).status).toBe(409);
    expect((await post(at, { version: 7, severity: 'minor' }, world)).status).toBe(409);
    const dose = {
      subject: { ingredientId: one.ingredientIds[0] },
      maxDurationDays: 7,
      unit: 'mg',
      message: 'Seven days.',
      source: 'test source',
    };
    expect((await post('/clinical/dosage-guidelines/preview', dose, world)).body).toMatchObject({
      after: { screenings: 3, patients: 3, stops: 0 },
    });
    const cashier = await aWorldFor(db, 'cashier');
    expect((await post('/clinical/interactions/preview', rule, cashier)).status).toBe(403);
  });

  it('tells of a product on the shelf that may be taken for the one asked about, and stops nothing', async () => {
    const world = await aWorldFor(db, 'pharmacist');
    const stocked = async (name: string): Promise<number> => {
      const { drugId } = await aDrug(db, { name, ingredients: [`of ${name}`] });
      await aLot(db, { branchId: world.branchId, drugId, quantity: '9' });
      return drugId;
    };
    const [own] = [await stocked('Celebrex 200 mg'), await stocked('Cerebyx'), await stocked('Augmentin')];
    const check = await post<{ alerts: (Alert & { message: string; stops: boolean })[] }>(
      '/clinical/check',
      { patient: { allergies: [] }, drugs: [{ drugId: own }] },
      world,
    );
    expect(check.body.alerts).toMatchObject([{ kind: 'look_alike', severity: 'minor', stops: false }]);
    expect(check.body.alerts[0]?.message).toMatch(/ceLEBREx .* ceREBYx/);
  });

  it('reports how often each rule is overridden, and by whom, as JSON and CSV', async () => {
    const world = await aWorldFor(db, 'pharmacist');
    const pair = await aPair('major');
    await aLot(db, { branchId: world.branchId, drugId: pair.own, quantity: '900' });
    for (const heeded of [true, false]) {
      const patientId = await aPatient(db, world, { takes: [pair.other] });
      const { prescriptionId } = await aPrescription(db, world, { drugId: pair.own, patientId });
      const refused = await post<Stop>(`/prescriptions/${prescriptionId}/fill`, {}, world);
      const overrides = override(refused.body.params.alerts);
      if (!heeded)
        expect((await post(`/prescriptions/${prescriptionId}/fill`, { overrides }, world)).status).toBe(201);
    }
    const report = await get<{ rules: object[]; users: object[] }>('/reports/overrides', world);
    expect(report.body.rules).toMatchObject([
      { kind: 'interaction', severity: 'major', raised: 2, overridden: 1, users: 1, ratePercent: '50.0' },
    ]);
    expect(report.body.users).toMatchObject([
      { userId: world.userId, overridden: 1, contraindicated: 0, commonReason: 'prescriber_consulted' },
    ]);
    const csv = await get<string>('/reports/overrides?format=csv&by=user', world);
    expect(String(csv.headers['content-type'])).toContain('text/csv');
    expect(csv.body.split('\n')[0]).toContain('userId,userName,overridden');
    const cashier = await aWorldFor(db, 'cashier');
    expect((await get('/reports/overrides', cashier)).status).toBe(403);
    expect((await get('/reports/overrides?from=2026-02-02&to=2026-01-01', world)).status).toBe(400);
  });
});
