import { branchScope } from '../support/branch-scope.js';

/** Makes the parts there should be. */
export const ENSURE = `
create function operational.ensure_movement_partitions(p_months_ahead integer default 3) returns integer language plpgsql security definer
  set search_path = pg_catalog, pg_temp set lock_timeout = '500ms' as $$
declare
  v_months date[];
  v_month date;
  v_made integer := 0;
begin
  -- Less than PostgreSQL waits before it looks for deadlocks: whatever it meets, this gives way, never a sale, and tries again at the next look.
  if p_months_ahead not between 0 and 24 then
    raise exception 'months ahead: 0 to 24' using errcode = 'invalid_parameter_value';
  end if;
  -- Several servers look at the same time; one is enough.
  if not pg_try_advisory_xact_lock(hashtextextended('operational.stock_movements', 0)) then
    return 0;
  end if;
  -- First all, then each: a table that is being read is not taken apart.
  v_months := array(
    select x.month from (
      select (operational.movement_month(now()) + make_interval(months => n))::date as month from generate_series(0, p_months_ahead) n
      union
      select distinct operational.movement_month(m.recorded_at) from operational.stock_movements_default m) x
    where to_regclass('operational.stock_movements_' || to_char(x.month, 'YYYY_MM')) is null
    order by x.month);
  foreach v_month in array v_months loop
    perform operational.make_movement_partition(v_month);
    v_made := v_made + 1;
  end loop;
  return v_made;
end $$;
comment on function operational.ensure_movement_partitions(integer) is 'Makes the parts of the ledger for this month and so many ahead, and for what was recorded in a month that had none; answers how many it made.';
grant execute on function operational.ensure_movement_partitions(integer) to pharmacy_app;
`;

/** Months are of UTC: one boundary for all branches, whatever their time zones. */
export const PARTITIONS = `
create function operational.movement_month(p_at timestamptz) returns date language sql immutable parallel safe
  set search_path = pg_catalog, pg_temp as $$
  select date_trunc('month', p_at at time zone 'UTC')::date
$$;
comment on function operational.movement_month(timestamptz) is 'The month of the ledger a moment falls in, as its first day in UTC.';

create function operational.movement_month_start(p_month date) returns timestamptz language sql immutable parallel safe
  set search_path = pg_catalog, pg_temp as $$
  select p_month::timestamp at time zone 'UTC'
$$;
comment on function operational.movement_month_start(date) is 'The moment a month of the ledger begins.';

create function operational.seal_movement_partition(p_name text) returns void language plpgsql
  set search_path = pg_catalog, pg_temp as $$
begin
  -- Rights and policies are asked of the table that is named: the ledger's own for what goes through it, none for its parts.
  execute format('revoke all on operational.%I from public, pharmacy_app, pharmacy_admin, pharmacy_reporting', p_name);
  execute format('alter table operational.%I enable row level security', p_name);
  -- Row triggers come from the ledger; truncation is a trigger of each table.
  execute format('create trigger %I before truncate on operational.%I for each statement execute function operational.refuse_change()', p_name || '_no_truncate', p_name);
end $$;
comment on function operational.seal_movement_partition(text) is 'Takes every right to a part of the ledger away: it is read and written through the ledger alone.';

create function operational.make_movement_partition(p_month date) returns void language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
declare
  v_name text := 'stock_movements_' || to_char(p_month, 'YYYY_MM');
  v_from timestamptz := operational.movement_month_start(p_month);
  v_to timestamptz := operational.movement_month_start((p_month + interval '1 month')::date);
  v_table regclass;
begin
  -- Who has begun a sale or a fill ends first, and who comes later finds the month made: what it names, then the ledger, then what is left over.
  for v_table in select distinct c.confrelid::regclass from pg_constraint c where c.conrelid = 'operational.stock_movements'::regclass and c.contype = 'f' order by 1 loop
    execute format('lock table only %s in share row exclusive mode', v_table);
  end loop;
  lock table only operational.stock_movements in share row exclusive mode;
  lock table operational.stock_movements_default in access exclusive mode;
  execute format('create table operational.%I (like operational.stock_movements including defaults including constraints including storage)', v_name);
  execute format('comment on table operational.%I is %L', v_name, 'Movements recorded in ' || to_char(p_month, 'YYYY-MM') || '.');
  -- The guards of the ledger would refuse the move.
  if exists (select from operational.stock_movements_default m where m.recorded_at >= v_from and m.recorded_at < v_to) then
    alter table operational.stock_movements_default disable trigger user;
    execute format('with moved as (delete from operational.stock_movements_default where recorded_at >= $1 and recorded_at < $2 returning *) insert into operational.%I select * from moved', v_name)
      using v_from, v_to;
    alter table operational.stock_movements_default enable trigger user;
  end if;
  execute format('alter table operational.%I add constraint month_check check (recorded_at >= %L and recorded_at < %L)', v_name, v_from, v_to);
  execute format('alter table operational.stock_movements attach partition operational.%I for values from (%L) to (%L)', v_name, v_from, v_to);
  execute format('alter table operational.%I drop constraint month_check', v_name);
  perform operational.seal_movement_partition(v_name);
end $$;
comment on function operational.make_movement_partition(date) is 'Makes the part of the ledger for a month and moves there what was recorded in it before there was one.';

${ENSURE}grant execute on function operational.movement_month(timestamptz), operational.movement_month_start(date) to pharmacy_app, pharmacy_reporting;
`;

export const DROP_PARTITIONS = `
drop function operational.ensure_movement_partitions(integer), operational.make_movement_partition(date), operational.seal_movement_partition(text),
  operational.movement_month_start(date), operational.movement_month(timestamptz);
`;

/**
 * What a movement may be the only one of. A unique index of the ledger would have to name the month; a table of its own says it
 * across months, and who comes second waits for the first, as with an index, whatever the level of isolation.
 */
export const KEYS = `
create table operational.stock_movement_keys ( -- What at most one movement is: the reversal of another, the posting of a count line or a correction, the lot of a batch.
  kind text not null check (kind in ('reverses', 'count_line', 'adjustment', 'batch_lot')), -- What of it there is one.
  key_id bigint not null, -- The movement it takes back, the count line, the correction, or the batch.
  lot_id integer not null default 0, -- The lot, of a batch; 0 otherwise.
  branch_id integer not null references operational.branches (branch_id), -- Branch of the movement.
  movement_id bigint not null, -- The movement.
  constraint stock_movement_keys_pkey primary key (kind, key_id, lot_id)
);
insert into operational.stock_movement_keys (kind, key_id, lot_id, branch_id, movement_id)
select k.kind, k.key_id, k.lot_id, m.branch_id, m.movement_id
from operational.stock_movements m
cross join lateral (values ('reverses', m.reverses_movement_id, 0), ('count_line', m.count_line_id::bigint, 0), ('adjustment', m.adjustment_id::bigint, 0),
  ('batch_lot', m.compound_batch_id::bigint, m.lot_id)) k (kind, key_id, lot_id)
where k.key_id is not null;

create function operational.keep_movement_keys() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
declare
  v_key record;
begin
  if new.reverses_movement_id is not null and not exists (select from operational.stock_movements m where m.movement_id = new.reverses_movement_id) then
    raise exception 'no movement %', new.reverses_movement_id using errcode = 'foreign_key_violation', constraint = 'stock_movements_reverses_movement_id_fkey';
  end if;
  for v_key in
    select * from (values ('reverses', new.reverses_movement_id, 0, 'stock_movements_reversed_once_key'),
      ('count_line', new.count_line_id::bigint, 0, 'stock_movements_count_line_key'),
      ('adjustment', new.adjustment_id::bigint, 0, 'stock_movements_adjustment_key'),
      ('batch_lot', new.compound_batch_id::bigint, new.lot_id, 'stock_movements_batch_key')) k (kind, key_id, lot_id, rule)
    where k.key_id is not null
  loop
    insert into operational.stock_movement_keys (kind, key_id, lot_id, branch_id, movement_id)
    values (v_key.kind, v_key.key_id, v_key.lot_id, new.branch_id, new.movement_id) on conflict do nothing;
    if not found then
      raise exception 'there is a movement for % % already', v_key.kind, v_key.key_id using errcode = 'unique_violation', constraint = v_key.rule;
    end if;
  end loop;
  return new;
end $$;
comment on function operational.keep_movement_keys() is 'A movement is taken back once, a line of a count or a correction posted once, a lot in a batch moved once, in whatever months.';
create trigger stock_movement_keys_by_hand before insert on operational.stock_movement_keys
  for each row when (pg_trigger_depth() = 0) execute function operational.refuse_change();
create trigger stock_movement_keys_append_only before update or delete on operational.stock_movement_keys
  for each row execute function operational.refuse_change();
create trigger stock_movement_keys_no_truncate before truncate on operational.stock_movement_keys
  for each statement execute function operational.refuse_change();
grant select on operational.stock_movement_keys to pharmacy_app;
${branchScope('stock_movement_keys')}

create function operational.require_movement() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
declare
  v_movement bigint := to_jsonb(new) ->> tg_argv[0];
begin
  -- Nearly always the movement was written a moment ago: one part of the ledger is asked before all are.
  if not exists (select from operational.stock_movements m where m.movement_id = v_movement and m.recorded_at >= now() - interval '1 day')
    and not exists (select from operational.stock_movements m where m.movement_id = v_movement) then
    raise exception 'no movement %', v_movement using errcode = 'foreign_key_violation', constraint = tg_name;
  end if;
  return null;
end $$;
comment on function operational.require_movement() is 'What names a movement names one there is: a foreign key to the ledger, whose rows never change and never go. Argument: the column.';
`;
