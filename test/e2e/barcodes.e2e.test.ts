// What a scan answers over HTTP: the reader itself is tested in src/reference/barcodes.
import { beforeAll, describe, expect, it } from 'vitest';

import { aWorldFor, type World } from '../builders/world.js';
import { useTestApp } from '../support/app.js';

interface Answer {
  drug: { drugId: number };
  barcode: { kind: string; packLevel: string };
  lotNumber: string | null;
  expiryDate: string | null;
  serialNumber: string | null;
  readings: { lotNumber: string | null }[];
  warnings: { code: string }[];
  type: string;
  candidates?: { drugId: number; name: string }[];
  params?: { candidates: { drugId: number; name: string }[] };
}

describe('a scan over HTTP', () => {
  const { db, call } = useTestApp();
  let admin: World;
  const ids: Record<string, number> = {};

  const scan = (code: string) => call<Answer>('GET', `/drugs/by-barcode/${encodeURIComponent(code)}`, admin);

  async function product(name: string, ...barcodes: object[]): Promise<void> {
    const made = await call<{ drugId: number }>('POST', '/drugs', {
      token: admin.token,
      body: { name, price: '10', barcodes },
    });
    expect(made.status, name).toBe(201);
    ids[name] = made.body.drugId;
  }

  beforeAll(async () => {
    admin = await aWorldFor(db, 'administrator');
    await product('Pack', { code: '9521234543213' }, { code: '9521234543220', packLevel: 'strip' });
    await product('By NDC', { code: '12345-678-90', kind: 'ndc' });
    await product('Other NDC', { code: '1234-5678-90', kind: 'ndc' });
    await product('By UPC', { code: '300715550235' });
  });

  it('of a whole GS1 symbol names the product with lot, expiry and serial', async () => {
    const expected = { lotNumber: 'AB/12', expiryDate: '2027-02-28', serialNumber: '9%+X' };
    for (const code of [
      '010952123454321317270200' + '10AB/12\u001d219%+X',
      ']d2010952123454321317270200' + '10AB/12<GS>219%+X',
      '(01)09521234543213(17)270200(10)AB/12(21)9%+X',
      'https://id.gs1.org/01/09521234543213/10/AB%2F12/21/9%25%2BX?17=270200',
    ]) {
      const { status, body } = await scan(code);
      expect(status, code).toBe(200);
      expect(body).toMatchObject({ drug: { drugId: ids.Pack }, ...expected, readings: [], warnings: [] });
    }
  });

  it('says what one scan stands for', async () => {
    expect((await scan('9521234543220')).body.barcode).toMatchObject({ kind: 'ean13', packLevel: 'strip' });
    expect((await scan('9521234543213')).body).toMatchObject({
      barcode: { packLevel: 'pack' },
      lotNumber: null,
      expiryDate: null,
      serialNumber: null,
    });
  });

  it('leaves the lot open, and says how it may read, where a separator may have been lost', async () => {
    const { status, body } = await scan('010952123454321317270200' + '10AB21XY');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      drug: { drugId: ids.Pack },
      lotNumber: null,
      serialNumber: null,
      expiryDate: '2027-02-28',
      readings: [{ lotNumber: 'AB21XY' }, { lotNumber: 'AB', serialNumber: 'XY' }],
      warnings: [{ code: 'separator-missing' }],
    });
  });

  it('finds an NDC in any form, and the GTIN that holds it', async () => {
    for (const code of ['12345-678-90', '12345067890', '12345-*678-90', '012345-0678-90'])
      expect((await scan(code)).body, code).toMatchObject({ drug: { drugId: ids['By NDC'] } });
    for (const code of ['0071-5550-23', '00071555023', '0071555023', '300715550235', '00300715550235'])
      expect((await scan(code)).body, code).toMatchObject({ drug: { drugId: ids['By UPC'] } });
  });

  it('asks where ten digits fit two products', async () => {
    for (const code of ['1234567890', '312345678906', '(01)00312345678906']) {
      const { status, body } = await scan(code);
      expect(status, code).toBe(409);
      expect(body.type).toBe('/problems/ambiguous-barcode');
      const candidates = (body.candidates ?? body.params?.candidates ?? []).map(({ drugId }) => drugId);
      expect(candidates.sort()).toEqual([ids['By NDC'], ids['Other NDC']].sort());
    }
  });

  it.each([
    ['9521234543214', 422],
    ['(01)09521234543214', 422],
    ['(01)09521234543213(17)270231', 422],
    ['(17)270228(10)AB', 422],
    ['https://x.example/gtin/09521234543213', 422],
    ['hello', 422],
    ['\u001d', 422],
    ['4006381333931', 404],
    ['(01)04006381333931(10)A', 404],
    ['99999-999-99', 404],
  ])('%j is refused with %i', async (code, status) => {
    expect((await scan(code)).status).toBe(status);
  });

  it('of any length is answered', async () => {
    expect((await scan('x'.repeat(1000))).status).toBe(422);
    expect((await scan('x'.repeat(1001))).status).toBe(400);
  });

  it('of a code stored wrongly is refused', async () => {
    const refused = (barcode: object) =>
      call('POST', '/drugs', { token: admin.token, body: { name: 'X', price: '1', barcodes: [barcode] } });
    expect((await refused({ code: '9521234543214' })).status).toBe(422);
    expect((await refused({ code: '(01)09521234543213' })).status).toBe(422);
    expect((await refused({ code: '12345-678-90', kind: 'ndc' })).status).toBe(409);
    expect((await refused({ code: '12345067890' })).status).toBe(409);
  });
});
