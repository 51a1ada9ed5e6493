import type { TraceEvent } from './trace.types.js';

/** What is wrong with one event of a batch: row from 1, in the order of the file. */
export interface EventFault {
  readonly row: number;
  readonly traceEventId: number;
  readonly column: 'GTIN' | 'Serial' | 'Lot' | 'Expiry' | 'Quantity' | 'GLN' | 'Corrects';
  readonly detail: string;
}

/** Whether a GS1 key of digits ends in its check digit. */
export function hasCheckDigit(key: string): boolean {
  if (!/^\d{8,14}$/.test(key)) return false;
  const sum = [...key].reduce(
    (total, digit, index) => total + Number(digit) * ((key.length - 1 - index) % 2 === 1 ? 3 : 1),
    0,
  );
  return sum % 10 === 0;
}

/**
 * What keeps events from being given out; none at all: the batch is in order. A batch goes whole or not at all, so each fault is told with
 * its row. A correction goes with or after the event it corrects, never before it: `givenOut` are events that went earlier.
 */
export function faultsOf(
  events: readonly TraceEvent[],
  format: 'EG' | 'US',
  givenOut: ReadonlySet<number>,
): EventFault[] {
  const faults: EventFault[] = [];
  const seen = new Set(givenOut);
  for (const [index, event] of events.entries()) {
    const { traceEventId } = event;
    const fault = (column: EventFault['column'], detail: string): void => {
      faults.push({ row: index + 1, traceEventId, column, detail });
    };
    if (event.gtin.length !== 14 || !hasCheckDigit(event.gtin)) fault('GTIN', 'has a wrong check digit');
    if (!/^[!"%-?A-Z_a-z]{1,20}$/.test(event.serial)) fault('Serial', 'is no serial of GS1');
    if (!/^[!"%-?A-Z_a-z]{1,20}$/.test(event.lotNumber))
      fault('Lot', 'is no lot number of GS1: 1 to 20 characters without spaces');
    if (event.expiryDate === null && format === 'EG') fault('Expiry', 'is missing');
    if (!/[1-9]/.test(event.quantity)) fault('Quantity', 'must be more than zero');
    if (event.gln.length !== 13 || !hasCheckDigit(event.gln)) fault('GLN', 'has a wrong check digit');
    if (event.correctsEventId !== null && !seen.has(event.correctsEventId))
      fault('Corrects', `event ${event.correctsEventId} was not given out before`);
    seen.add(traceEventId);
  }
  return faults;
}
