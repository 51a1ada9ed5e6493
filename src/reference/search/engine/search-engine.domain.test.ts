import { describe, expect, it } from 'vitest';
import { BranchStock } from './branch-stock.domain.js';
import { aDocument, find, idsOf, segmentOf, viewOf } from './catalogue.fixture.js';
import { SearchEngine } from './search-engine.domain.js';
import type { SearchRequest } from './search.types.js';

const PRODUCTS = [
  aDocument({
    drugId: 1,
    name: 'PANADOL',
    nameAr: 'بانادول',
    ingredientIds: [1],
    companyId: 1,
    dosageForm: 'tablet',
    route: 'oral',
    barcodes: ['6221001000019'],
  }),
  aDocument({
    drugId: 2,
    name: 'Panadol Extra 24 F.C. TABS.',
    ingredientIds: [1, 5],
    companyId: 1,
    dosageForm: 'tablet',
  }),
  aDocument({
    drugId: 3,
    name: 'Abimol 500 mg',
    ingredientIds: [1],
    companyId: 3,
    categoryId: 1,
    dosageForm: 'tablet',
  }),
  aDocument({ drugId: 4, name: 'Super panadol', ingredientIds: [1], categoryId: 2 }),
  aDocument({ drugId: 5, name: 'Zeta mouth wash 120 ml' }),
  aDocument({
    drugId: 6,
    name: 'Fucidin 2% cream 15 gm',
    ingredientIds: [6],
    dosageForm: 'cream',
    route: 'topical',
  }),
  aDocument({
    drugId: 7,
    name: 'Acyclostad 5% cream 10 gm',
    ingredientIds: [7],
    dosageForm: 'cream',
    route: 'topical',
  }),
  aDocument({
    drugId: 8,
    name: 'Amoxil 500MG 12 CAPS.',
    ingredientIds: [2],
    dosageForm: 'capsule',
    rxOnly: true,
    atcCode: 'J01CA04',
  }),
  aDocument({
    drugId: 9,
    name: 'Hiconcil 0.5 g 12',
    ingredientIds: [2],
    dosageForm: 'capsule',
    rxOnly: true,
  }),
  aDocument({ drugId: 10, name: 'Augmentin 1 gm', ingredientIds: [2, 3], rxOnly: true, companyId: 1 }),
  aDocument({
    drugId: 11,
    name: 'Voltaren 75 mg injection',
    ingredientIds: [4],
    companyId: 2,
    dosageForm: 'injection',
  }),
  aDocument({ drugId: 12, name: 'Congestal', nameAr: 'كونجستال' }),
  aDocument({ drugId: 13, name: '100%' }),
  aDocument({ drugId: 14, name: `O'Neil "50_50" \\ drops` }),
  aDocument({ drugId: 15, name: '\u202bNasal\u200f spray\u202c rtl' }),
  aDocument({ drugId: 16, name: `${'Long name '.repeat(49)}The End` }),
  aDocument({ drugId: 17, name: 'Panadol Night', ingredientIds: [1], isActive: false }),
  aDocument({ drugId: 18, name: '***' }),
  aDocument({ drugId: 19, name: 'Paramol', nameAr: 'بارامول', ingredientIds: [1], dosageForm: 'syrup' }),
  aDocument({ drugId: 20, name: 'Herbal balm', activeRaw: 'WINTERGREEN OIL+CAMPHOR' }),
  aDocument({ drugId: 21, name: 'Cataflam 50 mg', ingredientIds: [4] }),
  aDocument({ drugId: 22, name: 'Crème Bébé' }),
];
const view = viewOf([PRODUCTS]);
const ids = (query: string, more: Omit<SearchRequest, 'query'> = {}): number[] =>
  idsOf(find(view, query, more));
const kinds = (query: string) => find(view, query).hits.map(({ drugId, kind }) => [drugId, kind]);

describe('ranking', () => {
  it('puts the exact name first, then beginnings, active before withdrawn, then words of the name', () => {
    expect(kinds('panadol').slice(0, 4)).toEqual([
      [1, 'exact'],
      [2, 'prefix'],
      [17, 'prefix'],
      [4, 'brand'],
    ]);
  });

  it('finds ingredients, synonyms, groups with their ancestors, categories, ATC codes of every level', () => {
    expect(kinds('paracetamol').map(([, kind]) => kind)).toEqual(Array(6).fill('ingredient'));
    expect(find(view, 'acetaminophen').hits[0]?.terms).toEqual([
      { word: 'acetaminophen', field: 'synonym', token: 'acetaminophen', length: 13, entityId: 1 },
    ]);
    expect(ids('penicillins')).toEqual([8, 9, 10]);
    expect(ids('beta-lactams')).toEqual([8, 9, 10]);
    expect(ids('nsaid')).toEqual([21, 11]);
    expect(ids('N02BE')).toEqual(ids('paracetamol'));
    expect(ids('J01')).toEqual([8, 9, 10]);
    expect(ids('pain relief')).toContain(4);
    expect(kinds('N02BE')[0]).toEqual([3, 'group']);
  });

  it('puts single substances before combinations of them', () => {
    expect(ids('paracetamol').at(-2)).toBe(2);
  });

  it('finds by barcode, however it is written', () => {
    expect(kinds('6221001000019')).toEqual([[1, 'barcode']]);
    expect(ids('06221001000019')).toEqual([1]);
    expect(ids('622-1001 000019')).toEqual([1]);
    expect(ids('6221001000023')).toEqual([]);
  });

  it('finds a product without ingredients by its name, and by the composition as written', () => {
    expect(ids('mouth wash')).toEqual([5]);
    expect(kinds('wintergreen')).toEqual([[20, 'ingredient']]);
  });
});

describe('the query', () => {
  it('takes words in any order over name, ingredient, strength, form, maker', () => {
    expect(ids('500 amox cap')).toEqual([8]);
    expect(ids('amox cap')).toEqual([8, 9]);
    expect(ids('panadol gsk')).toEqual([1, 2]);
    expect(kinds('gsk')).toEqual([
      [1, 'attribute'],
      [10, 'attribute'],
      [2, 'attribute'],
    ]);
    expect(ids('باراسيتامول شراب')).toEqual([19]);
    expect(ids('الباراسيتامول').length).toBe(6);
  });

  it('knows that 500 mg, 500mg and 0.5 g are the same', () => {
    for (const query of ['amox 500 mg', 'amox 500mg', 'amox 0.5 g', 'amox 500 مجم'])
      expect(ids(query), query).toEqual([8, 9]);
    expect(ids('augmentin 1000 mg')).toEqual([10]);
  });

  it('takes "5% cream" for five per cent and cream', () => {
    for (const query of ['5% cream', 'cream 5 %', '5 % cream', '٥٪ كريم'])
      expect(ids(query), query).toEqual([7]);
  });

  it('takes * and ? for wildcards', () => {
    expect(ids('pana*l')).toEqual([1, 2, 4, 17]);
    expect(ids('pan?dol ex*')).toEqual([2]);
    expect(ids('*cillin')).toEqual(ids('amoxicillin'));
    expect(ids('***')).toEqual([18]);
    expect(ids('?')).toHaveLength(PRODUCTS.length - 2);
  });

  it('takes % and _ for themselves', () => {
    expect(ids('%')).toEqual([13, 6, 7]);
    expect(ids('_')).toEqual([14]);
    expect(ids('100%')[0]).toBe(13);
    expect(find(view, '100%').hits[0]?.kind).toBe('exact');
  });

  it('takes quoted words for a phrase', () => {
    expect(ids('"panadol extra"')).toEqual([2]);
    expect(find(view, '"extra panadol"')).toMatchObject({
      isCorrected: true,
      hits: [{ drugId: 2, kind: 'partial' }],
    });
    expect(ids('"fusidic acid"')).toEqual([6]);
    expect(ids('"panadol ex')).toEqual([2]);
  });

  it('finds names with odd characters exactly', () => {
    for (const { drugId, name } of PRODUCTS)
      expect(find(view, name).hits[0], name).toMatchObject({ drugId, kind: 'exact' });
    expect(ids('oneil 50')).toContain(14);
    expect(ids('creme bebe')).toEqual([22]);
  });
});

describe('spelling', () => {
  it.each([
    ['panadole', 1],
    ['pandol', 1],
    ['apnadol', 1],
    ['oanadol', 1],
    ['amoxycilin', 8],
    ['voltarin', 11],
    ['cataflm', 21],
    ['fusidec', 6],
    ['congistal', 12],
  ])('corrects %s', (query, drugId) => {
    const result = find(view, query);
    expect(idsOf(result)).toContain(drugId);
    expect(result.isCorrected).toBe(true);
  });

  it('corrects an unfinished word', () => {
    expect(ids('augmrn')).toEqual([10]);
    expect(ids('vltar')).toEqual([11]);
  });

  it('finds a brand in the other script', () => {
    for (const [query, drugId] of [
      ['بنادول', 2],
      ['اوجمنتين', 10],
      ['فولتارين', 11],
      ['كونجيستال', 12],
    ] as const)
      expect(ids(query), query).toContain(drugId);
    expect(find(view, 'اوجمنتين').hits[0]?.kind).toBe('spelling');
    expect(find(view, 'اوجمنتين').didYouMean).toBe('augmentin');
  });

  it('divides words that were joined and joins words that were divided', () => {
    expect(ids('panadolextra')[0]).toBe(2);
    expect(ids('aug mentin')).toEqual([10]);
    expect(ids('panadol500')).toEqual([]);
    expect(ids('abimol500mg')).toEqual([3]);
  });

  it('never puts a correction before what was typed', () => {
    const { hits } = find(
      viewOf([[aDocument({ drugId: 1, name: 'Cetal' }), aDocument({ drugId: 2, name: 'Cital' })]]),
      'cital',
    );
    expect(hits.map(({ drugId, kind }) => [drugId, kind])).toEqual([[2, 'exact']]);
  });

  it('shows one product of each word that may have been meant before more of the likeliest', () => {
    const names = ['Brona', 'Brova', 'Brola', 'Broda', 'Brota', 'Brosa', 'Broka'];
    const many = Array.from({ length: 40 }, (_, n) => aDocument({ drugId: 100 + n, name: `Broma ${n} mg` }));
    const found = find(
      viewOf([[...many, ...names.map((name, n) => aDocument({ drugId: n + 1, name: `${name} gel` }))]]),
      'broxa',
      { limit: 10 },
    );
    expect(new Set(idsOf(found).filter((id) => id < 100)).size).toBe(7);
    expect(found.hits.every(({ kind }) => kind === 'typo')).toBe(true);
  });

  it('keeps pages of corrected hits apart', () => {
    const names = ['Brona', 'Brova', 'Brola', 'Broda'];
    const list = Array.from({ length: 60 }, (_, n) =>
      aDocument({ drugId: n + 1, name: `${names[n % 4] ?? ''} ${n} mg` }),
    );
    const corrected = viewOf([list]);
    const all = idsOf(find(corrected, 'broxa', { limit: 60 }));
    expect(new Set(all).size).toBe(60);
    const pages = [0, 1, 2, 3, 4, 5].flatMap((page) =>
      idsOf(find(corrected, 'broxa', { limit: 10, offset: page * 10 })),
    );
    expect(pages).toEqual(all);
  });

  it('corrects a word with the Arabic article before it', () => {
    const arabic = viewOf([
      [
        aDocument({ drugId: 1, name: 'Gelnotech', nameAr: 'جولينوتيتش' }),
        aDocument({ drugId: 2, name: 'Panadol', nameAr: 'بنادول' }),
      ],
    ]);
    expect(idsOf(find(arabic, 'الجلينوتيتش'))).toEqual([1]);
    expect(idsOf(find(arabic, 'الباناضول'))[0]).toBe(2);
  });

  it('says what was probably meant', () => {
    expect(find(view, 'voltarin 75').didYouMean).toBe('voltaren 75');
    expect(find(view, 'voltaren').didYouMean).toBeNull();
  });

  it('leaves out what nothing meets, and says so', () => {
    const result = find(view, 'panadol qqqq');
    expect(result.droppedWords).toEqual(['qqqq']);
    expect(result.hits[0]).toMatchObject({ drugId: 1, kind: 'partial' });
    expect(find(view, 'qqqq wwww')).toMatchObject({ total: 0, hits: [], droppedWords: [] });
  });
});

describe('the answer', () => {
  it('lists everything by name, active products first, page by page', () => {
    const all = ids('', { limit: 100 });
    expect(all).toHaveLength(PRODUCTS.length);
    expect(all.at(-1)).toBe(17);
    const pages = [0, 1, 2, 3].flatMap((page) => ids('', { limit: 7, offset: page * 7 }));
    expect(pages).toEqual(all);
  });

  it('narrows by filters and counts what is left', () => {
    expect(ids('panadol', { filters: { companyId: 1 } })).toEqual([1, 2]);
    expect(ids('amox', { filters: { form: ['capsule', 'tablet'] } })).toEqual([8, 9]);
    expect(ids('', { filters: { rxOnly: true } })).toEqual([8, 10, 9]);
    expect(ids('', { filters: { isActive: false } })).toEqual([17]);
    expect(ids('', { filters: { ingredientId: 4 } })).toEqual([21, 11]);
    expect(ids('', { filters: { companyId: [] } })).toEqual([]);
    expect(find(view, 'cream', { filters: { route: 'topical' } }).facets?.form).toEqual([
      { value: 'cream', count: 2 },
    ]);
  });

  it('knows the stock of a branch', () => {
    const stock = new BranchStock([2, 999]);
    const result = find(view, 'panadol', { stock });
    expect(result.facets?.inStock).toEqual([
      { value: false, count: 3 },
      { value: true, count: 1 },
    ]);
    expect(ids('panadol', { stock, filters: { inStock: true } })).toEqual([2]);
    expect(ids('panadol', { stock: { has: (id) => id === 4 }, filters: { inStock: true } })).toEqual([4]);
  });

  it('is remembered for the same view, not for another', () => {
    const engine = new SearchEngine({ remembered: 2 });
    const first = engine.search(view, { query: 'panadol' });
    expect(engine.search(view, { query: 'panadol' })).toBe(first);
    expect(engine.search({ ...view }, { query: 'panadol' })).not.toBe(first);
    expect(engine.search(view, { query: 'panadol', limit: 1 }).hits).toHaveLength(1);
    engine.search(view, { query: 'a' });
    expect(engine.search(view, { query: 'panadol' })).not.toBe(first);
  });
});

describe('segments', () => {
  it('rank alike what has a word twice, whichever word of the query is the rarest', () => {
    const list = [
      aDocument({ drugId: 1, name: 'كونجستال symbicort nexium', nameAr: 'بنادول إكسترا' }),
      aDocument({ drugId: 2, name: 'panadol' }),
      aDocument({ drugId: 3, name: 'cataflam بنادول marevan', nameAr: 'بنادول إكسترا' }),
    ];
    const [one, two, three] = list.map((document) => [document]);
    const apart = viewOf([one ?? [], two ?? [], three ?? []]);
    for (const query of ['بنادول اكسترا', '"panadol extra"'])
      expect(idsOf(find(apart, query)), query).toEqual(idsOf(find(viewOf([list]), query)));
    expect(idsOf(find(apart, '"panadol extra"'))).toEqual([3, 1]);
  });

  it('hide what was edited in a later one', () => {
    const base = segmentOf(PRODUCTS);
    expect(base.hide(1)).toBe(true);
    expect(base.hide(1)).toBe(false);
    expect(base.hide(99)).toBe(false);
    expect(base.has(1)).toBe(false);
    expect(base.liveCount).toBe(PRODUCTS.length - 1);
    const delta = segmentOf([aDocument({ drugId: 1, name: 'Pandora', barcodes: ['123456'] })]);
    const edited = { dictionary: view.dictionary, segments: [base, delta] };
    expect(idsOf(find(edited, 'pandora'))).toEqual([1]);
    expect(idsOf(find(edited, 'panadol'))).toEqual([2, 17, 4]);
    expect(idsOf(find(edited, '6221001000019'))).toEqual([]);
    expect(idsOf(find(edited, '123456'))).toEqual([1]);
    expect(find(edited, '').total).toBe(PRODUCTS.length);
  });

  it('may be empty', () => {
    expect(find(viewOf([[]]), 'panadol')).toMatchObject({ total: 0, hits: [] });
    expect(find(viewOf([]), '')).toMatchObject({ total: 0, hits: [] });
  });

  it('can share their memory between threads', async () => {
    const { IndexBuilder, transferablesOf } = await import('./index-builder.domain.js');
    const shared = new IndexBuilder({ shared: true });
    const own = new IndexBuilder();
    for (const document of PRODUCTS) {
      shared.add(document);
      own.add(document);
    }
    const data = shared.build();
    expect(transferablesOf(data)).toEqual([]);
    expect(data.arrays.postings?.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect(transferablesOf(own.build()).length).toBeGreaterThan(10);
    expect(() => own.add(aDocument({ drugId: 1, name: 'x' }))).toThrow('builds once');
  });
});
