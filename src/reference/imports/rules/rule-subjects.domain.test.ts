import { describe, expect, it } from 'vitest';

import { productAsked, RuleSubjects, type RuleIngredient } from './rule-subjects.domain.js';

const WARFARIN = { ingredientId: 1, name: 'warfarin' };
const ASPIRIN = { ingredientId: 2, name: 'acetylsalicylic acid' };
const LITHIUM = { ingredientId: 3, name: 'lithium' };

const subjects = new RuleSubjects({
  names: [
    { ...WARFARIN, alias: 'warfarin', isOwn: true },
    { ...WARFARIN, alias: 'Marevan', isOwn: false },
    { ...WARFARIN, alias: 'وارفارين', isOwn: false },
    { ...ASPIRIN, alias: 'acetylsalicylic acid', isOwn: true },
    { ...ASPIRIN, alias: 'aspirin', isOwn: false },
    { ...LITHIUM, alias: 'lithium', isOwn: true },
    { ...WARFARIN, alias: 'double', isOwn: false },
    { ...ASPIRIN, alias: 'double', isOwn: false },
    { ...LITHIUM, alias: 'nsaids', isOwn: false },
  ],
  codes: [
    { ...WARFARIN, system: 'rxcui', code: '11289' },
    { ...WARFARIN, system: 'unii', code: '5Q7ZVV76EI' },
    { ...ASPIRIN, system: 'cas', code: '50-78-2' },
    { ...WARFARIN, system: 'atc', code: 'B01AA03' },
    { ...ASPIRIN, system: 'atc', code: 'N02BA01' },
    { ...LITHIUM, system: 'atc', code: 'N02BA01' },
  ],
  ids: [
    { ...WARFARIN, id: 1 },
    { ...WARFARIN, id: 9 },
  ],
  groups: [{ groupId: 7, code: 'nsaids', name: 'Non-steroidal anti-inflammatory drugs' }],
});
const products = new Map<number, RuleIngredient | null>([
  [100, WARFARIN],
  [200, null],
]);

const find = (text: string, kind = ''): string => {
  const finding = subjects.find(text, kind, products);
  return 'found' in finding ? (finding.found.groupCode ?? finding.found.name) : finding.reason;
};

describe('what a rule is about', () => {
  it.each([
    ['Warfarin', '', 'warfarin'],
    ['WARFARIN SODIUM', '', 'warfarin'],
    ['marevan', 'ingredient', 'warfarin'],
    ['وارفارين', '', 'warfarin'],
    ['Aspirin', '', 'acetylsalicylic acid'],
    ['nsaids', 'group', 'nsaids'],
    ['non-steroidal anti-inflammatory drugs', '', 'nsaids'],
    ['nsaids', 'any', 'lithium'],
    ['11289', 'rxcui', 'warfarin'],
    ['rxcui:11289', '', 'warfarin'],
    ['5q7zvv76ei', 'UNII', 'warfarin'],
    ['50-78-2', 'cas', 'acetylsalicylic acid'],
    ['b01aa03', 'atc', 'warfarin'],
    ['9', 'id', 'warfarin'],
    ['100', 'product', 'warfarin'],
    ['product: 100', '', 'warfarin'],
  ])('%s (%s) is %s', (text, kind, name) => {
    expect(find(text, kind)).toBe(name);
  });

  it.each([
    ['', '', 'is missing'],
    ['warfarine', '', 'is neither an ingredient nor a group of the catalogue'],
    ['double', '', 'may mean several ingredients of the catalogue'],
    ['N02BA01', 'atc', 'is the ATC code of several ingredients'],
    ['N02BA', 'atc', 'is an ATC class, not one ingredient: name a group instead'],
    ['1', 'rxcui', 'is no RXCUI code of the catalogue'],
    ['1e0', 'id', 'is no ingredient id of the catalogue'],
    ['200', 'product', 'is a product that has not just one known ingredient'],
    ['300', 'product', 'is no product id of the catalogue'],
    ['warfarin', 'brand', 'is said to be "brand", which is no sort of name'],
    ['__proto__', '', 'is neither an ingredient nor a group of the catalogue'],
    ['constructor', 'group', 'is no group of the catalogue'],
  ])('"%s" (%s) is refused: %s', (text, kind, reason) => {
    expect(find(text, kind)).toBe(reason);
  });

  it.each([
    ['12', 'product', 12],
    ['product:12', '', 12],
    ['12', 'id', undefined],
    ['twelve', 'product', undefined],
  ])('%s (%s) asks for product %s', (text, kind, id) => {
    expect(productAsked(text, kind)).toBe(id);
  });
});
