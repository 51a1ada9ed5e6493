import { describe, expect, it } from 'vitest';
import { changedFields, type DrugDraft, EMPTY_DRAFT, rebase, toCreate, toUpdate } from './drug-draft.domain';

const draft: DrugDraft = {
  ...EMPTY_DRAFT,
  name: 'Panadol 500 mg 24 tablets',
  company: { id: 4, name: 'GSK' },
  price: '30.00',
  baseUnit: 'tablet',
  unitsPerPack: '24',
  ingredients: [
    {
      key: 1,
      ingredient: { id: 9, name: 'paracetamol' },
      rawText: 'paracetamol 500 mg',
      amount: '500',
      unit: 'mg',
      perAmount: '',
      perUnit: '',
    },
  ],
  packs: [{ key: 3, level: 'pack', baseUnits: '48', description: 'family pack', price: '' }],
  barcodes: [{ key: 0, code: '6221000000017', packLevel: 'pack', packKey: 3, baseUnits: '' }],
};

describe('the form of a product', () => {
  it('sends ids of what was chosen, null for what was left empty, and no empty lines', () => {
    const empty = { key: 5, code: ' ', packLevel: 'pack', packKey: null, baseUnits: '' } as const;
    const lines = { ...draft, barcodes: [...draft.barcodes, empty] };
    expect(toCreate(lines)).toMatchObject({
      name: 'Panadol 500 mg 24 tablets',
      nameAr: null,
      companyId: 4,
      categoryId: null,
      priceCeiling: null,
      ingredients: [{ ingredientId: 9, amount: '500', unit: 'mg', perAmount: null }],
      barcodes: [
        { code: '6221000000017', pack: { level: 'pack', baseUnits: '48', description: 'family pack' } },
      ],
    });
  });

  it('says that no price is known with a zero, as the catalogue keeps it', () => {
    expect(toCreate({ ...draft, price: '' }).price).toBe('0');
  });

  it('sends only what was changed', () => {
    expect(toUpdate(draft, { ...draft, strength: '500 mg', route: 'oral' })).toEqual({
      strength: '500 mg',
      route: 'oral',
    });
    expect(changedFields(draft, draft)).toEqual([]);
  });

  it('keeps the day of a price with the price it belongs to', () => {
    expect(toUpdate(draft, { ...draft, priceFrom: '2027-01-01' })).toEqual({});
    expect(toUpdate(draft, { ...draft, price: '33.00', priceFrom: '2027-01-01' })).toEqual({
      price: '33.00',
      priceEffectiveFrom: '2027-01-01',
    });
  });

  it('sends barcodes together with packs, because they name them', () => {
    const changed = toUpdate(draft, {
      ...draft,
      packs: [{ key: 3, level: 'pack', baseUnits: '50', description: 'family pack', price: '' }],
    });
    expect(Object.keys(changed).sort()).toEqual(['barcodes', 'packs']);
  });
});

describe('what was typed, on top of what somebody else saved', () => {
  it('keeps both changes, so that saving undoes neither', () => {
    const theirs = { ...draft, price: '91.00' };
    const after = rebase(draft, { ...draft, strength: '0.5 g' }, theirs);
    expect(toUpdate(theirs, after)).toEqual({ strength: '0.5 g' });
  });

  it('is what was typed where both changed the same', () => {
    const theirs = { ...draft, price: '91.00', rxOnly: true };
    const after = rebase(draft, { ...draft, price: '95.00' }, theirs);
    expect(toUpdate(theirs, after)).toEqual({ price: '95.00' });
    expect(after.rxOnly).toBe(true);
  });

  it('takes packs and the barcodes that name them from one side', () => {
    const theirs = { ...draft, packs: [], barcodes: [] };
    const mine = { ...draft, barcodes: [] };
    expect(rebase(draft, mine, theirs).packs).toEqual(draft.packs);
    expect(rebase(draft, draft, theirs)).toEqual(theirs);
  });
});
