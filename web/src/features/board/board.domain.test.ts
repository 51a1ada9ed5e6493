import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BoardCard, BoardColumn, WorkBoard } from '../../api/types';
import {
  ageOf,
  cardKey,
  COLUMNS,
  columnToTake,
  filterCards,
  nextPromised,
  standingOf,
  stepFrom,
  targetOf,
} from './board.domain';
import { createEventReader } from './event-stream.domain';

const NOW = Date.parse('2026-11-30T14:00:00Z');
const at = (minutes: number): string => new Date(NOW + minutes * 60_000).toISOString();

const card = (part: Partial<BoardCard>): BoardCard => ({
  column: 'fill',
  kind: 'fill',
  prescriptionId: 1,
  fillId: null,
  rxNumber: 'RX00000001',
  patientId: 1,
  patientName: 'Mona Adel',
  patientNameAr: 'منى عادل',
  drugId: 1,
  drugName: 'Paravelin 500 mg tablets',
  drugNameAr: null,
  strength: '500 mg',
  quantity: '20',
  baseUnit: 'tablet',
  promisedAt: null,
  waitingInStore: false,
  since: at(-5),
  bin: null,
  holdReason: null,
  quantityOwed: '0',
  controlledSchedule: null,
  isColdChain: false,
  isHoldable: true,
  stops: 0,
  lease: null,
  ...part,
});
const lease = (userId: number): BoardCard['lease'] => ({
  leaseId: 1,
  userId,
  userName: 'Omar',
  takenAt: at(-1),
  expiresAt: at(14),
});
const column = (id: BoardColumn['column'], part: Partial<BoardColumn> = {}): BoardColumn => ({
  column: id,
  count: 0,
  overdue: 0,
  oldestSince: null,
  nextPromisedAt: null,
  cards: [],
  ...part,
});

describe('a card of the board', () => {
  it('leads to its prescription, and has one name', () => {
    expect(targetOf(card({ prescriptionId: 7 }))).toEqual({
      to: '/prescriptions/$prescriptionId',
      params: { prescriptionId: '7' },
    });
    expect([cardKey(card({ prescriptionId: 7 })), cardKey(card({ fillId: 7 }))]).toEqual(['p7', 'f7']);
  });

  it.each([
    [-61, 'late', 61],
    [-0.5, 'late', 1],
    [0, 'soon', 0],
    [10, 'soon', 10],
    [10.5, 'later', 10],
  ] as const)('promised %s minutes from now is %s by %s', (minutes, kind, shown) => {
    expect(standingOf(at(minutes), NOW)).toEqual({ kind, minutes: shown });
  });

  it.each([
    [1, 0, 'minute'],
    [-119, 119, 'minute'],
    [-120, 2, 'hour'],
    [-47 * 60, 47, 'hour'],
    [-48 * 60, 2, 'day'],
  ] as const)('since %s minutes has lain %s of the unit %s', (minutes, value, unit) => {
    expect(ageOf(at(minutes), NOW)).toEqual({ value, unit });
  });

  it('is found by words of any of its names, and by who has it', () => {
    const cards = [card({ prescriptionId: 1 }), card({ prescriptionId: 2, lease: lease(4), bin: 'A-1' })];
    const ids = (q: string | undefined, mine?: number) =>
      filterCards(cards, { q, mine }).map(({ prescriptionId }) => prescriptionId);
    expect(ids(undefined)).toEqual([1, 2]);
    expect(ids('para MONA')).toEqual([1, 2]);
    expect(ids('عادل')).toEqual([1, 2]);
    expect(ids('a-1')).toEqual([2]);
    expect(ids('mona nobody')).toEqual([]);
    expect(ids('', 4)).toEqual([2]);
    expect(ids('', 5)).toEqual([]);
  });
});

describe('the column work is taken from', () => {
  const everything = () => true;
  const columns = [
    column('fill', { cards: [card({})] }),
    column('verify', { cards: [card({ lease: lease(2) })] }),
  ];

  it('is the one that is chosen, if one may take from it', () => {
    expect(columnToTake(columns, 'ready', everything)).toBe('ready');
    expect(columnToTake(columns, 'verify', (right) => right !== 'VerifyPrescription')).toBeUndefined();
  });

  it('is else the one nearest to the patient that holds something free', () => {
    expect(columnToTake(columns, undefined, everything)).toBe('fill');
    const free = [...columns, column('verify', { cards: [card({})] })].slice(1).reverse();
    expect(columnToTake(free, undefined, everything)).toBe('verify');
    expect(columnToTake([], undefined, (right) => right === 'WritePrescription')).toBe('entry');
    expect(columnToTake(columns, undefined, () => false)).toBeUndefined();
  });
});

describe('the next promise', () => {
  it('is the earliest of all columns', () => {
    const board: WorkBoard = {
      asOf: at(0),
      columns: [
        column('fill', { nextPromisedAt: at(30) }),
        column('verify'),
        column('ready', { nextPromisedAt: at(20) }),
      ],
    };
    expect(nextPromised(board)).toBe(at(20));
    expect(nextPromised({ ...board, columns: [column('fill')] })).toBeUndefined();
  });
});

describe('moving over the board', () => {
  const heights = [2, 0, 3, 0, 1];

  it('goes up and down a column and over empty ones to the side, mirrored from right to left', () => {
    expect(stepFrom(undefined, 'down', heights, false)).toEqual({ column: 0, row: 0 });
    expect(stepFrom(undefined, 'down', [0, 0], false)).toBeUndefined();
    expect(stepFrom({ column: 0, row: 0 }, 'up', heights, false)).toBeUndefined();
    expect(stepFrom({ column: 0, row: 0 }, 'down', heights, false)).toEqual({ column: 0, row: 1 });
    expect(stepFrom({ column: 0, row: 1 }, 'down', heights, false)).toBeUndefined();
    expect(stepFrom({ column: 0, row: 1 }, 'right', heights, false)).toEqual({ column: 2, row: 1 });
    expect(stepFrom({ column: 2, row: 2 }, 'right', heights, false)).toEqual({ column: 4, row: 0 });
    expect(stepFrom({ column: 0, row: 1 }, 'left', heights, true)).toEqual({ column: 2, row: 1 });
    expect(stepFrom({ column: 0, row: 1 }, 'right', heights, true)).toBeUndefined();
  });

  it('never leaves the cards there are', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(4), { minLength: 5, maxLength: 5 }),
        fc.array(fc.constantFrom('up', 'down', 'left', 'right'), { maxLength: 30 }),
        fc.boolean(),
        (cards, steps, isRtl) => {
          let place = stepFrom(undefined, 'down', cards, isRtl);
          for (const step of steps) {
            place = stepFrom(place, step, cards, isRtl) ?? place;
            if (place) expect(place.row).toBeLessThan(cards[place.column] ?? 0);
          }
        },
      ),
    );
    expect(COLUMNS).toHaveLength(5);
  });
});

describe('a stream of events', () => {
  it('is read whole however it is cut, and what is no event is left out', () => {
    const text =
      'event: refresh\ndata: {}\n\n: a comment\n\nevent: changed\r\ndata: {"prescriptionIds":\r\ndata: [1,2]}\r\n\r\nevent: nothing\n\n';
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), (size) => {
        const read = createEventReader();
        const events = [];
        for (let from = 0; from < text.length; from += size)
          events.push(...read(text.slice(from, from + size)));
        expect(events).toEqual([
          { event: 'refresh', data: {} },
          { event: 'changed', data: { prescriptionIds: [1, 2] } },
        ]);
      }),
    );
  });
});
