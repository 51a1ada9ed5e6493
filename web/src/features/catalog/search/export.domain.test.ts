import { describe, expect, it } from 'vitest';
import { exportPlan } from './export.domain';

describe('exporting what is filtered', () => {
  it('takes one value of each filter over', () => {
    expect(exportPlan(undefined, { dosageForm: ['tablet'], company: ['GSK'], rxOnly: false })).toEqual({
      dosageForm: 'tablet',
      company: 'GSK',
      rxOnly: false,
    });
    expect(exportPlan(undefined, {})).toEqual({});
  });

  it('exports nothing rather than something else', () => {
    expect(exportPlan('amox', {})).toBeUndefined();
    expect(exportPlan(undefined, { dosageForm: ['tablet', 'capsule'] })).toBeUndefined();
    expect(exportPlan(undefined, { inStock: true })).toBeUndefined();
  });
});
