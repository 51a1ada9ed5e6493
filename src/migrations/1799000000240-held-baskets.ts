import type { MigrationInterface, QueryRunner } from 'typeorm';

import { branchScope } from './support/branch-scope.js';
import { commentedSql } from './support/commented-sql.js';
import { refuseToDropRows } from './support/drop-guard.js';

/** Most baskets that wait at a branch at the same time: more than any counter can look through. */
const MOST_HELD = 50;

/** Settings of what happens around a sale, and baskets that are held and resumed once. */
export class HeldBaskets1799000000240 implements MigrationInterface {
  name = 'HeldBaskets1799000000240';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      commentedSql(`
create table operational.after_sale_settings ( -- How a branch holds baskets, quotes, gives credit and prints; a branch without a row has the defaults.
  branch_id integer primary key references operational.branches (branch_id), -- Branch.
  held_basket_hours smallint not null default 24 check (held_basket_hours between 1 and 168), -- A held basket is gone after so many hours.
  quotation_days smallint not null default 7 check (quotation_days between 1 and 365), -- A quotation is valid for so many days.
  quotation_keeps_prices boolean not null default true, -- True: a valid quotation is sold at its prices; false: at those of the day.
  credit_note_days smallint check (credit_note_days between 1 and 3650), -- A credit note is redeemed within so many days; null: it does not expire.
  e_invoice text not null default 'none' check (e_invoice in ('none', 'zatca', 'eta')), -- Whose code stands on a receipt: none, the Saudi or the Egyptian authority's.
  tax_number text, -- Tax registration number of the seller: 15 digits for zatca, 9 for eta.
  version integer not null default 1, -- Rises by one with each edit.
  constraint after_sale_settings_tax_number_check check (case e_invoice when 'zatca' then coalesce(tax_number ~ '^3[0-9]{13}3$', false)
    when 'eta' then coalesce(tax_number ~ '^[0-9]{9}$', false) else tax_number is null or tax_number ~ '^[0-9A-Za-z-]{1,30}$' end)
);
call operational.attach_row_audit('after_sale_settings', 'branch_id');
grant select, insert, update on operational.after_sale_settings to pharmacy_app;
${branchScope('after_sale_settings')}

create table operational.held_baskets ( -- Baskets set aside at a till until the customer is back; none of their stock is kept. What ended stays as it is.
  held_basket_id integer generated always as identity primary key, -- Identity.
  branch_id integer not null references operational.branches (branch_id), -- Branch: any of its tills resumes it.
  label text check (length(btrim(label)) between 1 and 100), -- What it is known by at the counter.
  patient_id integer, -- Patient, where known.
  lines jsonb not null check (jsonb_typeof(lines) = 'array' and jsonb_array_length(lines) between 1 and 100 and length(lines::text) <= 100000), -- Products and fills as they stood in the basket.
  total numeric(14, 3) not null check (total >= 0), -- What it came to when it was held; it is sold at the prices of the moment it is paid.
  status text not null default 'held' check (status in ('held', 'resumed', 'discarded')), -- A resumed basket is in somebody's till.
  held_by integer not null references operational.users (user_id), -- Who held it; set by trigger.
  held_at timestamptz not null default now(), -- When.
  expires_at timestamptz not null, -- When it is gone; set by trigger from the settings of the branch.
  ended_by integer references operational.users (user_id), -- Who resumed or discarded it; set by trigger.
  ended_at timestamptz, -- When.
  constraint held_baskets_patient_fkey foreign key (patient_id, branch_id) references operational.patients (patient_id, branch_id),
  constraint held_baskets_ended_check check ((status = 'held') = (ended_at is null))
);
create index held_baskets_open_idx on operational.held_baskets (branch_id, held_basket_id) where status = 'held';
create index held_baskets_patient_idx on operational.held_baskets (patient_id);
call operational.attach_row_audit('held_baskets', 'held_basket_id');

create function operational.guard_held_basket() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op = 'UPDATE' then
    if (new.branch_id, new.label, new.patient_id, new.lines, new.total, new.held_by, new.held_at, new.expires_at)
        is distinct from (old.branch_id, old.label, old.patient_id, old.lines, old.total, old.held_by, old.held_at, old.expires_at)
      or not (old.status = 'held' and new.status in ('resumed', 'discarded') or old.status = 'discarded' and new.status = 'held')
      or old.expires_at <= now() then
      raise exception 'held basket %: % is not possible', old.held_basket_id, new.status using errcode = 'MD440';
    end if;
  end if;
  if new.status = 'held' then
    -- Those who hold at one branch queue here, so that the limit holds.
    perform pg_advisory_xact_lock(7340, new.branch_id);
    if (select count(*) from operational.held_baskets h where h.branch_id = new.branch_id and h.status = 'held' and h.expires_at > now()) >= ${MOST_HELD} then
      raise exception '% baskets are held at branch %', ${MOST_HELD}, new.branch_id using errcode = 'MD441';
    end if;
    new.ended_by := null;
    new.ended_at := null;
  else
    new.ended_by := operational.current_user_id();
    new.ended_at := clock_timestamp();
  end if;
  if tg_op = 'INSERT' then
    new.held_by := coalesce(operational.current_user_id(), new.held_by);
    new.held_at := now();
    new.expires_at := now() + make_interval(hours => coalesce((select s.held_basket_hours from operational.after_sale_settings s where s.branch_id = new.branch_id), 24));
  end if;
  return new;
end $$;
comment on function operational.guard_held_basket() is 'A held basket is resumed or discarded once; a discarded one comes back while its time lasts. At most ${MOST_HELD} wait at a branch.';
create trigger held_baskets_guard before insert or update on operational.held_baskets
  for each row execute function operational.guard_held_basket();
create trigger held_baskets_guard_merged before insert on operational.held_baskets
  for each row when (new.patient_id is not null) execute function operational.guard_merged_patient();
create trigger held_baskets_stay before delete on operational.held_baskets
  for each row execute function operational.refuse_change();
grant select, insert (branch_id, label, patient_id, lines, total), update (status) on operational.held_baskets to pharmacy_app;
${branchScope('held_baskets')}
`),
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await refuseToDropRows(queryRunner, ['operational.held_baskets', 'operational.after_sale_settings']);
    await queryRunner.query(`
drop table operational.held_baskets;
drop function operational.guard_held_basket();
drop table operational.after_sale_settings;
`);
  }
}
