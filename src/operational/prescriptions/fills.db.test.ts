// What the database refuses of fills, in the words of the API, and what a sale is told.
import { describe, expect, it } from 'vitest';

import { aBareFill } from '../../../test/builders/bare-fill.js';
import { aDrug } from '../../../test/builders/drug.js';
import { aLot } from '../../../test/builders/lot.js';
import { aWorldFor } from '../../../test/builders/world.js';
import { useTestDatabase } from '../../../test/support/db.js';
import { toDomainError } from '../../platform/errors/database-errors.js';
import { FillsRepository, type NewFill } from './fills.repository.js';
import '../screening/screening.errors.js';
import './prescriptions.errors.js';

describe('fills in the database', () => {
  const db = useTestDatabase();
  const fills = new FillsRepository();

  it('that exceed the authority, repeat a part or end a dead prescription become refusals', async () => {
    const world = await aWorldFor(db, 'pharmacist');
    const { drugId } = await aDrug(db);
    await aLot(db, { branchId: world.branchId, drugId });
    const bare = await aBareFill(db, world, { drugId, quantity: '10' });
    const another = (values: Partial<NewFill>): Promise<unknown> =>
      db.uow
        .run(world.ctx, (tx) =>
          fills.insert(tx, {
            fillId: 900_001,
            branchId: world.branchId,
            prescriptionId: bare.prescriptionId,
            fillNumber: 1,
            partNumber: 1,
            drugId,
            quantity: '10',
            daysSupply: 10,
            price: '10.00',
            packPrice: '20.00',
            unitsPerPack: '20',
            filledBy: world.userId,
            screening: {},
            dawCode: 0,
            substitution: undefined,
            ...values,
          }),
        )
        .catch((error: unknown) => toDomainError(error));
    expect(await another({})).toMatchObject({ code: 'quantity-exceeds-authority', status: 422 });
    expect(await another({ fillNumber: 0 })).toMatchObject({ code: 'duplicate', status: 409 });
    await db.owner.query(
      `update operational.prescriptions set status = 'cancelled' where prescription_id = $1`,
      [bare.prescriptionId],
    );
    // The programs are held to a screening of the same transaction before anything else.
    const unscreened = db.uow
      .run(world.ctx, (tx) =>
        fills.advance(tx, bare.fillId, 'dispensed', {
          verifiedBy: world.userId,
          dispensedBy: world.userId,
          dispensedOn: '2026-11-30',
        }),
      )
      .catch((error: unknown) => toDomainError(error));
    expect(await unscreened).toMatchObject({ code: 'not-screened', status: 409 });
    const late = db.owner
      .query(
        `update operational.fills set status = 'dispensed', verified_by = $2, dispensed_by = $2, dispensed_at = now(), dispensed_on = '2026-11-30'
         where fill_id = $1`,
        [bare.fillId, world.userId],
      )
      .catch((error: unknown) => toDomainError(error));
    expect(await late).toMatchObject({ code: 'prescription-not-fillable', status: 409 });
  });

  it('are told to a sale of their branch, with their own price', async () => {
    const world = await aWorldFor(db, 'pharmacist');
    const other = await aWorldFor(db, 'pharmacist');
    const { drugId, name } = await aDrug(db);
    await aLot(db, { branchId: world.branchId, drugId });
    const one = await aBareFill(db, world, { drugId, quantity: '10', price: '12.50', dispensed: true });
    const told = await db.uow.run(world.ctx, (tx) => fills.lockForSale(tx, [one.fillId, 2_000_000_000]));
    expect(told).toEqual([
      {
        fillId: one.fillId,
        branchId: world.branchId,
        prescriptionId: one.prescriptionId,
        patientId: one.patientId,
        drugId,
        quantity: '10',
        price: '12.500',
        status: 'dispensed',
        description: name,
      },
    ]);
    expect(await db.uow.run(other.ctx, (tx) => fills.lockForSale(tx, [one.fillId]))).toEqual([]);
  });
});
