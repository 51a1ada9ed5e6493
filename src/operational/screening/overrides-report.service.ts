import { Injectable } from '@nestjs/common';
import { stringify } from 'csv-stringify/sync';
import type { z } from 'zod';

import { LateReads } from '../../platform/database/replicas/late-reads.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { addMonths } from '../../platform/time/local-date.js';
import { BranchesService } from '../auth/branches/branches.service.js';
import { AlertsRepository } from './alerts.repository.js';
import type { OverridesQuery, OverridesReport } from './overrides-report.schemas.js';

/** How often the stops of each rule are overridden, and by whom. */
@Injectable()
export class OverridesReportService {
  constructor(
    private readonly lateReads: LateReads,
    private readonly alerts: AlertsRepository,
    private readonly branches: BranchesService,
  ) {}

  /** Of the branch worked at, between two days; the last three months unless said otherwise. */
  report(
    ctx: RequestContext,
    query: Pick<z.output<typeof OverridesQuery>, 'from' | 'to'>,
  ): Promise<z.output<typeof OverridesReport>> {
    return this.lateReads.read(ctx, async (tx) => {
      const { today } = await this.branches.settings(tx, ctx.branchId);
      const to = query.to ?? today;
      const from = query.from ?? addMonths(to, -3);
      return {
        from,
        to,
        rules: await this.alerts.ratesByRule(tx, ctx.branchId, from, to),
        users: await this.alerts.ratesByUser(tx, ctx.branchId, from, to),
      };
    });
  }

  /** The same as CSV: a table of rules, or of users. */
  async csv(ctx: RequestContext, query: z.output<typeof OverridesQuery>): Promise<string> {
    const { rules, users } = await this.report(ctx, query);
    const columns =
      query.by === 'rule'
        ? ['rule', 'kind', 'severity', 'raised', 'overridden', 'remembered', 'users', 'ratePercent']
        : ['userId', 'userName', 'overridden', 'contraindicated', 'rules', 'commonReason'];
    // A name that begins like a formula must stay a name where the file is opened as a table.
    return stringify(query.by === 'rule' ? rules : users, {
      header: true,
      bom: true,
      columns,
      escape_formulas: true,
    });
  }
}
