import { stringify } from 'csv-stringify/sync';
import type { z } from 'zod';

import type { Payables } from './invoices.schemas.js';

const COLUMNS = [
  'at',
  'supplierId',
  'supplierName',
  'invoices',
  'notDue',
  'days1to30',
  'days31to60',
  'days61to90',
  'daysOver90',
  'credits',
  'total',
] as const;

/** A name that begins like a formula must stay a name where the file is opened as a table; amounts may be negative and stay numbers. */
const inert = (name: string): string => (/^[=+\-@\t\r＝＋－＠]/.test(name) ? `'${name}` : name);

/** What is owed to suppliers as of a day, as CSV with a byte order mark. */
export const payablesFile = (at: string, rows: z.output<typeof Payables>['data']): string =>
  stringify(
    rows.map((row) => ({ at, ...row, supplierName: inert(row.supplierName) })),
    { header: true, bom: true, columns: [...COLUMNS] },
  );
