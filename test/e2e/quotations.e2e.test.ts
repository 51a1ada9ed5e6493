// Quotations and price tags over HTTP, and the codes of authorities on receipts.
import { describe, expect, it } from 'vitest';

import { aDrug } from '../builders/drug.js';
import { aLot, daysFromNow } from '../builders/lot.js';
import { aTillShift } from '../builders/sale.js';
import { aWorldFor } from '../builders/world.js';
import { useTestApp } from '../support/app.js';

interface Quotation {
  quotationId: number;
  quotationNumber: string;
  total: string;
  status: string;
  currentTotal: string | null;
  keepsPrices: boolean;
  saleId: number | null;
  lines: { lineTotal: string; currentTotal: string | null }[];
}

describe('papers beside a sale', () => {
  const { db, call } = useTestApp();

  async function aShop() {
    const world = await aWorldFor(db, 'administrator');
    await aTillShift(db, world);
    const { drugId } = await aDrug(db, { name: 'Quotadol', price: '10.00', unitsPerPack: '10' });
    await aLot(db, { branchId: world.branchId, drugId, quantity: '100', expiryDate: daysFromNow(200) });
    const post = <Body>(path: string, body: object) => call<Body>('POST', path, { token: world.token, body });
    const get = <Body>(path: string) => call<Body>('GET', path, world);
    const quote = async () =>
      (
        await post<Quotation>('/quotations', {
          customerName: 'Clinic Delta',
          items: [{ drugId, quantity: '3', unit: 'pack', discount: '1.00' }],
        })
      ).body;
    const sell = (id: number, prices: string, amount = '100.00') =>
      post<{ total: string; saleId: number }>(`/quotations/${id}/sell`, {
        prices,
        payments: [{ method: 'cash', amount }],
      });
    const price = (to: string) =>
      db.owner.query('update reference.drugs set price = $2 where drug_id = $1', [drugId, to]);
    const set = async (values: object) => {
      const { body } = await get<object>('/after-sale-settings');
      const answer = await call('PATCH', '/after-sale-settings', {
        token: world.token,
        body: { ...body, ...values },
      });
      expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    };
    return { world, drugId, post, get, quote, sell, price, set };
  }

  it('quote prices that stay while they are valid, and become one sale', async () => {
    const { get, quote, sell, price } = await aShop();
    const made = await quote();
    expect(made).toMatchObject({ total: '29.00', status: 'valid', keepsPrices: true, currentTotal: '30.00' });
    expect(made.quotationNumber).toMatch(/^Q\d{9}$/);
    await price('12.00');
    const seen = await get<Quotation>(`/quotations/${made.quotationId}`);
    expect(seen.body).toMatchObject({
      total: '29.00',
      currentTotal: '36.00',
      lines: [{ lineTotal: '29.00', currentTotal: '36.00' }],
    });
    const sold = await sell(made.quotationId, 'quoted');
    expect(sold).toMatchObject({ status: 201, body: { total: '29.00' } });
    expect(await sell(made.quotationId, 'quoted')).toMatchObject({
      status: 409,
      body: { type: '/problems/quotation-sold' },
    });
    expect((await get<Quotation>(`/quotations/${made.quotationId}`)).body).toMatchObject({
      status: 'sold',
      saleId: sold.body.saleId,
    });
    const page = await get<string>(`/quotations/${made.quotationId}/print?lang=ar`);
    expect(page.body).toContain('عرض سعر');
    expect(page.body).toContain(made.quotationNumber);
  });

  it('are sold at the prices of the day where theirs are not kept', async () => {
    const { quote, sell, price, set } = await aShop();
    const made = await quote();
    await price('12.00');
    await set({ quotationKeepsPrices: false });
    expect(await sell(made.quotationId, 'quoted')).toMatchObject({
      status: 422,
      body: { type: '/problems/quotation-not-kept' },
    });
    expect(await sell(made.quotationId, 'current')).toMatchObject({ status: 201, body: { total: '36.00' } });
  });

  it('become one of two sales that want to be it at once', async () => {
    const { quote, sell } = await aShop();
    const { quotationId } = await quote();
    const both = await Promise.all([sell(quotationId, 'quoted'), sell(quotationId, 'quoted')]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
  });

  it('quote nothing that may not be sold, and nothing of another branch', async () => {
    const { post, get, quote } = await aShop();
    const { drugId } = await aDrug(db, { rxOnly: true });
    expect((await post('/quotations', { items: [{ drugId, quantity: '1' }] })).status).toBe(422);
    const stranger = await aWorldFor(db, 'administrator');
    expect((await call('GET', `/quotations/${(await quote()).quotationId}`, stranger)).status).toBe(404);
    expect((await get<{ data: Quotation[] }>('/quotations')).body.data).toHaveLength(1);
  });

  it('carry the code of the authority the branch is registered with', async () => {
    const { world, post, get, drugId, set } = await aShop();
    const sale = await post<{ saleId: number; saleNumber: string }>('/sales', {
      items: [{ drugId, quantity: '1', unit: 'pack' }],
      payments: [{ method: 'cash', amount: '10.00' }],
    });
    const { saleId } = sale.body;
    const receipt = async () => (await get<string>(`/sales/${saleId}/receipt`)).body;
    expect((await get(`/sales/${saleId}/e-invoice`)).body).toBeFalsy();
    expect(await receipt()).not.toContain('class="code qr"');
    const wrong = {
      ...(await get<object>('/after-sale-settings')).body,
      eInvoice: 'zatca',
      taxNumber: '123',
    };
    expect((await call('PATCH', '/after-sale-settings', { token: world.token, body: wrong })).status).toBe(
      400,
    );
    await set({ eInvoice: 'zatca', taxNumber: '310122393500003' });
    const zatca = await get<{ scheme: string; code: string }>(`/sales/${saleId}/e-invoice`);
    expect(Buffer.from(zatca.body.code, 'base64').toString('utf8')).toContain('310122393500003');
    expect(await receipt()).toContain('class="code qr"');
    expect(await receipt()).toContain('310122393500003');
    await set({ eInvoice: 'eta', taxNumber: '123456789' });
    const eta = await get<{ code: string; document: string }>(`/sales/${saleId}/e-invoice`);
    expect(eta.body.code).toContain('IssuerRIN:123456789');
    expect(JSON.parse(eta.body.document)).toMatchObject({ header: { receiptNumber: sale.body.saleNumber } });
  });

  it('tag what is in stock, came lately or costs something else, and escape what stands on a tag', async () => {
    const { get, post, drugId } = await aShop();
    const ids = async (query: string) =>
      (await get<{ data: { drugId: number }[] }>(`/price-tags?${query}`)).body.data.map((row) => row.drugId);
    expect(await ids('limit=100')).toEqual([drugId]);
    expect(await ids(`receivedSince=${daysFromNow(-1)}`)).toEqual([drugId]);
    expect(await ids(`receivedSince=${daysFromNow(2)}`)).toEqual([]);
    expect(await ids(`priceChangedSince=${daysFromNow(2)}`)).toEqual([]);
    expect(await ids('q=quota')).toContain(drugId);
    expect(await ids('q=%25')).toEqual([]);
    await db.owner.query(`update reference.drugs set name = 'A <b>&"' where drug_id = $1`, [drugId]);
    const print = (body: object) => post<string>('/price-tags/print', body);
    const page = await print({ tags: [{ drugId, copies: 30 }], size: 'a4-24', lang: 'en' });
    expect(page.status).toBe(200);
    expect(page.body).toContain('A &lt;b&gt;&amp;&quot;');
    expect(page.body.match(/class="price"/g)).toHaveLength(30);
    expect(page.body.match(/class="sheet"/g)).toHaveLength(2);
    expect(page.body).toContain('1.00 EGP');
    expect((await print({ tags: [{ drugId: 2_000_000_000, copies: 1 }], size: 'a4-24' })).status).toBe(404);
    expect((await print({ tags: [{ drugId, copies: 101 }], size: 'a4-24' })).status).toBe(400);
    expect((await print({ tags: [], size: 'a4-24' })).status).toBe(400);
  });
});
