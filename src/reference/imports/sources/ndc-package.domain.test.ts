import { describe, expect, it } from 'vitest';

import { readNdcPackage } from './ndc-package.domain.js';

const code = (ndc: string, baseUnits: string, packLevel = 'pack') => ({ ndc, baseUnits, packLevel });

describe('a package description', () => {
  it.each([
    ['100 TABLET in 1 BOTTLE (0781-1506-01)', 'tablet', [code('0781-1506-01', '100')]],
    ['4 BOTTLE in 1 CONTAINER (0002-0485-04)  > 2000 g in 1 BOTTLE', 'piece', [code('0002-0485-04', '4')]],
    ['25 kg in 1 DRUM (49452-1001-1) ', 'piece', [code('49452-1001-1', '1')]],
    [
      '1 VIAL, MULTI-DOSE in 1 CAN (0002-1200-30)  > 30 mL in 1 VIAL, MULTI-DOSE',
      'vial',
      [code('0002-1200-30', '1')],
    ],
    ['10 mL in 1 VIAL (0002-1407-01)', 'vial', [code('0002-1407-01', '1')]],
    ['.5 mL in 1 SYRINGE (0002-1407-02)', 'syringe', [code('0002-1407-02', '1')]],
    [
      '9 TRAY in 1 BOX (0002-1401-71)  > 160 SYRINGE in 1 TRAY > .5 mL in 1 SYRINGE',
      'syringe',
      [code('0002-1401-71', '1440')],
    ],
    [
      '10 BLISTER PACK in 1 CARTON (0093-7146-06)  > 10 TABLET, FILM COATED in 1 BLISTER PACK (0093-7146-19)',
      'tablet',
      [code('0093-7146-06', '100'), code('0093-7146-19', '10', 'strip')],
    ],
    [
      '10 BLISTER PACK in 1 CARTON (0093-7146-06)  / 10 CAPSULE in 1 BLISTER PACK',
      'capsule',
      [code('0093-7146-06', '100')],
    ],
    [
      '12 CARTON in 1 CASE (0338-0049-12)  > 10 VIAL in 1 CARTON (0338-0049-10)  > 5 mL in 1 VIAL (0338-0049-01)',
      'vial',
      [code('0338-0049-12', '120', 'case'), code('0338-0049-10', '10'), code('0338-0049-01', '1')],
    ],
    [
      '1 KIT in 1 KIT (43093-107-01)  *  1.03 g in 1 BOTTLE *  100 g in 1 JAR',
      'piece',
      [code('43093-107-01', '1')],
    ],
    ['strange words (43093-107-01)', 'piece', [code('43093-107-01', '1')]],
  ])('%s', (description, baseUnit, codes) => {
    expect(readNdcPackage(description)).toEqual({ baseUnit, codes });
  });

  it('without an NDC says nothing', () => {
    expect(readNdcPackage('100 TABLET in 1 BOTTLE')).toBeUndefined();
  });

  it('does not multiply beyond sense', () => {
    const long = Array.from({ length: 9 }, () => '99999 BOX in 1 BOX').join(' > ');
    expect(readNdcPackage(`99999 BOX in 1 BOX (0002-1401-71) > ${long}`)?.codes[0]).not.toHaveProperty(
      'baseUnits',
    );
  });
});
