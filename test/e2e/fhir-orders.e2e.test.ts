// Entering a prescription as a FHIR MedicationRequest: the prescription desk's rules, its alerts, and one key, one effect.
import { beforeAll, describe, expect, it } from 'vitest';

import { aDrug, type BuiltDrug } from '../builders/drug.js';
import { aPatient, aPrescriber } from '../builders/patient.js';
import { aWorldFor, type World } from '../builders/world.js';
import { useTestApp } from '../support/app.js';
import { hasR4, r4Errors } from '../support/r4-validator.js';

describe('FHIR MedicationRequest', () => {
  const { db, call } = useTestApp();
  let world: World;
  let drug: BuiltDrug;
  let order: Record<string, unknown>;

  beforeAll(async () => {
    world = await aWorldFor(db, 'pharmacist');
    drug = await aDrug(db, { name: 'Orderol 5 mg', ingredients: ['orderolol'] });
    const patientId = await aPatient(db, world, { allergicTo: [drug.ingredientIds[0] ?? 0] });
    order = {
      resourceType: 'MedicationRequest',
      status: 'active',
      intent: 'order',
      subject: { reference: `Patient/${patientId}` },
      requester: { reference: `Practitioner/${await aPrescriber(db)}` },
      medicationReference: { reference: `Medication/${drug.drugId}` },
      dosageInstruction: [
        {
          text: '1 tablet twice a day',
          timing: { repeat: { frequency: 2, period: 1, periodUnit: 'd' } },
          doseAndRate: [{ doseQuantity: { value: 1, unit: 'tablet' } }],
        },
      ],
      dispenseRequest: {
        quantity: { value: 60, unit: 'tablets' },
        expectedSupplyDuration: { value: 30, unit: 'days', system: 'http://unitsofmeasure.org', code: 'd' },
        numberOfRepeatsAllowed: 2,
      },
    };
  });

  const create = (
    body: object,
    options: { key?: string; headers?: Record<string, string>; token?: string } = {},
  ) => call('POST', '/fhir/MedicationRequest', { token: world.token, body, ...options });
  const count = async (): Promise<number> =>
    (await db.owner.query<{ n: number }>('select count(*)::int as n from operational.prescriptions')).rows[0]
      ?.n ?? 0;

  it('enters the prescription, and answers it with what screening found', async () => {
    const { status, body, headers } = await create(order, {
      headers: { 'content-type': 'application/fhir+json' },
    });
    expect(status, JSON.stringify(body)).toBe(201);
    if (hasR4) expect(r4Errors(body)).toEqual([]);
    expect(body).toMatchObject({ status: 'active', dispenseRequest: { numberOfRepeatsAllowed: 2 } });
    const contained = body['contained'] as {
      resourceType: string;
      code: { text: string };
      severity?: string;
    }[];
    expect(contained.some(({ code, severity }) => code.text === 'allergy' && severity === 'high')).toBe(true);
    const id = String(body['id']);
    expect(headers['location']).toMatch(new RegExp(`/api/fhir/MedicationRequest/${id}$`));
    expect(headers['etag']).toBe('W/"1"');
    const { body: rx } = await call('GET', `/prescriptions/${id}`, { token: world.token });
    expect(rx).toMatchObject({
      quantity: '60',
      daysSupply: 30,
      refillsAuthorized: 2,
      sig: '1 tablet twice a day',
      dose: { amount: '1', unit: 'tablet', frequencyPerDay: '2' },
    });
  });

  it('finds the product by our code, or by the exact name of one', async () => {
    const { medicationReference: _, ...rest } = order;
    for (const medicationCodeableConcept of [
      { coding: [{ system: 'urn:meditory:drug', code: String(drug.drugId) }] },
      { text: 'Orderol 5 mg' },
    ])
      expect((await create({ ...rest, medicationCodeableConcept })).status).toBe(201);
    const unknown = await create({ ...rest, medicationCodeableConcept: { text: 'orderolol' } });
    expect(unknown.status).toBe(422);
  });

  it('enters it once for one Idempotency-Key, and answers the same', async () => {
    const before = await count();
    const first = await create(order, { key: 'once-1' });
    const again = await create(order, { key: 'once-1' });
    expect(again.body['id']).toBe(first.body['id']);
    expect(again.body['resourceType']).toBe('MedicationRequest');
    expect(await count()).toBe(before + 1);
  });

  it('answers nothing but where it is, to whoever prefers that', async () => {
    const { status, body, headers } = await create(order, { headers: { prefer: 'return=minimal' } });
    expect([status, body]).toEqual([201, '']);
    expect(headers['location']).toContain('/MedicationRequest/');
  });

  it.each([
    ['a draft', { status: 'draft' }, 422],
    ['a proposal', { intent: 'proposal' }, 422],
    ['an order not to give it', { doNotPerform: true }, 422],
    ['modifiers', { modifierExtension: [{ url: 'x' }] }, 422],
    ['somebody who is not on record', { subject: { reference: 'Patient/2147483647' } }, 404],
    [
      'a patient of another server',
      { subject: { reference: 'https://elsewhere.example.org/Patient/1' } },
      400,
    ],
    ['no prescriber', { requester: undefined }, 400],
    ['no medicine', { medicationReference: undefined }, 400],
    ['no directions', { dosageInstruction: [] }, 400],
    ['no quantity', { dispenseRequest: { expectedSupplyDuration: { value: 30, code: 'd' } } }, 400],
    [
      'too fine a quantity',
      { dispenseRequest: { quantity: { value: 1.00001 }, expectedSupplyDuration: { value: 3, code: 'd' } } },
      400,
    ],
    [
      'another unit',
      {
        dispenseRequest: {
          quantity: { value: 5, unit: 'ml' },
          expectedSupplyDuration: { value: 3, code: 'd' },
        },
      },
      422,
    ],
    ['a day that is none', { authoredOn: '2026-02-30' }, 400],
    ['a day to come', { authoredOn: '2999-01-01' }, 422],
    ['repeats beyond all', { dispenseRequest: { numberOfRepeatsAllowed: 1000 } }, 400],
    ['another kind of resource', { resourceType: 'Patient' }, 400],
  ])('refuses %s with an OperationOutcome, and enters nothing', async (_, change, status) => {
    const before = await count();
    const answer = await create({ ...order, ...change });
    expect(answer.status, JSON.stringify(answer.body)).toBe(status);
    expect(answer.body).toMatchObject({ resourceType: 'OperationOutcome' });
    if (hasR4) expect(r4Errors(answer.body)).toEqual([]);
    expect(await count()).toBe(before);
  });

  it('asks for the rights of the prescription desk', async () => {
    const cashier = await aWorldFor(db, 'cashier');
    expect((await create(order, { token: cashier.token })).status).toBe(403);
    const elsewhere = await aWorldFor(db, 'pharmacist');
    expect((await create(order, { token: elsewhere.token })).status).toBe(404);
  });

  it('refuses a body nested without end, with an Idempotency-Key too', async () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const payload = JSON.stringify(order).replace('"intent"', `"x":${deep},"intent"`);
    const headers = { 'content-type': 'application/fhir+json' };
    const { status } = await create(payload as unknown as object, { key: 'deep-1', headers });
    expect(status).toBe(400);
  });

  it.each([
    ['text/plain', '{}', 415],
    ['application/fhir+xml', '<x/>', 415],
    ['application/fhir+json', '{', 400],
    ['application/fhir+json', '{"__proto__": {"x": 1}}', 400],
  ])('refuses a body of %s that reads %s', async (type, payload, status) => {
    const answer = await create(payload as unknown as object, { headers: { 'content-type': type } });
    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toContain('application/fhir+json');
    expect(answer.body).toMatchObject({ resourceType: 'OperationOutcome' });
  });
});
