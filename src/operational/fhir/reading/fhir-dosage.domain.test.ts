import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import * as fhir from './fhir.schemas.js';
import { ofIngredient, readIntakes, strengthOf } from './fhir-dosage.domain.js';
import type { FhirMedicationUse } from './fhir.types.js';

/** An order with these directions, read as the server reads it. */
function ordered(dosageInstruction: unknown, more: object = {}): FhirMedicationUse {
  const order = { resourceType: 'MedicationRequest', dosageInstruction, ...more };
  return { ...fhir.MedicationUse.parse(order), contained: [] };
}
const read = (dosageInstruction: unknown, more?: object, weightKg: string | null = null) =>
  readIntakes(ordered(dosageInstruction, more), weightKg);

const dose = (value: number, unit: string, code?: string) => ({
  doseAndRate: [
    {
      doseQuantity: {
        value,
        unit,
        ...(code ? { code, system: 'http://unitsofmeasure.org' } : {}),
      },
    },
  ],
});
const every = (frequency: number, period: number, periodUnit: string, more: object = {}) => ({
  timing: { repeat: { frequency, period, periodUnit, ...more } },
});

describe('directions of an order', () => {
  it.each<[string, unknown, object[]]>([
    [
      'a dose three times a day',
      [{ ...dose(500, 'mg'), ...every(3, 1, 'd') }],
      [{ dose: '500', unit: 'mg', frequencyPerDay: '3' }],
    ],
    [
      'every eight hours',
      [{ ...dose(1, 'tablet'), ...every(1, 8, 'h') }],
      [{ dose: '1', unit: 'tablet', frequencyPerDay: '3' }],
    ],
    [
      'every 4 to 6 hours: at most',
      [{ ...dose(1, 'tablet'), ...every(1, 4, 'h', { periodMax: 6 }) }],
      [{ dose: '1', unit: 'tablet', frequencyPerDay: '6' }],
    ],
    [
      'one or two tablets: at most',
      [{ doseAndRate: [{ doseRange: { low: { value: 1, unit: 'TAB' }, high: { value: 2, unit: 'TAB' } } }] }],
      [{ dose: '2', unit: 'tablet' }],
    ],
    [
      'once a week, rounded up',
      [{ ...dose(15, 'mg'), ...every(1, 1, 'wk') }],
      [{ dose: '15', unit: 'mg', frequencyPerDay: '0.142858' }],
    ],
    [
      'BID by a code',
      [{ ...dose(5, 'mg'), timing: { code: { coding: [{ code: 'BID' }] } } }],
      [{ dose: '5', unit: 'mg', frequencyPerDay: '2' }],
    ],
    [
      'by times of the day',
      [{ ...dose(5, 'mg'), timing: { repeat: { timeOfDay: ['08:00', '20:00'] } } }],
      [{ dose: '5', unit: 'mg', frequencyPerDay: '2' }],
    ],
    [
      'a most per day caps the frequency',
      [
        {
          ...dose(1, 'tablet'),
          ...every(1, 2, 'h'),
          maxDosePerPeriod: { numerator: { value: 8, unit: 'tablet' }, denominator: { value: 1, code: 'd' } },
        },
      ],
      [{ dose: '1', unit: 'tablet', frequencyPerDay: '8' }],
    ],
    ['units of UCUM', [dose(100, 'ug', 'ug')], [{ dose: '100', unit: 'mcg' }]],
    ['units of insulin', [dose(10, 'units', '[iU]')], [{ dose: '10', unit: 'iu' }]],
    ['tablets in braces', [dose(2, 'tab', '{tablet}')], [{ dose: '2', unit: 'tablet' }]],
    [
      'a list without its brackets',
      [{ doseAndRate: { doseQuantity: { value: 5, unit: 'mL' } } }],
      [{ dose: '5', unit: 'ml' }],
    ],
    [
      'the STU3 spelling',
      [{ doseQuantity: { value: 5, unit: 'mL' }, ...every(2, 1, 'd') }],
      [{ dose: '5', unit: 'ml', frequencyPerDay: '2' }],
    ],
    [
      'a course',
      [{ ...dose(5, 'mg'), timing: { repeat: { boundsDuration: { value: 2, code: 'wk' } } } }],
      [{ dose: '5', unit: 'mg', days: 14 }],
    ],
    [
      'a period with both ends',
      [{ timing: { repeat: { boundsPeriod: { start: '2015-01-16', end: '2015-01-20T10:00:00Z' } } } }],
      [{ days: 5 }],
    ],
    ['a period without an end', [{ timing: { repeat: { boundsPeriod: { start: '2015-01-16' } } } }], [{}]],
    [
      'two at once',
      [
        { ...dose(10, 'mg'), ...every(1, 1, 'd') },
        { ...dose(20, 'mg'), ...every(1, 1, 'd') },
      ],
      [
        { dose: '10', unit: 'mg', frequencyPerDay: '1' },
        { dose: '20', unit: 'mg', frequencyPerDay: '1' },
      ],
    ],
    [
      'one after the other: the largest',
      [
        { sequence: 1, ...dose(10, 'mg'), ...every(1, 1, 'd') },
        { sequence: 2, ...dose(20, 'mg'), ...every(1, 1, 'd') },
      ],
      [{ dose: '20', unit: 'mg', frequencyPerDay: '1' }],
    ],
    [
      'one after the other, in units that cannot be compared: none',
      [
        { sequence: 1, ...dose(1, 'tablet'), ...every(1, 1, 'd') },
        { sequence: 2, ...dose(20, 'mg'), ...every(1, 1, 'd') },
      ],
      [{}],
    ],
    [
      'a hundred times a day is left out',
      [{ ...dose(1, 'ml'), ...every(100, 1, 'd') }],
      [{ dose: '1', unit: 'ml' }],
    ],
    ['every no hours', [every(1, 0, 'h')], [{}]],
    ['a dose below nothing', [dose(-5, 'mg')], [{}]],
    ['a dose of nothing', [dose(0, 'mg')], [{}]],
    ['a dose of other numbers', [dose(1e-12, 'mg')], [{}]],
    ['no directions', undefined, [{}]],
    ['directions that are none', 'twice a day', [{}]],
  ])('%s', (_, given, expected) => {
    expect(read(given)).toEqual(expected);
  });

  it('take the days of the supply where no course is stated', () => {
    const supply = { dispenseRequest: { expectedSupplyDuration: { value: 10, unit: 'days', code: 'd' } } };
    expect(read([dose(5, 'mg')], supply)).toEqual([{ dose: '5', unit: 'mg', days: 10 }]);
    expect(read(undefined, supply)).toEqual([{ days: 10 }]);
  });

  it('make a dose per kilogram one for the patient, where the weight is known', () => {
    expect(read([dose(15, 'mg/kg', 'mg/kg')], {}, '12.5')).toEqual([{ dose: '187.5', unit: 'mg' }]);
    expect(read([dose(15, 'mg/kg', 'mg/kg')])).toEqual([{ dose: '15', unit: 'mg/kg' }]);
  });

  it('are never more than screening takes, whatever they are', () => {
    const quantity = fc.record({
      value: fc.oneof(fc.double(), fc.integer(), fc.string()),
      unit: fc.string(),
      code: fc.constantFrom('mg', 'mL', 'd', 'h', 'wk', 'mg/kg', ''),
    });
    const directions = fc.record(
      {
        sequence: fc.oneof(fc.integer(), fc.string()),
        timing: fc.record({
          repeat: fc.record({
            frequency: fc.double(),
            frequencyMax: fc.integer(),
            period: fc.double(),
            periodUnit: fc.constantFrom('d', 'h', 's', 'a', 'x'),
            boundsDuration: quantity,
          }),
        }),
        doseAndRate: fc.oneof(fc.array(fc.record({ doseQuantity: quantity })), fc.string()),
        maxDosePerPeriod: fc.record({ numerator: quantity, denominator: quantity }),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.array(directions, { maxLength: 5 }), (given) => {
        const intakes = read(given, {}, '70');
        expect(intakes.length).toBeGreaterThan(0);
        for (const { dose: amount, unit, frequencyPerDay, days } of intakes) {
          expect(amount === undefined).toBe(unit === undefined);
          if (amount !== undefined) {
            expect(amount).toMatch(/^\d{1,9}(\.\d{1,6})?$/);
            expect(amount).toMatch(/[1-9]/);
          }
          if (unit !== undefined) expect(unit.length).toBeLessThanOrEqual(30);
          if (frequencyPerDay !== undefined) {
            expect(frequencyPerDay).toMatch(/^\d{1,2}(\.\d{1,6})?$/);
            expect(frequencyPerDay).toMatch(/[1-9]/);
          }
          if (days !== undefined) expect(days >= 1 && days <= 3660 && Number.isInteger(days)).toBe(true);
        }
      }),
    );
  });
});

describe('an intake of one ingredient', () => {
  const perTablet = { amount: '500', unit: 'mg', perAmount: null, perUnit: null };
  const perFive = { amount: '250', unit: 'mg', perAmount: '5', perUnit: 'ml' };
  it.each([
    [
      'tablets through the strength',
      { dose: '2', unit: 'tablet', frequencyPerDay: '3' },
      perTablet,
      false,
      { dose: '1000', unit: 'mg', frequencyPerDay: '3' },
    ],
    [
      'millilitres through the strength',
      { dose: '7.5', unit: 'ml' },
      perFive,
      false,
      { dose: '375', unit: 'mg' },
    ],
    [
      'milligrams of the only ingredient',
      { dose: '400', unit: 'mg' },
      perTablet,
      true,
      { dose: '400', unit: 'mg' },
    ],
    [
      'milligrams of a combination: of which, nobody knows',
      { dose: '400', unit: 'mg', days: 5 },
      perTablet,
      false,
      { days: 5 },
    ],
    ['tablets of unknown strength of a combination', { dose: '1', unit: 'tablet' }, null, false, {}],
    ['nothing stated', { days: 3 }, perTablet, true, { days: 3 }],
  ])('%s', (_, intake, strength, isOnly, expected) => {
    expect(ofIngredient(intake, strength, isOnly)).toEqual(expected);
  });

  it('has the strength of a Medication by piece or by volume', () => {
    const mg = (value: number) => ({
      value,
      unit: 'mg',
      comparator: undefined,
      system: undefined,
      code: undefined,
    });
    expect(strengthOf(mg(500), { ...mg(1), unit: 'TAB' })).toEqual(perTablet);
    expect(strengthOf(mg(250), { ...mg(5), unit: 'mL' })).toEqual(perFive);
    expect(strengthOf(undefined, mg(1))).toBeNull();
  });
});
