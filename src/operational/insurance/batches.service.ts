import { Injectable } from '@nestjs/common';
import { stringify } from 'csv-stringify/sync';
import type { z } from 'zod';

import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { NotFound } from '../../platform/errors/domain-error.js';
import type { Page } from '../../platform/http/schemas.js';
import { Money } from '../../platform/money/money.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { BatchesRepository } from './batches.repository.js';
import type { BatchQuery, BatchView, ClaimExport, CreateBatch, ExportRow } from './claims.schemas.js';
import { NothingToExport } from './insurance.errors.js';
import { PayersRepository } from './payers.repository.js';

/** Bounds the work of one transaction and the size of a file; the rest goes into the next batch. */
const MAX_CLAIMS = 5000;

const COLUMNS = [
  'claimNumber',
  'memberNumber',
  'planCode',
  'serviceDate',
  'rxNumber',
  'fillNumber',
  'drugName',
  'quantity',
  'daysSupply',
  'prescriberName',
  'prescriberLicence',
  'amountClaimed',
  'payerShare',
  'patientShare',
] as const;

// A name that begins like a formula must stay a name where the file is opened as a table.
const csvOf = (rows: readonly z.output<typeof ExportRow>[]): string =>
  stringify([...rows], { header: true, bom: true, columns: [...COLUMNS], escape_formulas: true });

/** Claims as they are handed to a payer: each in one batch only, whose file is the same whenever it is fetched. */
@Injectable()
export class BatchesService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly batches: BatchesRepository,
    private readonly payers: PayersRepository,
  ) {}

  /** Answered claims of fills that were handed over, in a batch or not; changes nothing. */
  export(
    ctx: RequestContext,
    { payerId, from, to }: { payerId: number; from: string; to: string },
  ): Promise<z.output<typeof ClaimExport>> {
    return this.uow.read(ctx, async (tx) => ({
      data: await this.batches.export(tx, ctx.branchId, { payerId, from, to, limit: MAX_CLAIMS }),
    }));
  }

  /** The same as CSV. */
  async exportCsv(
    ctx: RequestContext,
    query: { payerId: number; from: string; to: string },
  ): Promise<string> {
    return csvOf((await this.export(ctx, query)).data);
  }

  /** Makes a batch of what is in none yet. Throws NotFound, NothingToExport. */
  create(ctx: RequestContext, input: z.output<typeof CreateBatch>): Promise<z.output<typeof BatchView>> {
    return this.uow.run(ctx, async (tx) => {
      if (!(await this.payers.find(tx, input.payerId))) throw new NotFound('payer');
      const rows = await this.batches.lockForBatch(tx, ctx.branchId, { ...input, limit: MAX_CLAIMS });
      if (rows.length === 0) throw new NothingToExport();
      const batchId = await this.batches.insert(tx, ctx.branchId, ctx.actor.userId, {
        ...input,
        total: Money.sum(rows.map((row) => Money.of(row.payerShare))).toString(),
        content: csvOf(rows),
        claimIds: rows.map((row) => row.claimId),
      });
      const batch = await this.batches.find(tx, ctx.branchId, batchId);
      if (!batch) throw new NotFound('batch');
      return batch;
    });
  }

  findPage(
    ctx: RequestContext,
    query: z.output<typeof BatchQuery>,
  ): Promise<Page<z.output<typeof BatchView>>> {
    return this.uow.read(ctx, async (tx) => {
      const [data, total] = await this.batches.findPage(tx, ctx.branchId, query);
      return { data, meta: { total, page: query.page, limit: query.limit } };
    });
  }

  get(ctx: RequestContext, batchId: number): Promise<z.output<typeof BatchView>> {
    return this.uow.read(ctx, async (tx) => {
      const batch = await this.batches.find(tx, ctx.branchId, batchId);
      if (!batch) throw new NotFound('batch');
      return batch;
    });
  }

  /** The file as it was made. Throws NotFound. */
  csv(ctx: RequestContext, batchId: number): Promise<string> {
    return this.uow.read(ctx, async (tx) => {
      const content = await this.batches.content(tx, ctx.branchId, batchId);
      if (content === undefined) throw new NotFound('batch');
      return content;
    });
  }
}
