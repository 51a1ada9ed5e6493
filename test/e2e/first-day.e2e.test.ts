// The first day at the counter, end to end through the API on the sample pharmacy with the shipped clinical rules.
import { randomUUID } from 'node:crypto';

import { beforeAll, describe, expect, it } from 'vitest';

import { FirstStartService } from '../../src/operational/sample/first-start.service.js';
import { Money } from '../../src/platform/money/money.js';
import { seedAccess } from '../builders/staff.js';
import { useTestApp } from '../support/app.js';

interface Alert {
  alertId: number;
  kind: string;
  severity: string;
  stops: boolean;
  message: string;
  source: string;
}
interface Prescription {
  prescriptionId: number;
  rxNumber: string;
  alerts: Alert[];
  notChecked: { rule: string; reason: string }[];
}
interface Lots {
  lots: { lotId: number; lotNumber: string; quantity: string }[];
}

const PASSWORD = 'seven green bottles on the wall';

describe('the first day at the counter', () => {
  const { db, call, app } = useTestApp();
  let token = '';
  let branchId = 0;

  beforeAll(async () => {
    await seedAccess(db);
    await app().get(FirstStartService).prepare({ adminPassword: PASSWORD, loadSample: true });
    const login = await call<{ token: string }>('POST', '/auth/login', {
      body: { username: 'admin', password: PASSWORD },
    });
    token = login.body.token;
    const me = await call<{ branches: { branchId: number; code: string }[] }>('GET', '/auth/me', { token });
    branchId = me.body.branches.find((branch) => branch.code === 'MAIN')?.branchId ?? 0;
  });

  const post = <Body>(path: string, body: unknown, key?: string) =>
    call<Body>('POST', path, { token, branchId, body, ...(key ? { key } : {}) });
  const get = <Body>(path: string) => call<Body>('GET', path, { token, branchId });

  async function find(
    q: string,
    extra = '',
  ): Promise<{ drugId: number; price: string; stockOnHand: string }> {
    const answer = await get<{ data: { drugId: number; price: string; stockOnHand: string }[] }>(
      `/drugs/search?q=${encodeURIComponent(q)}${extra}`,
    );
    const drug = answer.body.data[0];
    if (!drug) throw new Error(`the sample pharmacy has no ${q} (${answer.status})`);
    return drug;
  }

  it('makes a new installation usable once', async () => {
    const again = await app().get(FirstStartService).prepare({ adminPassword: PASSWORD, loadSample: true });
    expect(again).toEqual({
      administrator: undefined,
      sample: undefined,
      setUpToken: undefined,
      holdsSample: true,
    });
    const counts = await db.owner.query(
      `select (select count(*) from reference.drugs) >= 300 as drugs, (select count(*) from operational.branches) >= 2 as branches,
        (select count(*) from operational.patients where is_sample) >= 12 as patients,
        (select count(*) from reference.drug_interactions where valid_to is null) >= 60 as interactions,
        (select count(distinct coalesce(allergen_group_id, 0)) from reference.allergy_rules) >= 10 as allergy_groups,
        (select count(*) from operational.stock_discrepancies) = 0 as ledger, (select count(*) from reference.drugs where ingredient_status <> 'linked') = 0 as linked`,
    );
    expect(counts.rows).toEqual([
      {
        drugs: true,
        branches: true,
        patients: true,
        interactions: true,
        allergy_groups: true,
        ledger: true,
        linked: true,
      },
    ]);
  });

  it('goes from the patient to the receipt and back by one line', async () => {
    // A patient on warfarin who is allergic to penicillin and has heart failure.
    const patient = await post<{ patientId: number; allergyStatus: string }>('/patients', {
      firstName: 'Nadia',
      lastName: 'Hosny',
      birthDate: '1958-04-12',
      sex: 'female',
      weightKg: '71.5',
    });
    expect(patient.status).toBe(201);
    const { patientId } = patient.body;
    // A new branch asks for two of her particulars before anything leaves.
    const identifiers = { name: 'Nadia Hosny', birthDate: '1958-04-12' };
    const allergy = await post(`/patients/${patientId}/allergies`, {
      groupCode: 'penicillins',
      reaction: 'urticaria',
      severity: 'severe',
    });
    expect(allergy.status).toBe(201);
    const condition = await post(`/patients/${patientId}/conditions`, {
      icd10: 'I50.9',
      name: 'Heart failure',
    });
    expect(condition.status).toBe(201);
    const warfarin = await find('warfarin');
    await post(`/patients/${patientId}/medications`, { drugId: warfarin.drugId });

    const prescribers = await get<{ data: { prescriberId: number }[] }>('/prescribers');
    const prescriberId = prescribers.body.data[0]?.prescriberId;

    // Ibuprofen for her: interaction with warfarin (major) and heart failure.
    const prescribe = (drugId: number, over: object = {}) =>
      post<Prescription>('/prescriptions', {
        patientId,
        drugId,
        prescriberId,
        quantity: '30',
        daysSupply: 10,
        sig: '1 tablet three times a day after food',
        refillsAuthorized: 0,
        prescribedDate: new Date().toISOString().slice(0, 10),
        dose: { amount: '400', unit: 'mg', frequencyPerDay: '3' },
        ...over,
      });
    // Stock of our own, in two small lots and a large one, so that the fill has to take from several.
    const nsaid = await find('ibuprofen', '&dosageForm=film-coated%20tablet').catch(() => find('ibuprofen'));
    const lots = await post('/inventory/receive', {
      items: [
        { drugId: nsaid.drugId, lotNumber: 'FEFO-2', expiryDate: soon(12), quantity: '10', unitCost: '1.00' },
        { drugId: nsaid.drugId, lotNumber: 'FEFO-1', expiryDate: soon(11), quantity: '10', unitCost: '1.00' },
        {
          drugId: nsaid.drugId,
          lotNumber: 'FEFO-3',
          expiryDate: soon(13),
          quantity: '100',
          unitCost: '1.00',
        },
      ],
    });
    expect(lots.status).toBe(201);
    const rx = await prescribe(nsaid.drugId);
    expect(rx.status).toBe(201);
    const stops = rx.body.alerts.filter((alert) => alert.stops);
    expect(stops.map((alert) => alert.kind)).toContain('interaction');
    expect(rx.body.alerts.every((alert) => alert.source.length > 0)).toBe(true);

    const stopped = await post<{ type: string; params: { alerts: Alert[] } }>(
      `/prescriptions/${rx.body.prescriptionId}/fill`,
      { complete: true },
    );
    expect(stopped.status).toBe(422);
    expect(stopped.body.type).toBe('/problems/screening-stop');
    expect(stopped.body.params.alerts.map((alert) => alert.alertId).sort()).toEqual(
      stops.map((alert) => alert.alertId).sort(),
    );

    const overrides = stops.map((alert) => ({
      alertId: alert.alertId,
      reason: 'prescriber_consulted',
      note: 'Dr. called: short course, INR on day 3',
    }));
    const filled = await post<Lots & { fillId: number; status: string; price: string; quantity: string }>(
      `/prescriptions/${rx.body.prescriptionId}/fill`,
      { complete: true, overrides, pickUp: { identifiers } },
      randomUUID(),
    );
    expect(filled.status, JSON.stringify(filled.body)).toBe(201);
    expect(filled.body.status).toBe('dispensed');
    expect(filled.body.lots.map((lot) => [lot.lotNumber, lot.quantity])).toEqual([
      ['FEFO-1', '10'],
      ['FEFO-2', '10'],
      ['FEFO-3', '10'],
    ]);

    // Amoxicillin is refused by her allergy, naming it.
    const amoxicillin = await prescribe((await find('amoxicillin')).drugId, {
      quantity: '21',
      dose: undefined,
    });
    expect(amoxicillin.body.alerts).toContainEqual(
      expect.objectContaining({ kind: 'allergy', severity: 'contraindicated', stops: true }),
    );

    // The till: the fill and an OTC line, card and cash, with change.
    const shift = await post<{ shiftId: number }>('/till-shifts', { openingFloat: '200.00' });
    expect(shift.status).toBe(201);
    const otc = await find('Paravelin 500 mg 20 tablets', '&inStock=true');
    const basket = {
      patientId,
      items: [{ fillId: filled.body.fillId }, { drugId: otc.drugId, quantity: '1', unit: 'strip' }],
    };
    const quote = await post<{ params?: unknown; type: string }>('/sales', {
      ...basket,
      payments: [{ method: 'card', amount: '0.01' }],
    });
    expect(quote.status).toBe(422);
    const key = randomUUID();
    const tender = {
      ...basket,
      payments: [
        { method: 'card', amount: '10.00' },
        { method: 'cash', amount: '500.00' },
      ],
    };
    const sale = await post<{
      saleId: number;
      saleNumber: string;
      total: string;
      change: string;
      items: (Lots & { saleItemId: number; drugId: number; lineTotal: string; quantity: string })[];
    }>('/sales', tender, key);
    expect(sale.status, JSON.stringify(sale.body)).toBe(201);
    expect(Money.of(sale.body.total).plus(Money.of(sale.body.change)).toString()).toBe('510.00');
    expect(sale.body.items).toHaveLength(2);
    expect(sale.body.items.every((item) => item.lots.length > 0)).toBe(true);
    const retry = await post('/sales', tender, key);
    expect(retry.body).toEqual(sale.body);

    // Label and receipt.
    const label = await get<string>(`/fills/${filled.body.fillId}/label`);
    expect(label.status).toBe(200);
    expect(label.body).toContain(rx.body.rxNumber);
    expect(label.body).toContain('Nadia');
    const receipt = await get<string>(`/sales/${sale.body.saleId}/receipt?lang=ar`);
    expect(receipt.body).toContain('dir="rtl"');
    expect(receipt.body).toContain(sale.body.saleNumber);
    expect((await get<string>(`/sales/${sale.body.saleId}/receipt?copy=true`)).body).toContain('COPY');

    // Return of the OTC line, then once more: refused.
    const line = sale.body.items[1];
    const back = {
      items: [{ saleItemId: line?.saleItemId, quantity: line?.quantity }],
      reason: 'Bought by mistake',
    };
    const returned = await post<{ total: string }>(`/sales/${sale.body.saleId}/return`, back, randomUUID());
    expect(returned.status, JSON.stringify(returned.body)).toBe(201);
    expect(returned.body.total).toBe(`-${line?.lineTotal}`);
    expect((await post(`/sales/${sale.body.saleId}/return`, back, randomUUID())).status).toBe(409);

    // Who did what.
    const trail = await get<{ data: { table: string; action: string; userId: number }[] }>(
      '/audit-logs?table=sales&limit=10',
    );
    expect(trail.body.data.length).toBe(2);
    expect((await db.owner.query('select * from operational.stock_discrepancies')).rows).toEqual([]);
  });

  function soon(days: number): string {
    return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  }
});
