import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a prescriber's authority rests on beside his licence: a number for controlled medicines, and how long the licence holds. */
export class PrescriberAuthority1799000000084 implements MigrationInterface {
  name = 'PrescriberAuthority1799000000084';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
alter table operational.prescribers
  add column authority_number text check (length(authority_number) between 1 and 100),
  add column licence_valid_until date;
comment on column operational.prescribers.authority_number is 'Number under which controlled medicines may be prescribed, such as a DEA number; null: none known.';
comment on column operational.prescribers.licence_valid_until is 'Last day the licence holds; null: not known.';
create unique index prescribers_authority_key on operational.prescribers (authority_number) where authority_number is not null;

create function operational.guard_prescriber_licence() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
declare
  v_until date;
begin
  select r.licence_valid_until into v_until from operational.prescribers r where r.prescriber_id = new.prescriber_id;
  if new.prescribed_date > v_until then
    raise exception 'the licence of prescriber % was valid to %', new.prescriber_id, v_until using errcode = 'MD083';
  end if;
  return new;
end $$;
comment on function operational.guard_prescriber_licence() is 'Refuses a prescription written after the licence of its prescriber ended.';
create trigger prescriptions_guard_licence before insert on operational.prescriptions
  for each row execute function operational.guard_prescriber_licence();
`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
drop trigger prescriptions_guard_licence on operational.prescriptions;
drop function operational.guard_prescriber_licence();
alter table operational.prescribers drop column authority_number, drop column licence_valid_until;
`);
  }
}
