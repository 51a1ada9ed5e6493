import { describe, expect, it } from 'vitest';

import { adherenceOf, commonRefill, type Gap, type Supply } from './adherence.domain.js';

const YEAR = { from: '2026-01-01', to: '2026-12-31' };
const supply = (on: string, days: number): Supply => ({ on, days });
const gap = (from: string, to: string, days: number): Gap => ({ from, to, days });

describe('days covered', () => {
  it.each<[string, Supply[], { from: string; to: string }, object]>([
    [
      'one supply that lasts the window',
      [supply('2026-01-01', 365)],
      YEAR,
      { days: 365, daysCovered: 365, percent: 100, gaps: [], runsOutOn: '2027-01-01' },
    ],
    [
      'one that runs out',
      [supply('2026-01-01', 30)],
      { from: '2026-01-01', to: '2026-01-31' },
      {
        days: 31,
        daysCovered: 30,
        percent: 96,
        gaps: [gap('2026-01-31', '2026-01-31', 1)],
        runsOutOn: '2026-01-31',
      },
    ],
    [
      'a refill on the day it runs out',
      [supply('2026-01-01', 30), supply('2026-01-31', 30)],
      { from: '2026-01-01', to: '2026-02-28' },
      { days: 59, daysCovered: 59, percent: 100, gaps: [], runsOutOn: '2026-03-02' },
    ],
    [
      'an early refill, used up after what was there',
      [supply('2026-01-01', 30), supply('2026-01-21', 30)],
      { from: '2026-01-01', to: '2026-03-01' },
      { days: 60, daysCovered: 60, percent: 100, gaps: [], runsOutOn: '2026-03-02' },
    ],
    [
      'a late refill',
      [supply('2026-01-01', 30), supply('2026-02-10', 30)],
      { from: '2026-01-01', to: '2026-03-11' },
      {
        days: 70,
        daysCovered: 60,
        percent: 85,
        gaps: [gap('2026-01-31', '2026-02-09', 10)],
        runsOutOn: '2026-03-12',
      },
    ],
    [
      'two collected on one day',
      [supply('2026-01-01', 10), supply('2026-01-01', 20)],
      { from: '2026-01-01', to: '2026-01-30' },
      { days: 30, daysCovered: 30, percent: 100, gaps: [], runsOutOn: '2026-01-31' },
    ],
    [
      'supplies in any order',
      [supply('2026-02-10', 30), supply('2026-01-01', 30)],
      { from: '2026-01-01', to: '2026-03-11' },
      {
        days: 70,
        daysCovered: 60,
        percent: 85,
        gaps: [gap('2026-01-31', '2026-02-09', 10)],
        runsOutOn: '2026-03-12',
      },
    ],
    [
      'a first supply within the window: days before it do not count',
      [supply('2026-12-02', 30)],
      YEAR,
      { days: 30, daysCovered: 30, percent: 100, gaps: [], runsOutOn: '2027-01-01' },
    ],
    [
      'a supply from before the window that reaches into it',
      [supply('2025-12-22', 20)],
      { from: '2026-01-01', to: '2026-01-20' },
      {
        days: 20,
        daysCovered: 10,
        percent: 50,
        gaps: [gap('2026-01-11', '2026-01-20', 10)],
        runsOutOn: '2026-01-11',
      },
    ],
    [
      'a gap from before the window: only its days within count',
      [supply('2025-11-01', 30), supply('2026-01-11', 30)],
      { from: '2026-01-01', to: '2026-01-20' },
      {
        days: 20,
        daysCovered: 10,
        percent: 50,
        gaps: [gap('2026-01-01', '2026-01-10', 10)],
        runsOutOn: '2026-02-10',
      },
    ],
    [
      'all over before the window',
      [supply('2025-01-01', 30)],
      { from: '2026-01-01', to: '2026-01-10' },
      {
        days: 10,
        daysCovered: 0,
        percent: 0,
        gaps: [gap('2026-01-01', '2026-01-10', 10)],
        runsOutOn: '2025-01-31',
      },
    ],
    [
      'a first supply after the window',
      [supply('2027-01-01', 30)],
      YEAR,
      { days: 0, daysCovered: 0, percent: null, gaps: [], runsOutOn: '2027-01-31' },
    ],
    [
      'a leap day',
      [supply('2028-02-28', 2)],
      { from: '2028-02-28', to: '2028-03-01' },
      {
        days: 3,
        daysCovered: 2,
        percent: 66,
        gaps: [gap('2028-03-01', '2028-03-01', 1)],
        runsOutOn: '2028-03-01',
      },
    ],
  ])('%s', (_, supplies, window, expected) => {
    expect(adherenceOf(supplies, window)).toEqual(expected);
  });

  it('are not told without a supply', () => {
    expect(adherenceOf([], YEAR)).toBeUndefined();
  });
});

describe('a common day for refills', () => {
  const out = (drugId: number, runsOutOn: string) => ({ drugId, runsOutOn });
  it.each<[string, { drugId: number; runsOutOn: string }[], object | undefined]>([
    ['of one medicine', [out(1, '2026-06-10')], undefined],
    [
      'is the day the last runs out',
      [out(1, '2026-06-10'), out(2, '2026-06-25')],
      {
        on: '2026-06-25',
        bridges: [
          { drugId: 1, days: 15 },
          { drugId: 2, days: 0 },
        ],
      },
    ],
    [
      'bridges what has run out from today',
      [out(1, '2026-05-20'), out(2, '2026-06-11')],
      {
        on: '2026-06-11',
        bridges: [
          { drugId: 1, days: 10 },
          { drugId: 2, days: 0 },
        ],
      },
    ],
    [
      'is today where all have run out',
      [out(1, '2026-05-20'), out(2, '2026-05-25')],
      {
        on: '2026-06-01',
        bridges: [
          { drugId: 1, days: 0 },
          { drugId: 2, days: 0 },
        ],
      },
    ],
    [
      'may be as far as the longest bridge',
      [out(1, '2026-06-01'), out(2, '2026-07-01')],
      {
        on: '2026-07-01',
        bridges: [
          { drugId: 1, days: 30 },
          { drugId: 2, days: 0 },
        ],
      },
    ],
    ['is not proposed farther off', [out(1, '2026-06-01'), out(2, '2026-07-02')], undefined],
  ])('%s', (_, medicines, expected) => {
    expect(commonRefill(medicines, '2026-06-01', 30)).toEqual(expected);
  });
});
