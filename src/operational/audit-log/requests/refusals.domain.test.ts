// Refused requests are gathered: the first at once, the rest counted by the minute; a flood is bounded.
import { describe, expect, it } from 'vitest';

import { RefusalCounter, type Refusal } from './refusals.domain.js';
import { patientsIn, ShownPatients } from './shown-patients.domain.js';

const refusal = (values: Partial<Refusal> = {}): Refusal => ({
  userId: 7,
  branchId: 1,
  requestId: 'r',
  route: 'GET /api/patients/:id',
  status: 404,
  code: 'not-found',
  address: '10.0.0.1',
  things: ['id=1'],
  signInName: null,
  ...values,
});

describe('refusals', () => {
  it('hand on the first at once, and those of the minute after it as one with their number', () => {
    const counter = new RefusalCounter();
    counter.add(refusal(), 0);
    expect(counter.take(10)).toMatchObject([{ count: 1, things: ['id=1'], firstAt: 0 }]);
    for (let id = 2; id <= 500; id++) counter.add(refusal({ things: [`id=${id}`] }), 1000 + id);
    expect(counter.take(5000)).toEqual([]);
    const [row, ...others] = counter.take(60_000);
    expect(others).toEqual([]);
    expect(row).toMatchObject({ count: 499, userId: 7, firstAt: 0, lastAt: 1500 });
    expect(row?.things).toHaveLength(20);
    expect(counter.take(120_001)).toEqual([]);
    counter.add(refusal(), 120_002);
    expect(counter.take(120_003)).toHaveLength(1);
  });

  it('tell who, where from, which route and which refusal apart', () => {
    const counter = new RefusalCounter();
    for (const other of [
      {},
      { userId: 8 },
      { route: 'GET /api/sales' },
      { status: 403 },
      { signInName: 'mona' },
    ])
      counter.add(refusal(other), 0);
    counter.add(refusal({ userId: null }), 0);
    counter.add(refusal({ userId: null, address: '10.0.0.2' }), 0);
    expect(counter.take(1)).toHaveLength(7);
  });

  it('write no more than two rows of each of 200 kinds a minute, whatever comes, and lose no count', () => {
    const counter = new RefusalCounter();
    const rows = [];
    for (let n = 0; n < 50_000; n++) {
      counter.add(refusal({ userId: null, address: `10.0.${n % 256}.${n % 251}` }), n);
      if (n % 1000 === 0) rows.push(...counter.take(n));
    }
    rows.push(...counter.take(59_999, true));
    expect(rows.length).toBeLessThanOrEqual(402);
    expect(rows.reduce((sum, { count }) => sum + count, 0)).toBe(50_000);
    const others = rows.filter(({ route }) => route === 'other requests');
    expect(others[0]).toMatchObject({ userId: null, things: [], code: 'several', signInName: null });
  });
});

describe('patients that were shown', () => {
  it('are those of an answer, in whatever list or part of it', () => {
    expect([
      ...patientsIn({
        patientId: 1,
        data: [
          { patientId: 2, patient: { patientId: 3 } },
          { fills: [{ patientId: 4 }] },
          { patientId: null },
        ],
        meta: { total: 3 },
      }),
    ]).toEqual([1, 2, 3, 4]);
    expect(patientsIn(null).size + patientsIn('text').size + patientsIn(undefined).size).toBe(0);
  });

  it('are noted once a minute for each user and route, and given back where they could not be written', () => {
    const shown = new ShownPatients();
    const one = { userId: 1, branchId: 1, requestId: 'r', route: 'GET /api/patients', patientId: 5 };
    shown.add(one, 0);
    shown.add(one, 59_000);
    shown.add({ ...one, userId: 2 }, 59_000);
    expect(shown.take(59_000, 1)).toEqual([one]);
    shown.giveBack([one]);
    expect(shown.take(59_000, 10)).toHaveLength(2);
    shown.add(one, 60_000);
    expect(shown.take(60_000, 10)).toEqual([one]);
  });
});
