import { describe, expect, it } from 'vitest';

import { packKey, priceOfPack, readablePacks, settlePacks, type GivenPack } from './drug-packs.domain.js';

const figures = { price: '50.00', unitsPerPack: '30', unitsPerStrip: '10' };
const pack = (baseUnits: string, more: Partial<GivenPack> = {}): GivenPack => ({
  level: 'pack',
  baseUnits,
  ...more,
});

describe('packs of a product', () => {
  it('have the one of the size of the product as their default, said or not', () => {
    const settled = settlePacks(
      [pack('30', { description: '3 blisters' }), pack('100'), pack('10', { level: 'strip' })],
      figures,
    );
    expect(settled.map(({ baseUnits, isDefault }) => [baseUnits, isDefault])).toEqual([
      ['30', true],
      ['100', false],
      ['10', true],
    ]);
  });

  it('have one default of a level: the one that is said, or the first of the size', () => {
    const two = [pack('30', { description: 'bottle' }), pack('30.000', { description: 'blisters' })];
    const defaults = (given: GivenPack[]) => settlePacks(given, figures).map(({ isDefault }) => isDefault);
    expect(defaults(two)).toEqual([true, false]);
    expect(defaults([two[0] ?? pack('30'), { ...pack('30'), isDefault: true }])).toEqual([false, true]);
  });

  it.each([
    ['a pack given twice', [pack('30'), pack('30.0')]],
    ['a default of another size', [pack('31', { isDefault: true })]],
    ['a unit of two', [pack('2', { level: 'unit' })]],
    ['a default case', [pack('300', { level: 'case', isDefault: true })]],
    ['a strip no pack holds', [pack('31', { level: 'strip' })]],
    ['a case smaller than every pack', [pack('29', { level: 'case' })]],
  ])('refuse %s', (_, given) => {
    expect(() => settlePacks(given, figures)).toThrow();
  });

  it('cost their own price, or their share of the default pack', () => {
    expect(priceOfPack({ baseUnits: '10', price: null }, figures)?.toString()).toBe('16.667');
    expect(priceOfPack({ baseUnits: '300', price: '480' }, figures)?.toString()).toBe('480.00');
    expect(priceOfPack({ baseUnits: '30', price: null }, { ...figures, price: '0' })).toBeUndefined();
  });

  it('are told largest first, without those that repeat another', () => {
    const row = (level: GivenPack['level'], baseUnits: string, packId: number | null = null) => ({
      packId,
      level,
      baseUnits,
      isDefault: level === 'pack',
    });
    const told = (rows: ReturnType<typeof row>[]) =>
      readablePacks(rows).map(({ level, baseUnits }) => `${level} ${baseUnits}`);
    expect(told([row('unit', '1'), row('strip', '10'), row('pack', '30'), row('case', '300', 1)])).toEqual([
      'case 300',
      'pack 30',
      'strip 10',
      'unit 1',
    ]);
    expect(told([row('pack', '1'), row('unit', '1')])).toEqual(['pack 1']);
    expect(told([row('pack', '10'), row('strip', '10.000'), row('unit', '1')])).toEqual([
      'pack 10',
      'unit 1',
    ]);
    expect(told([row('pack', '30'), row('strip', '1'), row('unit', '1')])).toEqual(['pack 30', 'unit 1']);
  });

  it('are told apart by level, size and words', () => {
    expect(packKey(pack('30.000'))).toBe(packKey(pack('30', { description: '' })));
    expect(packKey(pack('30'))).not.toBe(packKey(pack('30', { description: 'bottle' })));
  });
});
