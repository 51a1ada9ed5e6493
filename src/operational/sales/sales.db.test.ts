// The last ring: what the database refuses of a sale that the application got wrong.
import { describe, expect, it } from 'vitest';

import { aDrug } from '../../../test/builders/drug.js';
import { aLot } from '../../../test/builders/lot.js';
import { aPatient } from '../../../test/builders/patient.js';
import { aSale, aTillShift } from '../../../test/builders/sale.js';
import { aWorldFor } from '../../../test/builders/world.js';
import { connectAs, useTestDatabase } from '../../../test/support/db.js';
import { toDomainError } from '../../platform/errors/database-errors.js';
import { InventoryService } from '../inventory/inventory.service.js';
import { StockRepository } from '../inventory/stock.repository.js';
import { SalesRepository } from './sales.repository.js';
import type { NewSale } from './sales.types.js';
import '../screening/screening.errors.js';
import './sales.errors.js';

describe('a posted sale', () => {
  const db = useTestDatabase();
  const sales = new SalesRepository();
  const inventory = new InventoryService(new StockRepository());

  async function aTill() {
    const world = await aWorldFor(db, 'pharmacist');
    const shiftId = await aTillShift(db, world);
    const { drugId } = await aDrug(db);
    await aLot(db, { branchId: world.branchId, drugId, quantity: '100' });
    const sale: NewSale = {
      saleType: 'sale',
      originalSaleId: null,
      shiftId,
      patientId: null,
      businessDate: '2026-11-22',
      subtotal: '5.00',
      discountTotal: '0',
      rounding: '0',
      total: '5.00',
      reason: null,
      accountId: null,
      items: [
        {
          drugId,
          fillId: null,
          originalSaleItemId: null,
          description: 'Test',
          quantity: '5',
          unit: 'unit',
          unitQuantity: '5',
          packPrice: '20',
          amount: '5.00',
          discount: '0',
          disposition: null,
        },
      ],
      payments: [{ method: 'cash', amount: '5.00', change: '0', reference: null, claimId: null }],
    };
    const post = (values: Partial<NewSale>, moved = '5'): Promise<unknown> =>
      db.uow
        .run(world.ctx, async (tx) => {
          const posted = await sales.insert(tx, world.branchId, world.userId, { ...sale, ...values });
          const [saleItemId] = posted.saleItemIds;
          if (moved !== '0')
            await inventory.issue(tx, world.branchId, 'sale', [{ drugId, quantity: moved, saleItemId }]);
          return 'allowed';
        })
        .catch((error: unknown) => toDomainError(error)?.code ?? error);
    return { world, shiftId, drugId, sale, post };
  }

  it('needs lines, payments and stock that agree, at commit', async () => {
    const { sale, post } = await aTill();
    const cash = { method: 'cash' as const, change: '0', reference: null, claimId: null };
    expect(await post({})).toBe('allowed');
    expect(await post({}, '4')).toBe('sale-does-not-add-up');
    expect(await post({}, '0')).toBe('sale-does-not-add-up');
    expect(await post({ payments: [{ ...cash, amount: '4.99' }] })).toBe('sale-does-not-add-up');
    expect(await post({ payments: [] })).toBe('sale-does-not-add-up');
    expect(await post({ subtotal: '6.00', total: '6.00', payments: [{ ...cash, amount: '6.00' }] })).toBe(
      'sale-does-not-add-up',
    );
    expect(await post({ total: '4.00' })).toBe('rule-violation');
    expect(sale.items).toHaveLength(1);
  });

  it('needs an open shift', async () => {
    const { shiftId, post } = await aTill();
    await db.owner.query(
      `update operational.till_shifts set status = 'closed', closed_at = now() where shift_id = $1`,
      [shiftId],
    );
    expect(await post({})).toBe('no-open-shift');
  });

  it('takes back no more than was sold, and only lines of the sale it names', async () => {
    const { world, drugId, sale, post } = await aTill();
    const sold = await aSale(db, world, { drugId, quantity: '5' });
    const another = await aSale(db, world, { drugId, quantity: '5' });
    const [item] = sale.items;
    if (!item) throw new Error('the sale above has a line');
    const back = (quantity: string, saleItemId: number): Partial<NewSale> => ({
      saleType: 'return',
      originalSaleId: sold.saleId,
      subtotal: '-1.00',
      total: '-1.00',
      items: [
        {
          ...item,
          originalSaleItemId: saleItemId,
          quantity,
          unitQuantity: quantity,
          amount: '-1.00',
          disposition: 'restock',
        },
      ],
      payments: [{ method: 'cash', amount: '-1.00', change: '0', reference: null, claimId: null }],
    });
    expect(await post(back('-6', sold.saleItemId), '0')).toBe('returned-more-than-sold');
    expect(await post(back('-1', another.saleItemId), '0')).toBe('returned-more-than-sold');
    // In bounds, but the goods did not come back.
    expect(await post(back('-5', sold.saleItemId), '0')).toBe('sale-does-not-add-up');
  });

  it('over the counter to a known patient needs a screening of exactly what is sold, of its own transaction', async () => {
    const { world, drugId, sale } = await aTill();
    const patientId = await aPatient(db, world);
    const another = (await aDrug(db)).drugId;
    interface Kept {
      readonly drugIds?: readonly number[];
      readonly stops?: boolean;
      readonly of?: number;
      readonly hidden?: boolean;
      readonly sale?: Partial<NewSale>;
    }
    const keepSql = `
      insert into operational.screenings (branch_id, patient_id, purpose, sale_id, facts, knowledge, rule_ids, verdict, content_sha256, verdict_sha256, engine)
      select $1, $2, 'sale', $3, jsonb_build_object('proposed', (select jsonb_agg(jsonb_build_object('drugId', d)) from unnest($4::integer[]) d)),
        '{}', '{}', jsonb_build_object('alerts', $5::jsonb), repeat('0', 64), repeat('0', 64), 1`;
    const sell = ({
      drugIds,
      stops = false,
      of = patientId,
      hidden = false,
      sale: values,
    }: Kept): Promise<unknown> =>
      db.uow
        .run(world.ctx, async (tx) => {
          const posted = await sales.insert(tx, world.branchId, world.userId, {
            ...sale,
            patientId,
            ...values,
          });
          const alerts = JSON.stringify(stops ? [{ identity: 'x', stops: true }] : []);
          if (drugIds) await tx.execute(keepSql, [world.branchId, of, posted.saleId, [...drugIds], alerts]);
          const [saleItemId] = posted.saleItemIds;
          await inventory.issue(tx, world.branchId, 'sale', [{ drugId, quantity: '5', saleItemId }]);
          // A branch the rows are not of hides them from the application, and from no check.
          if (hidden) await tx.execute(`select set_config('app.branches', '0', true)`);
          return 'allowed';
        })
        .catch((error: unknown) => toDomainError(error)?.code ?? error);
    expect(await sell({ drugIds: [drugId] })).toBe('allowed');
    expect(await sell({ sale: { patientId: null } })).toBe('allowed');
    expect(await sell({})).toBe('not-screened');
    expect(await sell({ hidden: true })).toBe('not-screened');
    expect(await sell({ drugIds: [another] })).toBe('not-screened');
    expect(await sell({ drugIds: [drugId, another] })).toBe('not-screened');
    expect(await sell({ drugIds: [drugId], of: await aPatient(db, world) })).toBe('not-screened');
    expect(await sell({ drugIds: [drugId], stops: true })).toBe('not-screened');
    // Of all of them one sale stands.
    const { rows } = await db.owner.query<{ n: number }>(
      'select count(*)::int as n from operational.sales where patient_id = $1',
      [patientId],
    );
    expect(rows).toEqual([{ n: 1 }]);
  });

  it('is never changed: not by the application, not by the owner', async () => {
    const { world, drugId } = await aTill();
    const { saleId } = await aSale(db, world, { drugId, quantity: '5' });
    const app = await connectAs(db, 'pharmacy_app');
    try {
      await app.query(`select set_config('app.branches', $1, false)`, [String(world.branchId)]);
      for (const statement of [
        'update operational.sales set total = 0 where sale_id = $1',
        'delete from operational.payments where sale_id = $1',
        'update operational.sale_items set quantity = 1 where sale_id = $1',
      ])
        await expect(app.query(statement, [saleId])).rejects.toThrow(/permission denied/);
      await expect(
        app.query(
          `insert into operational.payments (branch_id, sale_id, shift_id, method, amount)
           select branch_id, sale_id, shift_id, 'cash', 1 from operational.sales where sale_id = $1`,
          [saleId],
        ),
      ).rejects.toMatchObject({ code: 'MD004' });
    } finally {
      await app.end();
    }
    await expect(
      db.owner.query('delete from operational.sales where sale_id = $1', [saleId]),
    ).rejects.toMatchObject({ code: 'MD004' });
  });
});
