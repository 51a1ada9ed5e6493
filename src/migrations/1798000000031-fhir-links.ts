import type { MigrationInterface, QueryRunner } from 'typeorm';

/** No imported resource stands behind the record of another patient. */
export class FhirLinks1798000000031 implements MigrationInterface {
  name = 'FhirLinks1798000000031';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
create function operational.check_fhir_entry() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
begin
  if (select r.patient_id from operational.fhir_resources r where r.fhir_resource_id = new.fhir_resource_id) is distinct from coalesce(
    (select a.patient_id from operational.patient_allergies a where a.allergy_id = new.allergy_id),
    (select c.patient_id from operational.patient_conditions c where c.condition_id = new.condition_id),
    (select m.patient_id from operational.patient_medications m where m.medication_id = new.medication_id)) then
    raise exception 'resource % stands behind a record of another patient', new.fhir_resource_id using errcode = '23514';
  end if;
  return null;
end $$;
comment on function operational.check_fhir_entry() is 'Refuses an imported resource behind the record of another patient.';
create trigger fhir_entries_check after insert on operational.fhir_entries
  for each row execute function operational.check_fhir_entry();
`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
drop trigger fhir_entries_check on operational.fhir_entries;
drop function operational.check_fhir_entry();
`);
  }
}
