// The arithmetic of fills, refills, parts and rests as a table of examples.
import { describe, expect, it } from 'vitest';

import { DomainError } from '../../platform/errors/domain-error.js';
import { Quantity } from '../../platform/money/quantity.js';
import { lastValidDay } from './controlled.domain.js';
import type { FillStatus } from './fill-status.domain.js';
import { REFILL_CASES, type RefillCase } from './refill-cases.fixture.js';
import { decideFill, statusByFills, type Authority, type EarlierFill } from './refill.domain.js';

function readFill(text: string): EarlierFill {
  const [fillNumber, partNumber, supply = '', suppliedOn = '', status = 'dispensed'] = text.split(' ');
  const [quantity = '', days] = supply.split('/');
  return {
    fillNumber: Number(fillNumber),
    partNumber: Number(partNumber),
    quantity: Quantity.of(quantity),
    daysSupply: Number(days),
    suppliedOn,
    status: status as FillStatus,
  };
}

function answerOf(one: RefillCase): string {
  const [quantity = '', days] = (one.of ?? '30/30').split('/');
  const fills = (one.given ?? []).map(readFill);
  const authority = { quantity: Quantity.of(quantity), refillsAuthorized: one.refills ?? 2, fills };
  const [suppliedOn = '', elsewhereDays] = (one.elsewhere ?? '').split('/');
  const rx: Authority = {
    ...authority,
    status: one.status ?? statusByFills(authority),
    daysSupply: Number(days),
    expiresOn: lastValidDay(one.written ?? '2026-01-01', one.months ?? 12, undefined),
    controlledMaxRefills: undefined,
    ...(one.elsewhere ? { suppliedElsewhere: { suppliedOn, daysSupply: Number(elsewhereDays) } } : {}),
  };
  try {
    const made = decideFill(
      rx,
      {
        kind: one.ask ?? 'fill',
        quantity: one.quantity === undefined ? undefined : Quantity.of(one.quantity),
        available: one.stock === undefined ? undefined : Quantity.of(one.stock),
      },
      { today: one.on, earlyRefillShare: one.share ?? 0.75 },
    );
    const isEarly = made.eligibleOn !== undefined && one.on < made.eligibleOn;
    if (isEarly && !one.early) return `too soon ${made.eligibleOn}`;
    const early = isEarly ? `, early for ${made.eligibleOn}` : '';
    return `${made.fillNumber}.${made.partNumber} ${made.quantity.toString()}/${made.daysSupply} owes ${made.owed.toString()} ${made.prescriptionStatus}${early}`;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const { reason, remaining } = error.params as Partial<Record<string, string>>;
    return error.code === 'quantity-exceeds-authority' ? `more than ${remaining}` : (reason ?? error.code);
  }
}

describe('fills and refills', () => {
  it('are shown by sixty cases and more, each once', () => {
    expect(REFILL_CASES.length).toBeGreaterThanOrEqual(60);
    expect(new Set(REFILL_CASES.map(({ name }) => name)).size).toBe(REFILL_CASES.length);
  });

  it.each(REFILL_CASES)('$name', (one) => {
    expect(answerOf(one)).toBe(one.answer);
  });
});
