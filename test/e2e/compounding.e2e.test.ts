// A compounded preparation from its formula to the patient, and everything that is refused on the way.
import { randomUUID } from 'node:crypto';

import { beforeAll, describe, expect, it } from 'vitest';

import { IntegrityRepository } from '../../src/operational/integrity/integrity.repository.js';
import { IntegrityService } from '../../src/operational/integrity/integrity.service.js';
import {
  BASE_CODE,
  ingredients,
  ointment,
  packCode,
  POWDER_CODE,
  stocked,
  weighedAndMade,
  type Batch,
  type Ingredients,
} from '../builders/compounding.js';
import { aDrug } from '../builders/drug.js';
import { aLot, daysFromNow, discrepancies } from '../builders/lot.js';
import { aPatient } from '../builders/patient.js';
import { aPrescription } from '../builders/prescription.js';
import { aUser, seedAccess } from '../builders/staff.js';
import { aBranch, aWorldFor, type World } from '../builders/world.js';
import { useTestApp } from '../support/app.js';

interface Formula {
  formulaId: number;
  drugId: number;
  version: number;
  price: string;
  ingredientStatus: string;
  controlledSchedule: string | null;
}
interface Released {
  batch: Batch;
  fill: { fillId: number; status: string; lots: { lotId: number; quantity: string }[] } | null;
}

describe('compounding', () => {
  const { db, call } = useTestApp();
  let maker: World;
  let checker: World;
  let branchId = 0;
  let parts: Ingredients;
  let formula: Formula;

  const post = <Body = Record<string, unknown>>(path: string, body: unknown = {}, world = checker) =>
    call<Body>('POST', path, { token: world.token, body, key: randomUUID() });
  const patch = <Body = Record<string, unknown>>(path: string, body: unknown, world = checker) =>
    call<Body>('PATCH', path, { token: world.token, body });
  const get = <Body = Record<string, unknown>>(path: string, world = checker) =>
    call<Body>('GET', path, { token: world.token });
  const aFormula = async (of: Ingredients, values: object = {}): Promise<Formula> => {
    const made = await post<Formula>('/compound-formulas', ointment(of, values));
    expect(made.status, JSON.stringify(made.body)).toBe(201);
    return made.body;
  };
  const begin = async (values: object, world = maker): Promise<Batch> => {
    const begun = await post<Batch>('/compound-batches', values, world);
    expect(begun.status, JSON.stringify(begun.body)).toBe(201);
    return begun.body;
  };
  const sound = async (): Promise<void> => {
    const reports = await new IntegrityService(db.uow, new IntegrityRepository()).check();
    expect(reports.filter(({ broken }) => broken.length > 0)).toEqual([]);
    expect(await discrepancies(db)).toEqual([]);
  };
  const lot = async (lotId: number): Promise<Record<string, unknown> | undefined> =>
    (
      await db.owner.query<Record<string, unknown>>(
        `select status, trim_scale(quantity)::text as quantity, trim_scale(quantity_reserved)::text as reserved, trim_scale(unit_cost)::text as cost,
           expiry_date::text as expiry from operational.inventory_lots where lot_id = $1`,
        [lotId],
      )
    ).rows[0];

  beforeAll(async () => {
    await seedAccess(db);
    branchId = await aBranch(db);
    maker = await aWorldFor(db, 'technician', { branchId });
    checker = await aWorldFor(db, 'pharmacist', { branchId });
    parts = await ingredients(db, { coded: true });
  });

  it('a formula makes a product of the catalogue that holds what its ingredients hold', async () => {
    expect((await post('/compound-formulas', ointment(parts), maker)).status).toBe(403);
    formula = await aFormula(parts);
    expect(formula).toMatchObject({
      version: 1,
      price: '0.00',
      ingredientStatus: 'linked',
      itemCount: 2,
      beyondUseLimit: { maxDays: 180, refrigerated: false },
    });
    const drug = await get(`/drugs/${formula.drugId}`);
    expect(drug.body).toMatchObject({
      source: 'compounded',
      rxOnly: true,
      unitsPerPack: '100',
      ingredientStatus: 'linked',
      ingredients: [
        { amount: '20', unit: 'mg', perAmount: '1', perUnit: 'g' },
        { amount: null, unit: null },
      ],
    });
    const version = Number(drug.body['version']);
    expect(
      (await patch(`/drugs/${formula.drugId}`, { name: 'Other', version }, await admin())).body,
    ).toMatchObject({
      status: 409,
      type: '/problems/drug-compounded',
    });
    const lots = await stocked(db, { branchId }, parts);
    const costing = await get(`/compound-formulas/${formula.formulaId}/costing?quantity=50`, maker);
    // 1 g at 0.40 and 49 g at 0.02 is 1.38; of 100 g 2.76 × 1.5 + 3 is 7.14, and half of that the price.
    expect(costing.body).toMatchObject({
      isShort: false,
      cost: '1.38',
      unitCost: '0.0276',
      price: '3.57',
      beyondUseDate: daysFromNow(90),
      items: [{ needed: '1', lots: [{ lotId: lots.powderLot, quantity: '1' }] }, { needed: '49' }],
    });
    const short = await get(`/compound-formulas/${formula.formulaId}/costing?quantity=5000`, maker);
    expect(short.body).toMatchObject({
      isShort: true,
      items: [{ isShort: true, available: '50' }, { isShort: true }],
    });
  });

  const admin = (): Promise<World> => aWorldFor(db, 'administrator', { branchId });

  it('from prescription to patient: screened, weighed by scans, released by another, labelled, handed over', async () => {
    const allergic = await aPatient(db, { branchId }, { allergicTo: [parts.powder.ingredientIds[0] ?? 0] });
    const entry = { drugId: formula.drugId, quantity: '50', daysSupply: 30 };
    const refused = await aPrescription(db, { branchId }, { ...entry, patientId: allergic });
    const stop = await begin({
      formulaId: formula.formulaId,
      quantity: '50',
      prescriptionId: refused.prescriptionId,
    });
    await weighedAndMade(post, stop, checker);
    expect((await post(`/compound-batches/${stop.batchId}/release`, { fill: {} })).body).toMatchObject({
      status: 422,
      type: '/problems/screening-stop',
      params: { alerts: [{ kind: 'allergy' }] },
    });
    expect((await get(`/compound-batches/${stop.batchId}`)).body).toMatchObject({
      status: 'made',
      lotId: null,
    });

    const rx = await aPrescription(db, { branchId }, { ...entry, sig: 'Apply twice daily' });
    const key = randomUUID();
    const wish = { formulaId: formula.formulaId, quantity: '50', prescriptionId: rx.prescriptionId };
    const begun = await call<Batch>('POST', '/compound-batches', { token: maker.token, body: wish, key });
    expect((await call('POST', '/compound-batches', { token: maker.token, body: wish, key })).body).toEqual(
      begun.body,
    );
    const batch = begun.body;
    expect(batch).toMatchObject({
      status: 'in_preparation',
      commands: ['weigh', 'make', 'discard'],
      rxNumber: rx.rxNumber,
      items: [{ quantityPlanned: '1' }, { quantityPlanned: '49' }],
    });
    expect(batch.batchNumber).toMatch(/^C\d{6}-\d{3}$/);
    const at = `/compound-batches/${batch.batchId}`;
    const [powder, base] = batch.items;
    if (!powder || !base) throw new Error('no items');
    expect((await post(`${at}/release`, { fill: {} })).body).toMatchObject({
      status: 409,
      type: '/problems/invalid-transition',
      params: { from: 'in_preparation', allowed: ['weigh', 'make', 'discard'] },
    });
    expect((await post(`${at}/make`, {}, maker)).body).toMatchObject({
      type: '/problems/batch-not-weighed',
      params: { items: [powder.batchItemId, base.batchItemId] },
    });
    const weigh = (item: typeof powder, code: string, quantity: string, more: object = {}) =>
      post(`${at}/weigh`, { batchItemId: item.batchItemId, code, quantity, ...more }, maker);
    const right = packCode(POWDER_CODE, 'PW1', powder.expiryDate);
    expect((await weigh(powder, packCode(BASE_CODE, 'BS1', base.expiryDate), '1')).body).toMatchObject({
      status: 409,
      type: '/problems/scan-mismatch',
      params: { reason: 'wrong_product' },
    });
    expect((await weigh(powder, packCode(POWDER_CODE, 'PW9', powder.expiryDate), '1')).body).toMatchObject({
      params: { reason: 'wrong_lot' },
    });
    expect((await weigh(powder, POWDER_CODE, '1')).body).toMatchObject({
      status: 422,
      type: '/problems/scan-incomplete',
    });
    expect((await weigh(powder, right, '1.021')).body).toMatchObject({
      status: 422,
      type: '/problems/weighing-out-of-tolerance',
      params: { planned: '1', tolerancePercent: '2' },
    });
    const misses = await get<{ data: { kind: string }[] }>('/near-misses');
    expect(misses.body.data.map(({ kind }) => kind)).toEqual(['wrong_lot', 'wrong_product']);
    expect((await weigh(powder, right, '1.02', { waste: '0.1' })).status).toBe(200);
    expect(await lot(powder.lotId)).toMatchObject({ reserved: '2.12', quantity: '50' });
    const bypass = { reason: 'no_barcode', note: 'bulk container of the pharmacy' };
    expect(
      (await post(`${at}/weigh`, { batchItemId: base.batchItemId, quantity: '49', bypass }, maker)).status,
    ).toBe(403);
    expect((await weigh(base, packCode(BASE_CODE, 'BS1', base.expiryDate), '49')).status).toBe(200);
    expect((await post(`${at}/make`, { beyondUseDate: daysFromNow(91) }, maker)).body).toMatchObject({
      type: '/problems/beyond-use-refused',
      params: { latest: daysFromNow(90) },
    });
    expect((await post(`${at}/make`, {}, maker)).body).toMatchObject({
      status: 'made',
      beyondUseDate: daysFromNow(90),
      commands: ['release', 'discard'],
    });
    expect((await post(`${at}/release`, { fill: {} }, maker)).status).toBe(403);
    expect((await post(`${at}/release`)).body).toMatchObject({
      status: 422,
      type: '/problems/batch-fill-required',
    });
    expect((await post(`${at}/release`, { fill: { quantity: '40' } })).body).toMatchObject({
      type: '/problems/batch-fill-required',
    });
    const released = await post<Released>(`${at}/release`, { fill: {} });
    expect(released.status, JSON.stringify(released.body)).toBe(200);
    const lotId = released.body.batch.lotId ?? 0;
    // 1.12 g at 0.40 and 49 g at 0.02 for 50 g.
    expect(await lot(lotId)).toEqual({
      status: 'available',
      quantity: '50',
      reserved: '50',
      cost: '0.02856',
      expiry: daysFromNow(90),
    });
    expect(released.body.fill).toMatchObject({ status: 'in_progress', lots: [{ lotId, quantity: '50' }] });
    const price = await get<{ price: string }>(`/drugs/${formula.drugId}`);
    expect(price.body.price).toBe('7.28');
    expect((await post(`${at}/release`, { fill: {} })).body).toMatchObject({
      type: '/problems/invalid-transition',
      params: { from: 'released', allowed: [] },
    });

    const fill = `/fills/${released.body.fill?.fillId ?? 0}`;
    const label = await get<string>(`${fill}/label?lang=en&preview=true`);
    expect(label.body).toContain('Compounded here of');
    expect(label.body).toContain(`Use by`);
    expect(label.body).toContain(daysFromNow(90));
    expect(label.body).toMatch(/salicylic acid \d/);
    const arabic = await get<string>(`${fill}/label?lang=ar&preview=true`);
    expect(arabic.body).toContain('محضر في الصيدلية');
    for (const step of ['verify', 'ready', 'dispense'])
      expect((await post(`${fill}/${step}`)).status, step).toBe(200);
    expect(await lot(lotId)).toMatchObject({ quantity: '0', reserved: '0' });

    const traced = await get<{ data: { batchId: number; fills: object[] }[] }>(
      `/compound-batches?ingredientLotId=${powder.lotId}`,
    );
    expect(traced.body.data).toMatchObject([
      { batchId: batch.batchId, fills: [{ rxNumber: rx.rxNumber, quantity: '50', status: 'dispensed' }] },
      { batchId: stop.batchId, fills: [] },
    ]);
    const worksheet = await get<string>(`${at}/worksheet?lang=en`);
    expect(worksheet.body).toContain(batch.batchNumber);
    expect(worksheet.body).toContain('Levigate');
    expect((await get<string>(`${at}/worksheet?lang=ar`)).body).toContain('ورقة عمل تحضير');
    await sound();

    // Taken back on the same day it is set aside, and nobody makes it free again.
    expect((await post(`${fill}/reverse`, { reason: 'not the right patient' })).status).toBe(200);
    expect(await lot(lotId)).toMatchObject({ quantity: '0' });
    const aside = await db.owner.query<{ lot_id: number; quantity: string; version: number }>(
      `select lot_id, trim_scale(quantity)::text as quantity, version from operational.inventory_lots where compound_batch_id = $1 and status = 'quarantined'`,
      [batch.batchId],
    );
    expect(aside.rows).toMatchObject([{ quantity: '50' }]);
    const free = { lotId: aside.rows[0]?.lot_id, reason: 'it looks well', version: aside.rows[0]?.version };
    expect((await post('/inventory/release', free)).body).toMatchObject({
      status: 409,
      type: '/problems/compounded-lot-kept',
    });
    await sound();
  });

  it('a small batch goes to several, and what comes back is set aside', async () => {
    const batch = await begin({ formulaId: formula.formulaId, quantity: '100' });
    await weighedAndMade(post, batch, checker);
    const at = `/compound-batches/${batch.batchId}`;
    expect((await post(`${at}/release`, { fill: {} })).status).toBe(422);
    const released = await post<Released>(`${at}/release`);
    const lotId = released.body.batch.lotId ?? 0;
    expect(released.body.fill).toBeNull();
    const [one, two] = [
      await aPrescription(db, { branchId }, { drugId: formula.drugId, quantity: '40' }),
      await aPrescription(db, { branchId }, { drugId: formula.drugId, quantity: '30' }),
    ];
    const first = await post<{ fillId: number; lots: object[] }>(`/prescriptions/${one.prescriptionId}/fill`);
    expect(first.body.lots).toMatchObject([{ lotId, quantity: '40' }]);
    expect((await post(`/prescriptions/${two.prescriptionId}/fill`, { complete: true })).body).toMatchObject({
      status: 'dispensed',
      lots: [{ lotId }],
    });
    expect((await post(`/fills/${first.body.fillId}/return-to-stock`)).status).toBe(200);
    expect(await lot(lotId)).toMatchObject({ quantity: '30', reserved: '0', status: 'available' });
    const receive = {
      items: [
        {
          drugId: formula.drugId,
          lotNumber: 'X1',
          expiryDate: daysFromNow(100),
          quantity: '5',
          unitCost: '1',
        },
      ],
    };
    expect((await post('/inventory/receive', receive)).body).toMatchObject({
      type: '/problems/drug-compounded',
    });
    await sound();
  });

  it('is released by another person where formula, branch or law ask for it', async () => {
    const strict = await aFormula(parts, { name: 'Checked ointment', requiresCheck: true });
    const batch = await begin({ formulaId: strict.formulaId, quantity: '10' });
    await weighedAndMade(post, batch, checker);
    const at = `/compound-batches/${batch.batchId}`;
    expect((await get(at)).body).toMatchObject({ needsSecondPerson: true });
    expect((await post(`${at}/release`)).body).toMatchObject({
      status: 409,
      type: '/problems/checker-required',
    });
    const other = await aWorldFor(db, 'pharmacist', { branchId });
    expect((await post<Released>(`${at}/release`, {}, other)).body.batch.status).toBe('released');
    await sound();
  });

  it('controlled ingredients: the preparation is controlled, the register knows, and discarding takes two', async () => {
    const us = await aBranch(db);
    await db.owner.query(`update operational.branches set jurisdiction = 'US' where branch_id = $1`, [us]);
    const me = await aWorldFor(db, 'pharmacist', { branchId: us });
    const colleague = await aUser(db, { role: 'pharmacist', branchIds: [us] });
    const controlled = await ingredients(db, { schedule: 'II' });
    await stocked(db, { branchId: us }, controlled);
    const made = await aFormula(controlled);
    expect(made.controlledSchedule).toBe('II');
    const batch = await begin({ formulaId: made.formulaId, quantity: '50' }, me);
    await weighedAndMade(post, batch, me);
    const at = `/compound-batches/${batch.batchId}`;
    expect((await post(`${at}/release`, {}, me)).body).toMatchObject({ type: '/problems/checker-required' });
    const reason = 'spilled on the bench';
    expect((await post(`${at}/discard`, { reason }, me)).body).toMatchObject({
      status: 409,
      type: '/problems/witness-required',
      params: { drugIds: [controlled.powder.drugId] },
    });
    const signed = await post<{ token: string }>(
      '/auth/witness',
      { username: colleague.username, password: colleague.password },
      me,
    );
    const gone = await post(`${at}/discard`, { reason, witness: signed.body.token }, me);
    expect(gone.body).toMatchObject({ status: 'discarded', discardReason: reason, commands: [] });
    const register = await get<{ data: object[] }>(
      `/reports/controlled-register?drugId=${controlled.powder.drugId}`,
      me,
    );
    expect(register.body.data).toMatchObject([
      { kind: 'receipt' },
      { kind: 'destruction', quantity: '-1', witnessName: `Person ${colleague.username}` },
    ]);
    await sound();
  });

  it('discarded before it is mixed, what was weighed goes back or is written off', async () => {
    const fresh = await ingredients(db);
    const { powderLot } = await stocked(db, { branchId }, fresh);
    const own = await aFormula(fresh);
    const weighFirst = async (): Promise<Batch> => {
      const batch = await begin({ formulaId: own.formulaId, quantity: '100' });
      const bypass = { reason: 'repacked', note: 'bulk container of the pharmacy' };
      const item = batch.items[0];
      await post(`/compound-batches/${batch.batchId}/weigh`, {
        batchItemId: item?.batchItemId,
        quantity: '2',
        waste: '0.5',
        bypass,
      });
      return batch;
    };
    const back = await weighFirst();
    const discard = (batch: Batch, more: object = {}) =>
      post(`/compound-batches/${batch.batchId}/discard`, { reason: 'patient called off', ...more });
    expect((await discard(back, { weighedBack: true })).body).toMatchObject({ status: 'discarded' });
    expect(await lot(powderLot)).toMatchObject({ quantity: '49.5', reserved: '0' });
    expect((await discard(await weighFirst())).status).toBe(200);
    expect(await lot(powderLot)).toMatchObject({ quantity: '47', reserved: '0' });
    const mixed = await begin({ formulaId: own.formulaId, quantity: '100' });
    await weighedAndMade(post, mixed, checker);
    expect((await discard(mixed, { weighedBack: true })).status).toBe(422);
    expect((await discard(mixed)).status).toBe(200);
    for (const step of ['weigh', 'make', 'release', 'discard']) {
      const body = {
        weigh: { batchItemId: 1, code: POWDER_CODE, quantity: '1' },
        discard: { reason: 'again' },
      };
      expect(
        (await post(`/compound-batches/${mixed.batchId}/${step}`, body[step as 'weigh'] ?? {})).body,
        step,
      ).toMatchObject({
        status: 409,
        type: '/problems/invalid-transition',
        params: { from: 'discarded', allowed: [] },
      });
    }
    await sound();
  });

  it('a formula changes by versions; what is no longer in force is not begun', async () => {
    const own = await ingredients(db);
    await stocked(db, { branchId }, own);
    const one = await aFormula(own);
    const at = `/compound-formulas/${one.formulaId}`;
    const begun = await begin({ formulaId: one.formulaId, quantity: '100' });
    const changed = await patch<Formula>(at, {
      beyondUseDays: 30,
      priceRule: { kind: 'fixed', price: '12.00' },
      version: 1,
    });
    expect(changed.body).toMatchObject({ version: 2, price: '12.00', beyondUseDays: 30 });
    expect((await patch(at, { beyondUseDays: 20, version: 1 })).body).toMatchObject({
      type: '/problems/stale-version',
    });
    expect((await get(`/compound-batches/${begun.batchId}`)).body).toMatchObject({ formulaVersion: 1 });
    expect((await weighedAndMade(post, begun, checker)).body.beyondUseDate).toBe(daysFromNow(90));
    const aqueous = { preparationType: 'aqueous', beyondUseDays: 20, storage: 'refrigerate', version: 2 };
    expect((await patch(at, aqueous)).body).toMatchObject({
      type: '/problems/beyond-use-refused',
      params: { maxDays: 14 },
    });
    const warm = { ...aqueous, beyondUseDays: 14, storage: 'room' };
    expect((await patch(at, warm)).body).toMatchObject({ type: '/problems/beyond-use-refused' });

    const two = await aFormula(own, {
      name: 'Ointment of an ointment',
      items: [
        { drugId: one.drugId, quantity: '50' },
        { drugId: own.base.drugId, quantity: '50' },
      ],
    });
    const inside = [{ drugId: two.drugId, quantity: '1' }];
    expect((await patch(at, { items: inside, version: 2 })).body).toMatchObject({
      status: 422,
      type: '/problems/formula-cycle',
    });
    expect((await get(`/drugs/${two.drugId}`)).body).toMatchObject({
      ingredients: [{ amount: '10', unit: 'mg' }, {}],
    });

    expect((await patch(at, { status: 'retired', version: 2 })).body).toMatchObject({
      status: 'retired',
      version: 3,
    });
    const wish = { formulaId: one.formulaId, quantity: '100' };
    expect((await post('/compound-batches', wish)).body).toMatchObject({
      type: '/problems/formula-outdated',
    });
    expect((await post('/compound-batches', { ...wish, formulaId: two.formulaId })).body).toMatchObject({
      type: '/problems/formula-outdated',
      params: { drugIds: [one.drugId] },
    });
    await sound();
  });

  it('says that it was not checked where an ingredient is not known, and follows it when it is', async () => {
    const own = await ingredients(db);
    const unknown = await aDrug(db, { name: 'Mystery base', baseUnit: 'g' });
    const made = await aFormula(own, {
      items: [
        { drugId: own.powder.drugId, quantity: '2' },
        { drugId: unknown.drugId, quantity: '98' },
      ],
    });
    expect(made.ingredientStatus).toBe('partial');
    const patientId = await aPatient(db, { branchId });
    const check = await post<{ notChecked: { reason: string }[] }>('/clinical/check', {
      patientId,
      drugs: [{ drugId: made.drugId }],
    });
    expect(JSON.stringify(check.body.notChecked)).toContain('only some ingredients');
    await db.owner.query(
      `insert into reference.drug_ingredients (drug_id, position, ingredient_id, raw_text) values ($1, 1, $2, 'lanolin')`,
      [unknown.drugId, own.base.ingredientIds[0]],
    );
    expect((await get(`/compound-formulas/${made.formulaId}`)).body).toMatchObject({
      ingredientStatus: 'linked',
    });
    await sound();
  });

  it('refuses what is malformed or not there, and changes nothing', async () => {
    const wish = { formulaId: formula.formulaId, quantity: '100' };
    expect((await post('/compound-batches', { ...wish, quantity: '90000' })).body).toMatchObject({
      status: 409,
      type: '/problems/insufficient-stock',
      params: { drugId: parts.powder.drugId },
    });
    expect((await post('/compound-batches', { ...wish, quantity: '0.001' })).status).toBe(422);
    expect((await post('/compound-batches', { ...wish, formulaId: 999_999 })).status).toBe(404);
    const other = await aPrescription(db, { branchId }, { drugId: parts.base.drugId });
    expect(
      (await post('/compound-batches', { ...wish, prescriptionId: other.prescriptionId })).body,
    ).toMatchObject({
      status: 422,
      type: '/problems/batch-prescription-refused',
    });
    expect((await get('/compound-batches/999999')).status).toBe(404);
    const elsewhere = await aWorldFor(db, 'pharmacist');
    const { body } = await get<{ data: { batchId: number }[] }>('/compound-batches');
    expect((await get(`/compound-batches/${body.data[0]?.batchId ?? 0}`, elsewhere)).status).toBe(404);
    for (const bad of [
      { items: [] },
      { items: Array.from({ length: 31 }, () => ({ drugId: 1, quantity: '1' })) },
      { yieldQuantity: '0' },
      { tolerancePercent: '11' },
    ])
      expect((await post('/compound-formulas', ointment(parts, bad))).status, JSON.stringify(bad)).toBe(400);
    const twice = [
      { drugId: parts.base.drugId, quantity: '1' },
      { drugId: parts.base.drugId, quantity: '2' },
    ];
    expect((await post('/compound-formulas', ointment(parts, { items: twice }))).status).toBe(422);
    expect(
      (await post('/compound-formulas', ointment(parts, { items: [{ drugId: 999_999, quantity: '1' }] })))
        .status,
    ).toBe(404);
    expect((await post('/compound-formulas', ointment(parts, { dosageForm: 'no such form' }))).status).toBe(
      422,
    );
    // An expired lot is not planned, and one that is recalled meanwhile does not go in.
    const own = await ingredients(db);
    const { powderLot } = await stocked(db, { branchId }, own);
    await aLot(db, { branchId, drugId: own.powder.drugId, expiryDate: daysFromNow(-1) });
    const made = await aFormula(own);
    const batch = await begin({ formulaId: made.formulaId, quantity: '100' });
    expect(batch.items[0]?.lotId).toBe(powderLot);
    await weighedAndMade(post, batch, maker);
    expect((await get(`/compound-batches/${batch.batchId}`)).body).toMatchObject({
      status: 'in_preparation',
    });
    await weighedAndMade(post, batch, checker);
    await db.owner.query(`update operational.inventory_lots set status = 'recalled' where lot_id = $1`, [
      powderLot,
    ]);
    expect((await post(`/compound-batches/${batch.batchId}/release`)).body).toMatchObject({
      status: 409,
      type: '/problems/lot-not-dispensable',
    });
    await sound();
  });
});
