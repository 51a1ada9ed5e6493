import { DomainError } from '../../../platform/errors/domain-error.js';

/** 422: the PIN is one that is guessed early. */
export class PinRefused extends DomainError {
  readonly code = 'pin-refused';
  readonly status = 422;
  readonly title = 'Choose another PIN';
  constructor(detail: string) {
    super(`The PIN ${detail}.`, {}, [{ pointer: '/pin', detail }]);
  }
}

/**
 * Refuses a new PIN that repeats a digit throughout ("1111"), counts up or down ("2345", "9876"), or repeats a pair ("1212").
 * Its length, 4 to 8 digits, is a matter of the schema. Throws PinRefused.
 */
export function checkNewPin(pin: string): void {
  const digits = [...pin].map(Number);
  const steps = new Set(digits.slice(1).map((digit, index) => (digit - (digits[index] ?? 0) + 10) % 10));
  if (steps.size === 1 && [0, 1, 9].some((step) => steps.has(step)))
    throw new PinRefused('repeats one digit or counts up or down');
  if (/^(\d\d)\1+$/.test(pin)) throw new PinRefused('repeats a pair of digits');
}

/** One spelling for a badge code, however the scanner sends it. */
export const normalizeBadge = (code: string): string => code.trim().toUpperCase();
