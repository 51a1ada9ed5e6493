// The register of controlled medicines as it is read, filed and printed.
import { parse } from 'csv-parse/sync';
import { beforeAll, describe, expect, it } from 'vitest';

import { controlledRule } from '../../src/operational/prescriptions/controlled-rules.domain.js';
import { aDrug } from '../builders/drug.js';
import { aLot } from '../builders/lot.js';
import { aPrescription } from '../builders/prescription.js';
import { aWorldFor, type World } from '../builders/world.js';
import { useTestApp } from '../support/app.js';

interface Page {
  data: { drugId: number; entryNo: number; kind: string; quantity: string; balanceAfter: string }[];
  nextCursor: string | null;
}

describe('the register of controlled medicines', () => {
  const { db, call } = useTestApp();
  const AT = '/reports/controlled-register';
  let me: World;
  let drugId = 0;
  let rxNumber = '';
  const read = <Body = Page>(query = '', world = me) =>
    call<Body>('GET', `${AT}${query}`, { token: world.token });

  beforeAll(async () => {
    me = await aWorldFor(db, 'pharmacist');
    drugId = (
      await aDrug(db, { name: '=Loratadine <b>', ingredients: ['loratadine'], controlledSchedule: 'IV' })
    ).drugId;
    const { lotId } = await aLot(db, { branchId: me.branchId, drugId, quantity: '100', lotNumber: 'L-1' });
    const rx = await aPrescription(db, me, { drugId, quantity: '30' });
    rxNumber = rx.rxNumber;
    const { status } = await call('POST', `/prescriptions/${rx.prescriptionId}/fill`, {
      token: me.token,
      body: { complete: true },
    });
    expect(status).toBe(201);
    const adjusted = await call('POST', '/inventory/adjust', {
      token: me.token,
      body: { lotId, quantity: '-1', reason: 'Broken <i>' },
    });
    expect(adjusted.status).toBe(201);
  });

  it('says what came and left, for whom, and what there is', async () => {
    const { body } = await read();
    expect(body.nextCursor).toBeNull();
    expect(body.data).toMatchObject([
      { entryNo: 1, kind: 'receipt', quantity: '100', balanceAfter: '100', lotNumber: 'L-1', schedule: 'IV' },
      {
        entryNo: 2,
        kind: 'dispense',
        quantity: '-30',
        balanceAfter: '70',
        rxNumber,
        userName: expect.any(String) as unknown,
      },
      {
        entryNo: 3,
        kind: 'adjustment',
        quantity: '-1',
        balanceAfter: '69',
        reason: 'Broken <i>',
        patientName: null,
      },
    ]);
    expect(body.data[1]).toMatchObject({
      patientName: expect.any(String) as unknown,
      prescriberName: expect.any(String) as unknown,
    });
  });

  it('comes in pages, and by product, kind and day', async () => {
    const seen: number[] = [];
    for (let cursor = ''; ;) {
      const { body } = await read(`?limit=1${cursor}`);
      seen.push(...body.data.map(({ entryNo }) => entryNo));
      if (body.nextCursor === null) break;
      cursor = `&cursor=${body.nextCursor}`;
    }
    expect(seen).toEqual([1, 2, 3]);
    expect((await read(`?drugId=${drugId}&kind=dispense`)).body.data).toMatchObject([{ entryNo: 2 }]);
    expect((await read('?kind=destruction')).body.data).toEqual([]);
    expect((await read('?from=2999-01-01')).body.data).toEqual([]);
    expect((await read('?to=2000-01-01')).body.data).toEqual([]);
  });

  it('is a file, in which no name becomes a formula', async () => {
    const file = await read<string>('?format=csv');
    expect(file.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(parse(String(file.body), { columns: true, bom: true })).toMatchObject([
      { drugName: "'=Loratadine <b>", quantityIn: '100', quantityOut: '', balanceAfter: '100' },
      { quantityIn: '', quantityOut: '30', balanceAfter: '70', rxNumber },
      { quantityOut: '1', balanceAfter: '69' },
    ]);
  });

  it('is a page to print, in which no name becomes markup', async () => {
    const page = await read<string>(`?format=html&drugId=${drugId}`);
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(page.body).toContain('=Loratadine &lt;b&gt;');
    expect(page.body).toContain('Broken &lt;i&gt;');
    expect(page.body).not.toContain('<script');
    expect(await read<string>('?format=html&drugId=999999999').then(({ body }) => body)).toContain(
      'No entries.',
    );
  });

  it('names the document of who took it, without which nothing is handed over where the law asks for one', async () => {
    const world = await aWorldFor(db, 'pharmacist');
    const { branchId } = world;
    const book = async (schedule: 'II' | 'IV' | 'V') => {
      const made = await aDrug(db, { ingredients: ['loratadine'], controlledSchedule: schedule });
      await aLot(db, { branchId, drugId: made.drugId });
      return made.drugId;
    };
    const fill = async (product: number, pickUp?: object) => {
      const { prescriptionId } = await aPrescription(db, world, { drugId: product, quantity: '5' });
      const body = { complete: true, ...(pickUp ? { pickUp } : {}) };
      return call('POST', `/prescriptions/${prescriptionId}/fill`, { token: world.token, body });
    };
    const document = { kind: 'national_id', number: '29001011234567' };
    for (const [jurisdiction, schedule, isAsked] of [
      ['US', 'II', true],
      ['US', 'IV', true],
      ['US', 'V', false],
      ['EG', 'II', true],
      ['EG', 'IV', false],
      ['none', 'II', false],
    ] as const) {
      await db.owner.query('update operational.branches set jurisdiction = $2 where branch_id = $1', [
        branchId,
        jurisdiction,
      ]);
      const product = await book(schedule);
      expect(controlledRule(jurisdiction, schedule)?.collectorIdentity ?? false).toBe(isAsked);
      for (const pickUp of [undefined, {}, { collector: 'relative', collectorName: 'Mona Adel' }]) {
        const { status, body } = await fill(product, pickUp);
        if (!isAsked) expect(status).toBe(201);
        else expect(body).toMatchObject({ status: 409, type: '/problems/collector-document-required' });
      }
      const taken = await fill(product, { collector: 'relative', collectorName: 'Mona Adel', document });
      expect(taken.status).toBe(201);
      const { data } = (await read(`?drugId=${product}&kind=dispense`, world)).body;
      expect(data).toHaveLength(isAsked ? 1 : 4);
      expect(data.at(-1)).toMatchObject({
        collectorName: 'Mona Adel',
        collectorDocument: 'national_id 29001011234567',
      });
    }
    const bad = await fill(await book('II'), { document: { kind: 'library card', number: '1' } });
    expect(bad.status).toBe(400);
  });

  it('is read at its branch by those who may, and by no bad question', async () => {
    const other = await aWorldFor(db, 'auditor');
    expect((await read('', other)).body.data).toEqual([]);
    const reporter = await aWorldFor(db, ['ReadReports'], { branchId: me.branchId });
    expect((await read('?kind=dispense', reporter)).body.data).toMatchObject([
      { patientName: null, rxNumber },
    ]);
    const cashier = await aWorldFor(db, 'cashier', { branchId: me.branchId });
    expect((await read('', cashier)).status).toBe(403);
    for (const query of [
      'cursor=1',
      'cursor=0-1',
      'drugId=x',
      'kind=valueOf',
      'format=pdf',
      'limit=101',
      'from=2026-02-30',
      'from=2026-02-02&to=2026-02-01',
      'q=1',
    ])
      expect((await read(`?${query}`)).status, query).toBe(400);
  });
});
