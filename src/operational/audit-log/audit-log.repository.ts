import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { LateTx } from '../../platform/database/tx.js';
import type { AuditLogPage, AuditLogQuery } from './audit-log.schemas.js';
import { FIND_PAGE } from './audit-log.sql.js';

type Row = Omit<AuditLogPage['data'][number], 'occurredAt'> & { occurredAt: Date };

/** Reads the audit trail; nothing in the application writes it, triggers do. */
@Injectable()
export class AuditLogRepository {
  findPage(tx: LateTx, query: z.output<typeof AuditLogQuery>): Promise<Row[]> {
    const { table, key, userId, username, action, from, to, cursor, limit } = query;
    return tx.query<Row>(
      FIND_PAGE,
      [table, key, userId, action, from, to, cursor, limit, username].map((v) => v ?? null),
    );
  }
}
