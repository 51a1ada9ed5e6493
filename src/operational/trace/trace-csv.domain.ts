import type { TraceEvent, TraceKind } from './trace.types.js';

/** Columns of the file, in their order. */
export const CSV_COLUMNS = [
  'EventId',
  'Event',
  'GTIN',
  'Serial',
  'Lot',
  'Expiry',
  'Quantity',
  'Remaining',
  'GLN',
  'EventTime',
  'Corrects',
  'Reason',
] as const;

/** What an event is called in the file. */
export const CSV_EVENTS: Readonly<Record<TraceKind, string>> = {
  receive: 'RECEIVE',
  dispense: 'DISPENSE',
  return: 'RETURN',
  supplier_return: 'RETURN_TO_SUPPLIER',
  ship: 'TRANSFER_OUT',
  arrive: 'TRANSFER_IN',
  destroy: 'DESTRUCTION',
  stolen: 'STOLEN',
  missing: 'MISSING',
  sample: 'SAMPLING',
  use: 'USE',
  correction: 'CORRECTION',
};

/** Expiry as it is printed for people: DDMMYY. */
export function printedExpiry(date: string | null): string {
  if (date === null) return '';
  const [year = '', month = '', day = ''] = date.split('-');
  return `${day}${month}${year.slice(2)}`;
}

// A value that begins like a formula is given as text where the file is opened as a table.
const cell = (value: string): string => {
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n;]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** A serial may begin with any sign of GS1, and must come back as it is: quoted, never changed. */
const exact = (value: string): string => `"${value.replaceAll('"', '""')}"`;

/** The batch as CSV (RFC 4180): a row an event, oldest first. */
export function traceCsv(events: readonly TraceEvent[]): string {
  const rows = events.map((event) => [
    String(event.traceEventId),
    CSV_EVENTS[event.kind],
    event.gtin,
    exact(event.serial),
    exact(event.lotNumber),
    printedExpiry(event.expiryDate),
    event.quantity,
    event.remaining,
    event.gln,
    event.occurredAt.toISOString(),
    event.correctsEventId === null ? '' : String(event.correctsEventId),
    cell(event.reason ?? ''),
  ]);
  return [CSV_COLUMNS.join(','), ...rows.map((row) => row.join(','))].map((line) => `${line}\r\n`).join('');
}
