/**
 * One page of the trail, newest first, by keyset: a log that grows while it is read neither repeats nor skips rows.
 * Rests on the primary key, audit_logs_row_idx (table and key) and audit_logs_user_idx, in the months of the time that is asked for.
 */
export const FIND_PAGE = `
select /* auditLog.findPage */ l.audit_log_id as "auditLogId", l.occurred_at as "occurredAt", l.user_id as "userId",
  u.username, l.db_user as "dbUser", l.branch_id as "branchId", l.request_id as "requestId", l.tx_id as "txId",
  l.table_name as "table", l.row_key as "key", l.action, l.before, l.after
from operational.audit_logs l
left join operational.users u using (user_id)
where ($1::text is null or l.table_name = $1)
  and ($2::text is null or l.row_key = $2)
  and ($3::int is null or l.user_id = $3)
  and ($4::text is null or l.action = $4)
  and l.occurred_at >= coalesce($5::timestamptz, '-infinity')
  and l.occurred_at < coalesce($6::timestamptz, 'infinity')
  and ($9::text is null or l.user_id = (select x.user_id from operational.users x where x.username = $9))
  and ($7::bigint is null or l.audit_log_id < $7)
order by l.audit_log_id desc
limit $8`;
