import { Injectable } from '@nestjs/common';
import { stringify } from 'csv-stringify/sync';
import type { z } from 'zod';

import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { addMonths } from '../../platform/time/local-date.js';
import { BranchesService } from '../auth/branches/branches.service.js';
import { NearMissesRepository } from './near-misses.repository.js';
import type {
  NearMissPage,
  NearMissQuery,
  NearMissReport,
  NearMissReportQuery,
  ReportNearMiss,
} from './near-misses.schemas.js';
import { isCaught, type NearMiss } from './near-misses.types.js';

const COLUMNS = {
  kind: ['kind', 'stage', 'source', 'count'],
  pair: ['expectedDrugId', 'expectedDrugName', 'foundDrugId', 'foundDrugName', 'count'],
  hour: ['hour', 'count'],
} as const;

/** The register of errors that were caught in time. It is for learning: it names nobody unless the branch says so. */
@Injectable()
export class NearMissesService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly nearMisses: NearMissesRepository,
    private readonly branches: BranchesService,
  ) {}

  /**
   * Runs a command; a refusal that is a near miss is kept in a transaction of its own (the command left nothing behind) and
   * thrown again.
   */
  async keeping<T>(ctx: RequestContext, command: () => Promise<T>): Promise<T> {
    try {
      return await command();
    } catch (error) {
      if (isCaught(error)) await this.insert(ctx, error.nearMiss);
      throw error;
    }
  }

  /** What somebody noticed and nothing caught by itself. Throws RuleViolation for a product that does not exist. */
  async report(ctx: RequestContext, input: z.output<typeof ReportNearMiss>): Promise<{ nearMissId: number }> {
    return { nearMissId: await this.insert(ctx, { ...input, source: 'report' }) };
  }

  /** A page, newest first. Who it was is shown only while the branch keeps names, and only where it did then. */
  findPage(
    ctx: RequestContext,
    query: z.output<typeof NearMissQuery>,
  ): Promise<z.output<typeof NearMissPage>> {
    return this.uow.read(ctx, async (tx) => {
      const { nearMissNames } = await this.branches.settings(tx, ctx.branchId);
      const data = await this.nearMisses.findPage(tx, ctx.branchId, query, nearMissNames);
      return { data, nextCursor: data.length < query.limit ? null : (data.at(-1)?.nearMissId ?? null) };
    });
  }

  /** Near misses between two days, the last three months unless said otherwise: kinds, products confused, hours, months. */
  statistics(
    ctx: RequestContext,
    query: Pick<z.output<typeof NearMissReportQuery>, 'from' | 'to'>,
  ): Promise<z.output<typeof NearMissReport>> {
    return this.uow.read(ctx, async (tx) => {
      const { today } = await this.branches.settings(tx, ctx.branchId);
      const to = query.to ?? today;
      const from = query.from ?? addMonths(to, -3);
      const kinds = await this.nearMisses.byKind(tx, ctx.branchId, from, to);
      return {
        from,
        to,
        total: kinds.reduce((sum, { count }) => sum + count, 0),
        kinds,
        pairs: await this.nearMisses.byPair(tx, ctx.branchId, from, to),
        hours: await this.nearMisses.byHour(tx, ctx.branchId, from, to),
        months: await this.nearMisses.byMonth(tx, ctx.branchId, from, to),
        scans: await this.nearMisses.scans(tx, ctx.branchId, from, to),
      };
    });
  }

  /** One table of the statistics as CSV. */
  async csv(ctx: RequestContext, query: z.output<typeof NearMissReportQuery>): Promise<string> {
    const { kinds, pairs, hours } = await this.statistics(ctx, query);
    const rows = { kind: kinds, pair: pairs, hour: hours }[query.by];
    // A name that begins like a formula must stay a name where the file is opened as a table.
    return stringify(rows, {
      header: true,
      bom: true,
      columns: [...COLUMNS[query.by]],
      escape_formulas: true,
    });
  }

  /** Notes a near miss in the transaction of who met it, where the command goes on. */
  async note(tx: Tx, ctx: RequestContext, nearMiss: NearMiss): Promise<void> {
    const { nearMissNames } = await this.branches.settings(tx, ctx.branchId);
    await this.nearMisses.insert(tx, ctx.branchId, ctx.actor.userId, nearMiss, nearMissNames);
  }

  private insert(ctx: RequestContext, nearMiss: NearMiss): Promise<number> {
    // Without the idempotency key: a refused command must be free to come again with it.
    return this.uow.run({ ...ctx, idempotency: undefined }, async (tx) => {
      const { nearMissNames } = await this.branches.settings(tx, ctx.branchId);
      return this.nearMisses.insert(tx, ctx.branchId, ctx.actor.userId, nearMiss, nearMissNames);
    });
  }
}
