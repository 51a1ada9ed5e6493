import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Nothing is prescribed, filled, handed over or sold over the counter to somebody who has died. What is open stays, to be cancelled or
 * put back; history may still be written, and taking the mark away lifts it.
 */
export class DeceasedPatients1799000000081 implements MigrationInterface {
  name = 'DeceasedPatients1799000000081';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
create function operational.assert_living(p_patient integer) returns void language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
declare
  v_deceased boolean;
begin
  -- The lock makes whoever notes a death wait for what is being done, and the other way round.
  select p.is_deceased into v_deceased from operational.patients p where p.patient_id = p_patient for share;
  if v_deceased then
    raise exception 'patient % has died', p_patient using errcode = 'MD082';
  end if;
end $$;
comment on function operational.assert_living(integer) is 'Refuses to go on where the patient has died.';
revoke all on function operational.assert_living(integer) from public;

create function operational.guard_living_patient() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
begin
  perform operational.assert_living(new.patient_id);
  return new;
end $$;
comment on function operational.guard_living_patient() is 'Refuses a prescription, or a screening that lets something leave, of a patient who has died.';

create function operational.guard_living_fill() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
begin
  perform operational.assert_living(p.patient_id) from operational.prescriptions p where p.prescription_id = new.prescription_id;
  return new;
end $$;
comment on function operational.guard_living_fill() is 'Refuses to begin, verify, shelve or hand over a fill of a patient who has died; it is given up or taken back.';

create trigger prescriptions_guard_living before insert on operational.prescriptions
  for each row execute function operational.guard_living_patient();
create trigger screenings_guard_living before insert on operational.screenings
  for each row when (new.purpose <> 'entry') execute function operational.guard_living_patient();
create trigger fills_guard_living before insert on operational.fills
  for each row execute function operational.guard_living_fill();
create trigger fills_guard_living_step before update of status on operational.fills
  for each row when (new.status <> old.status and new.status in ('verified', 'ready', 'dispensed')) execute function operational.guard_living_fill();

create index patients_deceased_idx on operational.patients (branch_id, patient_id) where is_deceased;
`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
drop index operational.patients_deceased_idx;
drop trigger fills_guard_living_step on operational.fills;
drop trigger fills_guard_living on operational.fills;
drop trigger screenings_guard_living on operational.screenings;
drop trigger prescriptions_guard_living on operational.prescriptions;
drop function operational.guard_living_fill();
drop function operational.guard_living_patient();
drop function operational.assert_living(integer);
`);
  }
}
