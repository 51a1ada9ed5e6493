import { describe, expect, it } from 'vitest';

import { pagesOf, renderTags, unitPriceOf } from './price-tag.domain.js';
import type { Tag } from './price-tags.types.js';

const tag = (values: Partial<Tag> = {}): Tag => ({
  ...{ name: 'Handrub 500 ml', nameAr: 'معقم يدين 500 مل', price: '12.50', currency: 'EGP' },
  ...{ unitPrice: '1.25', baseUnit: 'piece', barcode: null },
  ...values,
});

describe('price tags', () => {
  it('say what a unit costs, to the smallest coin, where a pack has several', () => {
    expect(unitPriceOf('10.00', '3', 2)).toBe('3.33');
    expect(unitPriceOf('10.00', '3', 3)).toBe('3.333');
    expect(unitPriceOf('0.05', '10', 2)).toBe('0.01');
    expect(unitPriceOf('10.00', '1', 2)).toBeNull();
  });

  it('fill sheets from the first free place, and one page each on a roll', () => {
    const tags = Array.from({ length: 25 }, () => tag());
    const sheets = pagesOf(tags, 'a4-24', 3);
    expect(sheets.map((page) => page.length)).toEqual([24, 4]);
    expect(sheets[0]?.slice(0, 4)).toEqual([null, null, null, tag()]);
    expect(pagesOf(tags, 'roll-50x30', 3)).toHaveLength(25);
    expect(pagesOf([tag()], 'a4-14', 99)[0]?.filter((one) => one === null)).toHaveLength(13);
  });

  it('are in the language asked for, prices from the left in both', () => {
    const options = { size: 'a4-24', skip: 0 } as const;
    const [en, ar] = (['en', 'ar'] as const).map((lang) => renderTags([tag()], { ...options, lang }));
    expect(en).toContain('Handrub 500 ml');
    expect(en).toContain('per <bdi>piece</bdi>');
    expect(ar).toContain('dir="rtl"');
    expect(ar).toContain('معقم يدين');
    for (const page of [en, ar]) expect(page).toContain('<bdi dir="ltr">12.50 <small>EGP</small></bdi>');
    expect(renderTags([tag({ nameAr: null })], { ...options, lang: 'ar' })).toContain('Handrub 500 ml');
  });
});
