import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { identifierOf } from './identifier.domain';

const TODAY = '2026-11-30';

describe('a second identifier', () => {
  it.each([
    ['09031984', { birthDate: '1984-03-09' }],
    ['09/03/1984', { birthDate: '1984-03-09' }],
    ['1984-03-09', { birthDate: '1984-03-09' }],
    ['٠٩٠٣١٩٨٤', { birthDate: '1984-03-09' }],
    ['29022024', { birthDate: '2024-02-29' }],
    ['+20 100 444 0199', { phone: '+20 100 444 0199' }],
    ['01004440199', { phone: '01004440199' }],
    ['23456789', { phone: '23456789' }],
    ['28403091234567', { nationalId: '28403091234567' }],
  ])('%s is read', (typed, told) => expect(identifierOf(typed, TODAY)).toEqual(told));

  it.each(['', '0903', '090384', 'Salma', '123456789012345'])('%s is not enough of any', (typed) =>
    expect(identifierOf(typed, TODAY)).toBeUndefined(),
  );

  it('of a day that is still to come, or does not exist, is no birth date', () => {
    for (const typed of ['01122026', '30021984', '31041984', '00011984'])
      expect(identifierOf(typed, TODAY)).not.toHaveProperty('birthDate');
  });

  it('reads every birth date in both orders as the same day', () => {
    const days = fc.date({ min: new Date('1900-01-01'), max: new Date(TODAY), noInvalidDate: true });
    fc.assert(
      fc.property(days, (date) => {
        const birthDate = date.toISOString().slice(0, 10);
        const [year = '', month = '', day = ''] = birthDate.split('-');
        expect(identifierOf(`${day}${month}${year}`, TODAY)).toEqual({ birthDate });
        expect(identifierOf(`${year}${month}${day}`, TODAY)).toEqual({ birthDate });
      }),
    );
  });
});
