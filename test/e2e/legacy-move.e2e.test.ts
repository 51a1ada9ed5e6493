// What a pharmacist sees of a catalogue that was taken over: found by search, barcode and id.
import { beforeAll, describe, expect, it } from 'vitest';

import { withOwnerConnection } from '../../src/platform/database/owner-connection.js';
import { StarterRulesService } from '../../src/reference/clinical/starter-rules.service.js';
import { LegacyMoveService } from '../../src/reference/legacy/legacy-move.service.js';
import { aLegacyCatalogue } from '../builders/legacy-catalogue.js';
import { aWorldFor, type World } from '../builders/world.js';
import { useTestApp } from '../support/app.js';

describe('an older catalogue that was taken over', () => {
  const { db, call } = useTestApp();
  let world: World;

  beforeAll(async () => {
    world = await aWorldFor(db, 'cashier');
    await aLegacyCatalogue(db.owner, [
      {
        name: 'ZYLORIX 300 MG 20 TABS',
        price: '20',
        active_raw: 'ALLOPURINOL',
        route: 'oral.solid',
        dosage_form: 'Tablets',
        barcode: '6221001000019',
      },
      { name: 'UNLINKED THING', price: '5', active_raw: 'wobblium', route: 'unknown' },
    ]);
    await withOwnerConnection(db.superuser, (uow) =>
      new LegacyMoveService(uow, new StarterRulesService(uow)).up(),
    );
  });

  it('is found by name, by ingredient and by barcode, under its old ids', async () => {
    const search = (q: string) => call<{ data: { drugId: number }[] }>('GET', `/drugs/search?q=${q}`, world);
    expect((await search('zylorix')).body.data).toMatchObject([{ drugId: 102 }]);
    expect((await search('allopurinol')).body.data.map(({ drugId }) => drugId)).toContain(102);
    expect((await search('unlinked')).body.data).toMatchObject([{ drugId: 104 }]);
    const scanned = await call<{ drug: object }>('GET', '/drugs/by-barcode/6221001000019', world);
    expect(scanned.body.drug).toMatchObject({
      drugId: 102,
      route: 'oral',
      dosageForm: 'tablet',
      unitsPerPack: '20',
      price: '20.00',
      source: 'legacy',
    });
    expect((await call('GET', '/drugs/104', world)).body).toMatchObject({
      ingredientStatus: 'unlinked',
      route: null,
    });
  });
});
