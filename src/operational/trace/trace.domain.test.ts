// Events given out: what is in order, as CSV and as EPCIS, and how long the oldest may wait.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { epcisDocument, packUri } from './epcis.domain.js';
import { offlineCounter } from './offline.domain.js';
import { faultsOf, hasCheckDigit } from './trace-batch.domain.js';
import { CSV_COLUMNS, printedExpiry, traceCsv } from './trace-csv.domain.js';
import type { TraceEvent } from './trace.types.js';

const event = (values: Partial<TraceEvent> = {}): TraceEvent => ({
  traceEventId: 1,
  kind: 'dispense',
  gtin: '06222000000017',
  serial: 'SN-1',
  lotNumber: 'AB12',
  expiryDate: '2031-02-05',
  quantity: '4',
  remaining: '26',
  gln: '6222000000000',
  occurredAt: new Date('2030-01-02T03:04:05.000Z'),
  recordedAt: new Date('2030-01-02T03:04:06.000Z'),
  isScanned: true,
  correctsEventId: null,
  correctsKind: null,
  correctsOccurredAt: null,
  reason: null,
  ...values,
});
const GLN = '6222000000000';
const none = new Set<number>();

describe('a batch', () => {
  it('is in order when every event is', () => {
    expect(hasCheckDigit(GLN)).toBe(true);
    expect(faultsOf([event(), event({ traceEventId: 2 })], 'EG', none)).toEqual([]);
  });

  it.each([
    [{ gtin: '06222000000018' }, 'GTIN'],
    [{ gtin: '6222000000017' }, 'GTIN'],
    [{ serial: 'a b' }, 'Serial'],
    [{ serial: 'x'.repeat(21) }, 'Serial'],
    [{ lotNumber: 'دفعة' }, 'Lot'],
    [{ expiryDate: null }, 'Expiry'],
    [{ quantity: '0' }, 'Quantity'],
    [{ gln: '6222000000001' }, 'GLN'],
    [{ kind: 'correction', correctsEventId: 99, correctsKind: 'dispense' }, 'Corrects'],
  ] as const)('tells row and column of %j', (values, column) => {
    expect(faultsOf([event(), event({ ...values, traceEventId: 2 })], 'EG', none)).toMatchObject([
      { row: 2, traceEventId: 2, column },
    ]);
  });

  it('takes a correction with the event it corrects or after it, and an expiry only where it is asked for', () => {
    const correction = event({
      traceEventId: 5,
      kind: 'correction',
      correctsEventId: 1,
      correctsKind: 'dispense',
    });
    expect(faultsOf([event(), correction], 'EG', none)).toEqual([]);
    expect(faultsOf([correction], 'EG', new Set([1]))).toEqual([]);
    expect(faultsOf([event({ expiryDate: null })], 'US', none)).toEqual([]);
  });

  it('knows a check digit that is wrong in any one place', () => {
    fc.assert(
      fc.property(fc.nat({ max: 12 }), fc.integer({ min: 1, max: 9 }), (place, by) => {
        const digits = [...GLN];
        digits[place] = String((Number(digits[place]) + by) % 10);
        expect(hasCheckDigit(digits.join(''))).toBe(false);
      }),
    );
  });
});

describe('the CSV file', () => {
  it('has a row an event, expiry as printed for people', () => {
    const [head, row, rest] = traceCsv([event()]).split('\r\n');
    expect(head).toBe(CSV_COLUMNS.join(','));
    expect(row).toBe(
      '1,DISPENSE,06222000000017,"SN-1","AB12",050231,4,26,6222000000000,2030-01-02T03:04:05.000Z,,',
    );
    expect(rest).toBe('');
    expect(printedExpiry('2031-12-31')).toBe('311231');
    expect(printedExpiry(null)).toBe('');
  });

  it('keeps serials as they are, and reasons from becoming formulas', () => {
    const row = traceCsv([
      event({ serial: '=1+"2"', kind: 'correction', correctsEventId: 7, reason: '=HYPERLINK("x"),1' }),
    ]).split('\r\n')[1];
    expect(row).toContain('"=1+""2"""');
    expect(row).toContain(`7,"'=HYPERLINK(""x""),1"`);
  });
});

describe('the EPCIS document', () => {
  const list = (events: readonly TraceEvent[]) =>
    (
      epcisDocument(events, { createdAt: new Date('2030-01-03T00:00:00Z') }) as {
        epcisBody: { eventList: Record<string, unknown>[] };
      }
    ).epcisBody.eventList;

  it('tells a part as partially dispensed, the last of a pack as dispensed', () => {
    const [part, last] = list([event(), event({ remaining: '0' })]);
    expect(part).toMatchObject({
      type: 'ObjectEvent',
      action: 'OBSERVE',
      bizStep: 'dispensing',
      disposition: 'partially_dispensed',
      epcList: ['https://id.gs1.org/01/06222000000017/21/SN-1'],
      bizLocation: { id: 'https://id.gs1.org/414/6222000000000' },
      'cbvmda:lotNumber': 'AB12',
      'cbvmda:itemExpirationDate': '2031-02-05',
    });
    expect(last).toMatchObject({ action: 'DELETE', disposition: 'dispensed' });
    // EPCIS 2.0: master data of instances only where packs are made.
    expect(part).not.toHaveProperty('ilmd');
  });

  it('tells a correction as the event it corrects, declared an error', () => {
    const occurredAt = new Date('2030-01-04T00:00:00.000Z');
    const corrected = {
      traceEventId: 9,
      kind: 'correction',
      correctsEventId: 1,
      correctsKind: 'dispense',
      reason: 'other pack',
    } as const;
    const [original, correction] = list([
      event(),
      event({ ...corrected, correctsOccurredAt: event().occurredAt, occurredAt }),
    ]);
    expect(correction).toMatchObject({
      eventID: original?.['eventID'],
      eventTime: original?.['eventTime'],
      bizStep: 'dispensing',
      errorDeclaration: {
        declarationTime: occurredAt.toISOString(),
        reason: 'incorrect_data',
        'meditory:reason': 'other pack',
      },
    });
    expect(original).not.toHaveProperty('errorDeclaration');
  });

  it('writes any serial of GS1 so that a link reads it again', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[!"%-?A-Z_a-z]{1,20}$/), (serial) => {
        const uri = packUri({ gtin: '06222000000017', serial });
        expect(decodeURIComponent(uri.slice('https://id.gs1.org/01/06222000000017/21/'.length))).toBe(serial);
        expect(uri).toMatch(/^https:\/\/id\.gs1\.org\/01\/\d{14}\/21\/[A-Za-z0-9._~%-]+$/);
      }),
    );
  });
});

describe('the offline counter', () => {
  const policy = { warnHours: 36, deadlineHours: 48 };
  const now = new Date('2030-01-10T00:00:00Z');
  const before = (hours: number, ms = 0): Date => new Date(now.getTime() - hours * 3_600_000 - ms);
  it.each([
    [null, '0.0', 'in-time', '48.0'],
    [before(0), '0.0', 'in-time', '48.0'],
    [before(35.9), '35.9', 'in-time', '12.1'],
    [before(36), '36.0', 'warning', '12.0'],
    [before(48), '48.0', 'warning', '0.0'],
    [before(48, 1), '48.0', 'late', '0.0'],
    [before(48.25), '48.2', 'late', '-0.2'],
    [before(100), '100.0', 'late', '-52.0'],
  ] as const)('%s is %s hours: %s', (oldest, hours, state, hoursLeft) => {
    expect(offlineCounter(oldest, now, policy)).toEqual({ hours, state, hoursLeft });
  });
});
