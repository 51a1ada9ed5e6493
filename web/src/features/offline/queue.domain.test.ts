import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  afterSending,
  countsOf,
  FRESH,
  isUnsent,
  MOST_ATTEMPTS,
  nextMoment,
  nextToSend,
  type Queued,
  recovered,
  released,
  sending,
  type SendOutcome,
  waitAfter,
} from './queue.domain';

const NOW = 1_000_000;
const refused: SendOutcome = { kind: 'refused', code: 'no-open-shift' };

describe('the queue of offline sales', () => {
  it('goes from waiting through sending to what the server made of it', () => {
    const under = sending(FRESH);
    expect(under.status).toBe('sending');
    for (const status of ['posted', 'conflict', 'rejected'] as const)
      expect(afterSending(under, { kind: 'taken', status }, NOW)).toMatchObject({ status, problem: null });
  });

  it('waits again, without a refusal counted, where no answer came or nobody is signed in', () => {
    for (const kind of ['unreachable', 'signed-out'] as const)
      expect(afterSending(sending(FRESH), { kind }, NOW)).toEqual({ ...FRESH, problem: kind });
  });

  it('waits longer after each refusal and is held after many, until somebody sends it', () => {
    let sale: Queued = FRESH;
    const waits: number[] = [];
    for (let n = 1; n < MOST_ATTEMPTS; n++) {
      sale = afterSending(sending(sale), refused, NOW);
      expect(sale).toMatchObject({ status: 'waiting', attempts: n, problem: 'no-open-shift' });
      waits.push(sale.nextTryAt - NOW);
    }
    expect(waits.slice(0, 4)).toEqual([2_000, 4_000, 8_000, 16_000]);
    expect(Math.max(...waits)).toBe(waitAfter(99));
    sale = afterSending(sending(sale), refused, NOW);
    expect(sale.status).toBe('held');
    expect(nextToSend([sale], Number.MAX_SAFE_INTEGER)).toBeUndefined();
    expect(released(sale)).toMatchObject({ status: 'waiting', attempts: 0, nextTryAt: 0 });
  });

  it('sends the oldest that may go, and says when the next one may', () => {
    const later = { ...FRESH, nextTryAt: NOW + 5, id: 1 };
    const due = { ...FRESH, id: 2 };
    expect(nextToSend([later, due], NOW)).toBe(due);
    expect(nextMoment([later, { ...due, status: 'posted' }])).toBe(NOW + 5);
    expect(nextMoment([])).toBeUndefined();
    expect(countsOf([later, due, { ...FRESH, status: 'held' }, { ...FRESH, status: 'posted' }])).toEqual({
      unsent: 3,
      held: 1,
    });
  });

  it('never loses a sale and never sends again what the server has, whatever happens in which order', () => {
    const step = fc.oneof(
      fc.constant(sending<Queued>),
      fc.constant(recovered<Queued>),
      fc.constant(released<Queued>),
      fc
        .oneof<fc.Arbitrary<SendOutcome>[]>(
          fc.constant<SendOutcome>(refused),
          fc.constant<SendOutcome>({ kind: 'unreachable' }),
          fc.constant<SendOutcome>({ kind: 'signed-out' }),
          fc
            .constantFrom('posted' as const, 'conflict' as const, 'rejected' as const)
            .map((status): SendOutcome => ({ kind: 'taken', status })),
        )
        .map((outcome) => (sale: Queued) => afterSending(sale, outcome, NOW)),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        let sale: Queued = FRESH;
        let isTaken = false;
        for (const apply of steps) {
          const next = apply(sale);
          if (isTaken) expect(next).toEqual(sale);
          isTaken ||= !isUnsent(next);
          sale = next;
        }
        // Whatever is here can always be sent: at once, after a restart, or by hand.
        if (!isTaken) expect(nextToSend([released(recovered(sale))], NOW)).toBeDefined();
      }),
    );
  });
});
