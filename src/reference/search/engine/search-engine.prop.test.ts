import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BranchStock } from './branch-stock.domain.js';
import { aDocument, find, idsOf, viewOf } from './catalogue.fixture.js';
import type { SearchDocument, SearchFilters, SearchResult } from './search.types.js';
import { wordsOf } from './tokens.domain.js';

const BRANDS =
  'panadol cataflam voltaren congestal augmentin brufen concor zithromax flagyl nexium lipitor crestor glucophage amaryl xyzal ' +
  'telfast claritine zyrtec ventolin symbicort plavix aspocid marevan lasix capoten tritace norvasc tenormin inderal motilium ' +
  'بنادول كتافلام فولتارين كونجستال';
const words = fc.constantFrom(
  ...BRANDS.split(' '),
  'extra',
  'forte',
  'tabs',
  'cream',
  '500',
  'mg',
  '20',
  '5%',
  '1.5',
  'plus',
);
const name = fc.array(words, { minLength: 1, maxLength: 5 }).map((list) => list.join(' '));
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null, freq: 3 });

const document = fc.record({
  name,
  nameAr: maybe(fc.constantFrom('بنادول إكسترا', 'كتافلام', 'فولتارين 5')),
  activeRaw: maybe(fc.constantFrom('PARACETAMOL', 'ZINC+COPPER', 'AMOXICILLIN')),
  ingredientIds: fc.uniqueArray(fc.integer({ min: 1, max: 9 }), { maxLength: 3 }),
  ingredientTexts: fc.array(fc.constantFrom('ZINC', 'COPPER GLUCONATE'), { maxLength: 1 }),
  strength: maybe(fc.constantFrom('500 mg', '0.5 g', '5%')),
  dosageForm: maybe(fc.constantFrom('tablet', 'capsule', 'cream', 'unheard of')),
  route: maybe(fc.constantFrom('oral', 'topical')),
  companyId: maybe(fc.integer({ min: 1, max: 4 })),
  marketerCompanyId: maybe(fc.integer({ min: 1, max: 4 })),
  categoryId: maybe(fc.integer({ min: 1, max: 4 })),
  atcCode: maybe(fc.constantFrom('N02BE01', 'J01CA04')),
  rxOnly: fc.boolean(),
  isActive: fc.boolean(),
  barcodes: fc.array(fc.constantFrom('6221001000019', '0002143380', '12345678'), { maxLength: 1 }),
});
const documents = fc
  .array(document, { minLength: 1, maxLength: 25 })
  .map((list): SearchDocument[] => list.map((each, n) => aDocument({ ...each, drugId: n + 1 })));
const query = fc.oneof(
  { weight: 4, arbitrary: name },
  { weight: 2, arbitrary: words.map((word) => word.slice(0, 3)) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      'paracetamol',
      'apap',
      'N02',
      'penicillins',
      'gsk',
      'شراب',
      'cap',
      '12345678',
      '',
      'pana*',
      '"panadol extra"',
    ),
  },
  { weight: 1, arbitrary: words.map((word) => `${word.slice(0, 2)}${word.slice(3)}`) },
);

const all = (view: ReturnType<typeof viewOf>, text: string, filters: SearchFilters = {}): SearchResult =>
  find(view, text, { limit: 1000, filters, facetLimit: 1000 });
const LITERAL = new Set([
  'exact',
  'barcode',
  'prefix',
  'brand',
  'ingredient',
  'synonym',
  'group',
  'attribute',
  'text',
]);
const literalIds = (result: SearchResult): number[] =>
  result.hits.filter(({ kind }) => kind !== null && LITERAL.has(kind)).map(({ drugId }) => drugId);

describe('any catalogue', () => {
  it('gives every product by its whole name, first', () => {
    fc.assert(
      fc.property(documents, (list) => {
        const view = viewOf([list]);
        for (const each of list) {
          const [first] = find(view, each.name).hits;
          const found = list.find(({ drugId }) => drugId === first?.drugId);
          const isArabicName = wordsOf(found?.nameAr ?? '').join(' ') === wordsOf(each.name).join(' ');
          expect(found?.name === each.name || isArabicName, each.name).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('never loses a product because another was added', () => {
    fc.assert(
      fc.property(documents, document, query, (list, added, text) => {
        const before = literalIds(all(viewOf([list]), text));
        const more = [...list, aDocument({ ...added, drugId: list.length + 1 })];
        expect(idsOf(all(viewOf([more]), text))).toEqual(expect.arrayContaining(before));
      }),
      { numRuns: 150 },
    );
  });

  it('answers the same from several segments as from one', () => {
    fc.assert(
      fc.property(
        documents,
        query,
        fc.array(fc.nat({ max: 2 }), { minLength: 25, maxLength: 25 }),
        (list, text, places) => {
          const parts: SearchDocument[][] = [[], [], []];
          for (const [n, each] of list.entries()) parts[places[n] ?? 0]?.push(each);
          expect(all(viewOf(parts), text)).toEqual(all(viewOf([list]), text));
        },
      ),
      { numRuns: 250 },
    );
  });

  it('answers with hidden products as if they had never been there', () => {
    fc.assert(
      fc.property(documents, query, fc.integer({ min: 1, max: 25 }), (list, text, removed) => {
        const hidden = viewOf([list]);
        for (const segment of hidden.segments) segment.hide(removed);
        const without = viewOf([list.filter(({ drugId }) => drugId !== removed)]);
        const found = all(hidden, text);
        expect(literalIds(found)).toEqual(literalIds(all(without, text)));
        expect(idsOf(found)).not.toContain(removed);
      }),
      { numRuns: 150 },
    );
  });

  it('finds exactly the products whose names hold every word', () => {
    const plain = fc.array(name, { minLength: 1, maxLength: 25 });
    fc.assert(
      fc.property(
        plain,
        fc.array(fc.constantFrom('panadol', 'extra', 'fort', 'ta', 'crea', 'vol', 'concor', 'mg'), {
          minLength: 1,
          maxLength: 3,
        }),
        (names, typed) => {
          const list = names.map((each, n) => aDocument({ drugId: n + 1, name: each }));
          const expected = list
            .filter((each) =>
              typed.every((word) => wordsOf(each.name).some((other) => other.startsWith(word))),
            )
            .map(({ drugId }) => drugId);
          const found = literalIds(all(viewOf([list]), typed.join(' ')));
          expect(found.sort((a, b) => a - b)).toEqual(expected);
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('a word that most products have', () => {
  // Scored late and all at once where it is alone; word by word where another one stands beside it or little is there.
  const broad = fc.array(
    fc.record({
      brand: words,
      rxOnly: fc.boolean(),
      company: fc.integer({ min: 1, max: 4 }),
      isHidden: fc.boolean(),
    }),
    { minLength: 1, maxLength: 40 },
  );
  const filters = fc.constantFrom<SearchFilters>(
    {},
    { rxOnly: true },
    { companyId: [1, 2] },
    { inStock: true },
  );

  it('finds, orders and counts like going through all of them', () => {
    const stock = new BranchStock([1, 4, 9, 16, 25, 36]);
    fc.assert(
      fc.property(broad, fc.constantFrom('tabs', 't', 'mg', 'tanleta'), filters, (list, text, chosen) => {
        const documents = list.map(({ brand, rxOnly, company }, n) =>
          aDocument({ drugId: n + 1, name: `${brand} tableta mg`, rxOnly, companyId: company }),
        );
        const view = viewOf([documents]);
        const [segment] = view.segments;
        for (const [n, { isHidden }] of list.entries()) if (isHidden) segment?.hide(n + 1);
        const live = documents.filter((_, n) => list[n]?.isHidden === false);
        // One product to a segment: nothing is broad there, and the hits are put in order one by one.
        const apart = viewOf(live.map((document) => [document]));
        const narrowed = find(view, text, { limit: 1000, filters: chosen, stock });
        expect(narrowed.hits).toEqual(find(apart, text, { limit: 1000, filters: chosen, stock }).hits);
        expect(narrowed.total).toBe(narrowed.hits.length);
        const rx = narrowed.hits.filter(({ drugId }) => documents[drugId - 1]?.rxOnly === true).length;
        expect(narrowed.facets?.rxOnly.find(({ value }) => value)?.count ?? 0).toBe(rx);
        const inStock = narrowed.hits.filter(({ drugId }) => stock.has(drugId)).length;
        expect(narrowed.facets?.inStock.find(({ value }) => value)?.count ?? 0).toBe(inStock);
      }),
      { numRuns: 150 },
    );
  });
});

describe('filters and facets', () => {
  const filters = fc.record(
    {
      form: fc.oneof(fc.constantFrom('tablet', 'cream', 'nothing'), fc.constant(['tablet', 'capsule'])),
      route: fc.constantFrom('oral', 'topical'),
      companyId: fc.integer({ min: 1, max: 5 }),
      categoryId: fc.oneof(fc.integer({ min: 1, max: 5 }), fc.constant([1, 2])),
      ingredientId: fc.integer({ min: 1, max: 10 }),
      rxOnly: fc.boolean(),
      isActive: fc.boolean(),
      inStock: fc.boolean(),
    },
    { requiredKeys: [] },
  );
  const stock = new BranchStock([1, 2, 3, 5, 8, 13]);
  const isOneOf = (wanted: unknown, value: unknown): boolean =>
    wanted === undefined || (Array.isArray(wanted) ? wanted.includes(value) : wanted === value);

  it('are those of counting one by one', () => {
    fc.assert(
      fc.property(documents, query, filters, (list, text, chosen) => {
        const view = viewOf([list.slice(0, 10), list.slice(10)]);
        const byId = new Map(list.map((each) => [each.drugId, each]));
        const unfiltered = find(view, text, { limit: 1000, stock });
        const expected = unfiltered.hits.flatMap(({ drugId }) => {
          const each = byId.get(drugId);
          const passes =
            each !== undefined &&
            isOneOf(chosen.form, each.dosageForm) &&
            isOneOf(chosen.route, each.route) &&
            isOneOf(chosen.companyId, each.companyId) &&
            isOneOf(chosen.categoryId, each.categoryId) &&
            isOneOf(chosen.rxOnly, each.rxOnly) &&
            isOneOf(chosen.isActive, each.isActive) &&
            isOneOf(chosen.inStock, stock.has(drugId)) &&
            (chosen.ingredientId === undefined || each.ingredientIds.includes(chosen.ingredientId));
          return passes ? [each] : [];
        });
        const result = find(view, text, { limit: 1000, filters: chosen, stock });
        expect(result.total).toBe(expected.length);
        expect([...idsOf(result)].sort((a, b) => a - b)).toEqual(
          expected.map(({ drugId }) => drugId).sort((a, b) => a - b),
        );
        const count = <T>(value: (each: SearchDocument) => T | null): Map<T, number> => {
          const counts = new Map<T, number>();
          for (const each of expected) {
            const key = value(each);
            if (key !== null) counts.set(key, (counts.get(key) ?? 0) + 1);
          }
          return counts;
        };
        const asMap = <T>(values: ReadonlyArray<{ value: T; count: number }> | undefined) =>
          new Map(values?.map((each) => [each.value, each.count]));
        expect(asMap(result.facets?.form)).toEqual(count(({ dosageForm }) => dosageForm));
        expect(asMap(result.facets?.route)).toEqual(count(({ route }) => route));
        expect(asMap(result.facets?.company)).toEqual(count(({ companyId }) => companyId));
        expect(asMap(result.facets?.category)).toEqual(count(({ categoryId }) => categoryId));
        expect(asMap(result.facets?.rxOnly)).toEqual(count(({ rxOnly }) => rxOnly));
        expect(asMap(result.facets?.inStock)).toEqual(count(({ drugId }) => stock.has(drugId)));
      }),
      { numRuns: 150 },
    );
  });
});

describe('a word with one error', () => {
  const view = viewOf([
    BRANDS.split(' ').map((brand, n) => aDocument({ drugId: n + 1, name: `${brand} 20 tabs` })),
  ]);
  const brand = fc.constantFrom(...BRANDS.split(' ').filter((word) => /^[a-z]{5,}$/.test(word)));
  const letter = fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz');

  it('is found, whatever the error', () => {
    fc.assert(
      fc.property(brand, fc.nat({ max: 3 }), fc.nat({ max: 40 }), letter, (wanted, sort, place, put) => {
        const at = place % wanted.length;
        const typed =
          [
            wanted.slice(0, at) + wanted.slice(at + 1),
            wanted.slice(0, at) + put + wanted.slice(at),
            wanted.slice(0, at) + put + wanted.slice(at + 1),
            wanted.slice(0, at) + (wanted[at + 1] ?? '') + (wanted[at] ?? '') + wanted.slice(at + 2),
          ][sort] ?? '';
        const ids = idsOf(find(view, typed, { limit: 10 }));
        expect(ids, typed).toContain(BRANDS.split(' ').indexOf(wanted) + 1);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('any text', () => {
  const view = viewOf([
    Array.from({ length: 400 }, (_, n) =>
      aDocument({ drugId: n + 1, name: `${BRANDS.split(' ')[n % 33] ?? ''} ${n}% x`, nameAr: 'بنادول' }),
    ),
  ]);
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.string({ unit: fc.constantFrom(...'*?"%_ \\\'()ab1'), maxLength: 60 }),
    fc.string({ unit: fc.constantFrom('a', 'b', ' ', 'ا', '1'), maxLength: 1500 }),
    fc.constantFrom(
      'constructor',
      '__proto__',
      '\ud800',
      '*'.repeat(900),
      'a*'.repeat(400),
      'aab'.repeat(300),
      '9'.repeat(900),
    ),
  );

  it('is answered, quickly', () => {
    fc.assert(
      fc.property(text, (typed) => {
        const before = process.cpuUsage();
        const result = find(view, typed);
        const { user } = process.cpuUsage(before);
        expect(result.hits.length).toBeLessThanOrEqual(20);
        expect(result.total).toBeGreaterThanOrEqual(result.hits.length);
        // A millisecond on a quiet machine; only a search that runs away takes seconds of the processor.
        expect(user / 1000).toBeLessThan(5000);
      }),
      { numRuns: 600 },
    );
  });
});
