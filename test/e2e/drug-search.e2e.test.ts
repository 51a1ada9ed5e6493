// The search box over HTTP, answered by the snapshot of the process.
import { beforeAll, describe, expect, it } from 'vitest';

import { aDrug, anIngredient } from '../builders/drug.js';
import { aLot } from '../builders/lot.js';
import { aWorldFor, type World } from '../builders/world.js';
import { useTestApp } from '../support/app.js';

interface Highlight {
  field: string;
  text: string;
  start: number;
  end: number;
}

interface Found {
  data: {
    drugId: number;
    name: string;
    stockOnHand: string;
    match: { kind: string | null; highlights: Highlight[] };
  }[];
  meta: { total: number; page: number; limit: number; tookMs: number; capped: boolean; didYouMean?: string };
  facets: Record<string, { value: unknown; count: number }[]>;
}

const ODD_NAMES = [
  '100%',
  '%',
  '5 % Dextrose',
  '_underscore_',
  `O'Neil "quoted" drops`,
  'Back\\slash',
  '\u202bNasal\u200f spray\u202c rtl',
  'كريم ٥٪ للبشرة',
  'Crème Bébé',
  'A',
  '***',
  'Q10',
  `${'Longest '.repeat(61)}Name of all`,
  'x'.repeat(500),
  'Tab\tand  double  blanks',
  '<script>alert(1)</script>',
  'null',
  '𝔘𝔫𝔦𝔠𝔬𝔡𝔢 fancy',
];

describe('the search box', () => {
  const { db, call } = useTestApp();
  let world: World;
  let panadol: number;

  const search = async (q: string, more = ''): Promise<Found> => {
    const { status, body } = await call<Found>(
      'GET',
      `/drugs/search?q=${encodeURIComponent(q)}${more}`,
      world,
    );
    expect(status, q).toBe(200);
    return body;
  };
  const marked = ({ match }: Found['data'][number]): string[] =>
    match.highlights.map(({ field, text, start, end }) => `${field}: ${text.slice(start, end)}`);

  beforeAll(async () => {
    world = await aWorldFor(db, 'pharmacist');
    await anIngredient(db, 'paracetamol', {
      synonyms: ['acetaminophen'],
      groups: ['antipyretics'],
      atcCode: 'N02BE01',
    });
    ({ drugId: panadol } = await aDrug(db, {
      name: 'Panadol 500 mg',
      nameAr: 'بنادول ٥٠٠',
      ingredients: [{ name: 'paracetamol', amount: '500' }],
      company: 'GSK',
      category: 'Analgesics',
      barcode: '6221001000019',
      strength: '500 mg',
    }));
    await aDrug(db, { name: 'Panadol Extra', ingredients: ['paracetamol', 'caffeine'], company: 'GSK' });
    await aDrug(db, {
      name: 'Abimol',
      ingredients: ['paracetamol'],
      company: 'Glaxo Egypt',
      route: 'rectal',
    });
    await aDrug(db, { name: 'Super Panadol', ingredients: ['paracetamol'], rxOnly: true });
    await aDrug(db, {
      name: 'Voltaren',
      ingredients: ['diclofenac'],
      dosageForm: 'ampoule',
      company: 'Novartis',
    });
    await aDrug(db, { name: 'Mystery', activeRaw: 'zincum metallicum' });
    for (const name of ODD_NAMES) await aDrug(db, { name, activeRaw: null });
    await aLot(db, { branchId: world.branchId, drugId: panadol, quantity: '40' });
  });

  it.each(ODD_NAMES)('finds %j first by its name, though nothing is known of what is in it', async (name) => {
    const { data } = await search(name);
    expect(data[0]).toMatchObject({ name, match: { kind: 'exact' } });
  });

  it.each([
    ['Panadol 500 mg', 'exact', 'Panadol 500 mg', 'name: Panadol'],
    ['6221001000019', 'barcode', 'Panadol 500 mg', undefined],
    ['panadol ex', 'prefix', 'Panadol Extra', 'name: Ex'],
    ['super', 'prefix', 'Super Panadol', 'name: Super'],
    ['extra panadol', 'brand', 'Panadol Extra', 'name: Extra'],
    ['paracetamol', 'ingredient', 'Abimol', 'ingredient: paracetamol'],
    ['paracet', 'ingredient', 'Abimol', 'ingredient: paracet'],
    ['acetaminophen', 'synonym', 'Abimol', 'synonym: acetaminophen'],
    ['antipyretics', 'group', 'Abimol', 'group: antipyretics'],
    ['analgesics', 'group', 'Panadol 500 mg', 'category: Analgesics'],
    ['N02BE01', 'group', 'Abimol', undefined],
    ['novartis', 'attribute', 'Voltaren', 'company: Novartis'],
    ['pandaol', 'typo', 'Panadol 500 mg', 'name: Panadol'],
    ['بنادول', 'prefix', 'Panadol 500 mg', 'nameAr: بنادول'],
    ['zincum', 'ingredient', 'Mystery', 'activeRaw: zincum'],
  ])('says of %j that it is a match of kind %s, and shows where', async (q, kind, name, mark) => {
    const { data } = await search(q);
    const hit = data.find((one) => one.name === name);
    expect(hit?.match.kind).toBe(kind);
    if (mark !== undefined && hit) expect(marked(hit)).toContain(mark);
  });

  it('asks whether another word was meant', async () => {
    const { meta, data } = await search('vultaren');
    expect(data[0]?.name).toBe('Voltaren');
    expect(meta.didYouMean).toBe('voltaren');
    expect((await search('voltaren')).meta).not.toHaveProperty('didYouMean');
  });

  it('marks an amount as it is written there, and nothing twice', async () => {
    const [hit] = (await search('panadol 0.5g')).data;
    expect(hit?.name).toBe('Panadol 500 mg');
    expect(hit && marked(hit)).toEqual(['name: Panadol', 'name: 500']);
    const { data } = await search('panadol 500mg panadol');
    const places =
      data[0]?.match.highlights.map(({ field, start, text }) => `${field} ${start} ${text}`) ?? [];
    expect(new Set(places).size).toBe(places.length);
  });

  it('counts facets over everything found, and keeps what was chosen', async () => {
    const all = await search('panadol');
    expect(all.meta).toMatchObject({ total: 3, page: 1, limit: 20, capped: false });
    expect(all.meta.tookMs).toBeGreaterThanOrEqual(0);
    expect(all.facets.company).toEqual([{ value: 'GSK', count: 2 }]);
    expect(all.facets.rxOnly).toEqual(
      expect.arrayContaining([
        { value: false, count: 2 },
        { value: true, count: 1 },
      ]),
    );
    expect(all.facets.inStock).toEqual(
      expect.arrayContaining([
        { value: true, count: 1 },
        { value: false, count: 2 },
      ]),
    );
    const chosen = await search('panadol', '&company=novartis');
    expect(chosen.data).toEqual([]);
    expect(chosen.facets.company).toEqual([{ value: 'Novartis', count: 0 }]);
  });

  it('narrows by every filter, by one or several values, known or not', async () => {
    const names = async (more: string): Promise<string[]> =>
      (await search('paracetamol', more)).data.map(({ name }) => name);
    expect(await names('&company=gsk')).toEqual(['Panadol 500 mg', 'Panadol Extra']);
    expect(await names('&company=gsk&company=Glaxo%20Egypt')).toHaveLength(3);
    expect(await names('&route=rectal')).toEqual(['Abimol']);
    expect(await names('&category=ANALGESICS')).toEqual(['Panadol 500 mg']);
    expect(await names('&rxOnly=true')).toEqual(['Super Panadol']);
    expect(await names('&inStock=true')).toEqual(['Panadol 500 mg']);
    expect(await names('&inStock=false&rxOnly=false&company=gsk')).toEqual(['Panadol Extra']);
    expect(await names('&company=nobody')).toEqual([]);
    expect(await names('&dosageForm=nonsense')).toEqual([]);
    for (const more of ['rxOnly=perhaps', 'company=', 'page=0', `company=${'x'.repeat(301)}`])
      expect((await call('GET', `/drugs/search?q=a&${more}`, world)).status, more).toBe(400);
  });

  it('pages without gap or repetition', async () => {
    const everything = await search('', '&limit=100');
    expect(everything.meta.total).toBe(ODD_NAMES.length + 6);
    expect(everything.data.every(({ match }) => match.kind === null)).toBe(true);
    const paged: string[] = [];
    for (let page = 1; page <= 5; page++)
      paged.push(...(await search('', `&limit=6&page=${page}`)).data.map(({ name }) => name));
    expect(paged).toEqual(everything.data.map(({ name }) => name));
    expect((await search('', '&page=1000000')).data).toEqual([]);
  });

  it('shows price and stock as they are at that moment', async () => {
    const { data } = await search('panadol 500');
    expect(data[0]).toMatchObject({ drugId: panadol, stockOnHand: '40', price: '20.00' });
    await db.owner.query('update reference.drugs set price = 21.5 where drug_id = $1', [panadol]);
    await aLot(db, { branchId: world.branchId, drugId: panadol, quantity: '2' });
    expect((await search('panadol 500')).data[0]).toMatchObject({ stockOnHand: '42', price: '21.50' });
    const elsewhere = await aWorldFor(db, 'cashier');
    const there = await call<Found>('GET', '/drugs/search?q=panadol%20500', elsewhere);
    expect(there.body.data[0]?.stockOnHand).toBe('0');
    expect(there.body.facets.inStock).toEqual([{ value: false, count: there.body.meta.total }]);
  });

  it('suggests ten at most, with the kind of match', async () => {
    for (let n = 0; n < 12; n++) await aDrug(db, { name: `Qwert ${n}` });
    const { body } = await call<{ data: { name: string; kind: string }[] }>(
      'GET',
      '/drugs/suggest?q=qwe',
      world,
    );
    expect(body.data).toHaveLength(10);
    expect(body.data[0]).toMatchObject({ kind: 'prefix' });
    expect((await call('GET', '/drugs/suggest?q=', world)).status).toBe(400);
  });

  it('says how it answers', async () => {
    const { body } = await call<{ parts: Record<string, string> }>('GET', '/health/ready');
    expect(body.parts.search).toMatch(/^snapshot of \d+ products, \d+ edited since$/);
  });
});
