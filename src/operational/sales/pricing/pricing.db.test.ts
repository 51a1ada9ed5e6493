// The last ring of prices: what the database refuses of taxes, promotions and prices that the program got wrong, and what the integrity check finds.
import { describe, expect, it } from 'vitest';

import { aDrug, type DrugValues } from '../../../../test/builders/drug.js';
import { aLot, daysFromNow } from '../../../../test/builders/lot.js';
import { aTillShift } from '../../../../test/builders/sale.js';
import { aBranch, aWorldFor } from '../../../../test/builders/world.js';
import { connectAs, useTestDatabase } from '../../../../test/support/db.js';
import { Money } from '../../../platform/money/money.js';
import { toDomainError } from '../../../platform/errors/database-errors.js';
import { IntegrityRepository } from '../../integrity/integrity.repository.js';
import { IntegrityService } from '../../integrity/integrity.service.js';
import { InventoryService } from '../../inventory/inventory.service.js';
import { StockRepository } from '../../inventory/stock.repository.js';
import '../../screening/screening.errors.js';
import '../purchase-limits/purchase-limits.errors.js';
import '../sales.errors.js';
import { SalesRepository } from '../sales.repository.js';
import type { NewSaleItem } from '../sales.types.js';
import './pricing.errors.js';
import { taxOfLine } from './tax.domain.js';

describe('prices in the database', () => {
  const db = useTestDatabase();
  const sales = new SalesRepository();
  const inventory = new InventoryService(new StockRepository());
  let codes = 0;

  async function aTill(values: DrugValues = {}) {
    const world = await aWorldFor(db, 'pharmacist');
    const shiftId = await aTillShift(db, world);
    const { drugId } = await aDrug(db, { price: '20.00', unitsPerPack: '10', ...values });
    await aLot(db, { branchId: world.branchId, drugId, quantity: '1000' });
    const aClass = async (rate: string, isIncluded: boolean): Promise<number> => {
      const { rows } = await db.owner.query<{ id: number }>(
        `insert into operational.tax_classes (code, name, prices_include_tax) values ($1, 'Test', $2) returning tax_class_id as id`,
        [`DB-${++codes}`, isIncluded],
      );
      const id = rows[0]?.id ?? 0;
      await db.owner.query(
        `insert into operational.tax_rates (tax_class_id, valid_from, rate, set_by) values ($1, '2020-01-01', $2, $3)`,
        [id, rate, world.userId],
      );
      return id;
    };
    const aPromotion = async (values: { startsOn?: string; endsOn?: string } = {}): Promise<number> => {
      const { rows } = await db.owner.query<{ id: number }>(
        `insert into operational.promotions (branch_id, name, kind, percent, starts_on, ends_on, created_by)
         values ($1, 'Test', 'percent', 0.5, $2, $3, $4) returning promotion_id as id`,
        [world.branchId, values.startsOn ?? daysFromNow(-1), values.endsOn ?? null, world.userId],
      );
      return rows[0]?.id ?? 0;
    };
    /** Posts one line of ten units past the program; answers the code of the refusal. */
    const post = (line: Partial<NewSaleItem>, total: string): Promise<unknown> =>
      db.uow
        .run(world.ctx, async (tx) => {
          const till = await sales.findTill(tx, world.branchId, world.userId, 1);
          const saleItemId = till?.itemIds[0];
          const amount = line.amount ?? '20.00';
          const item: NewSaleItem = {
            ...{
              saleItemId,
              drugId,
              fillId: null,
              originalSaleItemId: null,
              description: 'Test',
              quantity: '10',
            },
            ...{
              unit: 'unit',
              unitQuantity: '10',
              packPrice: '20.00',
              amount,
              discount: '0',
              disposition: null,
            },
            ...line,
          };
          await sales.insert(tx, world.branchId, world.userId, {
            ...{
              saleType: 'sale',
              originalSaleId: null,
              shiftId,
              patientId: null,
              reason: null,
              accountId: null,
            },
            ...{
              businessDate: daysFromNow(0),
              subtotal: amount,
              discountTotal: item.discount,
              rounding: '0',
              total,
            },
            items: [item],
            payments: [{ method: 'cash', amount: total, change: '0', reference: null, claimId: null }],
          });
          await inventory.issue(tx, world.branchId, 'sale', [
            { drugId, quantity: item.quantity, saleItemId },
          ]);
          return 'allowed';
        })
        .catch((error: unknown) => toDomainError(error)?.code ?? error);
    return { world, drugId, aClass, aPromotion, post };
  }

  it('refuses a tax that is not that of class, day and price', async () => {
    const { aClass, post } = await aTill();
    const [added, included] = [await aClass('0.1', false), await aClass('0.25', true)];
    const tax = (taxClassId: number | null, rate: string, isIncluded: boolean, amount: string) => ({
      tax: { taxClassId, rate, isIncluded, amount },
    });
    expect(await post(tax(added, '0.1', false, '2.00'), '22.00')).toBe('allowed');
    expect(await post(tax(included, '0.25', true, '4.00'), '20.00')).toBe('allowed');
    expect(await post(tax(added, '0.1', false, '1.99'), '21.99')).toBe('sale-does-not-add-up');
    expect(await post(tax(added, '0.2', false, '4.00'), '24.00')).toBe('sale-does-not-add-up');
    expect(await post(tax(included, '0.25', false, '5.00'), '25.00')).toBe('sale-does-not-add-up');
    expect(await post(tax(null, '0.1', false, '2.00'), '22.00')).toBe('rule-violation');
    expect(await post(tax(added, '0.1', false, '2.00'), '20.00')).toBe('rule-violation');
  });

  it('reckons tax as the program does, to the last coin', async () => {
    const cases = Array.from({ length: 400 }, (_, n) => ({
      base: Money.ofThousandths(BigInt((n * 7919) % 100_000) * 10n).toString(),
      rate: ['0.05', '0.14', '0.1', '0.25', '0.3333', '1'][n % 6] ?? '0',
      isIncluded: n % 2 === 0,
    }));
    const { rows } = await db.owner.query<{ tax: string }>(
      `select operational.tax_of(u.base, u.rate, u.included, 2)::text as tax
       from unnest($1::numeric[], $2::numeric[], $3::boolean[]) with ordinality as u (base, rate, included, n) order by u.n`,
      [
        cases.map(({ base }) => base),
        cases.map(({ rate }) => rate),
        cases.map(({ isIncluded }) => isIncluded),
      ],
    );
    expect(rows.map(({ tax }) => Number(tax).toFixed(2))).toEqual(
      cases.map(({ base, rate, isIncluded }) =>
        taxOfLine(Money.of(base), { taxClassId: 1, code: 'T', rate, isIncluded }, 2).tax.toString(),
      ),
    );
  });

  it('keeps a promotion with a line on its days only, within the discount, as it was reckoned by', async () => {
    const { aPromotion, post } = await aTill();
    const promotionId = await aPromotion();
    const taken = (amount: string, values: object = {}) => ({
      discount: '5.00',
      promotions: [{ promotionId, version: 1, quantity: '10', amount, ...values }],
    });
    expect(await post(taken('5.00'), '15.00')).toBe('allowed');
    expect(await post(taken('5.01'), '15.00')).toBe('sale-does-not-add-up');
    expect(await post(taken('5.00', { quantity: '11' }), '15.00')).toBe('sale-does-not-add-up');
    expect(await post(taken('5.00', { version: 2 }), '15.00')).toBe('promotion-changed');
    const later = await aPromotion({ startsOn: daysFromNow(1) });
    expect(await post(taken('5.00', { promotionId: later }), '15.00')).toBe('promotion-changed');
    const over = await aPromotion({ startsOn: daysFromNow(-9), endsOn: daysFromNow(-1) });
    expect(await post(taken('5.00', { promotionId: over }), '15.00')).toBe('promotion-changed');
    await expect(
      db.owner.query('update operational.promotions set percent = 0.9 where promotion_id = $1', [
        promotionId,
      ]),
    ).rejects.toMatchObject({ code: 'MD221' });
  });

  it('sells nothing above its ceiling', async () => {
    const { post } = await aTill({ price: '20.00', priceCeiling: '20.00' });
    expect(await post({}, '20.00')).toBe('allowed');
    expect(await post({ amount: '20.01' }, '20.01')).toBe('price-ceiling');
    expect(await post({ packPrice: '20.01' }, '20.00')).toBe('price-ceiling');
  });

  it('shows promotions and limits to their branch alone, and lets nobody change what was kept', async () => {
    const { world, aPromotion, post } = await aTill();
    const promotionId = await aPromotion();
    await post(
      { discount: '5.00', promotions: [{ promotionId, version: 1, quantity: '10', amount: '5.00' }] },
      '15.00',
    );
    const client = await connectAs(db, 'pharmacy_app');
    try {
      const seenBy = async (branchId: number): Promise<number> => {
        await client.query('begin');
        await client.query("select set_config('app.branches', $1, true)", [String(branchId)]);
        const { rowCount } = await client.query(
          'select from operational.promotions where promotion_id = $1',
          [promotionId],
        );
        await client.query('rollback');
        return rowCount ?? 0;
      };
      expect(await seenBy(world.branchId)).toBe(1);
      expect(await seenBy(await aBranch(db))).toBe(0);
      for (const statement of [
        'update operational.sale_item_promotions set amount = 1',
        'delete from operational.promotions',
        'update operational.tax_classes set prices_include_tax = true',
        'delete from operational.sale_limit_overrides',
        'select secret from operational.identity_secret',
      ])
        await expect(client.query(statement), statement).rejects.toMatchObject({ code: '42501' });
    } finally {
      await client.end();
    }
  });

  it('has an integrity check that finds what was forged behind its back', async () => {
    const { aClass, aPromotion, post } = await aTill();
    const taxClassId = await aClass('0.1', false);
    const promotionId = await aPromotion();
    await post(
      {
        discount: '5.00',
        promotions: [{ promotionId, version: 1, quantity: '10', amount: '5.00' }],
        tax: { taxClassId, rate: '0.1', isIncluded: false, amount: '1.50' },
      },
      '16.50',
    );
    const broken = async (): Promise<string[]> => {
      const reports = await new IntegrityService(db.uow, new IntegrityRepository()).check();
      return reports.filter((report) => report.broken.length > 0).map((report) => report.code);
    };
    expect(await broken()).toEqual([]);
    const client = await db.owner.connect();
    try {
      await client.query('set session_replication_role = replica');
      await client.query(
        'update operational.sale_item_promotions set amount = 5.01 where promotion_id = $1',
        [promotionId],
      );
      await client.query(
        'update operational.sale_items set tax = tax + 1, line_total = line_total + 1 where tax_class_id = $1',
        [taxClassId],
      );
    } finally {
      await client.query('set session_replication_role = origin');
      client.release();
    }
    expect((await broken()).toSorted()).toEqual([
      'journal-equals-documents',
      'money-adds-up',
      'promotions-in-discounts',
      'taxes-add-up',
    ]);
  });
});
