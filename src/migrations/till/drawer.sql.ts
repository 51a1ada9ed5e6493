import { appendOnly, branchScope } from '../support/branch-scope.js';

/** Notes and coins of a currency, the largest first; what an installation begins with. */
const DENOMINATIONS: Readonly<Record<string, { readonly notes: string; readonly coins: string }>> = {
  AED: { notes: '1000 500 200 100 50 20 10 5', coins: '1 0.5 0.25' },
  BHD: { notes: '20 10 5 1 0.5', coins: '0.1 0.05 0.025 0.01 0.005' },
  EGP: { notes: '200 100 50 20 10 5', coins: '1 0.5 0.25' },
  EUR: { notes: '500 200 100 50 20 10 5', coins: '2 1 0.5 0.2 0.1 0.05 0.02 0.01' },
  GBP: { notes: '50 20 10 5', coins: '2 1 0.5 0.2 0.1 0.05 0.02 0.01' },
  JOD: { notes: '50 20 10 5 1', coins: '0.5 0.25 0.1 0.05' },
  JPY: { notes: '10000 5000 2000 1000', coins: '500 100 50 10 5 1' },
  KWD: { notes: '20 10 5 1 0.5 0.25', coins: '0.1 0.05 0.02 0.01 0.005' },
  OMR: { notes: '50 20 10 5 1 0.5 0.1', coins: '0.05 0.025 0.01 0.005' },
  QAR: { notes: '500 200 100 50 10 5 1', coins: '0.5 0.25' },
  SAR: { notes: '500 200 100 50 20 10 5', coins: '2 1 0.5 0.25 0.1 0.05' },
  USD: { notes: '100 50 20 10 5 2 1', coins: '0.5 0.25 0.1 0.05 0.01' },
};

const seeded = Object.entries(DENOMINATIONS)
  .flatMap(([currency, { notes, coins }]) => [
    ...notes.split(' ').map((value) => `('${currency}', ${value}, 'note')`),
    ...coins.split(' ').map((value) => `('${currency}', ${value}, 'coin')`),
  ])
  .join(', ');

/** The drawer: notes and coins, blind counts before the close, drops into the safe. */
export const DRAWER = `
create table operational.cash_denominations ( -- Notes and coins that are counted, by currency.
  currency text not null check (currency ~ '^[A-Z]{3}$'), -- ISO 4217 code.
  denomination numeric(14, 3) not null check (denomination > 0), -- Face value.
  kind text not null check (kind in ('note', 'coin')), -- What it is.
  primary key (currency, denomination)
);
insert into operational.cash_denominations (currency, denomination, kind) values ${seeded};
call operational.attach_row_audit('cash_denominations', 'currency,denomination');
grant select, insert, delete on operational.cash_denominations to pharmacy_app;
grant select on operational.cash_denominations to pharmacy_reporting;

alter table operational.till_cash_movements
  add column bag_number text check (length(btrim(bag_number)) between 1 and 40),
  add column witness_id integer references operational.users (user_id),
  add column kind text not null generated always as (case when bag_number is not null or witness_id is not null then 'drop' when amount > 0 then 'pay_in' else 'pay_out' end) stored,
  add constraint till_cash_movements_drop_check check (amount < 0 or (bag_number is null and witness_id is null)),
  add constraint till_cash_movements_witness_check check (witness_id <> user_id);
comment on column operational.till_cash_movements.bag_number is 'Number of the sealed bag the cash went into, on a drop.';
comment on column operational.till_cash_movements.witness_id is 'Who saw it go into the safe, on a drop.';
comment on column operational.till_cash_movements.kind is 'pay_in, pay_out, or drop: taken to the safe, with a bag or a witness.';

create function operational.guard_drop_witness() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
begin
  if not exists (select from operational.witness_signatures w where w.witness_id = new.witness_id and w.branch_id = new.branch_id and w.used_at = now()) then
    raise exception 'user % has not signed for this drop', new.witness_id using errcode = 'MD036';
  end if;
  return new;
end $$;
comment on function operational.guard_drop_witness() is 'Who saw a drop has signed for it with his password: his signature is used in the same transaction.';
create trigger till_cash_movements_witness before insert on operational.till_cash_movements
  for each row when (new.witness_id is not null and current_user in ('pharmacy_app', 'pharmacy_admin')) execute function operational.guard_drop_witness();

create table operational.till_drawer_counts ( -- What was counted blind in a shift that is open, and the float it began with; append-only. It knows nothing of what is expected.
  drawer_count_id integer generated always as identity primary key, -- Identity.
  branch_id integer not null, -- Branch of the shift.
  shift_id integer not null, -- The shift.
  count_no smallint not null check (count_no >= 0), -- 0: the float; then 1, 2 …; set by trigger.
  cash numeric(14, 3) not null check (cash >= 0), -- Cash counted.
  card numeric(14, 3) check (card >= 0), -- Card slips counted; null: not counted.
  mobile numeric(14, 3) check (mobile >= 0), -- Mobile payments counted; null: not counted.
  entries_seen integer not null, -- Payments and cash movements the shift had: with another, the count is of the past; set by trigger.
  recount_reason text check (length(btrim(recount_reason)) between 1 and 300), -- Why it was counted again.
  counted_by integer references operational.users (user_id), -- Who counted; set by trigger.
  counted_at timestamptz not null default now(), -- When.
  constraint till_drawer_counts_number_key unique (shift_id, count_no),
  constraint till_drawer_counts_branch_key unique (drawer_count_id, branch_id),
  constraint till_drawer_counts_shift_fkey foreign key (shift_id, branch_id) references operational.till_shifts (shift_id, branch_id)
);

create table operational.till_drawer_pieces ( -- Notes and coins of a count; append-only.
  branch_id integer not null, -- Branch of the count.
  drawer_count_id integer not null, -- The count.
  denomination numeric(14, 3) not null check (denomination > 0), -- Face value.
  pieces integer not null check (pieces between 1 and 1000000), -- How many.
  primary key (drawer_count_id, denomination),
  constraint till_drawer_pieces_count_fkey foreign key (drawer_count_id, branch_id) references operational.till_drawer_counts (drawer_count_id, branch_id)
);

create function operational.till_entries(p_shift_id integer) returns integer language sql stable
  set search_path = pg_catalog, pg_temp as $$
  select ((select count(*) from operational.payments p where p.shift_id = p_shift_id) + (select count(*) from operational.till_cash_movements m where m.shift_id = p_shift_id)
    + (select count(*) from operational.account_entries e where e.shift_id = p_shift_id))::integer
$$;
comment on function operational.till_entries(integer) is 'How many payments, of sales and of accounts, and cash movements a shift has: a count stands as long as there are no more.';

create function operational.note_drawer_count() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
declare
  v_float numeric;
  v_same integer;
begin
  -- Sales that are under way in the shift are waited for; later ones wait for the count.
  select opening_float into v_float from operational.till_shifts where shift_id = new.shift_id and status = 'open' for update;
  if not found then
    raise exception 'till shift % is not open', new.shift_id using errcode = 'MD233';
  end if;
  new.entries_seen := operational.till_entries(new.shift_id);
  new.counted_by := coalesce(operational.current_user_id(), new.counted_by);
  if new.count_no = 0 then
    if new.entries_seen > 0 or new.cash <> v_float then
      raise exception 'shift % began with %', new.shift_id, v_float using errcode = 'MD234';
    end if;
    return new;
  end if;
  select coalesce(max(c.count_no), 0) + 1, count(*) filter (where c.count_no > 0 and c.entries_seen = new.entries_seen)
  into new.count_no, v_same from operational.till_drawer_counts c where c.shift_id = new.shift_id;
  if v_same >= 2 then
    raise exception 'shift % was counted twice', new.shift_id using errcode = 'MD231';
  end if;
  if v_same = 1 and new.recount_reason is null then
    raise exception 'why shift % is counted again is not said', new.shift_id using errcode = 'MD232';
  end if;
  return new;
end $$;
comment on function operational.note_drawer_count() is 'The drawer of an open shift is counted once, and a second time with a reason; what is posted meanwhile makes the counts void.';
create trigger till_drawer_counts_note before insert on operational.till_drawer_counts
  for each row execute function operational.note_drawer_count();

create function operational.check_drawer_pieces() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
begin
  if (select c.cash from operational.till_drawer_counts c where c.drawer_count_id = new.drawer_count_id)
    <> (select sum(p.denomination * p.pieces) from operational.till_drawer_pieces p where p.drawer_count_id = new.drawer_count_id) then
    raise exception 'count %: notes and coins are not the cash', new.drawer_count_id using errcode = 'MD234';
  end if;
  if not exists (select from operational.branches b join operational.cash_denominations d on d.currency = b.currency
    where b.branch_id = new.branch_id and d.denomination = new.denomination) then
    raise exception 'there is no note or coin of %', new.denomination using errcode = 'MD235';
  end if;
  return null;
end $$;
comment on function operational.check_drawer_pieces() is 'At commit: notes and coins are of the currency of the branch and add up to the cash.';
create constraint trigger till_drawer_pieces_check after insert on operational.till_drawer_pieces deferrable initially deferred
  for each row execute function operational.check_drawer_pieces();

call operational.attach_row_audit('till_drawer_counts', 'drawer_count_id');
call operational.attach_row_audit('till_drawer_pieces', 'drawer_count_id,denomination');
${['till_drawer_counts', 'till_drawer_pieces'].map((table) => appendOnly(table) + branchScope(table)).join('\n')}
grant select, insert (branch_id, shift_id, count_no, cash, card, mobile, recount_reason) on operational.till_drawer_counts to pharmacy_app;
grant select, insert on operational.till_drawer_pieces to pharmacy_app;
`;
