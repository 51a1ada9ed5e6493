import type { MigrationInterface, QueryRunner } from 'typeorm';

import { commentedSql } from './support/commented-sql.js';
import { refuseToDropRows } from './support/drop-guard.js';

/**
 * Screenings are kept with everything they judged, so that a verdict of any day can be given again; nothing is verified or
 * dispensed without one of its own transaction. An alert is one finding of one version of a rule about
 * one dose; an override answers it, and may be remembered for the same finding.
 */
export class Screenings1796000000003 implements MigrationInterface {
  name = 'Screenings1796000000003';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      commentedSql(`
create table operational.screenings ( -- A verdict something was entered, filled, dispensed or sold by, with all it rests on; append-only.
  screening_id bigint generated always as identity primary key, -- Identity of the screening.
  branch_id integer not null references operational.branches (branch_id), -- Branch.
  patient_id integer not null, -- Whom it is about.
  purpose text not null check (purpose in ('fill', 'verify', 'dispense', 'sale')), -- What it was made for.
  prescription_id integer, -- The prescription, unless it is a sale.
  fill_id integer, -- The fill, unless it is a sale.
  sale_id integer references operational.sales (sale_id), -- The sale.
  drug_id integer references reference.drugs (drug_id), -- The product judged, of a fill.
  facts jsonb not null, -- The person and the medicines as they were judged.
  knowledge jsonb not null, -- Compositions, ingredients and groups of that moment.
  rule_ids jsonb not null, -- Versions of the rules that could concern them, by table.
  verdict jsonb not null, -- Alerts and what was not checked.
  content_sha256 text not null check (content_sha256 ~ '^[0-9a-f]{64}$'), -- Hash of facts, knowledge and rule versions.
  verdict_sha256 text not null check (verdict_sha256 ~ '^[0-9a-f]{64}$'), -- Hash of the verdict.
  engine integer not null, -- Version of the engine that judged.
  release_id integer, -- Catalogue release that was applied last.
  screened_by integer references operational.users (user_id), -- Who had it made.
  screened_at timestamptz not null default now(), -- When.
  tx_id xid8 not null default pg_current_xact_id(), -- Transaction that made it: what it allows happens in the same one.
  constraint screenings_target_check check ((purpose = 'sale') = (sale_id is not null) and (purpose = 'sale') = (fill_id is null) and (fill_id is null) = (prescription_id is null)),
  constraint screenings_patient_fkey foreign key (patient_id, branch_id) references operational.patients (patient_id, branch_id),
  constraint screenings_fill_fkey foreign key (fill_id, branch_id) references operational.fills (fill_id, branch_id),
  constraint screenings_prescription_fkey foreign key (prescription_id, branch_id) references operational.prescriptions (prescription_id, branch_id)
);
create index screenings_fill_idx on operational.screenings (fill_id, screening_id);
create index screenings_sale_idx on operational.screenings (sale_id);
create index screenings_branch_idx on operational.screenings (branch_id, screened_at);

alter table operational.clinical_alerts
  add column patient_id integer,
  add column identity text,
  alter column prescription_id drop not null;
alter table operational.clinical_alerts disable trigger user;
update operational.clinical_alerts a set patient_id = p.patient_id, identity = 'before|' || a.fingerprint
from operational.prescriptions p where p.prescription_id = a.prescription_id;
alter table operational.clinical_alerts enable trigger user;
alter table operational.clinical_alerts
  alter column patient_id set not null,
  alter column identity set not null,
  drop constraint clinical_alerts_once_key,
  add constraint clinical_alerts_patient_fkey foreign key (patient_id, branch_id) references operational.patients (patient_id, branch_id);
create unique index clinical_alerts_once_key on operational.clinical_alerts (patient_id, coalesce(prescription_id, 0), identity);
comment on column operational.clinical_alerts.prescription_id is 'The prescription screened; null: a sale over the counter.';
comment on column operational.clinical_alerts.patient_id is 'Whom it is about.';
comment on column operational.clinical_alerts.identity is 'Finding, version of the rule, severity and doses as one key: another version or another dose is another alert.';

alter table operational.alert_overrides
  alter column fill_id drop not null,
  add column sale_id integer references operational.sales (sale_id),
  add column remembered_override_id integer references operational.alert_overrides (override_id),
  add constraint alert_overrides_target_check check (num_nonnulls(fill_id, sale_id) = 1),
  add constraint alert_overrides_sale_key unique (alert_id, sale_id);
create index alert_overrides_alert_idx on operational.alert_overrides (alert_id);
comment on column operational.alert_overrides.fill_id is 'The fill it let through; null: a sale.';
comment on column operational.alert_overrides.sale_id is 'The sale it let through.';
comment on column operational.alert_overrides.remembered_override_id is 'The decision that was remembered, where none was given anew.';

alter table operational.branches add column override_memory_days integer not null default 180 check (override_memory_days between 0 and 3660);
comment on column operational.branches.override_memory_days is 'Days an override is remembered for the same patient, finding and dose; 0: never. One of a contraindicated finding never is.';

create table operational.step_ups ( -- A password given again for one grave command; used once.
  step_up_id bigint generated always as identity primary key, -- Identity.
  user_id integer not null references operational.users (user_id), -- Who gave it.
  session_id integer not null references operational.sessions (session_id), -- In which session.
  token_hash bytea not null unique, -- SHA-256 of the token handed out.
  expires_at timestamptz not null, -- Until when it may be used.
  used_at timestamptz -- When it was used.
);
create index step_ups_session_idx on operational.step_ups (session_id);

create function operational.require_screening() returns trigger language plpgsql
  set search_path = pg_catalog, pg_temp as $$
declare
  v_screening bigint;
begin
  -- What the owner loads (a restore, a move from another system) was dispensed before; the programs are held to this.
  if current_user not in ('pharmacy_app', 'pharmacy_admin') then
    return new;
  end if;
  select max(s.screening_id) into v_screening
  from operational.screenings s join operational.prescriptions p on p.prescription_id = new.prescription_id
  where s.fill_id = new.fill_id and s.tx_id = pg_current_xact_id() and s.patient_id = p.patient_id and s.drug_id = new.drug_id;
  if v_screening is null then
    raise exception 'fill % has no screening of this moment', new.fill_id using errcode = 'MD010';
  end if;
  if exists (
    select from operational.screenings s, jsonb_array_elements(s.verdict -> 'alerts') a
    where s.screening_id = v_screening and (a ->> 'stops')::boolean
      and not exists (
        select from operational.alert_overrides o join operational.clinical_alerts c using (alert_id)
        where o.fill_id = new.fill_id and c.patient_id = s.patient_id and c.identity = a ->> 'identity')
  ) then
    raise exception 'an alert stops fill % and nobody has overridden it', new.fill_id using errcode = 'MD010';
  end if;
  return new;
end $$;
comment on function operational.require_screening() is 'Refuses verifying and dispensing without a screening of the same transaction, or over a stop that nobody has overridden.';
create trigger fills_require_screening before update of status on operational.fills
  for each row when (new.status in ('verified', 'dispensed') and old.status is distinct from new.status) execute function operational.require_screening();
create trigger fills_enter_in_progress before insert on operational.fills
  for each row when (new.status in ('verified', 'ready', 'dispensed')) execute function operational.require_screening();

create trigger screenings_append_only before update or delete on operational.screenings
  for each row execute function operational.refuse_change();
call operational.attach_row_audit('step_ups', 'step_up_id', 'token_hash');

grant select, insert on operational.screenings to pharmacy_app;
grant select, insert, update (used_at) on operational.step_ups to pharmacy_app;
alter table operational.screenings enable row level security;
create policy branch_scope on operational.screenings to pharmacy_app
  using (branch_id = any ((select operational.current_branches())::integer[])) with check (branch_id = any ((select operational.current_branches())::integer[]));
create policy reporting_reads on operational.screenings for select to pharmacy_reporting using (true);
grant select on operational.screenings to pharmacy_reporting;
alter table operational.step_ups enable row level security;
create policy own_step_ups on operational.step_ups to pharmacy_app
  using (user_id = (select operational.current_user_id())) with check (user_id = (select operational.current_user_id()));
`),
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await refuseToDropRows(queryRunner, ['operational.screenings', 'operational.alert_overrides']);
    await queryRunner.query(`
drop trigger fills_require_screening on operational.fills;
drop trigger fills_enter_in_progress on operational.fills;
drop function operational.require_screening();
drop table operational.step_ups, operational.screenings;
alter table operational.branches drop column override_memory_days;
drop index operational.alert_overrides_alert_idx;
alter table operational.alert_overrides drop constraint alert_overrides_target_check, drop constraint alert_overrides_sale_key,
  drop column sale_id, drop column remembered_override_id, alter column fill_id set not null;
drop index operational.clinical_alerts_once_key;
alter table operational.clinical_alerts drop constraint clinical_alerts_patient_fkey, drop column patient_id, drop column identity;
delete from operational.clinical_alerts where prescription_id is null;
alter table operational.clinical_alerts alter column prescription_id set not null,
  add constraint clinical_alerts_once_key unique (prescription_id, fingerprint);
`);
  }
}
