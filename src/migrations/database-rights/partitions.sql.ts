/**
 * The part of the ledger for a month. With `keysFirst` it has its foreign keys before it has rows: they are checked row by row then, by
 * PostgreSQL itself, where one added later is checked by a query of the owner, whom row-level security shows nothing.
 */
const makePartition = (rights: 'invoker' | 'definer', keysFirst: boolean): string => `
create or replace function operational.make_movement_partition(p_month date) returns void language plpgsql security ${rights}
  set search_path = pg_catalog, pg_temp as $$
declare
  v_name text := 'stock_movements_' || to_char(p_month, 'YYYY_MM');
  v_from timestamptz := operational.movement_month_start(p_month);
  v_to timestamptz := operational.movement_month_start((p_month + interval '1 month')::date);
  v_table regclass;${keysFirst ? '\n  v_key record;' : ''}
begin
  -- Who has begun a sale or a fill ends first, and who comes later finds the month made: what it names, then the ledger, then what is left over.
  for v_table in select distinct c.confrelid::regclass from pg_constraint c where c.conrelid = 'operational.stock_movements'::regclass and c.contype = 'f' order by 1 loop
    execute format('lock table only %s in share row exclusive mode', v_table);
  end loop;
  lock table only operational.stock_movements in share row exclusive mode;
  lock table operational.stock_movements_default in access exclusive mode;
  execute format('create table operational.%I (like operational.stock_movements including defaults including constraints including storage)', v_name);
  execute format('comment on table operational.%I is %L', v_name, 'Movements recorded in ' || to_char(p_month, 'YYYY-MM') || '.');${
    keysFirst
      ? `
  for v_key in select c.conname, pg_get_constraintdef(c.oid) as definition from pg_constraint c where c.conrelid = 'operational.stock_movements'::regclass and c.contype = 'f' loop
    execute format('alter table operational.%I add constraint %I %s', v_name, v_key.conname, v_key.definition);
  end loop;`
      : ''
  }
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
`;

const sealPartition = (roles: string): string => `
create or replace function operational.seal_movement_partition(p_name text) returns void language plpgsql
  set search_path = pg_catalog, pg_temp as $$
begin
  -- Rights and policies are asked of the table that is named: the ledger's own for what goes through it, none for its parts.
  execute format('revoke all on operational.%I from ${roles}', p_name);
  execute format('alter table operational.%I enable row level security', p_name);
  -- Row triggers come from the ledger; truncation is a trigger of each table.
  execute format('create trigger %I before truncate on operational.%I for each statement execute function operational.refuse_change()', p_name || '_no_truncate', p_name);
end $$;
`;

export const PARTITIONS_UNDER_FORCE = `${sealPartition('public, pharmacy_app, pharmacy_admin, pharmacy_reporting, meditory_definer')}${makePartition('invoker', true)}`;
export const PARTITIONS_BEFORE = `${sealPartition('public, pharmacy_app, pharmacy_admin, pharmacy_reporting')}${makePartition('definer', false)}`;
