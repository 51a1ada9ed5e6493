import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import { LateReads } from '../../platform/database/replicas/late-reads.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { AuditLogRepository } from './audit-log.repository.js';
import type { AuditLogPage, AuditLogQuery } from './audit-log.schemas.js';

/** Who did what, when: the trail the triggers write, limited by row-level security to the reader's branches. */
@Injectable()
export class AuditLogService {
  constructor(
    private readonly lateReads: LateReads,
    private readonly logs: AuditLogRepository,
  ) {}

  async findPage(ctx: RequestContext, query: z.output<typeof AuditLogQuery>): Promise<AuditLogPage> {
    const rows = await this.lateReads.read(ctx, (tx) => this.logs.findPage(tx, query));
    const last = rows.at(-1);
    return {
      data: rows.map((row) => ({ ...row, occurredAt: row.occurredAt.toISOString() })),
      meta: {
        limit: query.limit,
        nextCursor: rows.length === query.limit && last ? String(last.auditLogId) : null,
      },
    };
  }
}
