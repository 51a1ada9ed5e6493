import { describe, expect, it } from 'vitest';

import { productTitle, shorten } from './product-title.domain.js';

describe('a product name made of columns', () => {
  it.each([
    [{ brand: 'ZESTRIL', strength: '10 mg', form: 'tablet' }, 'ZESTRIL 10 MG TABLET'],
    [{ brand: 'Zestril', strength: '10 mg', form: 'tablet' }, 'Zestril 10 mg tablet'],
    [{ brand: 'NEO-ZOL CREAM 1%', strength: '1 %', form: 'cream' }, 'NEO-ZOL CREAM 1%'],
    [{ brand: 'APO-TRIAZO TAB', strength: '50 mg / 25 mg', form: 'tablet' }, 'APO-TRIAZO TAB 50 MG / 25 MG'],
    [{ brand: '  OXYGEN,   USP ', form: 'medicinal gas' }, 'OXYGEN, USP MEDICINAL GAS'],
    [{ brand: ' ', strength: '10 mg', form: 'tablet' }, ''],
    [{ brand: 'CENTRUM', strength: '1 mg / '.repeat(30), form: 'tablet' }, 'CENTRUM TABLET'],
  ])('%j', (parts, title) => {
    expect(productTitle(parts)).toBe(title);
  });

  it('is never longer than the catalogue takes', () => {
    expect(productTitle({ brand: 'WORD '.repeat(300) }).length).toBeLessThanOrEqual(500);
    expect(shorten('x'.repeat(600)).length).toBe(500);
    expect(shorten('short')).toBe('short');
  });
});
