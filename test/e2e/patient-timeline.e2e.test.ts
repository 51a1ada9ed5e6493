// What happened to a patient, in order and page by page, under every number he was on record by.
import { beforeAll, describe, expect, it } from 'vitest';

import { aBareFill } from '../builders/bare-fill.js';
import { aDrug, anIngredient } from '../builders/drug.js';
import { aLot } from '../builders/lot.js';
import { aPatient } from '../builders/patient.js';
import { aSale } from '../builders/sale.js';
import { aWorldFor, type World } from '../builders/world.js';
import { useTestApp } from '../support/app.js';

interface Entry {
  at: string;
  kind: string;
  id: number;
  title: string;
  detail: string | null;
  prescriptionId: number | null;
}
interface Timeline {
  data: Entry[];
  meta: { nextCursor: string | null };
}

describe('the timeline of a patient', () => {
  const { db, call } = useTestApp();
  let me: World;
  beforeAll(async () => {
    me = await aWorldFor(db, 'pharmacist');
  });
  const as = (world: World = me) => ({ token: world.token });
  const page = async (patientId: number, query = ''): Promise<Timeline> =>
    (await call<Timeline>('GET', `/patients/${patientId}/timeline${query}`, as())).body;

  it('holds all that happened, the last first, and is read on without repeating or skipping', async () => {
    const { drugId } = await aDrug(db, { name: 'Timeline drug' });
    await aLot(db, { branchId: me.branchId, drugId, quantity: '100', expiryDate: '2040-01-31' });
    const { patientId, prescriptionId, fillId } = await aBareFill(db, me, {
      drugId,
      quantity: '10',
      dispensed: true,
    });
    const duplicate = await aPatient(db, me, {
      firstName: 'Test',
      birthDate: '1980-01-01',
      allergicTo: [await anIngredient(db, 'timeline allergen')],
    });
    const { saleId, saleNumber } = await aSale(db, me, { drugId, quantity: '1', patientId: duplicate });
    const ids = [patientId, me.branchId];
    await db.owner.query(
      `insert into operational.patient_conditions (patient_id, branch_id, name) values ($1, $2, 'Asthma')`,
      ids,
    );
    await db.owner.query(
      `insert into operational.counsellings (branch_id, fill_id, outcome, user_id) values ($1, $2, 'given', $3)`,
      [me.branchId, fillId, me.userId],
    );
    await db.owner.query(
      `with alert as (
         insert into operational.clinical_alerts (branch_id, patient_id, prescription_id, identity, fingerprint, kind, severity, stops, subjects, message, management, source)
         values ($1, $2, $3, 'timeline', 'timeline', 'interaction', 'major', true, '[]', 'they do not go together', 'm', 's') returning alert_id)
       insert into operational.alert_overrides (branch_id, alert_id, fill_id, reason, note, overridden_by)
       select $1, alert_id, $4, 'prescriber_consulted', 'spoken with', $5 from alert`,
      [me.branchId, patientId, prescriptionId, fillId, me.userId],
    );
    const merge = { mergedId: duplicate, reason: 'same' };
    expect((await call('POST', `/patients/${patientId}/merge`, { ...as(), body: merge })).status).toBe(201);

    const whole = await page(patientId);
    expect(whole.meta.nextCursor).toBeNull();
    expect(new Map(whole.data.map(({ kind, title, detail }) => [kind, [title, detail]]))).toEqual(
      new Map([
        ['prescription', ['Timeline drug', 'pending']],
        ['fill', ['Timeline drug', 'dispensed']],
        ['counselling', ['Timeline drug', 'given']],
        ['sale', [saleNumber, 'Timeline drug']],
        ['override', ['they do not go together', 'prescriber_consulted']],
        ['allergy', ['timeline allergen', 'active']],
        ['condition', ['Asthma', 'active']],
      ]),
    );
    const times = whole.data.map(({ at }) => Date.parse(at));
    expect(times).toEqual([...times].sort((a, b) => b - a));
    expect(whole.data.find(({ kind }) => kind === 'sale')?.id).toBe(saleId);

    const read: Entry[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const next: Timeline = await page(duplicate, `?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`);
      read.push(...next.data);
      cursor = next.meta.nextCursor;
    }
    expect(read).toEqual(whole.data);

    for (const asked of [patientId, duplicate]) {
      const sales = await call<{ data: { saleId: number }[] }>('GET', `/sales?patientId=${asked}`, as());
      expect(sales.body.data.map((sale) => sale.saleId)).toEqual([saleId]);
    }
    const line = await db.owner.query<{ id: number }>(
      'select sale_item_id as id from operational.sale_items where sale_id = $1',
      [saleId],
    );
    const taken = await call('POST', `/sales/${saleId}/return`, {
      ...as(),
      key: `timeline-return-${saleId}`,
      body: {
        reason: 'did not like it',
        items: [{ saleItemId: line.rows[0]?.id, quantity: '1' }],
      },
    });
    expect(taken.status).toBe(201);
    expect((await page(patientId, '?limit=1')).data[0]).toMatchObject({
      kind: 'return',
      detail: 'Timeline drug',
    });
  });

  it('is of the branch, for whoever may read both, and takes no invented cursor', async () => {
    const patientId = await aPatient(db, me);
    expect(await page(patientId)).toEqual({ data: [], meta: { limit: 20, nextCursor: null } });
    const elsewhere = await aPatient(db, await aWorldFor(db, 'pharmacist'));
    expect((await call('GET', `/patients/${elsewhere}/timeline`, as())).status).toBe(404);
    const clerk = await aWorldFor(db, ['ReadPatient'], { branchId: me.branchId });
    expect((await call('GET', `/patients/${patientId}/timeline`, as(clerk))).status).toBe(403);
    for (const cursor of ['x', '1.fill', '1.fill.99999999999', '-1.fill.1'])
      expect((await call('GET', `/patients/${patientId}/timeline?cursor=${cursor}`, as())).status).toBe(400);
  });
});
