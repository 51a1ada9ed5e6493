/**
 * Makes the ledger anew, in parts by month or whole, and puts back what belongs to it as it stands, whoever added it: columns,
 * checks, foreign keys, indexes, triggers, policies, and the views and functions that are bound to it. A foreign key to the ledger cannot name
 * a movement alone when it is in parts: it becomes a trigger that asks the same, and the other way round.
 */
const rebuild = (partitioned: boolean): string => `
do $rebuild$
declare
  v_ledger constant oid := 'operational.stock_movements'::regclass;
  v_bound text[];
  v_after text[];
  v_references text[] := '{}';
  v_statement text;
  v_row record;
begin
  lock table operational.stock_movements in access exclusive mode;
  select coalesce(array_agg(x.text), '{}') into v_bound from (
    select format('create or replace view %I.%I%s as %s', n.nspname, c.relname, ' with (' || array_to_string(c.reloptions, ', ') || ')', pg_get_viewdef(c.oid)) as text
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'v' and exists (select from pg_depend d join pg_rewrite r on r.oid = d.objid
      where d.classid = 'pg_rewrite'::regclass and d.refclassid = 'pg_class'::regclass and d.refobjid = v_ledger and r.ev_class = c.oid)
    union all
    select pg_get_functiondef(p.oid) from pg_proc p where exists (
      select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.refclassid = 'pg_class'::regclass and d.refobjid = v_ledger)) x;
  select array_agg(x.text order by x.n, x.text) into v_after from (
    select 1 as n, ${
      partitioned
        ? `replace(pg_get_indexdef(i.indexrelid), 'CREATE UNIQUE INDEX', 'CREATE INDEX')`
        : `replace(case when i.indexrelid::regclass::text like '%\\_key' then replace(pg_get_indexdef(i.indexrelid), 'CREATE INDEX', 'CREATE UNIQUE INDEX') else pg_get_indexdef(i.indexrelid) end, ' ON ONLY ', ' ON ')`
    } as text
    from pg_index i where i.indrelid = v_ledger and not exists (select from pg_constraint c where c.conindid = i.indexrelid and c.contype in ('p', 'u'))
    union all
    select 2, format('alter table operational.stock_movements add constraint %I %s', c.conname, pg_get_constraintdef(c.oid))
    from pg_constraint c where c.conrelid = v_ledger and c.contype = 'f' and c.confrelid <> v_ledger
    union all
    select 3, pg_get_triggerdef(t.oid) from pg_trigger t where t.tgrelid = v_ledger and not t.tgisinternal
    union all
    select 4, format('create policy %I on operational.stock_movements as %s for %s to %s%s%s', p.policyname, p.permissive, p.cmd, array_to_string(p.roles, ', '),
      ' using (' || p.qual || ')', ' with check (' || p.with_check || ')')
    from pg_policies p where p.schemaname = 'operational' and p.tablename = 'stock_movements') x;
  ${
    partitioned
      ? `for v_row in
    select c.conname, c.conrelid::regclass as referrer, a.attname from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
    where c.contype = 'f' and c.confrelid = v_ledger order by 1
  loop
    execute format('alter table %s drop constraint %I', v_row.referrer, v_row.conname);
    -- Its own columns have guards of their own.
    if v_row.referrer <> v_ledger::regclass then
      v_references := v_references || format('create constraint trigger %I after insert or update of %I on %s for each row when (new.%I is not null) execute function operational.require_movement(%L)',
        v_row.conname, v_row.attname, v_row.referrer, v_row.attname, v_row.attname);
    end if;
  end loop;`
      : `for v_row in
    select t.tgname, t.tgrelid::regclass as referrer, a.attname from pg_trigger t join pg_attribute a on a.attrelid = t.tgrelid and a.attnum = t.tgattr[0]
    where t.tgfoid = 'operational.require_movement()'::regprocedure order by 1
  loop
    execute format('drop trigger %I on %s', v_row.tgname, v_row.referrer);
    v_references := v_references || format('alter table %s add constraint %I foreign key (%I) references operational.stock_movements (movement_id)', v_row.referrer, v_row.tgname, v_row.attname);
  end loop;
  v_references := v_references || array[
    'alter table operational.stock_movements add constraint stock_movements_reversed_once_key unique (reverses_movement_id)',
    'alter table operational.stock_movements add constraint stock_movements_reverses_movement_id_fkey foreign key (reverses_movement_id) references operational.stock_movements (movement_id)',
    'alter table operational.stock_movements add constraint stock_movements_corrects_movement_id_fkey foreign key (corrects_movement_id) references operational.stock_movements (movement_id)'];`
  }

  alter table operational.stock_movements rename to stock_movements_before;
  alter sequence operational.stock_movements_movement_id_seq rename to stock_movements_before_movement_id_seq;
  create table operational.stock_movements (like operational.stock_movements_before including defaults including constraints including storage including comments)${partitioned ? ' partition by range (recorded_at)' : ''};
  execute format('comment on table operational.stock_movements is %L', obj_description(v_ledger, 'pg_class'));
  alter table operational.stock_movements alter column movement_id add generated always as identity;
  perform setval('operational.stock_movements_movement_id_seq', s.last_value, s.is_called) from operational.stock_movements_before_movement_id_seq s;
  ${
    partitioned
      ? `create table operational.stock_movements_default partition of operational.stock_movements default;
  comment on table operational.stock_movements_default is 'Movements of a month that has no part of the ledger yet; empty once the months are made.';
  perform operational.seal_movement_partition('stock_movements_default');
  for v_row in
    select distinct operational.movement_month(m.recorded_at) as month from operational.stock_movements_before m
    union select (operational.movement_month(now()) + make_interval(months => n))::date from generate_series(0, 3) n order by 1
  loop
    perform operational.make_movement_partition(v_row.month);
  end loop;`
      : ''
  }
  insert into operational.stock_movements overriding system value select * from operational.stock_movements_before order by movement_id;
  foreach v_statement in array v_bound loop execute v_statement; end loop;
  drop table operational.stock_movements_before;

  alter table operational.stock_movements add constraint stock_movements_pkey primary key (movement_id${partitioned ? ', recorded_at' : ''});
  foreach v_statement in array v_after loop execute v_statement; end loop;
  foreach v_statement in array v_references loop execute v_statement; end loop;
  alter table operational.stock_movements enable row level security;
  grant select on operational.stock_movements to pharmacy_app, pharmacy_reporting;
  ${
    partitioned
      ? `-- Number, time and transaction of a movement are the database's own.
  execute (select format('grant insert (%s) on operational.stock_movements to pharmacy_app', string_agg(quote_ident(a.attname), ', '))
    from pg_attribute a where a.attrelid = 'operational.stock_movements'::regclass and a.attnum > 0 and not a.attisdropped
      and a.attname not in ('movement_id', 'recorded_at', 'tx_id', 'second_person'));`
      : 'grant insert on operational.stock_movements to pharmacy_app;'
  }
end $rebuild$;
`;

export const INTO_MONTHS = `${rebuild(true)}
create index stock_movements_reverses_idx on operational.stock_movements (reverses_movement_id) where reverses_movement_id is not null;
create trigger stock_movements_zz_keys before insert on operational.stock_movements
  for each row when (num_nonnulls(new.reverses_movement_id, new.count_line_id, new.adjustment_id, new.compound_batch_id) > 0)
  execute function operational.keep_movement_keys();
`;

export const INTO_ONE = `
drop trigger stock_movements_zz_keys on operational.stock_movements;
drop index operational.stock_movements_reverses_idx;
${rebuild(false)}
drop function operational.require_movement();
drop table operational.stock_movement_keys;
drop function operational.keep_movement_keys();
`;
