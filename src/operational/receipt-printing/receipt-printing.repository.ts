import { Injectable } from '@nestjs/common';

import type { Tx } from '../../platform/database/tx.js';
import type { Printer, PrintJob } from './receipt-printing.schemas.js';
import * as sql from './receipt-printing.sql.js';
import type { PrinterAddress, PrintFailure } from './receipt-printing.types.js';

/** A printer as it is written. */
export type PrinterValues = PrinterAddress & Pick<Printer, 'name' | 'dots' | 'opensDrawer' | 'active'>;

/** A job in hand. */
export interface ClaimedJob extends PrinterAddress {
  readonly printJobId: number;
  readonly kind: PrintJob['kind'];
  readonly attempts: number;
  readonly kicksDrawer: boolean;
  readonly ageSeconds: number;
  readonly content: Buffer;
}

interface Paged {
  readonly page: number;
  readonly limit: number;
}

@Injectable()
export class ReceiptPrintingRepository {
  async findPrinters(tx: Tx, branchId: number, { page, limit }: Paged): Promise<[Printer[], number]> {
    const values = [branchId, limit, (page - 1) * limit];
    const rows = await tx.query<Printer & { rowTotal: number }>(sql.FIND_PRINTERS, values);
    return [rows.map(({ rowTotal: _, ...row }) => row), rows[0]?.rowTotal ?? 0];
  }

  findPrinter(tx: Tx, branchId: number, printerId: number): Promise<Printer | undefined> {
    return tx.maybeOne<Printer>(sql.FIND_PRINTER, [branchId, printerId]);
  }

  async insertPrinter(tx: Tx, branchId: number, values: PrinterValues): Promise<number> {
    const row = await tx.one<{ printerId: number }>(sql.INSERT_PRINTER, [branchId, ...columnsOf(values)]);
    return row.printerId;
  }

  /** False: somebody else changed it meanwhile. */
  async updatePrinter(
    tx: Tx,
    branchId: number,
    printerId: number,
    version: number,
    values: PrinterValues,
  ): Promise<boolean> {
    const row = [branchId, printerId, version, ...columnsOf(values)];
    return (await tx.execute(sql.UPDATE_PRINTER, row)) === 1;
  }

  async findJobs(
    tx: Tx,
    branchId: number,
    filter: Paged & { readonly printerId?: number | undefined; readonly saleId?: number | undefined },
  ): Promise<[PrintJob[], number]> {
    const { printerId, saleId, page, limit } = filter;
    const values = [branchId, printerId ?? null, saleId ?? null, limit, (page - 1) * limit];
    const rows = await tx.query<PrintJob & { rowTotal: number }>(sql.FIND_JOBS, values);
    return [rows.map(({ rowTotal: _, ...row }) => row), rows[0]?.rowTotal ?? 0];
  }

  findJob(tx: Tx, branchId: number, printJobId: number): Promise<PrintJob | undefined> {
    return tx.maybeOne<PrintJob>(sql.FIND_JOB, [branchId, printJobId]);
  }

  async insertJob(
    tx: Tx,
    branchId: number,
    job: {
      readonly printerId: number;
      readonly kind: PrintJob['kind'];
      readonly saleId: number | null;
      readonly kicksDrawer: boolean;
      readonly content: Uint8Array;
    },
  ): Promise<number> {
    const { printerId, kind, saleId, kicksDrawer, content } = job;
    const values = [branchId, printerId, kind, saleId, kicksDrawer, Buffer.from(content)];
    return (await tx.one<{ printJobId: number }>(sql.INSERT_JOB, values)).printJobId;
  }

  /** False: it is not in that state any more. */
  async moveJob(
    tx: Tx,
    branchId: number,
    printJobId: number,
    from: PrintJob['status'],
    to: PrintJob['status'],
  ): Promise<boolean> {
    return (await tx.execute(sql.MOVE_JOB, [branchId, printJobId, from, to])) === 1;
  }

  claim(tx: Tx): Promise<ClaimedJob | undefined> {
    return tx.maybeOne<ClaimedJob>(sql.CLAIM);
  }

  async endTry(
    tx: Tx,
    printJobId: number,
    end: { status: PrintJob['status']; failure: PrintFailure | null; waitSeconds: number },
  ): Promise<void> {
    await tx.execute(sql.END_TRY, [printJobId, end.status, end.failure, end.waitSeconds]);
  }

  async branchIds(tx: Tx): Promise<number[]> {
    return (await tx.query<{ branchId: number }>(sql.BRANCH_IDS)).map((row) => row.branchId);
  }
}

const columnsOf = ({
  name,
  driver,
  host,
  port,
  path,
  dots,
  opensDrawer,
  active,
}: PrinterValues): unknown[] => [...[name, driver, host, port, path, dots, opensDrawer, active]];
