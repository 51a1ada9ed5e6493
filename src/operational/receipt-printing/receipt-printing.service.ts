import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { InvalidTransition, NotFound, StaleVersion } from '../../platform/errors/domain-error.js';
import type { Page } from '../../platform/http/schemas.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { ReceiptsService } from '../sales/receipts.service.js';
import { OPEN_DRAWER } from './escpos.domain.js';
import { paperBytes } from './paper-bytes.js';
import { PrintDispatchService } from './print-dispatch.service.js';
import { PrinterInactive } from './receipt-printing.errors.js';
import { ReceiptPrintingRepository } from './receipt-printing.repository.js';
import type {
  CreatePrinter,
  Printer,
  PrinterQuery,
  PrintJob,
  PrintJobQuery,
  PrintReceipt,
  UpdatePrinter,
} from './receipt-printing.schemas.js';
import { receiptRows, testRows } from './receipt-rows.domain.js';

/** Receipt printers of a branch and what is sent to them. What is sent waits in a queue: a printer that is off stops nobody. */
@Injectable()
export class ReceiptPrintingService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly repository: ReceiptPrintingRepository,
    private readonly receipts: ReceiptsService,
    private readonly dispatch: PrintDispatchService,
  ) {}

  findPrinters(ctx: RequestContext, query: z.output<typeof PrinterQuery>): Promise<Page<Printer>> {
    return this.uow.read(ctx, async (tx) => {
      const [data, total] = await this.repository.findPrinters(tx, ctx.branchId, query);
      return { data, meta: { total, page: query.page, limit: query.limit } };
    });
  }

  /** Throws Duplicate. */
  createPrinter(ctx: RequestContext, input: z.output<typeof CreatePrinter>): Promise<Printer> {
    return this.uow.run(ctx, async (tx) =>
      this.printer(tx, ctx, await this.repository.insertPrinter(tx, ctx.branchId, input)),
    );
  }

  /** Throws NotFound, StaleVersion, Duplicate. */
  updatePrinter(
    ctx: RequestContext,
    printerId: number,
    { version, ...values }: z.output<typeof UpdatePrinter>,
  ): Promise<Printer> {
    return this.uow.run(ctx, async (tx) => {
      await this.printer(tx, ctx, printerId);
      if (!(await this.repository.updatePrinter(tx, ctx.branchId, printerId, version, values)))
        throw new StaleVersion('printer');
      return this.printer(tx, ctx, printerId);
    });
  }

  findJobs(ctx: RequestContext, query: z.output<typeof PrintJobQuery>): Promise<Page<PrintJob>> {
    return this.uow.read(ctx, async (tx) => {
      const [data, total] = await this.repository.findJobs(tx, ctx.branchId, query);
      return { data, meta: { total, page: query.page, limit: query.limit } };
    });
  }

  /** Sends a receipt to a printer. Counted: all after the first are copies. Throws NotFound, PrinterInactive, PrintQueueFull. */
  printReceipt(ctx: RequestContext, input: z.output<typeof PrintReceipt>): Promise<PrintJob> {
    const { saleId, printerId, lang } = input;
    return this.queued(ctx, printerId, async (tx, printer) => {
      const { printNo } = await this.receipts.countIn(tx, ctx, saleId);
      const copy = printNo > 1;
      const options = { format: '80mm', lang, copy, ...(copy ? { copyNo: printNo - 1 } : {}) } as const;
      const { model, code, isCash } = await this.receipts.receipt(tx, ctx, saleId, options);
      return {
        ...{ kind: 'receipt' as const, saleId, kicksDrawer: !copy && isCash && printer.opensDrawer },
        content: paperBytes(receiptRows(model, code), printer.dots),
      };
    });
  }

  /** Prints a page that shows both scripts. Throws NotFound, PrinterInactive, PrintQueueFull. */
  printTest(ctx: RequestContext, printerId: number): Promise<PrintJob> {
    return this.queued(ctx, printerId, (_, printer) =>
      Promise.resolve({
        ...{ kind: 'test' as const, saleId: null, kicksDrawer: false },
        content: paperBytes(testRows(printer.name), printer.dots),
      }),
    );
  }

  /** Opens the drawer without a sale; who did it is kept. Throws NotFound, PrinterInactive, PrintQueueFull. */
  openDrawer(ctx: RequestContext, printerId: number): Promise<PrintJob> {
    return this.queued(ctx, printerId, () =>
      Promise.resolve({ kind: 'drawer' as const, saleId: null, kicksDrawer: false, content: OPEN_DRAWER }),
    );
  }

  /** Tries a job again that was given up. Throws NotFound, InvalidTransition. */
  retry(ctx: RequestContext, printJobId: number): Promise<PrintJob> {
    return this.move(ctx, printJobId, 'failed', 'waiting');
  }

  /** Calls a job off that waits. Throws NotFound, InvalidTransition. */
  cancel(ctx: RequestContext, printJobId: number): Promise<PrintJob> {
    return this.move(ctx, printJobId, 'waiting', 'cancelled');
  }

  private async queued(
    ctx: RequestContext,
    printerId: number,
    make: (
      tx: Tx,
      printer: Printer,
    ) => Promise<{
      kind: PrintJob['kind'];
      saleId: number | null;
      kicksDrawer: boolean;
      content: Uint8Array;
    }>,
  ): Promise<PrintJob> {
    const job = await this.uow.run(ctx, async (tx) => {
      const printer = await this.printer(tx, ctx, printerId);
      if (!printer.active) throw new PrinterInactive();
      const made = await make(tx, printer);
      return this.job(tx, ctx, await this.repository.insertJob(tx, ctx.branchId, { printerId, ...made }));
    });
    this.dispatch.nudge();
    return job;
  }

  private async move(
    ctx: RequestContext,
    printJobId: number,
    from: PrintJob['status'],
    to: PrintJob['status'],
  ): Promise<PrintJob> {
    const job = await this.uow.run(ctx, async (tx) => {
      const { status } = await this.job(tx, ctx, printJobId);
      if (!(await this.repository.moveJob(tx, ctx.branchId, printJobId, from, to)))
        throw new InvalidTransition('print job', status, to, []);
      return this.job(tx, ctx, printJobId);
    });
    this.dispatch.nudge();
    return job;
  }

  private async printer(tx: Tx, ctx: RequestContext, printerId: number): Promise<Printer> {
    const found = await this.repository.findPrinter(tx, ctx.branchId, printerId);
    if (!found) throw new NotFound('printer');
    return found;
  }

  private async job(tx: Tx, ctx: RequestContext, printJobId: number): Promise<PrintJob> {
    const found = await this.repository.findJob(tx, ctx.branchId, printJobId);
    if (!found) throw new NotFound('print job');
    return found;
  }
}
