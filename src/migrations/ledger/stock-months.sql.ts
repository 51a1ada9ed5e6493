import { KINDS } from './month-totals.sql.js';

export const STOCK_MONTHS = `
create table operational.stock_report_refreshes ( -- How fresh the reports are that are made ahead.
  report text primary key check (report in ('stock_months')), -- Which.
  refreshed_at timestamptz not null -- It says what was recorded by then.
);

create materialized view operational.stock_month_figures as
with part as (
  select t.branch_id, t.drug_id, t.lot_id, t.effective_month as month, t.quantity, t.received, t.to_patients from operational.stock_month_totals t
  union all
  select m.branch_id, m.drug_id, m.lot_id, operational.movement_month(m.effective_at), m.quantity,${KINDS}
  from operational.stock_movements m where m.recorded_at >= (select operational.movements_closed_until())
), lot as (
  select p.branch_id, p.drug_id, p.lot_id, p.month, sum(p.quantity) as quantity, sum(p.received) as received, sum(p.to_patients) as to_patients
  from part p group by 1, 2, 3, 4
)
select p.branch_id, p.drug_id, p.month, sum(p.quantity) as quantity, sum(p.received) as received, sum(p.to_patients) as to_patients,
  sum(p.quantity * l.unit_cost) as value, sum(p.received * l.unit_cost) as received_value, sum(p.to_patients * l.unit_cost) as to_patients_value
from lot p join operational.inventory_lots l using (lot_id)
group by 1, 2, 3;
create unique index stock_month_figures_key on operational.stock_month_figures (branch_id, drug_id, month);
comment on materialized view operational.stock_month_figures is 'What moved of a product at a branch in a month, in base units and at cost; refreshed by a job, never trusted for stock.';
comment on column operational.stock_month_figures.branch_id is 'Branch.';
comment on column operational.stock_month_figures.drug_id is 'Product.';
comment on column operational.stock_month_figures.month is 'Month it counts in, UTC.';
comment on column operational.stock_month_figures.quantity is 'Base units that came in less those that went out.';
comment on column operational.stock_month_figures.received is 'Of them, what came by deliveries, from other branches and from batches.';
comment on column operational.stock_month_figures.to_patients is 'Of them, what left to patients less what came back.';
comment on column operational.stock_month_figures.value is 'The same as quantity, at the cost of the lots.';
comment on column operational.stock_month_figures.received_value is 'The same as received, at the cost of the lots.';
comment on column operational.stock_month_figures.to_patients_value is 'The same as to_patients, at the cost of the lots.';
insert into operational.stock_report_refreshes (report, refreshed_at) values ('stock_months', now());

-- A materialized view knows no row-level security: the server reads it through this one.
create view operational.stock_months with (security_barrier = true) as
select f.branch_id, f.drug_id, f.month, f.quantity, f.received, f.to_patients, f.value, f.received_value, f.to_patients_value
from operational.stock_month_figures f
where f.branch_id = any ((select operational.current_branches())::integer[]);
comment on view operational.stock_months is 'stock_month_figures of the branches of who asks.';
comment on column operational.stock_months.branch_id is 'Branch.';
comment on column operational.stock_months.drug_id is 'Product.';
comment on column operational.stock_months.month is 'Month it counts in, UTC.';
comment on column operational.stock_months.quantity is 'Base units that came in less those that went out.';
comment on column operational.stock_months.received is 'Of them, what came by deliveries, from other branches and from batches.';
comment on column operational.stock_months.to_patients is 'Of them, what left to patients less what came back.';
comment on column operational.stock_months.value is 'The same as quantity, at the cost of the lots.';
comment on column operational.stock_months.received_value is 'The same as received, at the cost of the lots.';
comment on column operational.stock_months.to_patients_value is 'The same as to_patients, at the cost of the lots.';

create function operational.refresh_stock_months() returns boolean language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
declare
  v_at constant timestamptz := clock_timestamp();
begin
  if not pg_try_advisory_xact_lock(hashtextextended('operational.stock_month_figures', 0)) then
    return false;
  end if;
  refresh materialized view concurrently operational.stock_month_figures;
  update operational.stock_report_refreshes set refreshed_at = v_at where report = 'stock_months';
  return true;
end $$;
comment on function operational.refresh_stock_months() is 'Makes stock_month_figures anew beside its readers; false where another server is at it.';
grant select on operational.stock_months, operational.stock_report_refreshes to pharmacy_app;
grant select on operational.stock_month_figures, operational.stock_report_refreshes to pharmacy_reporting;
grant execute on function operational.refresh_stock_months() to pharmacy_app;
`;

export const NO_STOCK_MONTHS = `
drop function operational.refresh_stock_months();
drop view operational.stock_months;
drop materialized view operational.stock_month_figures;
drop table operational.stock_report_refreshes;
`;
