/** What was asked of a prescription, and what the answer must be. Quantities in base units, dates of the branch. */
export interface RefillCase {
  readonly name: string;
  /** Base units and days of one fill; 30/30 unless said. */
  readonly of?: `${string}/${number}`;
  /** Refills authorised; 2 unless said. */
  readonly refills?: number;
  /** Written on; 2026-01-01 unless said. */
  readonly written?: string;
  /** Months it stays valid; 12 unless said. */
  readonly months?: number;
  /** Share of the days that must be used; 0.75 unless said. */
  readonly share?: number;
  readonly status?: 'draft' | 'on_hold' | 'cancelled' | 'transferred';
  /** "number part quantity/days day", and the state where it is not dispensed. */
  readonly given?: readonly string[];
  /** Last fill at another pharmacy: "day/days". */
  readonly elsewhere?: `${string}/${number}`;
  /** The day it is asked for. */
  readonly on: string;
  /** The moment and zone whose day that is. */
  readonly at?: readonly [instant: string, zone: string];
  readonly ask?: 'fill' | 'refill';
  readonly quantity?: string;
  /** Free stock, where the rest may be owed. */
  readonly stock?: string;
  readonly early?: boolean;
  /** "number.part quantity/days owes quantity status", or the refusal. */
  readonly answer: string;
}

const FIRST = ['0 1 30/30 2026-01-01'];
const BOTH = [...FIRST, '1 1 30/30 2026-01-24'];
const PART = ['0 1 20/20 2026-01-01'];
const RIYADH = 'Asia/Riyadh';
const CAIRO = 'Africa/Cairo';
const NEW_YORK = 'America/New_York';

export const REFILL_CASES: readonly RefillCase[] = [
  // Whole fills and parts.
  { name: 'first fill', on: '2026-01-01', answer: '0.1 30/30 owes 0 filled' },
  { name: 'only fill', refills: 0, on: '2026-01-01', answer: '0.1 30/30 owes 0 completed' },
  { name: 'part of the first', quantity: '20', on: '2026-01-01', answer: '0.1 20/20 owes 10 filled' },
  {
    name: 'part of the only one',
    refills: 0,
    quantity: '20',
    on: '2026-01-01',
    answer: '0.1 20/20 owes 10 filled',
  },
  { name: 'what stock has', stock: '12.5', on: '2026-01-01', answer: '0.1 12.5/13 owes 17.5 filled' },
  { name: 'all where stock has more', stock: '31', on: '2026-01-01', answer: '0.1 30/30 owes 0 filled' },
  {
    name: 'all where stock has nothing, for stock to refuse',
    stock: '0',
    on: '2026-01-01',
    answer: '0.1 30/30 owes 0 filled',
  },
  { name: 'more than prescribed', quantity: '30.001', on: '2026-01-01', answer: 'more than 30' },
  { name: 'owed rest the same day', given: PART, on: '2026-01-01', answer: '0.2 10/10 owes 0 filled' },
  { name: 'owed rest much later', given: PART, on: '2026-07-01', answer: '0.2 10/10 owes 0 filled' },
  {
    name: 'owed rest of the only one',
    refills: 0,
    given: PART,
    on: '2026-01-05',
    answer: '0.2 10/10 owes 0 completed',
  },
  {
    name: 'owed rest asked for as a refill',
    given: PART,
    ask: 'refill',
    on: '2026-01-05',
    answer: '0.2 10/10 owes 0 filled',
  },
  {
    name: 'part of the owed rest',
    given: PART,
    quantity: '4',
    on: '2026-01-05',
    answer: '0.2 4/4 owes 6 filled',
  },
  {
    name: 'last of three parts',
    given: [...PART, '0 2 4/4 2026-01-05'],
    on: '2026-01-06',
    answer: '0.3 6/6 owes 0 filled',
  },
  { name: 'more than owed', given: PART, quantity: '11', on: '2026-01-05', answer: 'more than 10' },
  {
    name: 'owed rest of a refill',
    given: [...FIRST, '1 1 10/10 2026-01-24'],
    on: '2026-01-24',
    answer: '1.2 20/20 owes 0 filled',
  },
  {
    name: 'owed rest of the last refill',
    refills: 1,
    given: [...FIRST, '1 1 10/10 2026-01-24'],
    on: '2026-01-25',
    answer: '1.2 20/20 owes 0 completed',
  },
  {
    name: 'part of the last refill',
    refills: 1,
    given: FIRST,
    ask: 'refill',
    quantity: '1',
    on: '2026-01-24',
    answer: '1.1 1/1 owes 29 filled',
  },
  {
    name: 'a refill while a rest is owed is the rest',
    given: PART,
    ask: 'refill',
    on: '2026-03-01',
    answer: '0.2 10/10 owes 0 filled',
  },
  // Days of parts.
  {
    name: 'days rounded up',
    of: '28/30',
    quantity: '10',
    on: '2026-01-01',
    answer: '0.1 10/11 owes 18 filled',
  },
  {
    name: 'days of the rest add up',
    of: '28/30',
    given: ['0 1 10/11 2026-01-01'],
    on: '2026-01-02',
    answer: '0.2 18/19 owes 0 filled',
  },
  { name: 'half units', of: '7.5/10', quantity: '2.5', on: '2026-01-01', answer: '0.1 2.5/4 owes 5 filled' },
  {
    name: 'half units, the rest',
    of: '7.5/10',
    given: ['0 1 2.5/4 2026-01-01'],
    on: '2026-01-02',
    answer: '0.2 5/6 owes 0 filled',
  },
  {
    name: 'a thousandth lasts a day',
    quantity: '0.001',
    on: '2026-01-01',
    answer: '0.1 0.001/1 owes 29.999 filled',
  },
  {
    name: 'and the rest the others',
    given: ['0 1 0.001/1 2026-01-01'],
    on: '2026-01-01',
    answer: '0.2 29.999/29 owes 0 filled',
  },
  {
    name: 'a part within a day counts one',
    of: '30/5',
    given: ['0 1 1/1 2026-01-01'],
    quantity: '1',
    on: '2026-01-01',
    answer: '0.2 1/1 owes 28 filled',
  },
  // Taken back.
  {
    name: 'after a return',
    given: ['0 1 30/30 2026-01-01 returned_to_stock'],
    on: '2026-01-02',
    answer: '0.2 30/30 owes 0 filled',
  },
  {
    name: 'after one of two parts was reversed',
    given: ['0 1 20/20 2026-01-01 reversed', '0 2 10/10 2026-01-01'],
    on: '2026-01-01',
    answer: '0.3 20/20 owes 0 filled',
  },
  {
    name: 'a refill after its return',
    given: [...FIRST, '1 1 30/30 2026-01-24 returned_to_stock'],
    ask: 'refill',
    on: '2026-01-30',
    answer: '1.2 30/30 owes 0 filled',
  },
  {
    name: 'an older number reopened comes first and ends it',
    refills: 1,
    given: ['0 1 20/20 2026-01-01', '0 2 10/10 2026-01-24 reversed', '1 1 30/30 2026-01-24'],
    on: '2026-01-24',
    answer: '0.3 10/10 owes 0 completed',
  },
  // Fill or refill.
  { name: 'a refill before the first fill', ask: 'refill', on: '2026-01-01', answer: 'not-yet-filled' },
  { name: 'a fill after the first', given: FIRST, on: '2026-03-01', answer: 'refill-instead' },
  {
    name: 'a refill beyond those authorised',
    refills: 1,
    given: BOTH,
    ask: 'refill',
    on: '2026-06-01',
    answer: 'no-refills-left',
  },
  {
    name: 'the last refill',
    given: BOTH,
    ask: 'refill',
    on: '2026-02-16',
    answer: '2.1 30/30 owes 0 completed',
  },
  // Early.
  { name: 'a day early', given: FIRST, ask: 'refill', on: '2026-01-23', answer: 'too soon 2026-01-24' },
  { name: 'on the day', given: FIRST, ask: 'refill', on: '2026-01-24', answer: '1.1 30/30 owes 0 filled' },
  {
    name: 'early for a reason',
    given: FIRST,
    ask: 'refill',
    early: true,
    on: '2026-01-10',
    answer: '1.1 30/30 owes 0 filled, early for 2026-01-24',
  },
  {
    name: 'in time with a reason is not early',
    given: FIRST,
    ask: 'refill',
    early: true,
    on: '2026-01-24',
    answer: '1.1 30/30 owes 0 filled',
  },
  {
    name: 'the second by the one before it',
    given: BOTH,
    ask: 'refill',
    on: '2026-02-15',
    answer: 'too soon 2026-02-16',
  },
  {
    name: 'all days must be used',
    share: 1,
    given: FIRST,
    ask: 'refill',
    on: '2026-01-30',
    answer: 'too soon 2026-01-31',
  },
  {
    name: 'all days are used',
    share: 1,
    given: FIRST,
    ask: 'refill',
    on: '2026-01-31',
    answer: '1.1 30/30 owes 0 filled',
  },
  {
    name: 'no day must be used',
    share: 0,
    given: FIRST,
    ask: 'refill',
    on: '2026-01-01',
    answer: '1.1 30/30 owes 0 filled',
  },
  {
    name: 'half must be used',
    share: 0.5,
    given: FIRST,
    ask: 'refill',
    on: '2026-01-15',
    answer: 'too soon 2026-01-16',
  },
  {
    name: 'four fifths must be used',
    share: 0.8,
    given: FIRST,
    ask: 'refill',
    on: '2026-01-24',
    answer: 'too soon 2026-01-25',
  },
  {
    name: 'of a week six days',
    of: '7/7',
    given: ['0 1 7/7 2026-01-01'],
    ask: 'refill',
    on: '2026-01-06',
    answer: 'too soon 2026-01-07',
  },
  {
    name: 'of one day one',
    of: '1/1',
    given: ['0 1 1/1 2026-01-01'],
    ask: 'refill',
    on: '2026-01-01',
    answer: 'too soon 2026-01-02',
  },
  {
    name: 'of ninety days sixty-eight',
    of: '90/90',
    given: ['0 1 90/90 2026-01-01'],
    ask: 'refill',
    on: '2026-03-09',
    answer: 'too soon 2026-03-10',
  },
  {
    name: 'parts follow on each other',
    given: [...PART, '0 2 10/10 2026-01-05'],
    ask: 'refill',
    on: '2026-01-23',
    answer: 'too soon 2026-01-24',
  },
  {
    name: 'a part given late begins late',
    given: [...PART, '0 2 10/10 2026-02-10'],
    ask: 'refill',
    on: '2026-02-12',
    answer: 'too soon 2026-02-13',
  },
  {
    name: 'one being prepared counts',
    given: ['0 1 30/30 2026-01-01 in_progress'],
    ask: 'refill',
    on: '2026-01-10',
    answer: 'too soon 2026-01-24',
  },
  {
    name: 'one taken back does not',
    given: [...FIRST, '1 1 30/30 2026-02-20 reversed'],
    ask: 'refill',
    on: '2026-02-20',
    answer: '1.2 30/30 owes 0 filled',
  },
  // Month ends and leap days.
  {
    name: 'from the end of January',
    written: '2026-01-31',
    given: ['0 1 30/30 2026-01-31'],
    ask: 'refill',
    on: '2026-02-22',
    answer: 'too soon 2026-02-23',
  },
  {
    name: 'over the end of February',
    given: ['0 1 30/30 2026-02-10'],
    ask: 'refill',
    on: '2026-03-04',
    answer: 'too soon 2026-03-05',
  },
  {
    name: 'over a leap day',
    written: '2028-02-01',
    given: ['0 1 30/30 2028-02-10'],
    ask: 'refill',
    on: '2028-03-03',
    answer: 'too soon 2028-03-04',
  },
  {
    name: 'on a leap day',
    written: '2028-02-01',
    given: ['0 1 30/30 2028-02-06'],
    ask: 'refill',
    on: '2028-02-29',
    answer: '1.1 30/30 owes 0 filled',
  },
  {
    name: 'over the end of the year',
    written: '2026-12-01',
    given: ['0 1 30/30 2026-12-20'],
    ask: 'refill',
    on: '2027-01-11',
    answer: 'too soon 2027-01-12',
  },
  { name: 'a year is valid to the same day', on: '2027-01-01', answer: '0.1 30/30 owes 0 filled' },
  { name: 'and not a day longer', on: '2027-01-02', answer: 'expired' },
  {
    name: 'six months of 31 August end in February',
    written: '2026-08-31',
    months: 6,
    on: '2027-02-28',
    answer: '0.1 30/30 owes 0 filled',
  },
  { name: 'the day after', written: '2026-08-31', months: 6, on: '2027-03-01', answer: 'expired' },
  {
    name: 'six months of 31 August in a leap year',
    written: '2027-08-31',
    months: 6,
    on: '2028-02-29',
    answer: '0.1 30/30 owes 0 filled',
  },
  { name: 'the day after that', written: '2027-08-31', months: 6, on: '2028-03-01', answer: 'expired' },
  {
    name: 'a year of a leap day',
    written: '2028-02-29',
    on: '2029-02-28',
    answer: '0.1 30/30 owes 0 filled',
  },
  { name: 'and the day after', written: '2028-02-29', on: '2029-03-01', answer: 'expired' },
  { name: 'a month of 31 January', written: '2026-01-31', months: 1, on: '2026-03-01', answer: 'expired' },
  // Ended.
  { name: 'an owed rest after expiry', given: PART, on: '2027-01-02', answer: 'expired' },
  { name: 'a refill after expiry', given: FIRST, ask: 'refill', on: '2027-01-02', answer: 'expired' },
  { name: 'a draft', status: 'draft', on: '2026-01-01', answer: 'status' },
  { name: 'one on hold', status: 'on_hold', on: '2026-01-01', answer: 'status' },
  {
    name: 'one cancelled',
    status: 'cancelled',
    given: FIRST,
    ask: 'refill',
    on: '2026-02-01',
    answer: 'status',
  },
  { name: 'one transferred away', status: 'transferred', given: PART, on: '2026-02-01', answer: 'status' },
  // Taken over from another pharmacy.
  {
    name: 'filled elsewhere: early',
    elsewhere: '2026-01-20/30',
    on: '2026-02-11',
    answer: 'too soon 2026-02-12',
  },
  {
    name: 'filled elsewhere: in time',
    elsewhere: '2026-01-20/30',
    on: '2026-02-12',
    answer: '0.1 30/30 owes 0 filled',
  },
  {
    name: 'filled elsewhere: for a reason',
    elsewhere: '2026-01-20/30',
    early: true,
    on: '2026-01-21',
    answer: '0.1 30/30 owes 0 filled, early for 2026-02-12',
  },
  {
    name: 'filled elsewhere: the rest of a part is not early',
    elsewhere: '2026-01-20/30',
    given: ['0 1 20/20 2026-02-12'],
    on: '2026-02-12',
    answer: '0.2 10/10 owes 0 filled',
  },
  {
    name: 'filled elsewhere, then here',
    elsewhere: '2026-01-20/30',
    given: ['0 1 30/30 2026-02-12'],
    ask: 'refill',
    on: '2026-03-06',
    answer: 'too soon 2026-03-07',
  },
  // The day is that of the branch: one moment, three towns.
  {
    name: 'half past midnight in Riyadh',
    given: FIRST,
    ask: 'refill',
    at: ['2026-01-23T21:30:00Z', RIYADH],
    on: '2026-01-24',
    answer: '1.1 30/30 owes 0 filled',
  },
  {
    name: 'still the day before in Cairo',
    given: FIRST,
    ask: 'refill',
    at: ['2026-01-23T21:30:00Z', CAIRO],
    on: '2026-01-23',
    answer: 'too soon 2026-01-24',
  },
  {
    name: 'and in New York',
    given: FIRST,
    ask: 'refill',
    at: ['2026-01-23T21:30:00Z', NEW_YORK],
    on: '2026-01-23',
    answer: 'too soon 2026-01-24',
  },
  { name: 'expired in Riyadh', at: ['2027-01-01T22:30:00Z', RIYADH], on: '2027-01-02', answer: 'expired' },
  { name: 'expired in Cairo', at: ['2027-01-01T22:30:00Z', CAIRO], on: '2027-01-02', answer: 'expired' },
  {
    name: 'valid in New York',
    at: ['2027-01-01T22:30:00Z', NEW_YORK],
    on: '2027-01-01',
    answer: '0.1 30/30 owes 0 filled',
  },
  // Clocks change: Cairo on 24 April and 29 October 2026, New York on 8 March and 1 November.
  {
    name: 'Cairo, two days before summer time',
    given: ['0 1 30/30 2026-04-01'],
    ask: 'refill',
    at: ['2026-04-22T21:30:00Z', CAIRO],
    on: '2026-04-22',
    answer: 'too soon 2026-04-24',
  },
  {
    name: 'Cairo, summer time begun',
    given: ['0 1 30/30 2026-04-02'],
    ask: 'refill',
    at: ['2026-04-24T21:30:00Z', CAIRO],
    on: '2026-04-25',
    answer: '1.1 30/30 owes 0 filled',
  },
  {
    name: 'Cairo, the hour that comes twice',
    given: ['0 1 30/30 2026-10-07'],
    ask: 'refill',
    at: ['2026-10-29T21:30:00Z', CAIRO],
    on: '2026-10-29',
    answer: 'too soon 2026-10-30',
  },
  {
    name: 'Cairo, the hour after',
    given: ['0 1 30/30 2026-10-07'],
    ask: 'refill',
    at: ['2026-10-29T22:30:00Z', CAIRO],
    on: '2026-10-30',
    answer: '1.1 30/30 owes 0 filled',
  },
  {
    name: 'New York, the night before summer time',
    given: ['0 1 30/30 2026-02-13'],
    ask: 'refill',
    at: ['2026-03-08T04:30:00Z', NEW_YORK],
    on: '2026-03-07',
    answer: 'too soon 2026-03-08',
  },
  {
    name: 'New York, the night after',
    given: ['0 1 30/30 2026-02-13'],
    ask: 'refill',
    at: ['2026-03-09T03:30:00Z', NEW_YORK],
    on: '2026-03-08',
    answer: '1.1 30/30 owes 0 filled',
  },
  {
    name: 'New York, the night before winter time',
    given: ['0 1 30/30 2026-10-09'],
    ask: 'refill',
    at: ['2026-11-01T03:30:00Z', NEW_YORK],
    on: '2026-10-31',
    answer: 'too soon 2026-11-01',
  },
  {
    name: 'New York, winter time begun',
    given: ['0 1 30/30 2026-10-09'],
    ask: 'refill',
    at: ['2026-11-02T04:30:00Z', NEW_YORK],
    on: '2026-11-01',
    answer: '1.1 30/30 owes 0 filled',
  },
];
