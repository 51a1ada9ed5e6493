import { beforeAll, describe, expect, it } from 'vitest';

import { aDrug, anIngredient } from '../../../test/builders/drug.js';
import { aLot } from '../../../test/builders/lot.js';
import { aWorldFor, type World } from '../../../test/builders/world.js';
import { useTestDatabase } from '../../../test/support/db.js';
import { aSearchProcess } from '../../../test/support/search.js';
import type { DrugSearchQuery, DrugSearchResult } from './drug-search.schemas.js';
import type { DrugSearchService } from './drug-search.service.js';

// What PostgreSQL answers by itself, while there is no snapshot.
describe('drug search by the database', () => {
  const db = useTestDatabase();
  let world: World;
  let ids: Record<string, number>;

  const service = (): DrugSearchService => aSearchProcess(db).drugs;
  const search = (q: string, more: Partial<DrugSearchQuery> = {}): Promise<DrugSearchResult> =>
    service().search(world.ctx, { q, page: 1, limit: 20, ...more });
  const names = async (q: string, more: Partial<DrugSearchQuery> = {}): Promise<string[]> =>
    (await search(q, more)).data.map(({ name }) => name);

  beforeAll(async () => {
    world = await aWorldFor(db, 'pharmacist');
    await anIngredient(db, 'paracetamol', { synonyms: ['acetaminophen', 'APAP'] });
    const make = async (key: string, values: Parameters<typeof aDrug>[1]): Promise<[string, number]> => [
      key,
      (await aDrug(db, values)).drugId,
    ];
    ids = Object.fromEntries([
      await make('panadol', {
        name: 'PANADOL',
        ingredients: ['paracetamol'],
        company: 'GSK',
        barcode: '6221001000019',
      }),
      await make('extra', {
        name: 'Panadol Extra 24 F.C. TABS.',
        ingredients: ['paracetamol', 'caffeine'],
        company: 'GSK',
      }),
      await make('abimol', {
        name: 'Abimol 500 mg',
        ingredients: [{ name: 'paracetamol', amount: '500' }],
        company: 'Glaxo Egypt',
      }),
      await make('super', { name: 'Super panadol', ingredients: ['paracetamol'] }),
      await make('mouthwash', {
        name: 'Zeta mouth wash 120 ml',
        activeRaw: null,
        dosageForm: 'mouthwash',
        route: 'topical',
      }),
      await make('fucidin', {
        name: 'Fucidin 2% cream 15 gm',
        ingredients: ['fusidic acid'],
        dosageForm: 'cream',
        route: 'topical',
      }),
      await make('acyclo', {
        name: 'Acyclostad 5% cream 10 gm',
        ingredients: ['aciclovir'],
        dosageForm: 'cream',
        route: 'topical',
      }),
      await make('xylo', {
        name: 'Xylocaine 5% ointment',
        ingredients: ['lidocaine'],
        dosageForm: 'ointment',
        route: 'topical',
      }),
      await make('amoxil', {
        name: 'Amoxil 500MG 12 CAPS.',
        ingredients: ['amoxicillin'],
        dosageForm: 'capsule',
        rxOnly: true,
      }),
      await make('hiconcil', {
        name: 'Hiconcil 500 mg 12',
        ingredients: ['amoxicillin'],
        dosageForm: 'capsule',
        rxOnly: true,
      }),
      await make('voltaren', {
        name: 'Voltaren 75 mg injection',
        ingredients: ['diclofenac'],
        dosageForm: 'ampoule',
        route: 'injection',
      }),
      await make('arabic', { name: 'Adol 500', nameAr: 'أدول إكسترا', ingredients: ['paracetamol'] }),
      await make('creme', { name: 'Crème Bébé', activeRaw: null }),
      await make('percent', { name: '100%', activeRaw: null }),
      await make('odd', { name: `O'Neil "50_50" \\ drops`, activeRaw: null }),
      await make('rtl', { name: '\u202bNasal\u200f spray\u202c rtl', activeRaw: null }),
      await make('long', { name: `${'Long name '.repeat(49)}The End`, activeRaw: null }),
      await make('gone', { name: 'Panadol Night', ingredients: ['paracetamol'], status: 'discontinued' }),
    ]);
    await aLot(db, { branchId: world.branchId, drugId: ids.extra ?? 0, quantity: '48' });
  });

  it('puts the exact name first, then beginnings, brand words, ingredients (field.md defect 1)', async () => {
    const { data, meta } = await search('panadol');
    expect(data.map(({ name, match }) => [name, match.kind])).toEqual([
      ['PANADOL', 'exact'],
      ['Panadol Extra 24 F.C. TABS.', 'prefix'],
      ['Panadol Night', 'prefix'],
      ['Super panadol', 'brand'],
    ]);
    expect(meta).toMatchObject({ total: 4, page: 1, limit: 20, capped: false });
  });

  it('finds a product without ingredients by its name, with its identity (field.md defect 2)', async () => {
    const { data } = await search('mouth wash');
    expect(data).toMatchObject([{ drugId: ids.mouthwash, ingredients: [], match: { kind: 'brand' } }]);
    expect(await names('zeta')).toEqual(['Zeta mouth wash 120 ml']);
  });

  it('takes "5% cream" for five per cent and cream (field.md defect 3)', async () => {
    expect(await names('5% cream')).toEqual(['Acyclostad 5% cream 10 gm']);
    expect(await names('cream 5 %')).toContain('Acyclostad 5% cream 10 gm');
    expect(await names('acyclostad 5%')).toEqual(['Acyclostad 5% cream 10 gm']);
  });

  it('takes % and _ for themselves, not for wildcards', async () => {
    expect(await names('%')).not.toContain('PANADOL');
    expect(await names('%')).toContain('100%');
    expect(await names('_')).toEqual([`O'Neil "50_50" \\ drops`]);
    expect(await names('pan%dol')).toEqual([]);
  });

  it.each([
    ['oneil', `o'neil`],
    ['rtl marks', 'nasal spray rtl'],
    ['accents', 'creme bebe'],
    ['a long name', `${'Long name '.repeat(49)}The End`],
  ])('finds a name with odd characters: %s', async (_, q) => {
    expect((await search(q)).data).toHaveLength(1);
  });

  it('finds by ingredient and by synonym, and says which', async () => {
    const paracetamol = await search('paracetamol');
    expect(paracetamol.data.map(({ match }) => match.kind)).toEqual(Array(6).fill('ingredient'));
    const apap = await search('acetaminophen');
    expect(apap.data).toHaveLength(6);
    expect(apap.data[0]?.match).toEqual({
      kind: 'synonym',
      highlights: [{ field: 'synonym', text: 'acetaminophen', start: 0, end: 13 }],
    });
  });

  it('finds words in any order over name, ingredient, strength, form and maker', async () => {
    expect(await names('500 amox cap')).toEqual(['Amoxil 500MG 12 CAPS.', 'Hiconcil 500 mg 12']);
    expect(await names('amoxil 500 mg')).toEqual(['Amoxil 500MG 12 CAPS.']);
    expect(await names('apap 500')).toEqual(['Abimol 500 mg', 'Adol 500']);
    expect(await names('paracetamol glaxo')).toEqual(['Abimol 500 mg']);
    expect(await names('panadol tabs')).toEqual(['Panadol Extra 24 F.C. TABS.']);
    expect(await names('panadol xyz')).toEqual([]);
  });

  it('finds an unfinished word that the index holds stemmed', async () => {
    for (const q of ['injec', 'injecti', 'injectio', 'injection', 'voltaren injectio'])
      expect(await names(q), q).toEqual(['Voltaren 75 mg injection']);
  });

  it('finds an Arabic name by its spelling variants', async () => {
    for (const q of ['أدول إكسترا', 'ادول اكسترا', 'ادول', 'اكستر'])
      expect(await names(q), q).toEqual(['Adol 500']);
    expect((await search('ادول اكسترا')).data[0]?.match.kind).toBe('exact');
  });

  it('finds by barcode digits', async () => {
    expect((await search('6221001000019')).data).toMatchObject([
      { drugId: ids.panadol, match: { kind: 'barcode' } },
    ]);
    expect(await names('6221001000023')).toEqual([]);
  });

  it('says where it matched, in the characters of the name', async () => {
    const [hit] = (await search('bebe')).data;
    expect(hit?.match.highlights).toEqual([{ field: 'name', text: 'Crème Bébé', start: 6, end: 10 }]);
  });

  it('narrows by each filter and counts facets over what is left', async () => {
    const all = await search('panadol');
    expect(all.facets.company).toEqual([{ value: 'GSK', count: 2 }]);
    expect(all.facets.inStock).toEqual([
      { value: false, count: 3 },
      { value: true, count: 1 },
    ]);
    expect(await names('panadol', { company: ['gsk'] })).toEqual(['PANADOL', 'Panadol Extra 24 F.C. TABS.']);
    expect(await names('panadol', { company: ['nobody'] })).toEqual([]);
    expect(await names('panadol', { inStock: true })).toEqual(['Panadol Extra 24 F.C. TABS.']);
    expect(await names('', { dosageForm: ['cream'] })).toEqual([
      'Acyclostad 5% cream 10 gm',
      'Fucidin 2% cream 15 gm',
    ]);
    expect(await names('', { route: ['injection'] })).toEqual(['Voltaren 75 mg injection']);
    expect((await search('', { rxOnly: true })).facets.rxOnly).toEqual([{ value: true, count: 2 }]);
  });

  it('shows the stock of the branch that asks, not of another', async () => {
    expect((await search('panadol extra')).data[0]?.stockOnHand).toBe('48');
    const elsewhere = await aWorldFor(db, 'pharmacist');
    const there = await service().search(elsewhere.ctx, { q: 'panadol extra', page: 1, limit: 20 });
    expect(there.data[0]?.stockOnHand).toBe('0');
  });

  it('lists everything by name when nothing is asked, page by page without gap or repetition', async () => {
    const everything = await search('', { limit: 100 });
    expect(everything.meta.total).toBe(18);
    expect(everything.data.at(-1)?.name).toBe('Panadol Night');
    const pages = [];
    for (const page of [1, 2, 3]) pages.push(...(await names('', { page, limit: 7 })));
    expect(pages).toEqual(everything.data.map(({ name }) => name));
  });

  it('suggests at most ten', async () => {
    const { data } = await service().suggest(world.ctx, 'pan');
    expect(data.map(({ name, kind }) => [name, kind])).toEqual([
      ['PANADOL', 'prefix'],
      ['Panadol Extra 24 F.C. TABS.', 'prefix'],
      ['Panadol Night', 'prefix'],
      ['Super panadol', 'brand'],
    ]);
    for (let n = 0; n < 12; n++) await aDrug(db, { name: `Qwert ${n}` });
    expect((await service().suggest(world.ctx, 'qwe')).data).toHaveLength(10);
  });
});
