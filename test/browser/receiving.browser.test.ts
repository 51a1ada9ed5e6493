// Deliveries by scanner and keyboard alone, in English and in Arabic: one scan a pack, F4 and Enter post; what is expired, short or not ordered stops.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { dataMatrix } from '../builders/packs.js';
import { launchBrowser } from '../support/browser.js';
import { product } from '../support/product.js';
import { aStation, type StationWorld } from './station-world.js';
import { Visit, VISITS } from './visit.js';

interface Order {
  purchaseOrderId: number;
  orderNumber: string;
  version: number;
  status: string;
  lines: { quantityReceived: string; quantityBonusReceived: string; unitBaseUnits: string }[];
}
interface Receipt {
  items: {
    lotNumber: string;
    quantity: string;
    bonus: string;
    bonusReason: string | null;
    reversal: { reason: string } | null;
  }[];
  refused: { reason: string }[];
}

/** A day from now as a code writes it, and as a field does. */
const inDays = (days: number): { code: string; iso: string } => {
  const iso = new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  return { code: iso.slice(2).replaceAll('-', ''), iso };
};

describe('receiving on screen', () => {
  const address = product().address;
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
  });

  async function anOrder(visit: Visit, world: StationWorld): Promise<Order> {
    const post = async <Body>(path: string, body: unknown): Promise<Body> => {
      const answer = await visit.call<Body>('POST', path, body);
      expect([200, 201], JSON.stringify(answer.body)).toContain(answer.status);
      return answer.body;
    };
    const { body: other } = await visit.call<{ drug: { drugId: number } }>(
      'GET',
      `/drugs/by-barcode/${world.otherPack}`,
    );
    const { supplierId } = await post<{ supplierId: number }>('/suppliers', {
      name: `Nile Medical ${world.pharmacist.username}`,
      nameAr: 'النيل للمستلزمات الطبية',
      email: 'orders@nile.example',
      minShelfLifeDays: 180,
    });
    const made = await post<Order>('/purchase-orders', {
      supplierId,
      lines: [
        { drugId: world.drugId, quantity: '10', bonus: '1', price: '42.50', taxRate: '0.14' },
        { drugId: other.drug.drugId, quantity: '4', price: '61.00', taxRate: '0.14' },
      ],
      landedCost: '25.00',
    });
    return post<Order>(`/purchase-orders/${made.purchaseOrderId}/submit`, { version: made.version });
  }

  it.each(VISITS)('counts a pack a scan and posts with F4 and Enter, in $language', async (kind) => {
    const world = await aStation(address);
    const visit = await Visit.begin(browser, address, kind, world.pharmacist);
    const { page, keys } = visit;
    const word = (key: string): string => visit.word(key);
    const order = await anOrder(visit, world);
    const late = inDays(900);
    const pack = (code: string, lot: string, expiry = late.code) =>
      `01${code.padStart(14, '0')}17${expiry}10${lot}`;
    const entry = (no: number, field: 'quantityOfEntry' | 'lotOfEntry' | 'expiryOfEntry') =>
      page.getByLabel(word(`procurement.${field}`).replace('{{no}}', String(no)), { exact: true });

    // A pack scanned on the list of orders leads to the order it is waited for in, and is counted.
    await page.goto('/purchasing');
    await visit.heading('procurement.orders').waitFor();
    await page.getByRole('link', { name: order.orderNumber, exact: true }).waitFor();
    await visit.clean('purchase orders');
    const before = keys.presses;
    await visit.scan(pack(world.pack, 'PV-2201'));
    await entry(1, 'quantityOfEntry').waitFor();
    await expect.poll(() => entry(1, 'quantityOfEntry').inputValue()).toBe('1');
    expect(page.url()).toContain(`/purchasing/${order.purchaseOrderId}/receive`);
    await visit.scan(pack(world.pack, 'PV-2201'));
    await expect.poll(() => entry(1, 'quantityOfEntry').inputValue()).toBe('2');
    await visit.scan(pack(world.otherPack, 'AX-0001'));
    await expect.poll(() => entry(2, 'quantityOfEntry').inputValue()).toBe('1');
    // The budget: one scan a pack; the line, the lot and the expiry are found by it.
    expect(keys.presses - before).toBe(3);
    expect(await entry(2, 'lotOfEntry').inputValue()).toBe('AX-0001');
    expect(await entry(2, 'expiryOfEntry').inputValue()).toBe(late.iso);

    // Ten of the last by *10, taken back, and three instead.
    const field = page.getByLabel(word('procurement.scan'), { exact: true }).and(page.locator('input'));
    await field.focus();
    await keys.type('*10');
    await keys.press('Enter');
    await expect.poll(() => entry(2, 'quantityOfEntry').inputValue()).toBe('10');
    await page.getByText(word('procurement.over')).waitFor();
    await keys.press('F8');
    await expect.poll(() => entry(2, 'quantityOfEntry').inputValue()).toBe('1');
    await keys.type('*2');
    await keys.press('Enter');
    await expect.poll(() => entry(2, 'quantityOfEntry').inputValue()).toBe('2');

    // Expired goods stop, and are refused with their reason.
    await visit.scan(pack(world.otherPack, 'AX-OLD', inDays(-40).code));
    await page.getByText(word('procurement.stop.expired')).waitFor();
    await visit.clean('receiving expired');
    await keys.press('F7');
    const refusing = page.getByRole('dialog');
    await refusing.getByLabel(word('transition.reason')).and(page.locator(':focus')).waitFor();
    expect(await refusing.getByLabel(word('transition.reason')).inputValue()).toBe('expired');
    await visit.clean('receiving refused');
    await keys.tabTo(word('procurement.refuseIt'));
    await keys.press('Enter');
    await page.getByRole('region', { name: word('procurement.refusedGoods') }).waitFor();

    // What expires soon is asked about; nothing is posted before it is answered.
    await visit.scan(pack(world.otherPack, 'AX-SOON', inDays(60).code));
    await page.getByText(word('procurement.stop.short')).waitFor();
    await keys.press('F6');
    await page.getByText(word('procurement.isShort')).waitFor();

    // A code without lot and expiry asks for them.
    await visit.scan(world.pack);
    const bare = entry(5, 'lotOfEntry');
    await bare.and(page.locator(':focus')).waitFor();
    await keys.type('PV-2202');
    await keys.press('F4');
    await entry(5, 'expiryOfEntry').and(page.locator(':focus')).waitFor();
    await entry(5, 'expiryOfEntry').fill(late.iso);

    // A reload keeps what was counted.
    await page.reload();
    await entry(5, 'lotOfEntry').waitFor();
    expect(await entry(5, 'lotOfEntry').inputValue()).toBe('PV-2202');
    await visit.clean('receiving');

    // Posted by two keys.
    const posting = keys.presses;
    await keys.press('F4');
    await page.getByLabel(word('procurement.supplierDocument')).and(page.locator(':focus')).waitFor();
    await visit.clean('receiving posted');
    await keys.press('Enter');
    await page.getByText(word('procurement.expireSoon')).waitFor();
    expect(keys.presses - posting).toBe(2);
    await visit.clean('delivery done');
    const { body: list } = await visit.call<{ data: { goodsReceiptId: number }[] }>(
      'GET',
      `/goods-receipts?purchaseOrderId=${order.purchaseOrderId}`,
    );
    const receiptId = list.data[0]?.goodsReceiptId ?? 0;
    const receipt = async () => (await visit.call<Receipt>('GET', `/goods-receipts/${receiptId}`)).body;
    expect((await receipt()).items.map(({ lotNumber }) => lotNumber).sort()).toEqual([
      'AX-0001',
      'AX-SOON',
      'PV-2201',
      'PV-2202',
    ]);
    expect((await receipt()).refused.map(({ reason }) => reason)).toEqual(['expired']);

    // A line is taken back, with a reason, and the order waits for it again.
    await page.goto(`/purchasing/receipts/${receiptId}`);
    const reverse = word('procurement.reverseLot').replace('{{lot}}', 'PV-2202');
    await page.getByRole('button', { name: reverse }).waitFor();
    await visit.clean('delivery');
    await keys.tabTo(reverse);
    await keys.press('Enter');
    const reversing = page.getByRole('dialog');
    await reversing.getByLabel(word('transition.reason')).and(page.locator(':focus')).waitFor();
    await visit.write('counted into the wrong lot');
    await visit.clean('delivery taken back');
    await keys.press('Enter');
    await page.getByText(word('procurement.reversed')).first().waitFor();
    await visit.settled();
    const after = (await receipt()).items.find(({ lotNumber }) => lotNumber === 'PV-2202');
    expect(after?.reversal).toMatchObject({ reason: 'counted into the wrong lot' });
    await page.goto('/purchasing/receipts');
    await page.getByRole('link', { name: String(receiptId), exact: true }).waitFor();
    await visit.clean('deliveries');
    await visit.end();
  });

  it.each(VISITS)('sends serial numbers, and asks why more comes free, in $language', async (kind) => {
    const world = await aStation(address, { bins: {} });
    const username = world.pharmacist.username.replace('pharmacist', 'administrator');
    const clerk = await Visit.begin(browser, address, kind, world.pharmacist);
    const visit = await Visit.begin(browser, address, kind, { ...world.pharmacist, username });
    const { page, keys } = visit;
    const word = (key: string): string => visit.word(key);
    const order = await anOrder(visit, world);
    const lot = { lotNumber: 'PV-S9', expiryDate: inDays(900).iso, gtin: world.pack.padStart(14, '0') };
    const [fresh, doubled] = [`${world.branchId}A`, `${world.branchId}D`];
    const { unitsPerPack } = (await visit.call<{ unitsPerPack: string }>('GET', `/drugs/${world.drugId}`))
      .body;
    const before = await visit.call('POST', '/inventory/receive', {
      items: [
        {
          ...{ drugId: world.drugId, lotNumber: lot.lotNumber, expiryDate: lot.expiryDate },
          ...{ quantity: unitsPerPack, unitCost: '0.5', packs: [dataMatrix({ ...lot, serial: doubled })] },
        },
      ],
    });
    expect([200, 201], JSON.stringify(before.body)).toContain(before.status);

    // Two packs with serial numbers, one of which came once before.
    const field = (of: Visit, name: string) =>
      of.page.getByLabel(word(`procurement.${name}`).replace('{{no}}', '1'), { exact: true });
    const open = async (of: Visit): Promise<void> => {
      await of.page.goto(`/purchasing/${order.purchaseOrderId}/receive`);
      await of.page
        .getByLabel(word('procurement.scan'), { exact: true })
        .and(of.page.locator(':focus'))
        .waitFor();
    };
    await open(visit);
    await visit.scan(dataMatrix({ ...lot, serial: fresh }));
    await expect.poll(() => field(visit, 'quantityOfEntry').inputValue()).toBe('1');
    await visit.scan(dataMatrix({ ...lot, serial: doubled }));
    await expect.poll(() => field(visit, 'quantityOfEntry').inputValue()).toBe('2');

    // Fewer than were scanned, or of another lot than their codes say, are not posted.
    await field(visit, 'quantityOfEntry').fill('1');
    await page.getByRole('table').getByText(word('procurement.lacking.fewer')).waitFor();
    await field(visit, 'quantityOfEntry').fill('6');
    await field(visit, 'lotOfEntry').fill('PV-S8');
    await keys.press('F4');
    await page.getByRole('table').getByText(word('procurement.lacking.other-pack')).waitFor();
    await field(visit, 'lotOfEntry').and(page.locator(':focus')).waitFor();
    await field(visit, 'lotOfEntry').fill(lot.lotNumber);

    // Five of six are free, and one was ordered free: who does not approve orders is told who does.
    await open(clerk);
    await clerk.scan(dataMatrix({ ...lot, serial: fresh }));
    await field(clerk, 'quantityOfEntry').waitFor();
    await field(clerk, 'quantityOfEntry').fill('6');
    await field(clerk, 'freeOfEntry').fill('5');
    await clerk.page.getByRole('table').getByText(word('procurement.freeByAnother')).waitFor();
    await clerk.keys.press('F4');
    await field(clerk, 'freeOfEntry').and(clerk.page.locator(':focus')).waitFor();
    expect(await clerk.page.getByRole('dialog').count()).toBe(0);
    await clerk.clean('receiving free by another');
    await clerk.end();

    await field(visit, 'freeOfEntry').fill('5');
    const reason = page.getByLabel(word('procurement.freeReason'));
    await reason.waitFor();
    await keys.press('F4');
    await reason.and(page.locator(':focus')).waitFor();
    await keys.type('launch offer');
    await visit.clean('receiving serials and free goods');
    await keys.press('F4');
    await page.getByLabel(word('procurement.supplierDocument')).and(page.locator(':focus')).waitFor();
    await keys.press('Enter');
    await page.getByText(word('procurement.seenTwiceHint')).waitFor();
    await page.getByText(doubled, { exact: true }).waitFor();
    await visit.clean('delivery with a doubled serial');
    const { body: list } = await visit.call<{ data: { goodsReceiptId: number }[] }>(
      'GET',
      `/goods-receipts?purchaseOrderId=${order.purchaseOrderId}`,
    );
    const receiptId = list.data[0]?.goodsReceiptId ?? 0;
    const { body } = await visit.call<Receipt>('GET', `/goods-receipts/${receiptId}`);
    expect(body.items).toMatchObject([
      { lotNumber: lot.lotNumber, bonus: String(5 * Number(unitsPerPack)), bonusReason: 'launch offer' },
    ]);
    const known = async (serial: string) =>
      (
        await visit.call<{ data: { isDuplicate: boolean; status: string }[] }>(
          'GET',
          `/trace/serials?gtin=${lot.gtin}&serial=${serial}`,
        )
      ).body.data;
    expect(await known(fresh)).toMatchObject([{ isDuplicate: false, status: 'in_stock' }]);
    expect((await known(doubled)).map(({ isDuplicate }) => isDuplicate).sort()).toEqual([false, true]);
    await visit.end();
  });

  it('takes the notice of the supplier, and names its faults by row', async () => {
    const world = await aStation(address);
    const visit = await Visit.begin(browser, address, VISITS[0] ?? expect.unreachable(), world.pharmacist);
    const { page, keys } = visit;
    const word = (key: string): string => visit.word(key);
    const order = await anOrder(visit, world);
    await page.goto(`/purchasing/${order.purchaseOrderId}/receive`);
    await page.getByLabel(word('procurement.scan'), { exact: true }).and(page.locator(':focus')).waitFor();
    await keys.press('F2');
    const dialog = page.getByRole('dialog');
    await dialog.getByText(word('procurement.noticeHint')).waitFor();
    const rows = [
      'line,lot,expiry,quantity,bonus',
      `1,PV-9,${inDays(800).iso},10,1`,
      '7,XX-1,2040-01-31,1,',
      '2,AX-9,soon,4,',
    ];
    await page
      .locator('input[type="file"]')
      .setInputFiles({ name: 'notice.csv', mimeType: 'text/csv', buffer: Buffer.from(rows.join('\n')) });
    await dialog.getByText(word('procurement.faultOf.line')).waitFor();
    await dialog.getByText(word('procurement.faultOf.expiry')).waitFor();
    await visit.clean('ship notice');
    await keys.tabTo(word('procurement.takeNotice'));
    await keys.press('Enter');
    await dialog.waitFor({ state: 'hidden' });
    await keys.press('F4');
    await page.getByLabel(word('procurement.supplierDocument')).and(page.locator(':focus')).waitFor();
    await visit.write('DN 4711');
    await keys.press('Enter');
    await page.getByRole('button', { name: word('procurement.toOrders') }).waitFor();
    const { body } = await visit.call<Order>('GET', `/purchase-orders/${order.purchaseOrderId}`);
    const unit = Number(body.lines[0]?.unitBaseUnits);
    expect(body).toMatchObject({
      status: 'partially_received',
      lines: [{ quantityReceived: String(10 * unit), quantityBonusReceived: String(unit) }, {}],
    });
    await visit.end();
  });

  it('stops at what is not on the order, and posts controlled medicines before a second person', async () => {
    const world = await aStation(address, { jurisdiction: 'US' });
    const visit = await Visit.begin(browser, address, VISITS[0] ?? expect.unreachable(), world.pharmacist);
    const admin = await Visit.begin(browser, address, VISITS[0] ?? expect.unreachable());
    const { page, keys } = visit;
    const word = (key: string): string => visit.word(key);
    const tag = Date.now().toString(36);
    const made = async <Body>(by: Visit, path: string, body: unknown): Promise<Body> => {
      const answer = await by.call<Body>('POST', path, body);
      expect([200, 201], JSON.stringify(answer.body)).toContain(answer.status);
      return answer.body;
    };
    const { drugId } = await made<{ drugId: number }>(admin, '/drugs', {
      ...{ name: `Pethidine ${tag} 50 mg`, dosageForm: 'tablet', route: 'oral', price: '40.00' },
      ...{ baseUnit: 'tablet', unitsPerPack: '5', controlledSchedule: 'II' },
    });
    await admin.end();
    const { supplierId } = await made<{ supplierId: number }>(visit, '/suppliers', { name: `Two ${tag}` });
    const draft = await made<Order>(visit, '/purchase-orders', {
      supplierId,
      lines: [{ drugId, level: 'unit', quantity: '5', price: '8.00' }],
    });
    const path = `/purchase-orders/${draft.purchaseOrderId}`;
    await made(visit, `${path}/submit`, { version: draft.version });
    await page.goto(`/purchasing/${draft.purchaseOrderId}/receive`);
    await page.getByLabel(word('procurement.scan'), { exact: true }).and(page.locator(':focus')).waitFor();

    // Of another product: refused with its reason, as one pack.
    await visit.scan(`01${world.pack.padStart(14, '0')}17${inDays(900).code}10NO-1`);
    await page.getByText(word('procurement.stop.not-ordered')).waitFor();
    await page.getByRole('button', { name: word('procurement.withoutOrder') }).waitFor();
    await visit.clean('receiving not ordered');
    await keys.press('F7');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(word('transition.reason')).and(page.locator(':focus')).waitFor();
    expect(await dialog.getByLabel(word('transition.reason')).inputValue()).toBe('not_ordered');
    await keys.tabTo(word('procurement.refuseIt'));
    await keys.press('Enter');
    await dialog.waitFor({ state: 'hidden' });

    // Without a barcode: by hand, then before a second person.
    await keys.tabTo(`Pethidine ${tag}`);
    await keys.press('Enter');
    const entered = (field: string) =>
      page.getByLabel(word(`procurement.${field}`).replace('{{no}}', '2'), { exact: true });
    await entered('lotOfEntry').and(page.locator(':focus')).waitFor();
    await visit.write(`P${tag}`);
    await entered('expiryOfEntry').fill(inDays(700).iso);
    expect(await entered('quantityOfEntry').inputValue()).toBe('5');
    await keys.press('F4');
    await page.getByLabel(word('procurement.supplierDocument')).and(page.locator(':focus')).waitFor();
    await keys.press('Enter');
    await dialog.getByText(word('errors.witness-required')).waitFor();
    await keys.tabTo(word('witness.username'));
    await visit.write(world.technician.username);
    await keys.press('Tab');
    await visit.write(world.technician.password);
    await visit.clean('receiving before a second person');
    await keys.press('Enter');
    await page.getByRole('button', { name: word('procurement.toOrders') }).waitFor();
    const { body } = await visit.call<Order>('GET', path);
    expect(body).toMatchObject({ status: 'received', lines: [{ quantityReceived: '5' }] });
    await visit.end();
  });
});
