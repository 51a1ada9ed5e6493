// A compounded preparation from its formula to the patient, and back.
import { randomUUID } from 'node:crypto';

import { describe, expect, it } from 'vitest';

import {
  BASE_CODE,
  ointment,
  packCode,
  POWDER_CODE,
  stocked,
  weighedAndMade,
  type Batch,
} from '../builders/compounding.js';
import { daysFromNow } from '../builders/lot.js';
import { aPatient, aPrescriber } from '../builders/patient.js';
import { aPrescription, soldFill } from '../builders/prescription.js';
import { aWorldFor } from '../builders/world.js';
import { useCompounding, type Formula, type Released } from '../support/compounding.js';

describe('compounding', () => {
  const { db, call, desk, post, patch, get, aFormula, begin, sound, lot } = useCompounding();
  let formula: Formula;

  it('a formula makes a product of the catalogue that holds what its ingredients hold', async () => {
    expect((await post('/compound-formulas', ointment(desk.parts), desk.maker)).status).toBe(403);
    formula = await aFormula(desk.parts);
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
      (
        await patch(
          `/drugs/${formula.drugId}`,
          { name: 'Other', version },
          await aWorldFor(db, 'administrator', { branchId: desk.branchId }),
        )
      ).body,
    ).toMatchObject({
      status: 409,
      type: '/problems/drug-compounded',
    });
    const lots = await stocked(db, { branchId: desk.branchId }, desk.parts);
    const costing = await get(`/compound-formulas/${formula.formulaId}/costing?quantity=50`, desk.maker);
    // 1 g at 0.40 and 49 g at 0.02 is 1.38; of 100 g 2.76 × 1.5 + 3 is 7.14, and half of that the price.
    expect(costing.body).toMatchObject({
      isShort: false,
      cost: '1.38',
      unitCost: '0.0276',
      price: '3.57',
      beyondUseDate: daysFromNow(90),
      items: [{ needed: '1', lots: [{ lotId: lots.powderLot, quantity: '1' }] }, { needed: '49' }],
    });
    // The same of a formula that is still being written.
    const draft = {
      yieldQuantity: '50',
      beyondUseDays: 90,
      priceRule: { kind: 'fixed', price: '12.00' },
      items: [
        { drugId: desk.parts.powder.drugId, quantity: '1' },
        { drugId: desk.parts.base.drugId, quantity: '49' },
      ],
    };
    expect((await post('/compound-formulas/costing', draft, desk.maker)).body).toMatchObject({
      isShort: false,
      cost: '1.38',
      price: '12.00',
      beyondUseDate: daysFromNow(90),
    });
    expect(
      await post('/compound-formulas/costing', { ...draft, items: [{ drugId: 999_999_999, quantity: '1' }] }),
    ).toMatchObject({ status: 404 });
    expect(await post('/compound-formulas/costing', { ...draft, items: [] })).toMatchObject({ status: 400 });
    const short = await get(`/compound-formulas/${formula.formulaId}/costing?quantity=5000`, desk.maker);
    expect(short.body).toMatchObject({
      isShort: true,
      items: [{ isShort: true, available: '50' }, { isShort: true }],
    });
  });

  it('from prescription to patient: screened, weighed by scans, released by another, labelled, handed over', async () => {
    const allergic = await aPatient(
      db,
      { branchId: desk.branchId },
      { allergicTo: [desk.parts.powder.ingredientIds[0] ?? 0] },
    );
    const entry = { drugId: formula.drugId, quantity: '50', daysSupply: 30 };
    const entered = await post('/prescriptions', {
      ...entry,
      patientId: allergic,
      prescriberId: await aPrescriber(db),
      sig: 'apply twice daily',
      refillsAuthorized: 0,
      prescribedDate: daysFromNow(0),
    });
    expect(entered.body).toMatchObject({ alerts: [{ kind: 'allergy', stops: true }] });
    const refused = await aPrescription(db, { branchId: desk.branchId }, { ...entry, patientId: allergic });
    const stop = await begin({
      formulaId: formula.formulaId,
      quantity: '50',
      prescriptionId: refused.prescriptionId,
    });
    await weighedAndMade(post, stop, desk.checker);
    expect((await post(`/compound-batches/${stop.batchId}/release`, { fill: {} })).body).toMatchObject({
      status: 422,
      type: '/problems/screening-stop',
      params: { alerts: [{ kind: 'allergy' }] },
    });
    expect((await get(`/compound-batches/${stop.batchId}`)).body).toMatchObject({
      status: 'made',
      lotId: null,
    });

    const rx = await aPrescription(db, { branchId: desk.branchId }, { ...entry, sig: 'Apply twice daily' });
    const key = randomUUID();
    const wish = { formulaId: formula.formulaId, quantity: '50', prescriptionId: rx.prescriptionId };
    const begun = await call<Batch>('POST', '/compound-batches', {
      token: desk.maker.token,
      body: wish,
      key,
    });
    expect(
      (await call('POST', '/compound-batches', { token: desk.maker.token, body: wish, key })).body,
    ).toEqual(begun.body);
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
    expect((await post(`${at}/make`, {}, desk.maker)).body).toMatchObject({
      type: '/problems/batch-not-weighed',
      params: { items: [powder.batchItemId, base.batchItemId] },
    });
    const weigh = (item: typeof powder, code: string, quantity: string, more: object = {}) =>
      post(`${at}/weigh`, { batchItemId: item.batchItemId, code, quantity, ...more }, desk.maker);
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
    // The pack alone, before anything is weighed of it.
    const scan = (item: typeof powder, code: string) =>
      post(`${at}/scan`, { batchItemId: item.batchItemId, code }, desk.maker);
    expect((await scan(base, right)).body).toMatchObject({ status: 409, type: '/problems/scan-mismatch' });
    expect((await scan(powder, POWDER_CODE)).body).toMatchObject({ type: '/problems/scan-incomplete' });
    expect((await scan(powder, right)).body).toEqual({ batchItemId: powder.batchItemId, lotNumber: 'PW1' });
    const misses = await get<{ data: { kind: string }[] }>('/near-misses');
    expect(misses.body.data.map(({ kind }) => kind)).toEqual(['wrong_product', 'wrong_lot', 'wrong_product']);
    expect((await weigh(powder, right, '1.02', { waste: '0.1' })).status).toBe(200);
    expect(await lot(powder.lotId)).toMatchObject({ reserved: '2.12', quantity: '50' });
    const bypass = { reason: 'no_barcode', note: 'bulk container of the pharmacy' };
    expect(
      (await post(`${at}/weigh`, { batchItemId: base.batchItemId, quantity: '49', bypass }, desk.maker))
        .status,
    ).toBe(403);
    expect((await weigh(base, packCode(BASE_CODE, 'BS1', base.expiryDate), '49')).status).toBe(200);
    expect((await post(`${at}/make`, { beyondUseDate: daysFromNow(91) }, desk.maker)).body).toMatchObject({
      type: '/problems/beyond-use-refused',
      params: { latest: daysFromNow(90) },
    });
    expect((await post(`${at}/make`, {}, desk.maker)).body).toMatchObject({
      status: 'made',
      beyondUseDate: daysFromNow(90),
      commands: ['release', 'discard'],
    });
    expect((await post(`${at}/release`, { fill: {} }, desk.maker)).status).toBe(403);
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
    await weighedAndMade(post, batch, desk.checker);
    const at = `/compound-batches/${batch.batchId}`;
    expect((await post(`${at}/release`, { fill: {} })).status).toBe(422);
    const released = await post<Released>(`${at}/release`);
    const lotId = released.body.batch.lotId ?? 0;
    expect(released.body.fill).toBeNull();
    const [one, two] = [
      await aPrescription(db, { branchId: desk.branchId }, { drugId: formula.drugId, quantity: '40' }),
      await aPrescription(db, { branchId: desk.branchId }, { drugId: formula.drugId, quantity: '30' }),
    ];
    const first = await post<{ fillId: number; lots: object[] }>(`/prescriptions/${one.prescriptionId}/fill`);
    expect(first.body.lots).toMatchObject([{ lotId, quantity: '40' }]);
    expect((await post(`/prescriptions/${two.prescriptionId}/fill`, { complete: true })).body).toMatchObject({
      status: 'dispensed',
      lots: [{ lotId }],
    });
    expect((await post(`/fills/${first.body.fillId}/return-to-stock`)).status).toBe(200);
    expect(await lot(lotId)).toMatchObject({ quantity: '30', reserved: '0', status: 'available' });
    // Sold and brought back: to the shelf never, into quarantine, from where a pharmacist may give it free.
    const [given] = (await get<{ fills: { fillId: number }[] }>(`/prescriptions/${two.prescriptionId}`)).body
      .fills;
    await soldFill(db, desk.checker, given?.fillId ?? 0);
    const { rows } = await db.owner.query<{ sale: number; line: number }>(
      'select sale_id as sale, sale_item_id as line from operational.sale_items where fill_id = $1',
      [given?.fillId],
    );
    const line = { saleItemId: rows[0]?.line, quantity: '30' };
    const bringBack = (disposition: string) =>
      post(`/sales/${rows[0]?.sale ?? 0}/return`, { reason: 'unopened', items: [{ ...line, disposition }] });
    expect((await bringBack('restock')).body).toMatchObject({
      status: 422,
      type: '/problems/compounded-not-restocked',
    });
    expect((await bringBack('quarantine')).status).toBe(201);
    const aside = await db.owner.query<{ lotId: number; quantity: string; version: number }>(
      `select lot_id as "lotId", trim_scale(quantity)::text as quantity, version from operational.inventory_lots
       where compound_batch_id = $1 and status = 'quarantined'`,
      [batch.batchId],
    );
    expect(aside.rows).toMatchObject([{ quantity: '70' }]);
    const { lotId: setAside, version } = aside.rows[0] ?? {};
    const free = { lotId: setAside, version, reason: 'never left the counter' };
    expect((await post('/inventory/release', free)).body).toMatchObject({ lotId, quantity: '100' });
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
});
