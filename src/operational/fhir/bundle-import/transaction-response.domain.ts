import { issue, outcome } from '../rest/operation-outcome.domain.js';
import type { EntryOutcome } from './bundle.types.js';

const STATUS = {
  imported: '201 Created',
  updated: '200 OK',
  unchanged: '200 OK',
  used: '200 OK',
  skipped: '200 OK',
} as const;

/** What became of each entry, in the order sent, as FHIR answers a transaction. */
export function transactionResponse(
  bundleType: string,
  entries: number,
  outcomes: readonly EntryOutcome[],
): { readonly resourceType: 'Bundle'; readonly [element: string]: unknown } {
  const byIndex = new Map(outcomes.map((one) => [one.index, one]));
  const response = (index: number): object => {
    const one = byIndex.get(index);
    if (!one)
      return {
        status: '400 Bad Request',
        outcome: outcome([
          issue('error', 'not-supported', 'The entry holds no resource: nothing to import.'),
        ]),
      };
    const told = [
      ...(one.reason === undefined
        ? []
        : [issue('warning', 'not-supported', `${one.outcome}: ${one.reason}`)]),
      ...(one.notes ?? []).map((note) => issue('information', 'informational', note)),
    ];
    return {
      status: STATUS[one.outcome],
      ...(one.location === undefined ? {} : { location: one.location }),
      ...(told.length === 0 ? {} : { outcome: outcome(told) }),
    };
  };
  return {
    resourceType: 'Bundle',
    type: bundleType === 'batch' ? 'batch-response' : 'transaction-response',
    ...(entries === 0
      ? {}
      : { entry: Array.from({ length: entries }, (_, index) => ({ response: response(index) })) }),
  };
}
