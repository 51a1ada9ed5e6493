import { describe, expect, it } from 'vitest';
import { chosenFilters, NO_FILTERS, toggled, without, withoutLastWord } from './filters.domain';

describe('filters of the drug search', () => {
  it('adds a value and takes it out again', () => {
    const added = toggled({ dosageForm: ['tablet'] }, 'dosageForm', 'syrup');
    expect(added).toEqual({ dosageForm: ['tablet', 'syrup'] });
    expect(toggled(added, 'dosageForm', 'tablet')).toEqual({ dosageForm: ['syrup'] });
  });

  it('is no filter any more when its last value is taken out', () => {
    expect(toggled({ company: ['gsk'] }, 'company', 'gsk')).toEqual({ company: undefined });
  });

  it('lists what is chosen, flags first, "not prescription-only" included', () => {
    expect(chosenFilters({ company: ['gsk', 'eva'], rxOnly: false })).toEqual([
      { kind: 'flag', name: 'rxOnly', value: false },
      { kind: 'value', name: 'company', value: 'gsk' },
      { kind: 'value', name: 'company', value: 'eva' },
    ]);
    expect(chosenFilters(NO_FILTERS)).toEqual([]);
  });

  it('takes away exactly the value whose cross was pressed', () => {
    const filters = { route: ['oral', 'rectal'], inStock: true };
    expect(without(filters, { kind: 'value', name: 'route', value: 'oral' })).toEqual({ route: ['rectal'] });
    expect(without(filters, { kind: 'flag', name: 'inStock', value: true })).toEqual({ inStock: undefined });
  });

  it('offers a search without the last word only where a word is left', () => {
    expect(withoutLastWord('amox 500  caps')).toBe('amox 500');
    expect(withoutLastWord('amox')).toBeUndefined();
  });
});
