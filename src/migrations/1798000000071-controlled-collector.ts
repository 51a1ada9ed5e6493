import type { MigrationInterface, QueryRunner } from 'typeorm';

import { commentedSql } from './support/commented-sql.js';

/**
 * Who takes controlled medicines away shows a document, where the jurisdiction of the branch asks for it. Which schedules
 * these are is a table; it says what the rules of the programs say, and a test holds the two together.
 */
export class ControlledCollector1798000000071 implements MigrationInterface {
  name = 'ControlledCollector1798000000071';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      commentedSql(`
create table operational.controlled_schedules ( -- What the database itself asks for controlled products, by jurisdiction.
  jurisdiction text not null check (jurisdiction in ('none', 'EG', 'US')), -- Whose rules.
  schedule text not null check (schedule in ('II', 'III', 'IV', 'V')), -- Schedule of the product.
  collector_identity boolean not null, -- True: nothing is handed over without the document of who takes it.
  constraint controlled_schedules_pkey primary key (jurisdiction, schedule)
);
insert into operational.controlled_schedules (jurisdiction, schedule, collector_identity)
values ('US', 'II', true), ('US', 'III', true), ('US', 'IV', true), ('US', 'V', false), ('EG', 'II', true);
grant select on operational.controlled_schedules to pharmacy_app, pharmacy_reporting;

alter table operational.pick_ups
  add column document_kind text check (document_kind in ('national_id', 'passport', 'driving_licence', 'residence_permit', 'military_id', 'other')),
  add column document_number text check (length(btrim(document_number)) between 3 and 60),
  add constraint pick_ups_document_check check ((document_kind is null) = (document_number is null));
comment on column operational.pick_ups.document_kind is 'Kind of the document that who took it showed.';
comment on column operational.pick_ups.document_number is 'Its number.';
grant select (document_kind) on operational.pick_ups to pharmacy_reporting;
drop trigger pick_ups_audit on operational.pick_ups;
call operational.attach_row_audit('pick_ups', 'pick_up_id', 'signature,document_number');

create function operational.guard_collector() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
begin
  if not exists (select from operational.pick_ups p where p.fill_id = new.fill_id and p.document_number is not null) and exists (
    select from reference.drugs d join operational.branches b on b.branch_id = new.branch_id
    join operational.controlled_schedules s on s.jurisdiction = b.jurisdiction and s.schedule = d.controlled_schedule and s.collector_identity
    where d.drug_id = new.drug_id
  ) then
    raise exception 'fill % is controlled and would leave without a document', new.fill_id using errcode = 'MD031';
  end if;
  return new;
end $$;
comment on function operational.guard_collector() is 'Refuses handing over a controlled product without the document of who takes it, where the jurisdiction asks for one.';
create trigger fills_guard_collector before update of status on operational.fills
  for each row when (new.status = 'dispensed' and old.status <> 'dispensed') execute function operational.guard_collector();
`),
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
drop trigger fills_guard_collector on operational.fills;
drop function operational.guard_collector();
drop trigger pick_ups_audit on operational.pick_ups;
call operational.attach_row_audit('pick_ups', 'pick_up_id', 'signature');
alter table operational.pick_ups drop column document_number, drop column document_kind;
drop table operational.controlled_schedules;
`);
  }
}
