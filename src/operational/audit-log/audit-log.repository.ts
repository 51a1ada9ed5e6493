import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { LateTx } from '../../platform/database/tx.js';
import type { AuditLogPage, AuditLogQuery } from './audit-log.schemas.js';

/**
 * One page of the trail, newest first, by keyset: a log that grows while it is read neither repeats nor skips rows.
 * Rests on the primary key, audit_logs_row_idx (table and key) and audit_logs_user_idx.
 */
const FIND_PAGE = `
select /* auditLog.findPage */ l.audit_log_id as "auditLogId", l.occurred_at as "occurredAt", l.user_id as "userId",
  u.username, l.db_user as "dbUser", l.branch_id as "branchId", l.request_id as "requestId", l.tx_id as "txId",
  l.table_name as "table", l.row_key as "key", l.action, l.before, l.after
from operational.audit_logs l
left join operational.users u using (user_id)
where ($1::text is null or l.table_name = $1)
  and ($2::text is null or l.row_key = $2)
  and ($3::int is null or l.user_id = $3)
  and ($4::text is null or l.action = $4)
  and ($5::timestamptz is null or l.occurred_at >= $5)
  and ($6::timestamptz is null or l.occurred_at < $6)
  and ($9::text is null or l.user_id = (select x.user_id from operational.users x where x.username = $9))
  and ($7::bigint is null or l.audit_log_id < $7)
order by l.audit_log_id desc
limit $8`;

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
