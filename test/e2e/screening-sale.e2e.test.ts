// What a known patient buys over the counter is screened, stopped, remembered, and said what of it could not be checked.
import { describe, expect, it } from 'vitest';

import { aDrug } from '../builders/drug.js';
import { aLot, daysFromNow, discrepancies } from '../builders/lot.js';
import { aPatient, aPrescriber } from '../builders/patient.js';
import { aTillShift } from '../builders/sale.js';
import { aWorldFor } from '../builders/world.js';
import { override, useGate, type Alert } from '../support/gate.js';

describe('a sale over the counter', () => {
  const { aPair, db, get, me, post, stopOf } = useGate();
  const nameOf = async (userId: number): Promise<string | undefined> =>
    (
      await db.owner.query<{ name: string }>(
        'select full_name as name from operational.users where user_id = $1',
        [userId],
      )
    ).rows[0]?.name;

  it('screens what a known patient buys over the counter, and nobody else', async () => {
    const pair = await aPair('major');
    const sale = {
      items: [{ drugId: pair.own, quantity: '1' }],
      payments: [{ method: 'cash', amount: '100.00' }],
    };
    expect((await post('/sales', sale)).body).toMatchObject({ alerts: [], notChecked: [] });
    const known = { ...sale, patientId: pair.patientId };
    const stops = await stopOf('/sales', known);
    expect(stops).toMatchObject([{ kind: 'interaction', severity: 'major' }]);
    const cashier = await aWorldFor(db, 'cashier', { branchId: me().branchId });
    await aTillShift(db, cashier);
    expect((await post('/sales', { ...known, overrides: override(stops) }, cashier)).status).toBe(403);
    expect((await post('/sales', { ...known, overrides: override(stops, 'n/a') })).body).toMatchObject({
      type: '/problems/override-reason-needed',
    });
    const sold = await post<{ saleId: number; alerts: Alert[] }>('/sales', {
      ...known,
      overrides: override(stops),
    });
    expect(sold.status, JSON.stringify(sold.body)).toBe(201);
    expect(sold.body.alerts).toMatchObject([{ severity: 'major' }]);
    const { rows } = await db.owner.query(
      `select s.purpose, o.reason from operational.screenings s join operational.alert_overrides o using (sale_id) where s.sale_id = $1`,
      [sold.body.saleId],
    );
    expect(rows).toEqual([{ purpose: 'sale', reason: 'prescriber_consulted' }]);
    expect(await discrepancies(db)).toEqual([]);
  });

  it('is not asked again about what was decided before, and says so on the sale for good', async () => {
    const pair = await aPair('major');
    const sale = {
      patientId: pair.patientId,
      items: [{ drugId: pair.own, quantity: '1' }],
      payments: [{ method: 'cash', amount: '100.00' }],
    };
    interface Sold {
      saleId: number;
      alerts: Alert[];
      rememberedOverrides: { alertId: number }[];
    }
    const overrides = override(await stopOf('/sales', sale), 'INR is checked weekly');
    const first = await post<Sold>('/sales', { ...sale, overrides });
    expect(first.body).toMatchObject({ rememberedOverrides: [] });
    const seller = await aWorldFor(db, 'pharmacist', { branchId: me().branchId });
    await aTillShift(db, seller);
    const second = await post<Sold>('/sales', sale, seller);
    expect(second.status, JSON.stringify(second.body)).toBe(201);
    const decision = {
      alertId: second.body.alerts[0]?.alertId,
      reason: 'prescriber_consulted',
      note: 'INR is checked weekly',
      overriddenBy: await nameOf(me().userId),
    };
    expect(second.body.rememberedOverrides).toMatchObject([decision]);
    const shown = await get<Sold>(`/sales/${second.body.saleId}`);
    expect(shown.body.rememberedOverrides).toMatchObject([
      {
        ...decision,
        kind: 'interaction',
        severity: 'major',
        message: expect.stringContaining('Harm.') as unknown,
      },
    ]);
    expect((await get<Sold>(`/sales/${first.body.saleId}`)).body.rememberedOverrides).toEqual([]);
  });

  it('says what could not be checked, as entry, fill and a check on demand do', async () => {
    const { drugId, ingredientIds } = await aDrug(db, {
      ingredients: [{ name: 'sold without directions', amount: '500' }],
    });
    await aLot(db, { branchId: me().branchId, drugId, quantity: '900' });
    const { drugId: unlinked } = await aDrug(db);
    await aLot(db, { branchId: me().branchId, drugId: unlinked, quantity: '900' });
    const [ingredientId] = ingredientIds;
    await db.owner.query(
      `insert into reference.dosage_guidelines (code, ingredient_id, age_min_months, max_daily_dose, unit, message, source)
       values ('coverage:dose', $1, 192, 4000, 'mg', 'm', 's')`,
      [ingredientId],
    );
    await db.owner.query(
      `insert into reference.contraindications (code, ingredient_id, kind, icd10, egfr_below, child_pugh_from, severity, message, management, source)
       values ('coverage:1', $1, 'pregnancy', null, null, null, 'major', 'm', 'm', 's'), ('coverage:2', $1, 'lactation', null, null, null, 'major', 'm', 'm', 's'),
         ('coverage:3', $1, 'renal', null, 30, null, 'major', 'm', 'm', 's'), ('coverage:4', $1, 'hepatic', null, null, 'B', 'major', 'm', 'm', 's'),
         ('coverage:5', $1, 'condition', 'K25', null, null, 'major', 'm', 'm', 's')`,
      [ingredientId],
    );
    const gapsOf = ({ body }: { body: { notChecked: { rule: string; reason: string }[] } }): string[] =>
      body.notChecked.map(({ rule, reason }) => `${rule}: ${reason}`).sort();
    type Checked = Parameters<typeof gapsOf>[0]['body'] & { prescriptionId: number };
    const everywhere = async (patientId: number): Promise<string[]> => {
      const payments = [{ method: 'cash', amount: '100.00' }];
      const sold = await post<Checked>('/sales', { patientId, items: [{ drugId, quantity: '1' }], payments });
      expect(sold.status, JSON.stringify(sold.body)).toBe(201);
      const asked = await post<Checked>('/clinical/check', { patientId, drugs: [{ drugId }] });
      expect(gapsOf(asked)).toEqual(gapsOf(sold));
      const entered = await post<Checked>('/prescriptions', {
        patientId,
        drugId,
        prescriberId: await aPrescriber(db),
        quantity: '10',
        daysSupply: 5,
        sig: 'as told',
        prescribedDate: daysFromNow(0),
      });
      expect(gapsOf(entered)).toEqual(gapsOf(sold));
      const filled = await post<Checked>(`/prescriptions/${entered.body.prescriptionId}/fill`, {});
      expect(gapsOf(filled)).toEqual(gapsOf(sold));
      return gapsOf(sold);
    };
    const notStated = 'dose: the dose is not stated';
    const ofOrgans = [
      'contraindication: hepatic function is not known',
      'contraindication: renal function is not known',
    ];
    const ofOthers = 'dose: the dose limits known for this ingredient are for other patients';
    const child = await aPatient(db, me(), { birthDate: daysFromNow(-2000) });
    expect(await everywhere(child)).toEqual([...ofOrgans, notStated, ofOthers].sort());
    expect(await everywhere(await aPatient(db, me()))).toEqual([...ofOrgans, notStated].sort());
    const woman = await aPatient(db, me(), {
      sex: 'female',
      birthDate: daysFromNow(-11_000),
      allergyStatus: 'not_asked',
    });
    await db.owner.query(
      `insert into operational.patient_conditions (patient_id, branch_id, name) values ($1, $2, 'stomach trouble')`,
      [woman, me().branchId],
    );
    expect(await everywhere(woman)).toEqual(
      [
        'allergy: nobody has asked about allergies',
        'contraindication: a condition is recorded in words only',
        'contraindication: nobody has asked about breast-feeding',
        'contraindication: nobody has asked about pregnancy',
        ...ofOrgans,
        notStated,
      ].sort(),
    );
    const sale = await post<Checked>('/sales', {
      patientId: child,
      items: [{ drugId: unlinked, quantity: '1' }],
      payments: [{ method: 'cash', amount: '100.00' }],
    });
    expect(gapsOf(sale)).toContain('all: the ingredients of this product are not known');
  });
});
