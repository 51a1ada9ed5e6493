import { z } from 'zod';

import { Id, Instant, pageOf, Paging, QueryId, text } from '../../platform/http/schemas.js';

const Driver = z.enum(['tcp', 'file']);
const Dots = z.union([z.literal(384), z.literal(512), z.literal(576)]);
const Language = z.enum(['en', 'ar']);

const Host = z
  .string()
  .regex(/^[A-Za-z0-9.-]{1,253}$/, 'must be a name or an address such as "192.168.1.50"');
const Port = z.int().min(1).max(65_535);
const Path = z
  .string()
  .regex(
    /^(\/dev\/(usb\/)?(lp|ttyUSB|ttyS|ttyACM)[0-9]{1,2}|[A-Za-z0-9_-]{1,60}\.prn)$/,
    'must be a printer device such as "/dev/usb/lp0", or a name such as "till-1.prn"',
  );

const address = {
  driver: Driver,
  host: Host.nullable(),
  port: Port.nullable(),
  path: Path.nullable(),
};
type Address = {
  driver: 'tcp' | 'file';
  host: string | null;
  port: number | null;
  path: string | null;
};
/** A network printer has host and port, any other a path. */
const isWhole = ({ driver, host, port, path }: Address): boolean =>
  driver === 'tcp'
    ? host !== null && port !== null && path === null
    : path !== null && host === null && port === null;
const WHOLE = {
  path: ['driver'],
  message: 'must have host and port (tcp), or a path (file), and nothing else',
};

const settings = { name: text(60), dots: Dots, opensDrawer: z.boolean(), active: z.boolean() };

export const CreatePrinter = z
  .strictObject({ ...address, ...settings })
  .refine(isWhole, WHOLE)
  .meta({ id: 'CreateReceiptPrinter' });

export const UpdatePrinter = z
  .strictObject({ ...address, ...settings, version: z.int().min(1) })
  .refine(isWhole, WHOLE)
  .meta({ id: 'UpdateReceiptPrinter' });

const Failure = z.enum(['unreachable', 'timeout', 'refused', 'no-device']);

export const PrinterView = z
  .object({
    printerId: Id,
    ...settings,
    ...address,
    version: z.int(),
    /** Jobs that wait for it. */
    waiting: z.int(),
    /** Why its last try failed; null: it printed, or was never tried. */
    failure: Failure.nullable(),
  })
  .meta({ id: 'ReceiptPrinter' });
export type Printer = z.output<typeof PrinterView>;

export const PrinterQuery = z.strictObject({ ...Paging });
export const PrinterPage = pageOf(PrinterView).meta({ id: 'ReceiptPrinterPage' });

/** A receipt to be printed; it opens the drawer where cash went in or out and it is printed for the first time. */
export const PrintReceipt = z
  .strictObject({ printerId: Id, saleId: Id, lang: Language.default('en') })
  .meta({ id: 'PrintReceipt' });

export const PrintJobQuery = z.strictObject({
  ...Paging,
  printerId: QueryId.optional(),
  saleId: QueryId.optional(),
});

export const PrintJobView = z
  .object({
    printJobId: Id,
    printerId: Id,
    printerName: z.string(),
    kind: z.enum(['receipt', 'drawer', 'test']),
    saleId: Id.nullable(),
    saleNumber: z.string().nullable(),
    status: z.enum(['waiting', 'sending', 'printed', 'failed', 'cancelled']),
    attempts: z.int(),
    failure: Failure.nullable(),
    requestedBy: z.string(),
    requestedAt: Instant,
    endedAt: Instant.nullable(),
  })
  .meta({ id: 'PrintJob' });
export type PrintJob = z.output<typeof PrintJobView>;
export const PrintJobPage = pageOf(PrintJobView).meta({ id: 'PrintJobPage' });
