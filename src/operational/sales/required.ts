import { NotFound } from '../../platform/errors/domain-error.js';

/** Throws NotFound of `what` where there is no value. */
export function required<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new NotFound(what);
  return value;
}
