// Rates of the day, for showing prices in another currency.
import { describe, expect, it } from 'vitest';

import { aWorldFor } from '../builders/world.js';
import { useTestApp } from '../support/app.js';

describe('rates of the day', () => {
  const { db, call } = useTestApp();

  it('are entered by who supervises the till, shown to who sells, and are of their day alone', async () => {
    const supervisor = await aWorldFor(db, 'pharmacist');
    const cashier = await aWorldFor(db, 'cashier', { branchId: supervisor.branchId });
    const put = (body: object, token = supervisor.token) => call('PUT', '/exchange-rates', { token, body });
    const get = (query = '') => call('GET', `/exchange-rates${query}`, { token: cashier.token });
    expect((await get()).body).toMatchObject({ data: [] });
    const rates = [
      { currency: 'USD', rate: '48.75' },
      { currency: 'KWD', rate: '158.5', decimals: 3 },
    ];
    expect((await put({ rates })).status).toBe(200);
    expect((await get()).body).toMatchObject({
      data: [
        { currency: 'KWD', rate: '158.5', decimals: 3 },
        { currency: 'USD', rate: '48.75', decimals: 2 },
      ],
    });
    expect((await put({ rates: [{ currency: 'USD', rate: '49' }] })).body).toMatchObject({
      data: [{ currency: 'USD', rate: '49' }],
    });
    expect((await get('?date=2020-01-01')).body).toEqual({ date: '2020-01-01', data: [] });
    expect((await put({ rates }, cashier.token)).status).toBe(403);
    expect((await put({ rates: [{ currency: 'EGP', rate: '1' }] })).body).toMatchObject({
      type: '/problems/rule-violation',
    });
    for (const bad of [
      { currency: 'usd', rate: '1' },
      { currency: 'USD', rate: '0' },
      { currency: 'USD', rate: '-1' },
    ])
      expect((await put({ rates: [bad] })).status).toBe(400);
    const stranger = await aWorldFor(db, 'cashier');
    expect((await call('GET', '/exchange-rates', stranger)).body).toMatchObject({ data: [] });
  });
});
