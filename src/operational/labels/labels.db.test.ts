// What the database holds labels to: a template within its bounds, one original of a fill, nothing of another branch.
import { beforeAll, describe, expect, it } from 'vitest';

import { aBareFill } from '../../../test/builders/bare-fill.js';
import { aDrug } from '../../../test/builders/drug.js';
import { aWorldFor, type World } from '../../../test/builders/world.js';
import { useTestDatabase } from '../../../test/support/db.js';
import { DEFAULT_TEMPLATE } from './label-template.types.js';
import { LabelsRepository, type LabelPrint } from './labels.repository.js';

describe('labels in the database', () => {
  const db = useTestDatabase();
  const labels = new LabelsRepository();
  let me: World;
  let other: World;
  let fillId = 0;
  beforeAll(async () => {
    me = await aWorldFor(db, 'pharmacist');
    other = await aWorldFor(db, 'pharmacist');
    const { drugId } = await aDrug(db);
    fillId = (await aBareFill(db, me, { drugId, quantity: '10' })).fillId;
  });
  const save = (values: object, world = me) =>
    db.uow.run(world.ctx, (tx) => labels.save(tx, me.branchId, { ...DEFAULT_TEMPLATE, ...values }));
  const print = (values: Partial<LabelPrint> = {}, world = me) =>
    db.uow.run(world.ctx, (tx) =>
      labels.record(tx, {
        branchId: me.branchId,
        fillId,
        size: '70x35',
        language: 'en',
        printedBy: me.userId,
        asCopy: false,
        ...values,
      }),
    );

  it('refuses a template out of bounds', async () => {
    for (const values of [
      { size: 'A5' },
      { languages: 'fr' },
      { lines: ['price'] },
      { lines: ['lots', null] },
      { lines: ['lots', 'lots', 'lots', 'lots', 'lots', 'lots', 'lots'] },
      { header: '' },
      { footer: 'x'.repeat(121) },
    ])
      await expect(save(values)).rejects.toMatchObject({ code: '23514' });
  });

  it('changes a template only where it still has the version that was read', async () => {
    expect(await save({ version: 3 })).toBeUndefined();
    expect(await save({ size: 'A4' })).toMatchObject({ size: 'A4', version: 1 });
    expect(await save({})).toBeUndefined();
    expect(await save({ version: 1, size: '80mm' })).toMatchObject({ size: '80mm', version: 2 });
  });

  it('keeps one original, and a copy that was asked for does not take its place', async () => {
    expect(await print({ asCopy: true })).toBe(true);
    expect((await Promise.all([print(), print(), print()])).filter((isCopy) => !isCopy)).toHaveLength(1);
    expect(await print()).toBe(true);
  });

  it('shows and takes nothing of another branch', async () => {
    expect(await save({ version: 2 }, other)).toBeUndefined();
    await expect(save({}, other)).rejects.toMatchObject({ code: '42501' });
    await expect(print({}, other)).rejects.toMatchObject({ code: '42501' });
    const seen = await db.uow.read(other.ctx, (tx) => labels.template(tx, me.branchId));
    expect(seen).toBeUndefined();
  });
});
