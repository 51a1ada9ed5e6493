import { describe, expect, it } from 'vitest';

import { assertTransferable, type TransferCase } from './transfer.domain.js';

const transfer = (values: Partial<TransferCase>) => (): void =>
  assertTransferable({
    jurisdiction: 'US',
    schedule: null,
    isBegun: false,
    cameByTransfer: false,
    ...values,
  });

describe('a prescription goes to another pharmacy', () => {
  it.each([
    { schedule: null, isBegun: true, cameByTransfer: true },
    { schedule: 'II' },
    { schedule: 'IV', isBegun: true },
    { jurisdiction: 'none', schedule: 'II', isBegun: true, cameByTransfer: true },
    { jurisdiction: 'EG', schedule: 'III', isBegun: true, cameByTransfer: true },
  ] as const)('when %o', (values) => {
    expect(transfer(values)).not.toThrow();
  });

  it.each([
    { schedule: 'II', isBegun: true },
    { schedule: 'II', cameByTransfer: true },
    { schedule: 'III', cameByTransfer: true },
    { schedule: 'V', isBegun: true, cameByTransfer: true },
  ] as const)('not when %o in the United States', (values) => {
    expect(transfer(values)).toThrow(
      expect.objectContaining({
        code: 'transfer-refused',
        status: 422,
        params: { source: '21 CFR 1306.25' },
      }),
    );
  });
});
