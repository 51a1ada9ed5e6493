import { branchScope } from '../support/branch-scope.js';
import { OF_LINES } from './live.sql.js';

/** The tables of sums of a day, with their columns in the order they are summed in. */
const SUMS = {
  sales_day_counters:
    'branch_id, business_date, hour, user_id, sale_type, sales, discounted, amount, discount, tax, rounding, cost',
  sales_day_products:
    'branch_id, business_date, drug_id, tax_rate, is_return, lines, quantity, amount, discount, tax, cost',
  sales_day_prescribers:
    'branch_id, business_date, prescriber_id, is_return, lines, amount, discount, tax, cost',
  sales_day_tenders: 'branch_id, business_date, user_id, method, payer_id, is_return, payments, amount',
} as const;

/** The lock of a business day of a branch, shared by who sells on it, alone by who sums it. */
const dayLock = (branch: string, day: string): string =>
  `hashtextextended('operational.sales ' || ${branch} || ' ' || (${day} - date '2000-01-01'), 0)`;

const TABLES = Object.keys(SUMS) as (keyof typeof SUMS)[];

/** Puts what was summed into its table. */
const into = (table: keyof typeof SUMS, summed: string): string => `
insert into operational.${table} (${SUMS[table]})${summed}`;

const ALL = ['sales_closed_days', 'sales_closed_months', 'sales_month_products', ...TABLES];

export const DAY_SUMS = `
create index sales_business_day_idx on operational.sales (branch_id, business_date);
create index sales_taken_back_idx on operational.sales (branch_id, business_date) where sale_type <> 'sale';

create table operational.sales_closed_days ( -- Business days that are over and summed. A sale posted to one later takes it out, until it is summed anew.
  branch_id integer not null references operational.branches (branch_id), -- Branch.
  business_date date not null, -- The day.
  closed_at timestamptz not null default now(), -- When it was summed.
  constraint sales_closed_days_pkey primary key (branch_id, business_date)
);
create table operational.sales_closed_months ( -- Months whose days are all closed, with their products summed.
  branch_id integer not null references operational.branches (branch_id), -- Branch.
  month date not null check (month = date_trunc('month', month)), -- First day of the month.
  closed_at timestamptz not null default now(), -- When it was summed.
  constraint sales_closed_months_pkey primary key (branch_id, month)
);
create table operational.sales_day_counters ( -- Sums of a closed day by hour, cashier and kind.
  branch_id integer not null, -- Branch.
  business_date date not null, -- Business day.
  hour smallint not null check (hour between 0 and 23), -- Hour it was posted in, by the clock of the branch.
  user_id integer not null references operational.users (user_id), -- Cashier.
  sale_type text not null check (sale_type in ('sale', 'return', 'void')), -- Sale, return or void.
  sales integer not null check (sales > 0), -- How many.
  discounted integer not null, -- Of them, with a discount.
  amount numeric(18, 3) not null, -- Lines before discount and tax; negative where taken back.
  discount numeric(18, 3) not null, -- Discounts.
  tax numeric(18, 3) not null, -- Taxes.
  rounding numeric(18, 3) not null, -- Cash rounding.
  cost numeric(18, 3) not null, -- Cost by the lots.
  constraint sales_day_counters_pkey primary key (branch_id, business_date, hour, user_id, sale_type)
);
create table operational.sales_day_products ( -- Sums of a closed day by product and tax rate.
  branch_id integer not null, -- Branch.
  business_date date not null, -- Business day.
  drug_id integer not null references reference.drugs (drug_id), -- Product.
  tax_rate numeric(6, 4) not null, -- Tax rate, 0.14 is 14 %.
  is_return boolean not null, -- True: taken back.
  lines integer not null check (lines > 0), -- How many lines.
  quantity numeric(18, 3) not null, -- Base units; negative where taken back.
  amount numeric(18, 3) not null, -- Lines before discount and tax; negative where taken back.
  discount numeric(18, 3) not null, -- Discounts.
  tax numeric(18, 3) not null, -- Taxes.
  cost numeric(18, 3) not null, -- Cost by the lots.
  constraint sales_day_products_pkey primary key (branch_id, business_date, drug_id, tax_rate, is_return)
);
create table operational.sales_month_products ( -- Sums of a closed month by product and tax rate.
  branch_id integer not null, -- Branch.
  month date not null, -- First day of the month.
  drug_id integer not null references reference.drugs (drug_id), -- Product.
  tax_rate numeric(6, 4) not null, -- Tax rate, 0.14 is 14 %.
  is_return boolean not null, -- True: taken back.
  lines integer not null check (lines > 0), -- How many lines.
  quantity numeric(18, 3) not null, -- Base units; negative where taken back.
  amount numeric(18, 3) not null, -- Lines before discount and tax; negative where taken back.
  discount numeric(18, 3) not null, -- Discounts.
  tax numeric(18, 3) not null, -- Taxes.
  cost numeric(18, 3) not null, -- Cost by the lots.
  constraint sales_month_products_pkey primary key (branch_id, month, drug_id, tax_rate, is_return)
);
create table operational.sales_day_prescribers ( -- Sums of a closed day of fills by prescriber.
  branch_id integer not null, -- Branch.
  business_date date not null, -- Business day.
  prescriber_id integer not null references operational.prescribers (prescriber_id), -- Who prescribed it.
  is_return boolean not null, -- True: taken back.
  lines integer not null check (lines > 0), -- How many fills.
  amount numeric(18, 3) not null, -- Lines before discount and tax; negative where taken back.
  discount numeric(18, 3) not null, -- Discounts.
  tax numeric(18, 3) not null, -- Taxes.
  cost numeric(18, 3) not null, -- Cost by the lots.
  constraint sales_day_prescribers_pkey primary key (branch_id, business_date, prescriber_id, is_return)
);
create table operational.sales_day_tenders ( -- Sums of a closed day by cashier, tender and payer.
  branch_id integer not null, -- Branch.
  business_date date not null, -- Business day.
  user_id integer not null references operational.users (user_id), -- Cashier.
  method text not null, -- Tender.
  payer_id integer references operational.payers (payer_id), -- Payer, where the tender is the share of a claim.
  is_return boolean not null, -- True: of returns and voids.
  payments integer not null check (payments > 0), -- How many payments.
  amount numeric(18, 3) not null, -- Sum of them less change; negative where refunded.
  constraint sales_day_tenders_key unique nulls not distinct (branch_id, business_date, user_id, method, payer_id, is_return)
);

create function operational.reopen_sales_day() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
begin
  -- Whoever sums the day is waited for; whoever comes to sum it waits for this sale. Days that are not being summed know no waiting.
  perform pg_advisory_xact_lock_shared(${dayLock('new.branch_id', 'new.business_date')});
  delete from operational.sales_closed_days where branch_id = new.branch_id and business_date = new.business_date;
  -- A statement of its own: the month may have been summed while the day was waited for.
  delete from operational.sales_closed_months where branch_id = new.branch_id and month = date_trunc('month', new.business_date)::date;
  return new;
end $$;
comment on function operational.reopen_sales_day() is 'A sale of a day that was summed takes the sums of its day and month out of use until they are made anew.';
create trigger sales_reopen_day before insert on operational.sales
  for each row execute function operational.reopen_sales_day();

create function operational.close_sales_days(p_most integer) returns integer language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
declare
  v_day record;
  v_closed integer := 0;
begin
  for v_day in
    select b.branch_id, f.first + n as day from operational.branches b
    -- Whole months: one that has a day before the first sale is summed with all its days too.
    cross join lateral (select date_trunc('month', min(s.business_date))::date as first from operational.sales s where s.branch_id = b.branch_id) f
    cross join lateral generate_series(0, (now() at time zone b.time_zone)::date - 1 - f.first) n
    where not exists (select from operational.sales_closed_days c where c.branch_id = b.branch_id and c.business_date = f.first + n)
    order by 2, 1 limit p_most
  loop
    -- A day somebody is selling on, or summing, is left to the next look.
    continue when not pg_try_advisory_xact_lock(${dayLock('v_day.branch_id', 'v_day.day')});
    continue when exists (select from operational.sales_closed_days c where c.branch_id = v_day.branch_id and c.business_date = v_day.day);
${TABLES.map((table) => `    delete from operational.${table} where branch_id = v_day.branch_id and business_date = v_day.day;`).join('\n')}
    -- What a line cost is asked of the ledger once.
    with line as materialized (
      select * from operational.live_sale_lines where branch_id = v_day.branch_id and business_date = v_day.day
    ), counter as (${into('sales_day_counters', OF_LINES.counters('line'))}
    ), product as (${into('sales_day_products', OF_LINES.products('line'))}
    )${into('sales_day_prescribers', OF_LINES.prescribers('line'))};
${into('sales_day_tenders', `\nselect ${SUMS.sales_day_tenders} from operational.live_sales_tenders where branch_id = v_day.branch_id and business_date = v_day.day`)};
    insert into operational.sales_closed_days (branch_id, business_date) values (v_day.branch_id, v_day.day);
    v_closed := v_closed + 1;
  end loop;
  return v_closed;
end $$;
comment on function operational.close_sales_days(integer) is 'Sums so many business days at the most that are over and not summed, oldest first; answers how many it summed.';

create function operational.close_sales_months() returns integer language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
declare
  v_month record;
  v_days integer;
  v_closed integer := 0;
begin
  if not pg_try_advisory_xact_lock(hashtextextended('operational.sales months', 0)) then
    return 0;
  end if;
  for v_month in
    select c.branch_id, date_trunc('month', c.business_date)::date as month
    from operational.sales_closed_days c
    where not exists (select from operational.sales_closed_months m where m.branch_id = c.branch_id and m.month = date_trunc('month', c.business_date)::date)
    group by 1, 2 order by 2, 1
  loop
    -- A sale that takes one of the days out waits until the month stands, and takes it out too.
    perform from operational.sales_closed_days c
    where c.branch_id = v_month.branch_id and c.business_date >= v_month.month and c.business_date < (v_month.month + interval '1 month')::date for key share;
    get diagnostics v_days = row_count;
    continue when v_days < (v_month.month + interval '1 month')::date - v_month.month;
    delete from operational.sales_month_products where branch_id = v_month.branch_id and month = v_month.month;
    insert into operational.sales_month_products (branch_id, month, drug_id, tax_rate, is_return, lines, quantity, amount, discount, tax, cost)
    select p.branch_id, v_month.month, p.drug_id, p.tax_rate, p.is_return, sum(p.lines), sum(p.quantity), sum(p.amount), sum(p.discount), sum(p.tax), sum(p.cost)
    from operational.sales_day_products p
    where p.branch_id = v_month.branch_id and p.business_date >= v_month.month and p.business_date < (v_month.month + interval '1 month')::date
    group by p.branch_id, p.drug_id, p.tax_rate, p.is_return;
    insert into operational.sales_closed_months (branch_id, month) values (v_month.branch_id, v_month.month);
    v_closed := v_closed + 1;
  end loop;
  return v_closed;
end $$;
comment on function operational.close_sales_months() is 'Sums the products of months whose days are all closed; answers how many it summed.';

${ALL.map(branchScope).join('')}
grant select on ${ALL.map((table) => `operational.${table}`).join(', ')} to pharmacy_app;
revoke all on function operational.close_sales_days(integer), operational.close_sales_months() from public;
grant execute on function operational.close_sales_days(integer), operational.close_sales_months() to pharmacy_app;
`;

export const NO_DAY_SUMS = `
drop trigger sales_reopen_day on operational.sales;
drop function operational.reopen_sales_day(), operational.close_sales_days(integer), operational.close_sales_months();
drop table ${ALL.map((table) => `operational.${table}`).join(', ')};
drop index operational.sales_taken_back_idx, operational.sales_business_day_idx;
`;
