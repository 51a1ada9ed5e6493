import { describe, expect, it } from 'vitest';

import { isConnectionLoss, toDomainError } from './database-errors.js';
import { TemporarilyUnavailable } from './domain-error.js';

const failure = (code: string): Error => Object.assign(new Error('refused'), { code });

describe('what the database says of a connection', () => {
  it.each(['08006', '57P01', '57P03', '53300', '25P03', '25P04', 'ECONNRESET'])(
    'is a loss of it, which waiting helps: %s',
    (code) => {
      expect(isConnectionLoss(failure(code))).toBe(true);
      expect(toDomainError(failure(code))).toBeInstanceOf(TemporarilyUnavailable);
    },
  );

  it.each(['53100', '25P02', '25006', '40001', '23505', '42501'])('is none: %s', (code) => {
    expect(isConnectionLoss(failure(code))).toBe(false);
  });
});
