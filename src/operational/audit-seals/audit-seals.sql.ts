/**
 * The columns of a row that are sealed, as COPY writes them: all of the table, in this order; instants as microseconds since 1970. A test
 * compares the list with the table.
 */
export const LINE_COLUMNS = [
  'audit_log_id',
  '(extract(epoch from occurred_at) * 1000000)::bigint as occurred_at',
  'tx_id',
  'user_id',
  'db_user',
  'branch_id',
  'request_id',
  'table_schema',
  'table_name',
  'row_key',
  'action',
  'before',
  'after',
] as const;

/** Lines of the rows numbered above `after` up to `to`, in order. COPY takes no parameters: both are numbers of ours. Index: primary key. */
export function copyLines(after: number, to: number, most?: number): string {
  for (const value of [after, to, most ?? 1])
    if (!Number.isSafeInteger(value)) throw new RangeError('a number of a row is not whole');
  const limit = most === undefined ? '' : ` limit ${most}`;
  return `copy (select /* auditSeals.copyLines */ ${LINE_COLUMNS.join(', ')} from operational.audit_logs
    where audit_log_id > ${after} and audit_log_id <= ${to} order by audit_log_id${limit}) to stdout`;
}

/** One sealer at a time, to the end of his transaction. */
export const TRY_LOCK = 'select /* auditSeals.tryLock */ pg_try_advisory_xact_lock(1799250) as locked';

/** Entered for one transaction: nothing but reading the trail and adding seals. */
export const BECOME_SEALER = 'set local role /* auditSeals.becomeSealer */ pharmacy_sealer';

/** Numbers of the trail that were given so far. */
export const LAST_NUMBER =
  'select /* auditSeals.lastNumber */ case when is_called then last_value else 0 end as "lastId" from operational.audit_logs_audit_log_id_seq';

/** Gives this transaction a number: every transaction that had one before has a lower one. */
export const OWN_TRANSACTION = 'select /* auditSeals.ownTransaction */ pg_current_xact_id()::text as xid';

/** True when every transaction with a number below has ended. */
export const HAS_SETTLED =
  'select /* auditSeals.hasSettled */ pg_snapshot_xmin(pg_current_snapshot()) > $1::text::xid8 as settled';

const SEAL = `s.seal_no as "sealNo", s.chain_id as "chainId", s.first_id as "firstId", s.last_id as "lastId", s.row_count as "rowCount",
  s.rows_hash as "rowsHash", s.sealed_at as "sealedAt", s.key_id as "keyId", s.previous_hash as "previousHash", s.hash, s.mac`;

export const FIND_HEAD = `
select /* auditSeals.findHead */ ${SEAL} from operational.audit_seals s order by s.seal_no desc limit 1`;

/** Seals from a number on, with the hashes of their rows, as long as they have no more than so many rows together (one at least). */
export const FIND_SEALS = `
select /* auditSeals.findSeals */ x.* from (
  select ${SEAL}, s.row_hashes as "rowHashes", sum(s.row_count) over (order by s.seal_no) - s.row_count as before
  from (select * from operational.audit_seals where seal_no >= $1 and seal_no <= $2 order by seal_no limit $4) s) x
where x.before < $3
order by x."sealNo"`;

/** Where to begin so that about so many rows are checked up to the last seal. */
export const FIND_RECENT_START = `
select /* auditSeals.findRecentStart */ min(x.seal_no) as "sealNo" from (
  select s.seal_no, sum(s.row_count) over (order by s.seal_no desc) - s.row_count as after
  from (select seal_no, row_count from operational.audit_seals order by seal_no desc limit $2) s) x
where x.after < $1`;

/** Hashes of seals by number: what anchors are compared with. */
export const FIND_HASHES = `
select /* auditSeals.findHashes */ seal_no as "sealNo", last_id as "lastId", encode(hash, 'hex') as hash
from operational.audit_seals where seal_no = any ($1::bigint[])`;

export const FIND_REMOVALS = `
select /* auditSeals.findRemovals */ removal_no as "removalNo", first_seal as "firstSeal", last_seal as "lastSeal", first_id as "firstId", last_id as "lastId",
  row_count as "rowCount", keep_years as "keepYears", export_sha256 as "exportSha256", removed_at as "removedAt", key_id as "keyId", mac
from operational.audit_removals where last_seal >= $1 and first_seal <= $2 order by removal_no`;

/** Redactions after a number, in the order they were made. */
export const FIND_REDACTIONS = `
select /* auditSeals.findRedactions */ redaction_id as "redactionId", erasure_request_id as "erasureRequestId", row_hashes as "rowHashes", key_id as "keyId", mac
from operational.audit_redactions where redaction_id > $1 order by redaction_id`;

export const INSERT_REDACTION = `
insert /* auditSeals.insertRedaction */ into operational.audit_redactions (branch_id, erasure_request_id, row_hashes, key_id, mac) values ($1, $2, $3, $4, $5)`;

export const INSERT_SEAL = `
insert /* auditSeals.insertSeal */ into operational.audit_seals (seal_no, chain_id, first_id, last_id, row_count, row_hashes, rows_hash, sealed_at, key_id, previous_hash, hash, mac)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`;

/** Time of the database, to the millisecond: what the text of a seal holds. */
export const NOW = `select /* auditSeals.now */ date_trunc('milliseconds', clock_timestamp()) as now`;

/** Rows above a number, counted to a bound. Index: primary key. */
export const COUNT_WAITING = `
select /* auditSeals.countWaiting */ count(*)::integer as rows, min(x.occurred_at) as "oldestAt"
from (select occurred_at from operational.audit_logs where audit_log_id > $1 order by audit_log_id limit $2) x`;

/** First and last number of the rows of a time. Index: audit_logs_time_idx. */
export const FIND_NUMBERS = `
select /* auditSeals.findNumbers */ min(audit_log_id) as "firstId", max(audit_log_id) as "lastId"
from operational.audit_logs where occurred_at >= $1 and occurred_at < $2`;

/** Seals that cover a range of numbers. Index: audit_seals_last_id_key. */
export const FIND_COVERING = `
select /* auditSeals.findCovering */ min(seal_no) as "firstSeal", max(seal_no) as "lastSeal"
from operational.audit_seals where last_id >= $1 and first_id <= $2`;

/** The first seals whose rows are still there, at most $2, and whether all of their rows are from before a time. Index: primary key of the trail. */
export const FIND_REMOVABLE = `
select /* auditSeals.findRemovable */ s.seal_no as "sealNo", s.first_id as "firstId", s.last_id as "lastId", s.row_count as "rowCount",
  not exists (select from operational.audit_logs l where l.audit_log_id between s.first_id and s.last_id and l.occurred_at >= $1) as "isOld"
from operational.audit_seals s
where s.seal_no > coalesce((select max(last_seal) from operational.audit_removals), 0)
order by s.seal_no limit $2`;

export const LAST_REMOVAL = `
select /* auditSeals.lastRemoval */ coalesce(max(removal_no), 0) as "removalNo" from operational.audit_removals`;

const REMOVAL = `row ($1::bigint, $2::bigint, $3::bigint, $4::bigint, $5::bigint, $6::bigint, $7::integer, $8::bytea, $9::timestamptz, $10::text, $11::bytea)::operational.audit_removals`;

/** Called by the owner alone. */
export const REMOVE_ROWS = `
select /* auditSeals.removeRows */ operational.remove_audit_rows(${REMOVAL})`;

/** Months of the trail that have a part and begin before a month, the oldest first. */
export const FIND_MONTHS = `
select /* auditSeals.findMonths */ replace(right(c.relname, 7), '_', '-') as month
from pg_inherits i join pg_class c on c.oid = i.inhrelid
where i.inhparent = 'operational.audit_logs'::regclass and c.relname <> 'audit_logs_default' and right(c.relname, 7) < replace($1, '-', '_')
order by 1`;

/** Seals a month goes with: the first that has its rows, and the one with its last row; and whether all of their rows are from before a time. Index: primary key. */
export const FIND_MONTH_SEALS = `
select /* auditSeals.findMonthSeals */ m.last_id as "lastId", f.seal_no as "firstSeal", f.first_id as "firstSealId", t.seal_no as "lastSeal", t.last_id as "lastSealId",
  not exists (select from operational.audit_logs l where l.audit_log_id between f.first_id and t.last_id and l.occurred_at >= $3) as "isOld"
from (select max(audit_log_id) as last_id from operational.audit_logs where occurred_at >= $1 and occurred_at < $2) m
left join operational.audit_seals f on f.seal_no = coalesce((select max(last_seal) from operational.audit_removals), 0) + 1
left join lateral (select seal_no, last_id from operational.audit_seals where last_id >= m.last_id order by last_id limit 1) t on true`;

/** For this transaction: the owner of the tables, who says that this is maintenance. For a login that may become it. */
export const BECOME_OWNER = `
select /* auditSeals.becomeOwner */ set_config('role', 'meditory_owner', true), set_config('app.maintenance', 'on', true)`;

/** Called by the owner alone. */
export const DETACH_MONTH = `
select /* auditSeals.detachMonth */ operational.detach_audit_month($12::date, ${REMOVAL}) as rows`;

export const DETACH_EMPTY_MONTH = `
select /* auditSeals.detachEmptyMonth */ operational.detach_audit_month($1::date, null) as rows`;

/** The export of the trail is in the trail. */
export const LOG_EXPORT = `
select /* auditSeals.logExport */ operational.log_read('audit_logs', $1, null)`;
