// Every report of any period is what a plain sum over its sales says, whichever days are closed, taken out by a late sale, and closed again.
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';

import { aDrug } from '../../../test/builders/drug.js';
import { aLot, daysFromNow } from '../../../test/builders/lot.js';
import { aPastSale, takenBack } from '../../../test/builders/past-sale.js';
import { aWorldFor, type World } from '../../../test/builders/world.js';
import { useTestDatabase } from '../../../test/support/db.js';
import { SALES_INVARIANTS } from '../integrity/sales-invariants.sql.js';
import { DaySumsService } from './day-sums.service.js';
import { SalesReportsRepository } from './sales-reports.repository.js';
import { BY_PRESCRIBER, RETURNS_BY, SALES, TENDERS_BY, TOP_DRUGS } from './sales-reports.sql.js';
import type { ReportRow } from './sales-reports.types.js';

const DAYS = 75;
const COSTS = ['0.333333', '1.25', '0.0125'];

interface Sold {
  readonly day: string;
  readonly drug: number;
  readonly quantity: number;
  readonly cents: number;
  readonly isReturn: boolean;
}

const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('sale' as const),
      ago: fc.nat(DAYS),
      drug: fc.nat(COSTS.length - 1),
      quantity: fc.integer({ min: 1, max: 9 }),
      cents: fc.integer({ min: 1, max: 99_999 }),
      backAfter: fc.option(fc.nat(5)),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'close' as const }) },
);

describe('reports of sales', () => {
  const db = useTestDatabase();
  const repository = new SalesReportsRepository();
  const close = (): Promise<number> => new DaySumsService(db.uow, repository).close();
  const drugs: number[] = [];
  beforeAll(async () => {
    for (const _ of COSTS) drugs.push((await aDrug(db)).drugId);
  });

  const read = (world: World, statement: string, from: string, to: string): Promise<ReportRow[]> =>
    db.uow.read(world.ctx, (tx) =>
      repository.read(tx, world.branchId, statement, { from, to, compareFrom: from, compareTo: to }, 1000, 0),
    );

  it('add up to what was sold, in every grouping and any period', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 4, maxLength: 20 }),
        fc.array(fc.tuple(fc.nat(DAYS), fc.nat(DAYS)), { minLength: 2, maxLength: 4 }),
        async (steps, periods) => {
          const world = await aWorldFor(db, 'pharmacist');
          for (const [n, drugId] of drugs.entries())
            await aLot(db, { branchId: world.branchId, drugId, quantity: '9999', unitCost: COSTS[n] ?? '1' });
          const sold: Sold[] = [];
          for (const one of steps) {
            if (one.kind === 'close') {
              await close();
              continue;
            }
            const { drug, quantity, cents } = one;
            const day = daysFromNow(-one.ago);
            const amount = (cents / 100).toFixed(2);
            const { saleId } = await aPastSale(db, world, { businessDate: day, lines: [{ drugId: drugs[drug] ?? 0, quantity: String(quantity), amount }] }); // prettier-ignore
            sold.push({ day, drug, quantity, cents, isReturn: false });
            if (one.backAfter === null) continue;
            const backOn = daysFromNow(-Math.max(0, one.ago - one.backAfter));
            await takenBack(db, world, saleId, { businessDate: backOn });
            sold.push({ day: backOn, drug, quantity, cents, isReturn: true });
          }
          for (const [a, b] of [...periods, [DAYS + 40, 0] as const]) {
            const [from, to] = [daysFromNow(-Math.max(a, b)), daysFromNow(-Math.min(a, b))];
            const own = sold.filter(({ day }) => day >= from && day <= to);
            const signed = (of: (one: Sold) => number): number =>
              own.reduce((sum, one) => sum + (one.isReturn ? -1 : 1) * of(one), 0);
            const net = signed(({ cents }) => cents);
            // A line's cost is rounded half away from zero to the thousandth: by hand, in whole millionths.
            const cost = signed(({ drug, quantity }) =>
              Math.floor((Math.round(Number(COSTS[drug]) * 1e6) * quantity + 500) / 1000),
            );
            const counted = own.filter(({ isReturn }) => !isReturn).length;
            for (const [name, statement] of Object.entries({ ...SALES, ...TOP_DRUGS })) {
              const [total, ...rows] = await read(world, statement, from, to);
              const said = `${name} ${from} ${to}`;
              expect([total?.['sales'], total?.['returns']], said).toEqual([counted, own.length - counted]);
              expect(Math.round(Number(total?.['net']) * 100), said).toBe(net);
              expect(Math.round(Number(total?.['cost']) * 1000), said).toBe(cost);
              expect(total?.['netBefore'], said).toBe(total?.['net']);
              const sum = rows.reduce((all, row) => all + Math.round(Number(row['net']) * 100), 0);
              expect(sum, said).toBe(net);
            }
            for (const statement of Object.values(TENDERS_BY))
              expect(Math.round(Number((await read(world, statement, from, to))[0]?.['net']) * 100)).toBe(
                net,
              );
            const back = own.filter(({ isReturn }) => isReturn).reduce((sum, { cents }) => sum + cents, 0);
            for (const statement of Object.values(RETURNS_BY))
              expect(Math.round(Number((await read(world, statement, from, to))[0]?.['total']) * 100)).toBe(
                back,
              );
            expect((await read(world, BY_PRESCRIBER, from, to))[0]).toMatchObject({ sales: 0, rowTotal: 0 });
          }
          for (const { code, sql } of SALES_INVARIANTS)
            expect((await db.owner.query(sql)).rows, code).toEqual([]);
        },
      ),
      { numRuns: Number(process.env.MEDITORY_PROPERTY_RUNS ?? 4) },
    );
  }, 120_000);
});
