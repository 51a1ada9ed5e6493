import type { MigrationInterface, QueryRunner } from 'typeorm';

import { commentedSql } from './support/commented-sql.js';
import { refuseToDropRows } from './support/drop-guard.js';

/**
 * Packs scanned against a fill, what bypassed a scan, and the register of near misses, which names nobody unless the branch
 * says so. Where the branch asks for scans nothing is verified without them.
 */
export class ScanVerification1798000000043 implements MigrationInterface {
  name = 'ScanVerification1798000000043';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      commentedSql(`
alter table operational.branches
  add column scan_policy text not null default 'off' check (scan_policy in ('off', 'product', 'lot')),
  add column near_miss_names boolean not null default false;
comment on column operational.branches.scan_policy is 'What must be scanned before a fill is verified, in filling and again in verifying: nothing, the product, or a pack of every lot with its lot and expiry.';
comment on column operational.branches.near_miss_names is 'True: near misses keep who, which fill and when to the minute; false: nobody is named, and nothing leads to him.';

create table operational.fill_scans ( -- Packs that matched a fill, and scans that were bypassed; append-only. What did not match is a near miss.
  scan_id bigint generated always as identity primary key, -- Identity of the scan.
  branch_id integer not null, -- Branch of the fill.
  fill_id integer not null, -- The fill.
  stage text not null check (stage in ('fill', 'verify')), -- Who fills scans, and who verifies scans again.
  result text not null check (result in ('matched', 'bypassed')), -- What it counts as.
  lot_id integer, -- The lot it proved; null: the product alone, or a bypass.
  code text check (length(code) between 1 and 500), -- What was scanned.
  gtin text check (length(gtin) = 14), -- Product code in it, padded to 14 digits.
  serial_number text check (length(serial_number) between 1 and 100), -- Serial of the pack, where the code says.
  bypass_reason text check (bypass_reason in ('no_barcode', 'damaged_barcode', 'not_in_catalogue', 'scanner_down', 'repacked')), -- Why it was not scanned.
  bypass_note text check (length(btrim(bypass_note)) between 5 and 500), -- Why, in words.
  user_id integer not null references operational.users (user_id), -- Who.
  scanned_at timestamptz not null default now(), -- When.
  constraint fill_scans_fill_fkey foreign key (fill_id, branch_id) references operational.fills (fill_id, branch_id),
  constraint fill_scans_lot_fkey foreign key (lot_id, branch_id) references operational.inventory_lots (lot_id, branch_id),
  constraint fill_scans_kind_check check (case result when 'matched' then code is not null and bypass_reason is null and bypass_note is null
    else code is null and lot_id is null and bypass_reason is not null and bypass_note is not null end)
);
create index fill_scans_fill_idx on operational.fill_scans (fill_id, stage);

create table operational.near_misses ( -- Errors that were caught before they reached a patient; append-only. A log of its own without names, so not audited a second time.
  near_miss_id integer generated always as identity primary key, -- Identity of the near miss.
  branch_id integer not null references operational.branches (branch_id), -- Branch.
  kind text not null check (kind in ('wrong_product', 'unknown_product', 'wrong_lot', 'wrong_expiry', 'expired_pack', 'wrong_patient', 'wrong_strength', 'wrong_quantity', 'wrong_directions', 'other')), -- What was wrong.
  stage text not null check (stage in ('entry', 'fill', 'verify', 'pick_up', 'other')), -- Where it was caught.
  source text not null check (source in ('scan', 'pick_up', 'report')), -- What caught it: a scan, the identifiers asked for at pick-up, or a person.
  expected_drug_id integer references reference.drugs (drug_id), -- Product of the fill.
  found_drug_id integer references reference.drugs (drug_id), -- Product in hand.
  expected_lot text check (length(expected_lot) <= 500), -- Lots of the fill, with expiry.
  found_lot text check (length(found_lot) <= 100), -- Lot in hand, with expiry.
  cause text check (cause in ('look_alike', 'sound_alike', 'wrong_shelf', 'distraction', 'workload', 'handwriting', 'training', 'other')), -- Why it could happen, as reported.
  description text check (length(description) <= 2000), -- What happened, in words.
  fill_id integer, -- The fill; null: anonymous.
  user_id integer references operational.users (user_id), -- Who; null: anonymous.
  occurred_at timestamptz not null, -- When; the hour, where anonymous.
  constraint near_misses_fill_fkey foreign key (fill_id, branch_id) references operational.fills (fill_id, branch_id),
  constraint near_misses_anonymous_check check (user_id is not null or (fill_id is null and occurred_at = date_trunc('hour', occurred_at, 'UTC')))
);
create index near_misses_branch_idx on operational.near_misses (branch_id, near_miss_id);

create function operational.unscanned_lots(p_fill_id integer, p_stage text, p_user_id integer) returns table (lot_id integer) language sql stable
  set search_path = pg_catalog, pg_temp
begin atomic
  select l.lot_id
  from operational.fills f join operational.branches b on b.branch_id = f.branch_id
  cross join lateral (
    select r.lot_id from operational.stock_reservations r where r.fill_id = f.fill_id and r.status = 'open'
    union
    select m.lot_id from operational.stock_movements m where m.fill_id = f.fill_id and m.movement_type = 'dispense') l
  where f.fill_id = p_fill_id and b.scan_policy <> 'off'
    and not exists (
      select from operational.fill_scans s
      where s.fill_id = f.fill_id and s.stage = p_stage and (p_user_id is null or s.user_id = p_user_id)
        and (s.result = 'bypassed' or b.scan_policy = 'product' or s.lot_id = l.lot_id))
  order by l.lot_id;
end;
comment on function operational.unscanned_lots(integer, text, integer) is 'Lots of a fill that nobody (or not this user) has scanned or bypassed in a stage, by the policy of the branch.';

create function operational.guard_scans() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
begin
  if exists (select from operational.unscanned_lots(new.fill_id, 'fill', null)) or exists (select from operational.unscanned_lots(new.fill_id, 'verify', new.verified_by)) then
    raise exception 'fill % has packs that were not scanned', new.fill_id using errcode = 'MD024';
  end if;
  return new;
end $$;
comment on function operational.guard_scans() is 'Refuses to verify a fill whose packs were not scanned, where the branch asks for it.';
create trigger fills_guard_scans before update of status on operational.fills
  for each row when (old.status = 'in_progress' and new.status in ('verified', 'dispensed')) execute function operational.guard_scans();

create trigger fill_scans_append_only before update or delete on operational.fill_scans
  for each row execute function operational.refuse_change();
create trigger near_misses_append_only before update or delete on operational.near_misses
  for each row execute function operational.refuse_change();
call operational.attach_row_audit('fill_scans', 'scan_id');

grant select, insert on operational.fill_scans, operational.near_misses to pharmacy_app;
grant execute on function operational.unscanned_lots(integer, text, integer) to pharmacy_app;
grant select on operational.fill_scans, operational.near_misses to pharmacy_reporting;
alter table operational.fill_scans enable row level security;
create policy branch_scope on operational.fill_scans to pharmacy_app
  using (branch_id = any ((select operational.current_branches())::integer[])) with check (branch_id = any ((select operational.current_branches())::integer[]));
create policy reporting_reads on operational.fill_scans for select to pharmacy_reporting using (true);
alter table operational.near_misses enable row level security;
create policy branch_scope on operational.near_misses to pharmacy_app
  using (branch_id = any ((select operational.current_branches())::integer[])) with check (branch_id = any ((select operational.current_branches())::integer[]));
create policy reporting_reads on operational.near_misses for select to pharmacy_reporting using (true);

insert into operational.permissions (name, description)
select v.name, v.description
from (values ('BypassScan', 'Go on without a scan that the branch asks for, with a reason'),
  ('ReportNearMiss', 'Report an error that was caught in time')) as v (name, description)
where exists (select from operational.role_permissions)
on conflict (name) do nothing;
insert into operational.role_permissions (role_id, permission_id)
select rp.role_id, v.permission_id
from operational.role_permissions rp join operational.permissions p using (permission_id)
join operational.permissions v on (v.name = 'BypassScan' and p.name = 'VerifyPrescription') or (v.name = 'ReportNearMiss' and p.name in ('DispensePrescription', 'Sell', 'WriteInventory'))
on conflict do nothing;
`),
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await refuseToDropRows(queryRunner, ['operational.fill_scans', 'operational.near_misses']);
    await queryRunner.query(`
delete from operational.role_permissions where permission_id in (select permission_id from operational.permissions where name in ('BypassScan', 'ReportNearMiss'));
delete from operational.permissions where name in ('BypassScan', 'ReportNearMiss');
drop trigger fills_guard_scans on operational.fills;
drop function operational.guard_scans();
drop function operational.unscanned_lots(integer, text, integer);
drop table operational.near_misses, operational.fill_scans;
alter table operational.branches drop column near_miss_names, drop column scan_policy;
`);
  }
}
