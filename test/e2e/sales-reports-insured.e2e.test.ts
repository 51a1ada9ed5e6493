// What payers bear of what is sold, and who prescribed it, over HTTP: read live and from sums alike.
import { expect, describe, it } from 'vitest';

import { DaySumsService } from '../../src/operational/sales-reports/day-sums.service.js';
import { daysFromNow } from '../builders/lot.js';
import { aPastSale } from '../builders/past-sale.js';
import { useInsured } from '../support/insured.js';

interface Report {
  data: { key: string | null; name: string | null; figures: Record<string, unknown> }[];
  totals: Record<string, unknown>;
}

describe('reports of what payers bear', () => {
  const insured = useInsured();
  const { db, app, me, get, aFill, submit, sell } = insured;
  const rows = async (path: string): Promise<[string | null, unknown][]> => {
    const { status, body } = await get<Report>(`/reports/${path}`);
    expect(status, JSON.stringify(body)).toBe(200);
    return body.data.map(({ name, figures }) => [name, figures['net']]);
  };

  it('tell the shares of payers from what customers pay themselves, and the fills of prescribers', async () => {
    const fill = await aFill([{ payerPercent: '80' }]);
    expect((await submit(fill.fillId)).status).toBe(201);
    const sold = await sell(fill.fillId, [{ method: 'cash', amount: '20.00' }]);
    expect(sold.status, JSON.stringify(sold.body)).toBe(201);
    const { rows: payers } = await db.owner.query<{ name: string }>(
      'select name from operational.payers where payer_id = $1',
      [fill.covers[0]?.payerId],
    );
    const today = `from=${daysFromNow(0)}&to=${daysFromNow(0)}`;
    expect(await rows(`tenders?by=payer&${today}`)).toEqual([
      [payers[0]?.name, '80.00'],
      [null, '20.00'],
    ]);
    expect(await rows(`prescribers?${today}`)).toEqual([['Test Prescriber', '100.00']]);
  });

  it('say the same of a day that is summed', async () => {
    const { fillId, drugId } = await aFill([]);
    const day = daysFromNow(-1);
    await aPastSale(db, me(), {
      businessDate: day,
      lines: [{ drugId, quantity: '30', amount: '100.00', fillId }],
      method: 'card',
    });
    const asked = ['tenders?by=payer', 'tenders?by=method', 'prescribers?', 'sales?by=drug'].map(
      (path) => `${path}&from=${day}&to=${day}`,
    );
    const live = await Promise.all(asked.map(rows));
    expect(live[2]).toEqual([['Test Prescriber', '100.00']]);
    await app().get(DaySumsService, { strict: false }).close();
    expect(await Promise.all(asked.map(rows))).toEqual(live);
  });
});
