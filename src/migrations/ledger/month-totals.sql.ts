import { branchScope } from '../support/branch-scope.js';

/** What came in by deliveries, from other branches and from batches, and what left to patients less what came back, of a movement `m`. */
export const KINDS = `
  case when m.movement_type in ('receipt', 'transfer_in', 'compounding_in') then m.quantity else 0 end as received,
  case when m.movement_type in ('dispense', 'sale', 'return') or (m.movement_type = 'reversal' and m.fill_id is not null) then - m.quantity else 0 end as to_patients`;

/** Rows of a part of the ledger, or of the new row of a trigger, as sums by lot and month. */
const totalsOf = (from: string): string => `
select m.lot_id, operational.movement_month(m.recorded_at), operational.movement_month(m.effective_at), m.branch_id, m.drug_id, sum(m.quantity), sum(m.received), sum(m.to_patients), count(*)
from (select m.*,${KINDS} from ${from} m) m
group by 1, 2, 3, 4, 5`;

const COLUMNS =
  '(lot_id, recorded_month, effective_month, branch_id, drug_id, quantity, received, to_patients, movements)';

export const MONTH_TOTALS = `
create table operational.stock_closed_months ( -- Months of the ledger that are over and summed in stock_month_totals.
  month date primary key check (month = date_trunc('month', month)), -- First day of the month, UTC.
  movements bigint not null, -- Rows recorded in it.
  closed_at timestamptz not null default now() -- When it was summed.
);
create table operational.stock_month_totals ( -- What moved of a lot in a month that is closed, by the month it counts in: added up, what a lot held at any month's end by either time.
  lot_id integer not null, -- The lot.
  recorded_month date not null, -- Month it was written in, UTC.
  effective_month date not null, -- Month it counts in, UTC.
  branch_id integer not null, -- Branch of the lot.
  drug_id integer not null references reference.drugs (drug_id), -- The product of the lot.
  quantity numeric(18, 3) not null, -- Base units; what came in less what went out.
  received numeric(18, 3) not null, -- Of it, what came by deliveries, from other branches and from batches.
  to_patients numeric(18, 3) not null, -- Of it, what left to patients less what came back.
  movements integer not null check (movements > 0), -- Rows of the ledger in it.
  constraint stock_month_totals_pkey primary key (lot_id, recorded_month, effective_month),
  constraint stock_month_totals_lot_fkey foreign key (lot_id, branch_id) references operational.inventory_lots (lot_id, branch_id)
);
create index stock_month_totals_drug_idx on operational.stock_month_totals (drug_id, branch_id);
create index stock_month_totals_late_idx on operational.stock_month_totals (branch_id, effective_month) where recorded_month <> effective_month;

create function operational.movements_closed_until() returns timestamptz language sql stable parallel safe
  set search_path = pg_catalog, pg_temp as $$
  select coalesce(operational.movement_month_start((max(c.month) + interval '1 month')::date), '-infinity') from operational.stock_closed_months c
$$;
comment on function operational.movements_closed_until() is 'What was recorded before this moment is in stock_month_totals; what was recorded from it on is not.';

create function operational.add_to_month_totals() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
begin
  if new.recorded_at < operational.movements_closed_until() then
    insert into operational.stock_month_totals as t ${COLUMNS}${totalsOf('(select new.*)')}
    on conflict (lot_id, recorded_month, effective_month) do update
      set quantity = t.quantity + excluded.quantity, received = t.received + excluded.received, to_patients = t.to_patients + excluded.to_patients, movements = t.movements + 1;
    insert into operational.stock_closed_months as c (month, movements) values (operational.movement_month(new.recorded_at), 1)
    on conflict (month) do update set movements = c.movements + 1;
  end if;
  return null;
end $$;
comment on function operational.add_to_month_totals() is 'What is written into a month after it was closed (by a restore, or a clock that was set back) is added to its totals.';
create trigger stock_movements_totals after insert on operational.stock_movements_default
  for each row execute function operational.add_to_month_totals();

create function operational.close_movement_months() returns integer language plpgsql security definer
  set search_path = pg_catalog, pg_temp set lock_timeout = '500ms' as $$
declare
  v_part record;
  v_closed integer := 0;
begin
  if not pg_try_advisory_xact_lock(hashtextextended('operational.stock_movements', 0)) then
    return 0;
  end if;
  perform operational.ensure_movement_partitions();
  -- Nothing comes into what is left over while months are closed; what came since months were made of it waits for the next look.
  lock table operational.stock_movements_default in share row exclusive mode;
  if exists (select from operational.stock_movements_default) then
    return 0;
  end if;
  for v_part in
    select x.relname, x.month from (
      select c.oid, c.relname, to_date(right(c.relname, 7), 'YYYY_MM') as month from pg_inherits i join pg_class c on c.oid = i.inhrelid
      where i.inhparent = 'operational.stock_movements'::regclass and c.relname <> 'stock_movements_default') x
    -- A day after its end: nobody's clock writes into it any more.
    where operational.movement_month_start((x.month + interval '1 month')::date) + interval '1 day' <= now()
      and not exists (select from pg_trigger t where t.tgrelid = x.oid and t.tgname = 'stock_movements_totals')
    order by x.month
  loop
    -- Whoever is writing into the month is waited for; whoever comes later meets the trigger.
    execute format('lock table operational.%I in share row exclusive mode', v_part.relname);
    -- A month made late, before one that is closed: its rows were added up as they came.
    if operational.movement_month_start(v_part.month) >= operational.movements_closed_until() then
      execute format($sums$insert into operational.stock_month_totals ${COLUMNS}${totalsOf('operational.%1$I')}$sums$, v_part.relname);
      insert into operational.stock_closed_months (month, movements)
      select v_part.month, coalesce(sum(t.movements), 0) from operational.stock_month_totals t where t.recorded_month = v_part.month;
      v_closed := v_closed + 1;
    end if;
    execute format('create trigger stock_movements_totals after insert on operational.%I for each row execute function operational.add_to_month_totals()', v_part.relname);
  end loop;
  return v_closed;
end $$;
comment on function operational.close_movement_months() is 'Makes the parts of the ledger there should be, and sums those of months that are over; answers how many it summed.';

${branchScope('stock_month_totals')}
grant select on operational.stock_month_totals, operational.stock_closed_months to pharmacy_app;
grant select on operational.stock_closed_months to pharmacy_reporting;
grant execute on function operational.close_movement_months() to pharmacy_app;
grant execute on function operational.movements_closed_until() to pharmacy_app, pharmacy_reporting;
select operational.close_movement_months();

create or replace view operational.stock_discrepancies with (security_invoker = true) as
select l.lot_id, l.branch_id, l.quantity, coalesce(t.moved, 0) + coalesce(m.moved, 0) as moved, l.quantity_reserved, coalesce(r.reserved, 0) as reserved
from operational.inventory_lots l
left join (select lot_id, sum(quantity) as moved from operational.stock_month_totals group by lot_id) t using (lot_id)
left join (select lot_id, sum(quantity) as moved from operational.stock_movements where recorded_at >= (select operational.movements_closed_until()) group by lot_id) m using (lot_id)
left join (select lot_id, sum(quantity) as reserved from operational.stock_reservations where status = 'open' group by lot_id) r using (lot_id)
where l.quantity <> coalesce(t.moved, 0) + coalesce(m.moved, 0) or l.quantity_reserved <> coalesce(r.reserved, 0);
comment on column operational.stock_discrepancies.moved is 'Sum of its movements: of the months that are closed, and since.';
`;

export const NO_MONTH_TOTALS = `
create or replace view operational.stock_discrepancies with (security_invoker = true) as
select l.lot_id, l.branch_id, l.quantity, coalesce(m.moved, 0) as moved, l.quantity_reserved, coalesce(r.reserved, 0) as reserved
from operational.inventory_lots l
left join (select lot_id, sum(quantity) as moved from operational.stock_movements group by lot_id) m using (lot_id)
left join (select lot_id, sum(quantity) as reserved from operational.stock_reservations where status = 'open' group by lot_id) r using (lot_id)
where l.quantity <> coalesce(m.moved, 0) or l.quantity_reserved <> coalesce(r.reserved, 0);
comment on column operational.stock_discrepancies.moved is 'Sum of its movements.';
do $$
declare
  v_part regclass;
begin
  for v_part in select t.tgrelid::regclass from pg_trigger t where t.tgfoid = 'operational.add_to_month_totals()'::regprocedure loop
    execute format('drop trigger stock_movements_totals on %s', v_part);
  end loop;
end $$;
drop function operational.close_movement_months(), operational.add_to_month_totals(), operational.movements_closed_until();
drop table operational.stock_month_totals, operational.stock_closed_months;
`;
