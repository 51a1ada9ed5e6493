import { Injectable } from '@nestjs/common';

import { FigureConnection } from '../../platform/database/figure-connection.js';
import type { Tx } from '../../platform/database/tx.js';

/** Statements that are shown at the most. */
const MOST_STATEMENTS = 50;
const MOST_TABLES = 10;

/** What a statement cost since the figures were last begun anew. */
export interface StatementRow {
  readonly text: string;
  readonly calls: number;
  readonly rows: number;
  readonly totalMs: number;
  readonly meanMs: number;
  readonly maxMs: number;
  readonly share: number;
}

/** Reads what the extension keeps of the server's own statements, constants left out; at most 2,000 entries, so no index. */
const STATEMENTS = `
select /* operations.statements */ s.query as text, s.calls::float8 as calls, s.rows::float8 as rows, s.total_exec_time as "totalMs",
  s.mean_exec_time as "meanMs", s.max_exec_time as "maxMs",
  coalesce(100 * s.total_exec_time / nullif(sum(s.total_exec_time) over (), 0), 0) as share
from public.pg_stat_statements s
where s.dbid = (select d.oid from pg_database d where d.datname = current_database())
  and s.userid = (select r.oid from pg_roles r where r.rolname = current_user)
order by case $1 when 'mean' then s.mean_exec_time when 'calls' then s.calls else s.total_exec_time end desc, s.queryid
limit $2`;

const SINCE = `select /* operations.statementsSince */ i.stats_reset as since from public.pg_stat_statements_info i`;

/** The figures of this database and role alone: other databases of the same server keep theirs. */
const RESET = `
select /* operations.resetStatements */ public.pg_stat_statements_reset(r.oid, d.oid, 0, false)
from pg_roles r, pg_database d where r.rolname = current_user and d.datname = current_database()`;

const TABLES = `
select /* operations.tables */ n.nspname || '.' || coalesce(p.relname, c.relname) as name, sum(pg_total_relation_size(c.oid))::float8 as bytes
from pg_class c join pg_namespace n on n.oid = c.relnamespace
left join pg_inherits i on i.inhrelid = c.oid left join pg_class p on p.oid = i.inhparent
where n.nspname in ('operational', 'reference') and c.relkind in ('r', 'm')
group by 1 order by 2 desc, 1 limit $1`;

const VERSION = `select /* operations.version */ current_setting('server_version') as version`;

/** Growing numbers that PostgreSQL keeps by itself: no row is read. The ledger is partitioned. */
const ACTIVITY = `
select /* operations.activity */ pg_database_size(current_database())::float8 as "databaseBytes",
  (select coalesce(sum(pg_stat_get_tuples_inserted(t.relid)), 0)::float8 from pg_partition_tree('operational.stock_movements') t where t.isleaf) as movements,
  pg_stat_get_tuples_inserted('operational.sales'::regclass)::float8 as sales`;

const MAY_SEE_WAL = `select /* operations.maySeeWal */ has_function_privilege('pg_catalog.pg_ls_waldir()', 'execute') as may`;
const WAL = `select /* operations.wal */ coalesce(sum(w.size), 0)::float8 as bytes from pg_ls_waldir() w`;

/** What the database tells of itself. Figures are asked beside the pools, so that they are had when those are used up. */
@Injectable()
export class OperationsRepository {
  constructor(private readonly figures: FigureConnection) {}

  statements(tx: Tx, sort: string): Promise<StatementRow[]> {
    return tx.query<StatementRow>(STATEMENTS, [sort, MOST_STATEMENTS]);
  }

  async statementsSince(tx: Tx): Promise<Date | null> {
    return (await tx.one<{ since: Date | null }>(SINCE)).since;
  }

  async resetStatements(tx: Tx): Promise<void> {
    await tx.query(RESET);
  }

  tables(tx: Tx): Promise<{ name: string; bytes: number }[]> {
    return tx.query(TABLES, [MOST_TABLES]);
  }

  async version(tx: Tx): Promise<string> {
    return (await tx.one<{ version: string }>(VERSION)).version;
  }

  async activity(): Promise<{ databaseBytes: number; movements: number; sales: number }> {
    const [row] = await this.figures.query<{ databaseBytes: number; movements: number; sales: number }>(
      ACTIVITY,
    );
    return row ?? { databaseBytes: 0, movements: 0, sales: 0 };
  }

  /** Size of the write-ahead log; undefined where the role may not ask. */
  async walBytes(): Promise<number | undefined> {
    const [right] = await this.figures.query<{ may: boolean }>(MAY_SEE_WAL);
    if (!right?.may) return undefined;
    return (await this.figures.query<{ bytes: number }>(WAL))[0]?.bytes;
  }
}
