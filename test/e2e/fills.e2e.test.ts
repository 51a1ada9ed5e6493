// What happens to a fill after it is made, step by step, and its label.
import { beforeAll, describe, expect, it } from 'vitest';

import { anInteractionRule } from '../builders/clinical.js';
import { readSig } from '../../src/operational/sig/sig-reading.domain.js';
import { aDrug } from '../builders/drug.js';
import { aLot, discrepancies } from '../builders/lot.js';
import { aPatient } from '../builders/patient.js';
import { aPrescription, dispensedDaysAgo, soldFill } from '../builders/prescription.js';
import { aStepUp, aWorldFor, signedInLongAgo, type World } from '../builders/world.js';
import { useTestApp } from '../support/app.js';

interface Fill {
  fillId: number;
  status: string;
  lots: { lotId: number; quantity: string }[];
}

describe('fills', () => {
  const { db, call } = useTestApp();
  let me: World;
  let drugId = 0;
  beforeAll(async () => {
    me = await aWorldFor(db, 'pharmacist');
    drugId = (await aDrug(db, { ingredients: ['loratadine'], strength: '10 mg', name: 'Claritine' })).drugId;
    await aLot(db, { branchId: me.branchId, drugId, quantity: '5000', lotNumber: 'LOT-7' });
  });
  const post = <Body = Record<string, unknown>>(path: string, body: unknown = undefined, world = me) =>
    call<Body>('POST', path, { token: world.token, body });
  const get = <Body = Record<string, unknown>>(path: string, world = me) =>
    call<Body>('GET', path, { token: world.token });
  const aFill = async (body: object, values: object = {}): Promise<Fill & { prescriptionId: number }> => {
    const { prescriptionId } = await aPrescription(db, me, { drugId, refillsAuthorized: 1, ...values });
    const made = await post<Fill>(`/prescriptions/${prescriptionId}/fill`, body);
    expect(made.status).toBe(201);
    return { ...made.body, prescriptionId };
  };
  const understood = (sig: string) => ({ sig, sigStructure: readSig(sig).sig });
  const onHand = async (): Promise<{ quantity: string; reserved: string }> => {
    const { rows } = await db.owner.query<{ quantity: string; reserved: string }>(
      `select sum(quantity)::text as quantity, sum(quantity_reserved)::text as reserved from operational.inventory_lots where drug_id = $1`,
      [drugId],
    );
    return rows[0] ?? { quantity: '', reserved: '' };
  };
  const statusOf = async (prescriptionId: number): Promise<unknown> =>
    (await get(`/prescriptions/${prescriptionId}`)).body['status'];

  it('go from entry over verified and ready to dispensed, and keep their stock until then', async () => {
    const before = await onHand();
    const fill = await aFill({});
    expect(fill).toMatchObject({ status: 'in_progress', lots: [{ lotNumber: 'LOT-7', quantity: '30' }] });
    expect(await onHand()).toEqual({ quantity: before.quantity, reserved: '30.000' });
    const at = `/fills/${fill.fillId}`;
    expect((await post(`${at}/dispense`)).body).toMatchObject({
      status: 409,
      type: '/problems/invalid-transition',
      params: {
        from: 'in_progress',
        allowed: ['scan', 'choose-lot', 'verify', 'complete', 'return-to-stock'],
      },
    });
    expect((await post(`${at}/ready`, { bin: 'B-2' })).status).toBe(409);
    expect((await post(`${at}/verify`)).body).toMatchObject({ status: 'verified' });
    expect((await post(`${at}/ready`, { bin: 'B-2' })).body).toMatchObject({ status: 'ready', bin: 'B-2' });
    const dispensed = await post(`${at}/dispense`);
    expect(dispensed.body).toMatchObject({ status: 'dispensed', lots: [{ quantity: '30' }] });
    expect(await onHand()).toMatchObject({ reserved: '0.000' });
    expect((await post(`${at}/dispense`)).status).toBe(409);
    expect((await get(at)).body).toEqual(dispensed.body);
    expect(await discrepancies(db)).toEqual([]);
  });

  it('are verified by a second person where the branch asks for one', async () => {
    const world = await aWorldFor(db, 'pharmacist');
    const second = await aWorldFor(db, 'pharmacist', { branchId: world.branchId });
    await aLot(db, { branchId: world.branchId, drugId });
    await db.owner.query('update operational.branches set two_person_rule = true where branch_id = $1', [
      world.branchId,
    ]);
    const { prescriptionId } = await aPrescription(db, world, { drugId });
    const { fillId } = (await post<Fill>(`/prescriptions/${prescriptionId}/fill`, {}, world)).body;
    expect((await post(`/fills/${fillId}/verify`, {}, world)).body).toMatchObject({
      status: 409,
      type: '/problems/second-person-required',
    });
    expect((await post(`/fills/${fillId}/verify`, {}, second)).body).toMatchObject({ status: 'verified' });
  });

  it('are screened again when verified: what is new must be overridden', async () => {
    const patientId = await aPatient(db, me);
    const other = await aDrug(db, { ingredients: ['ketoconazole'] });
    const own = await aDrug(db, { ingredients: ['terfenadine'] });
    await aLot(db, { branchId: me.branchId, drugId: own.drugId });
    await anInteractionRule(
      db,
      { ingredientId: other.ingredientIds[0] },
      { ingredientId: own.ingredientIds[0] },
      'contraindicated',
    );
    const fill = await aFill({}, { patientId, drugId: own.drugId });
    await call('POST', `/patients/${patientId}/medications`, {
      token: me.token,
      body: { drugId: other.drugId },
    });
    const refused = await post<{ type: string; params: { alerts: { alertId: number }[] } }>(
      `/fills/${fill.fillId}/verify`,
    );
    expect(refused.body.type).toBe('/problems/screening-stop');
    const overrides = refused.body.params.alerts.map(({ alertId }) => ({
      alertId,
      reason: 'monitoring_in_place',
      note: 'ECG before and after',
    }));
    await signedInLongAgo(db, me);
    expect((await post(`/fills/${fill.fillId}/verify`, { overrides })).body).toMatchObject({
      status: 403,
      type: '/problems/step-up-required',
    });
    const stepUp = await aStepUp(db, me);
    expect((await post(`/fills/${fill.fillId}/verify`, { overrides, stepUp })).body).toMatchObject({
      status: 'verified',
    });
  });

  it('are returned to stock until they are dispensed, and give their authority back', async () => {
    const before = await onHand();
    const fill = await aFill({});
    const back = await post(`/fills/${fill.fillId}/return-to-stock`, { reason: 'Not picked up' });
    expect(back.body).toMatchObject({ status: 'returned_to_stock' });
    expect(await onHand()).toEqual(before);
    expect(await statusOf(fill.prescriptionId)).toBe('pending');
    expect((await post(`/fills/${fill.fillId}/verify`)).status).toBe(409);
    expect((await post(`/prescriptions/${fill.prescriptionId}/fill`, { complete: true })).body).toMatchObject(
      {
        fillNumber: 0,
        partNumber: 2,
      },
    );
  });

  it('are reversed on their day into the lots they came from, once', async () => {
    const before = await onHand();
    const fill = await aFill({ complete: true }, { refillsAuthorized: 0 });
    expect(await statusOf(fill.prescriptionId)).toBe('completed');
    const reversed = await post(`/fills/${fill.fillId}/reverse`, { reason: 'Wrong patient' });
    expect(reversed.body).toMatchObject({ status: 'reversed' });
    expect(await onHand()).toEqual(before);
    expect(await statusOf(fill.prescriptionId)).toBe('pending');
    expect((await post(`/fills/${fill.fillId}/reverse`)).status).toBe(409);
    const ledger = await db.owner.query<{ movement_type: string }>(
      'select movement_type from operational.stock_movements where fill_id = $1 order by movement_id',
      [fill.fillId],
    );
    expect(ledger.rows.map((row) => row.movement_type)).toEqual(['dispense', 'reversal']);
    expect(await discrepancies(db)).toEqual([]);
  });

  it('are not reversed on another day, nor once sold', async () => {
    const old = await aFill({ complete: true });
    await dispensedDaysAgo(db, old.prescriptionId, 1);
    expect((await post(`/fills/${old.fillId}/reverse`)).body).toMatchObject({
      type: '/problems/reversal-too-late',
    });
    const sold = await aFill({ complete: true });
    await soldFill(db, me, sold.fillId);
    expect((await post(`/fills/${sold.fillId}/reverse`)).body).toMatchObject({
      status: 409,
      type: '/problems/fill-sold',
    });
    expect((await get(`/fills/${sold.fillId}`)).body).toMatchObject({
      soldInSaleId: expect.any(Number) as unknown,
    });
    expect((await post(`/fills/${(await aFill({})).fillId}/reverse`)).body).toMatchObject({
      type: '/problems/invalid-transition',
    });
  });

  it('are not dispensed under a prescription that died meanwhile', async () => {
    const fill = await aFill({});
    const at = `/fills/${fill.fillId}`;
    await post(`${at}/verify`);
    await post(`${at}/ready`);
    await post(`/prescriptions/${fill.prescriptionId}/hold`, {});
    expect((await post(`${at}/dispense`)).body).toMatchObject({
      status: 409,
      type: '/problems/prescription-not-fillable',
    });
    // The database refuses the same, whatever the application believes.
    await expect(
      db.owner.query(
        `update operational.fills set status = 'dispensed', dispensed_by = $2, dispensed_at = now(), dispensed_on = current_date where fill_id = $1`,
        [fill.fillId, me.userId],
      ),
    ).rejects.toMatchObject({ code: 'MD005' });
  });

  it('are seen at their branch only, by those who may', async () => {
    const fill = await aFill({});
    const other = await aWorldFor(db, 'pharmacist');
    for (const step of ['verify', 'ready', 'dispense', 'return-to-stock', 'reverse'])
      expect((await post(`/fills/${fill.fillId}/${step}`, {}, other)).status).toBe(404);
    for (const path of ['', '/label'])
      expect((await get(`/fills/${fill.fillId}${path}`, other)).status).toBe(404);
    const cashier = await aWorldFor(db, 'cashier', { branchId: me.branchId });
    expect((await post(`/fills/${fill.fillId}/verify`, {}, cashier)).status).toBe(403);
    expect((await get(`/fills/${fill.fillId}`, cashier)).status).toBe(200);
  });

  describe('have a label', () => {
    it('in the patient’s language or another, escaped, without scripts, with the lot', async () => {
      const patientId = await aPatient(db, me, {
        firstName: '<script>alert(1)</script>',
        firstNameAr: 'منى',
        lastNameAr: 'عادل',
        language: 'ar',
      });
      const fill = await aFill({ complete: true }, { patientId, sig: '1 tablet <b>daily</b>' });
      const arabic = await get<string>(`/fills/${fill.fillId}/label`);
      expect(arabic.headers['content-type']).toContain('text/html');
      expect(arabic.body).toContain('dir="rtl"');
      expect(arabic.body).toContain('منى عادل');
      expect(arabic.body).toContain('<bdi dir="ltr">10 mg</bdi>');
      expect(arabic.body).toContain('LOT-7');
      const english = await get<string>(`/fills/${fill.fillId}/label?lang=en`);
      expect(english.body).toContain('&lt;script&gt;');
      expect(english.body).toContain('&lt;b&gt;daily');
      expect(english.body).not.toMatch(/<(script|b)>/);
      expect(english.body).toContain('COPY');
      expect(arabic.body).not.toContain('COPY');
      for (const wrong of ['lang=fr', 'size=A5', 'copy=maybe', 'more=1'])
        expect((await get(`/fills/${fill.fillId}/label?${wrong}`)).status).toBe(400);
    });

    it('that is the original once, a COPY ever after, with each print audited', async () => {
      const fill = await aFill({ complete: true });
      const copies = await Promise.all(
        Array.from({ length: 6 }, async () => {
          const label = await get<string>(`/fills/${fill.fillId}/label?lang=en`);
          return label.body.includes('>COPY<');
        }),
      );
      expect(copies.filter((isCopy) => !isCopy)).toHaveLength(1);
      const prints = await db.owner.query<{ is_copy: boolean; printed_by: number; audited: boolean }>(
        `select p.is_copy, p.printed_by, exists (select from operational.audit_logs a
           where a.table_name = 'label_prints' and a.row_key = p.print_id::text) as audited
         from operational.label_prints p where p.fill_id = $1 order by p.print_id`,
        [fill.fillId],
      );
      expect(prints.rows).toHaveLength(6);
      expect(prints.rows.every((print) => print.audited && print.printed_by === me.userId)).toBe(true);
      await expect(
        db.owner.query('delete from operational.label_prints where fill_id = $1', [fill.fillId]),
      ).rejects.toMatchObject({ code: 'MD004' });
    });

    it('with directions in the words of its language, a barcode of the fill, and a leaflet', async () => {
      const fill = await aFill({ complete: true }, understood('1 tab po tid pc x5d'));
      const label = await get<string>(`/fills/${fill.fillId}/label?lang=ar&size=80mm`);
      expect(label.body).toContain('قرص واحد عن طريق الفم');
      expect(label.body).toContain('size: 80mm');
      expect(label.body).toContain(`aria-label="F${String(fill.fillId).padStart(8, '0')}"`);
      const leaflet = await get<string>(`/fills/${fill.fillId}/leaflet?lang=en`);
      expect(leaflet.headers['content-type']).toContain('text/html');
      expect(leaflet.body).toContain('Take 1 tablet by mouth 3 times daily after meals for 5 days.');
      expect(leaflet.body).toContain('If you miss a dose');
      expect(leaflet.body).not.toContain('COPY');
    });

    it('of the branch’s template, which its manager changes and nobody else', async () => {
      const boss = await aWorldFor(db, 'administrator', { branchId: me.branchId });
      const patch = (body: unknown, world = boss) =>
        call<{ version: number }>('PATCH', '/label-template', { token: world.token, body });
      expect((await get('/label-template')).body).toMatchObject({ size: '70x35', version: 0 });
      expect((await patch({ version: 0, size: 'A4' }, me)).status).toBe(403);
      const evil = '<script>alert(1)</script>';
      const changed = await patch({
        version: 0,
        size: 'A4',
        languages: 'both',
        header: evil,
        lines: ['barcode'],
      });
      expect(changed.body).toMatchObject({ size: 'A4', languages: 'both', lines: ['barcode'], version: 1 });
      expect((await patch({ version: 0, size: '80mm' })).status).toBe(409);
      for (const wrong of [
        {},
        { version: 1, size: 'A5' },
        { version: 1, lines: ['price'] },
        { version: 1, lines: ['lots', 'lots'] },
        { version: 1, header: 'x'.repeat(121) },
        { version: 1, more: true },
      ])
        expect((await patch(wrong)).status).toBe(400);
      const fill = await aFill({ complete: true }, understood('1 tab bid'));
      const label = await get<string>(`/fills/${fill.fillId}/label?lang=en`);
      expect(label.body).toContain('size: A4');
      expect(label.body).toContain('&lt;script&gt;');
      expect(label.body).not.toContain('<script');
      expect(label.body).toContain('Take 1 tablet twice daily.');
      expect(label.body).toContain('مرتين يوميًا');
      expect(label.body).not.toContain('LOT-7');
      // Another branch keeps its own.
      const other = await aWorldFor(db, 'pharmacist');
      expect((await get('/label-template', other)).body).toMatchObject({ size: '70x35', version: 0 });
      expect((await patch({ version: 1, size: '70x35', header: null })).body).toMatchObject({
        header: null,
        version: 2,
      });
    });

    it('until they are taken back', async () => {
      const fill = await aFill({});
      expect((await get(`/fills/${fill.fillId}/label`)).status).toBe(200);
      await post(`/fills/${fill.fillId}/return-to-stock`);
      expect((await get(`/fills/${fill.fillId}/label`)).body).toMatchObject({
        status: 409,
        type: '/problems/no-label',
      });
    });
  });
});
