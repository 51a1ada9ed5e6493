/**
 * Tables in months, whichever they are: parts made ahead, a part for what is left over, parts that are nobody's. The table says by which
 * column; months are those of operational.movement_month, of UTC.
 */
export const MONTH_PARTS = `
create function operational.month_column(p_table regclass) returns name language sql stable
  set search_path = pg_catalog, pg_temp as $$
  select a.attname from pg_partitioned_table t join pg_attribute a on a.attrelid = t.partrelid and a.attnum = t.partattrs[0] where t.partrelid = p_table
$$;
comment on function operational.month_column(regclass) is 'The column a table is in months by.';

create function operational.seal_month_part(p_name text) returns void language plpgsql
  set search_path = pg_catalog, pg_temp as $$
begin
  -- Rights and policies are asked of the table that is named: its own for what goes through it, none for its parts.
  execute format('revoke all on operational.%I from public, pharmacy_app, pharmacy_admin, pharmacy_reporting, pharmacy_sealer, meditory_definer', p_name);
  execute format('alter table operational.%I enable row level security', p_name);
  -- Row triggers come from the table; truncation is a trigger of each part.
  execute format('create trigger %I before truncate on operational.%I for each statement execute function operational.refuse_change()', p_name || '_no_truncate', p_name);
end $$;
comment on function operational.seal_month_part(text) is 'Takes every right to a part of a table away: it is read and written through the table alone.';

create function operational.make_month_part(p_table regclass, p_month date) returns void language plpgsql
  set search_path = pg_catalog, pg_temp as $$
declare
  v_table text := (select c.relname from pg_class c where c.oid = p_table);
  v_column name := operational.month_column(p_table);
  v_name text := v_table || '_' || to_char(p_month, 'YYYY_MM');
  v_left text := v_table || '_default';
  v_from timestamptz := operational.movement_month_start(p_month);
  v_to timestamptz := operational.movement_month_start((p_month + interval '1 month')::date);
  v_other regclass;
  v_key record;
  v_has_rows boolean;
begin
  -- Who has begun a sale or a fill ends first, and who comes later finds the month made: what it names, then the table, then what is left over.
  for v_other in select distinct c.confrelid::regclass from pg_constraint c where c.conrelid = p_table and c.contype = 'f' order by 1 loop
    execute format('lock table only %s in share row exclusive mode', v_other);
  end loop;
  execute format('lock table only %s in share row exclusive mode', p_table);
  execute format('lock table operational.%I in access exclusive mode', v_left);
  execute format('create table operational.%I (like %s including defaults including constraints including storage)', v_name, p_table);
  execute format('comment on table operational.%I is %L', v_name, 'Rows of ' || v_table || ' of ' || to_char(p_month, 'YYYY-MM') || '.');
  -- Keys before rows: they are checked row by row then, by PostgreSQL itself; later by a query of the owner, whom row-level security shows nothing.
  for v_key in select c.conname, pg_get_constraintdef(c.oid) as definition from pg_constraint c where c.conrelid = p_table and c.contype = 'f' loop
    execute format('alter table operational.%I add constraint %I %s', v_name, v_key.conname, v_key.definition);
  end loop;
  execute format('select exists (select from operational.%1$I where %2$I >= $1 and %2$I < $2)', v_left, v_column) into v_has_rows using v_from, v_to;
  if v_has_rows then
    -- The guards of the table would refuse the move.
    execute format('alter table operational.%I disable trigger user', v_left);
    execute format('with moved as (delete from operational.%1$I where %2$I >= $1 and %2$I < $2 returning *) insert into operational.%3$I select * from moved', v_left, v_column, v_name)
      using v_from, v_to;
    execute format('alter table operational.%I enable trigger user', v_left);
  end if;
  execute format('alter table operational.%I add constraint month_check check (%2$I >= %3$L and %2$I < %4$L)', v_name, v_column, v_from, v_to);
  execute format('alter table %s attach partition operational.%I for values from (%L) to (%L)', p_table, v_name, v_from, v_to);
  execute format('alter table operational.%I drop constraint month_check', v_name);
  perform operational.seal_month_part(v_name);
end $$;
comment on function operational.make_month_part(regclass, date) is 'Makes the part of a table for a month and moves there what was written in it before there was one.';

create function operational.ensure_month_parts(p_months_ahead integer default 3) returns integer language plpgsql security definer
  set search_path = pg_catalog, pg_temp set lock_timeout = '500ms' as $$
declare
  v_table regclass;
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
  -- In the order a sale writes to them.
  foreach v_table in array array['operational.stock_movements', 'operational.audit_logs']::regclass[] loop
    -- First all, then each: a table that is being read is not taken apart.
    execute format('select array(select x.month from (
        select (operational.movement_month(now()) + make_interval(months => n))::date as month from generate_series(0, $1) n
        union
        select distinct operational.movement_month(l.%I) from %s_default l) x
      where to_regclass($2 || to_char(x.month, ''_YYYY_MM'')) is null
      order by x.month)', operational.month_column(v_table), v_table) into v_months using p_months_ahead, v_table::text;
    foreach v_month in array v_months loop
      perform operational.make_month_part(v_table, v_month);
      v_made := v_made + 1;
    end loop;
  end loop;
  return v_made;
end $$;
comment on function operational.ensure_month_parts(integer) is 'Makes the parts of the ledger and of the audit trail for this month and so many ahead, and for what was written in a month that had none; answers how many it made.';
grant execute on function operational.ensure_month_parts(integer) to pharmacy_app;
`;

/** What closes the months of the ledger makes the parts of both tables; `from` and `to` are calls in its body. */
const closingMakes = (from: string, to: string): string => `
do $piece$
declare
  v_old text := pg_get_functiondef('operational.close_movement_months()'::regprocedure);
  v_new text := replace(v_old, 'perform operational.${from}()', 'perform operational.${to}()');
begin
  if v_new = v_old then
    raise exception 'close_movement_months does not make months by ${from}';
  end if;
  execute v_new;
end $piece$;`;

export const ONE_FAMILY = `${closingMakes('ensure_movement_partitions', 'ensure_month_parts')}
drop function operational.ensure_movement_partitions(integer), operational.make_movement_partition(date), operational.seal_movement_partition(text);
`;

export const TWO_FAMILIES = `${closingMakes('ensure_month_parts', 'ensure_movement_partitions')}
drop function operational.ensure_month_parts(integer), operational.make_month_part(regclass, date), operational.seal_month_part(text), operational.month_column(regclass);
`;
