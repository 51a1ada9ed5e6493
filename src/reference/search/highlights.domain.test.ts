import { describe, expect, it } from 'vitest';

import { Dictionary } from './dictionary.domain.js';
import type { SearchTerm } from './engine/search.types.js';
import { highlightsOf } from './highlights.domain.js';
import type { ShownTexts } from './search.types.js';

const dictionary = new Dictionary({
  ingredients: [
    {
      ingredientId: 1,
      name: 'paracetamol',
      nameAr: 'باراسيتامول',
      synonyms: ['APAP', 'acetaminophen (USAN)'],
      atcCode: 'N02BE01',
      groupIds: [5],
    },
  ],
  groups: [{ groupId: 5, name: 'Anilides', nameAr: null, parentGroupId: null, otherNames: ['pain killers'] }],
  companies: [{ companyId: 7, name: 'Haleon' }],
  categories: [
    { categoryId: 9, name: 'Analgesics', nameAr: 'مسكنات', atcCode: 'N02', parentCategoryId: null },
  ],
  forms: [],
  routes: [],
});

const texts: ShownTexts = {
  name: 'Crème 0.5% Panadol-Extra 500mg (100%)',
  nameAr: 'بنادول إكسترا ٥٠٠',
  activeRaw: 'paracetamol + zincum',
  strength: '500 mg',
  dosageForm: 'capsule',
  route: 'oral',
  company: 'GSK',
  category: 'Analgesics',
  ingredients: [{ ingredientId: 1, name: 'paracetamol' }],
};

const term = (values: Partial<SearchTerm>): SearchTerm => {
  const token = values.token ?? '';
  return { word: token, field: 'name', token, length: token.length, entityId: null, ...values };
};
const marks = (...terms: SearchTerm[]): string[] =>
  highlightsOf(texts, terms, dictionary).map(
    ({ field, text, start, end }) => `${field}: ${text.slice(start, end)}`,
  );

describe('highlights', () => {
  it.each([
    [{ token: 'creme' }, 'name: Crème'],
    [{ token: 'creme', length: 3 }, 'name: Crè'],
    [{ token: 'panadol', word: 'pandol' }, 'name: Panadol'],
    [{ token: '0.5%' }, 'name: 0.5%'],
    [{ token: '500' }, 'name: 500'],
    [{ token: 'mg' }, 'name: mg'],
    [{ token: '500', field: 'nameAr' }, 'nameAr: ٥٠٠'],
    [{ token: 'اكسترا', length: 3, field: 'nameAr' }, 'nameAr: إكس'],
    [{ token: 'zincum', field: 'active' }, 'activeRaw: zincum'],
    [{ token: 'paracetamol', length: 4, field: 'ingredient', entityId: 1 }, 'ingredient: para'],
    [{ token: 'باراسيتامول', field: 'ingredient', entityId: 1 }, 'ingredient: باراسيتامول'],
    [{ token: 'usan', field: 'synonym', entityId: 1 }, 'synonym: USAN'],
    [{ token: 'killers', field: 'group', entityId: 5 }, 'group: killers'],
    [{ token: 'haleon', field: 'company', entityId: 7 }, 'company: Haleon'],
    [{ token: 'مسكنات', field: 'category', entityId: 9 }, 'category: مسكنات'],
    [{ token: 'n02be01', field: 'atc' }, 'atc: N02BE01'],
    [{ token: 'كبسول', field: 'form' }, 'dosageForm: capsule'],
    [{ token: '(', field: 'name' }, 'name: ('],
  ] as const)('of %j are %j', (values, expected) => {
    expect(marks(term(values))).toEqual([expected]);
  });

  it('are none where the word cannot be shown', () => {
    expect(marks(term({ token: 'nothing' }), term({ token: 'x', field: 'synonym', entityId: 99 }))).toEqual(
      [],
    );
  });

  it('are not given twice', () => {
    expect(marks(term({ token: 'panadol' }), term({ token: 'panadol' }))).toEqual(['name: Panadol']);
  });
});
