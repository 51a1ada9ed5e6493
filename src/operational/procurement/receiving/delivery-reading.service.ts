import { Injectable } from '@nestjs/common';
import { parse } from 'csv-parse/sync';
import type { z } from 'zod';

import type { Tx } from '../../../platform/database/tx.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { NotFound, RuleViolation } from '../../../platform/errors/domain-error.js';
import { Quantity } from '../../../platform/money/quantity.js';
import type { RequestContext } from '../../../platform/security/request-context.js';
import { daysBetween } from '../../../platform/time/local-date.js';
import { Barcodes } from '../../../reference/barcodes/barcodes.service.js';
import { PackCodesService } from '../../../reference/drugs/pack-codes.service.js';
import { BranchesService } from '../../auth/branches/branches.service.js';
import { OrdersRepository } from '../orders/orders.repository.js';
import type { OrderLine } from '../orders/orders.types.js';
import { ReceiptsRepository, type CodeOfDrug } from './receipts.repository.js';
import type { DeliveryScanned, ScanWarning, ShipNoticeRead } from './scan.schemas.js';
import {
  readExpiry,
  readHeader,
  readQuantity,
  rowOf,
  type NoticeColumn,
  type NoticeRow,
} from './ship-notice.domain.js';

/** Rows of a notice: four for each line an order may have. */
const MAX_ROWS = 2_000;
/** Problems told of one notice; whoever has that many has the wrong file. */
const MAX_PROBLEMS = 200;

const LEVELS = ['unit', 'strip', 'pack', 'case'] as const;

type NoticeLine = z.output<typeof ShipNoticeRead>['lines'][number];
type Problem = z.output<typeof ShipNoticeRead>['problems'][number];

/** What is known of an order while a delivery of it is read. */
interface Reading {
  readonly lines: readonly OrderLine[];
  readonly today: string;
  readonly minShelfLifeDays: number;
  readonly recalled: ReadonlySet<string>;
  readonly codes: readonly CodeOfDrug[];
}

const lotKey = (drugId: number, lotNumber: string): string => `${drugId}:${lotNumber}`;

/** Reads scans and notices against an order, so that nobody types what a pack or a file says. Stores nothing. */
@Injectable()
export class DeliveryReadingService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly orders: OrdersRepository,
    private readonly receipts: ReceiptsRepository,
    private readonly packCodes: PackCodesService,
    private readonly branches: BranchesService,
  ) {}

  /** The line a pack belongs to, with all its code says. Throws NotFound (order), UnreadableBarcode, AmbiguousBarcode. */
  scan(
    ctx: RequestContext,
    purchaseOrderId: number,
    code: string,
  ): Promise<z.output<typeof DeliveryScanned>> {
    return this.uow.read(ctx, async (tx) => {
      const reading = await this.reading(tx, ctx, purchaseOrderId);
      const pack = await this.packCodes.read(tx, code);
      const { drugId, drugName, lotNumber, expiryDate, serialNumber } = pack;
      const facts = { drugId, drugName, lotNumber, expiryDate, serialNumber };
      if (drugId === null)
        return {
          ...facts,
          ...{ purchaseOrderItemId: null, lineNo: null, packUnits: null, quantity: null },
          ...{ inBaseUnits: false, quantityOpen: null, warnings: ['unknown-product'] },
        };
      const codes = await this.receipts.codes(tx, [drugId]);
      const packUnits = codes.find(({ gtin }) => gtin === pack.gtin)?.baseUnits ?? null;
      const line = lineFor(reading.lines, drugId);
      const warnings = warningsOf(reading, drugId, lotNumber, expiryDate);
      if (!line)
        return {
          ...facts,
          ...{ purchaseOrderItemId: null, lineNo: null, packUnits, quantity: packUnits },
          ...{ inBaseUnits: true, quantityOpen: null, warnings: ['not-ordered', ...warnings] },
        };
      if (packUnits !== null && packUnits !== line.unitBaseUnits) warnings.push('other-pack-size');
      if (!isPositive(line.quantityOpen)) warnings.push('nothing-open');
      const { purchaseOrderItemId, lineNo, quantityOpen } = line;
      return {
        ...facts,
        ...{ purchaseOrderItemId, lineNo, packUnits, quantityOpen, warnings },
        ...suggestion(line, packUnits),
      };
    });
  }

  /** A notice as lines to receive, what is wrong with it, and what it leaves out. Throws NotFound, RuleViolation (no table, no header). */
  readNotice(
    ctx: RequestContext,
    purchaseOrderId: number,
    content: string,
  ): Promise<z.output<typeof ShipNoticeRead>> {
    const [head = [], ...rows] = cellsOf(content);
    const header = readHeader(head);
    for (const column of ['lot', 'expiry', 'quantity'] as const)
      if (!header.includes(column))
        throw new RuleViolation(`The file has no column "${column}".`, { column });
    if (!(['code', 'line', 'drugId'] as const).some((column) => header.includes(column)))
      throw new RuleViolation('The file has no column "code", "line" or "drugId".', { column: 'code' });
    return this.uow.read(ctx, async (tx) => {
      const reading = await this.reading(tx, ctx, purchaseOrderId);
      const lines: NoticeLine[] = [];
      const problems: Problem[] = [];
      for (const [index, cells] of rows.entries()) {
        const read = readRow(reading, rowOf(header, cells));
        const row = index + 2;
        if ('line' in read) lines.push({ ...read.line, row });
        else if (problems.length < MAX_PROBLEMS) problems.push({ row, ...read });
      }
      const told = new Set(lines.map((line) => line.purchaseOrderItemId));
      const missing = reading.lines
        .filter((line) => isPositive(line.quantityOpen) && !told.has(line.purchaseOrderItemId))
        .map(({ lineNo, drugId, quantityOpen }) => ({ lineNo, drugId, quantityOpen }));
      return { lines, problems, missing };
    });
  }

  private async reading(tx: Tx, ctx: RequestContext, purchaseOrderId: number): Promise<Reading> {
    const order = await this.orders.find(tx, ctx.branchId, purchaseOrderId);
    if (!order) throw new NotFound('order');
    const drugIds = order.lines.map((line) => line.drugId);
    const [{ today }, supplier, recalled, codes] = await Promise.all([
      this.branches.settings(tx, ctx.branchId),
      this.orders.supplier(tx, order.supplierId),
      this.receipts.recalled(tx, drugIds),
      this.receipts.codes(tx, drugIds),
    ]);
    return {
      lines: order.lines,
      today,
      minShelfLifeDays: supplier?.minShelfLifeDays ?? 0,
      recalled: new Set(recalled.map(({ drugId, lotNumber }) => lotKey(drugId, lotNumber))),
      codes,
    };
  }
}

const isPositive = (quantity: string): boolean => Quantity.of(quantity).isPositive();

/** The first line of a product that is still open, else its first. */
const lineFor = (lines: readonly OrderLine[], drugId: number): OrderLine | undefined =>
  lines.find((line) => line.drugId === drugId && isPositive(line.quantityOpen)) ??
  lines.find((line) => line.drugId === drugId);

function warningsOf(
  { today, minShelfLifeDays, recalled }: Reading,
  drugId: number,
  lotNumber: string | null,
  expiryDate: string | null,
): ScanWarning[] {
  const days = expiryDate === null ? undefined : daysBetween(today, expiryDate);
  return [
    ...(lotNumber === null ? (['lot-missing'] as const) : []),
    ...(days === undefined ? (['expiry-missing'] as const) : []),
    ...(days !== undefined && days < 0 ? (['expired'] as const) : []),
    ...(days !== undefined && days >= 0 && days < minShelfLifeDays ? (['short-expiry'] as const) : []),
    ...(lotNumber !== null && recalled.has(lotKey(drugId, lotNumber)) ? (['recalled'] as const) : []),
  ];
}

/** All that is open, in the unit of the line where that is whole; one pack where nothing is open. */
function suggestion(
  line: OrderLine,
  packUnits: string | null,
): { quantity: string | null; inBaseUnits: boolean } {
  if (!isPositive(line.quantityOpen)) return { quantity: packUnits, inBaseUnits: true };
  const [open, unit] = [
    Quantity.of(line.quantityOpen).thousandths,
    Quantity.of(line.unitBaseUnits).thousandths,
  ];
  if (open % unit !== 0n) return { quantity: line.quantityOpen, inBaseUnits: true };
  return { quantity: String(open / unit), inBaseUnits: false };
}

function cellsOf(content: string): string[][] {
  const [first = ''] = content.split(/\r?\n/, 1);
  const delimiter = [';', '\t'].find((one) => first.includes(one)) ?? ',';
  const options = { bom: true, delimiter, relax_column_count: true, skip_empty_lines: true };
  let cells: string[][];
  try {
    cells = parse(content, { ...options, to: MAX_ROWS + 2 });
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    throw new RuleViolation('The file is no table of comma-separated values.', { reason: error.code });
  }
  if (cells.length > MAX_ROWS + 1)
    throw new RuleViolation(`A notice has ${MAX_ROWS} rows at the most.`, { maxRows: MAX_ROWS });
  return cells;
}

/** What one row says: a line to receive, or the first thing that is wrong with it. */
function readRow(
  reading: Reading,
  row: NoticeRow,
): { line: Omit<NoticeLine, 'row'> } | { column: NoticeColumn; reason: string } {
  const coded = row.code === '' ? undefined : Barcodes.read(row.code);
  const facts = coded && Barcodes.agreedFacts(coded);
  const line = orderLineOf(reading, row, coded);
  if (!line) {
    const column = row.line !== '' ? 'line' : row.drugId !== '' ? 'drugId' : 'code';
    return { column, reason: 'is no line of this order' };
  }
  const lotNumber = row.lot || facts?.lotNumber;
  if (!lotNumber || lotNumber.length > 60) return { column: 'lot', reason: 'must be 1 to 60 characters' };
  const expiryDate = row.expiry === '' ? facts?.expiryDate : readExpiry(row.expiry);
  if (!expiryDate)
    return { column: 'expiry', reason: 'must be a day such as 2027-06-30, or a month such as 2027-06' };
  const quantity = readQuantity(row.quantity || '0');
  if (quantity === undefined) return { column: 'quantity', reason: 'must be a quantity such as 12' };
  const bonus = readQuantity(row.bonus || '0');
  if (bonus === undefined) return { column: 'bonus', reason: 'must be a quantity such as 2' };
  if (!/[1-9]/.test(quantity + bonus)) return { column: 'quantity', reason: 'must be more than zero' };
  if (row.unit !== '' && !(LEVELS as readonly string[]).includes(row.unit))
    return { column: 'unit', reason: 'must be unit, strip, pack or case' };
  const inBaseUnits = row.unit === 'unit' && line.level !== 'unit';
  if (row.unit !== '' && row.unit !== line.level && !inBaseUnits)
    return { column: 'unit', reason: `must be ${line.level} as ordered, or unit` };
  const { purchaseOrderItemId, lineNo, drugId, drugName } = line;
  const warnings = warningsOf(reading, drugId, lotNumber, expiryDate);
  if (!isPositive(line.quantityOpen)) warnings.push('nothing-open');
  return {
    line: {
      ...{ purchaseOrderItemId, lineNo, drugId, drugName, lotNumber, expiryDate },
      ...{ quantity, bonus, inBaseUnits, warnings },
    },
  };
}

function orderLineOf(
  { lines, codes }: Reading,
  row: NoticeRow,
  coded: ReturnType<typeof Barcodes.read> | undefined,
): OrderLine | undefined {
  if (row.line !== '') return lines.find((line) => String(line.lineNo) === row.line);
  if (row.drugId !== '') return lineFor(lines, Number(row.drugId));
  if (coded === undefined || coded.kind === 'no-product') return undefined;
  const keys = new Set(Barcodes.lookupKeys(coded));
  const choice = Barcodes.choose(
    coded,
    codes.filter(({ gtin }) => keys.has(gtin)),
  );
  return choice !== undefined && 'found' in choice ? lineFor(lines, choice.found.drugId) : undefined;
}
